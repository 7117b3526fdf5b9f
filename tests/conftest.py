"""What is started or made once for all tests that need it: servers, and the finished demonstration."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.elasticsearch.server import Cluster, Unavailable

COMMAND = (sys.executable, "-c", "from sosik.app.cli import main; main()")
WITHOUT_EXTRAS = Path(__file__).parent / "without_extras"


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a command's process is given: this one's environment without its settings, and a data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOSIK_")}
    return {**kept, "SOSIK_DATA": str(data), **more}


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the demonstration has filled, as `make demo` installs it; read by all, written to by none."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = subprocess.run(
        [*COMMAND, "demo", "--no-serve", "--json"],
        env=environment(folder, PYTHONPATH=str(WITHOUT_EXTRAS)),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    (folder.parent / "first.json").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def first_run(finished_demo: Path) -> dict[str, Any]:
    """What that first run of the demonstration reported."""
    found: dict[str, Any] = json.loads((finished_demo.parent / "first.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One node of a real Elasticsearch; where it cannot be had, one line says what is missing."""
    try:
        with Cluster.started(tmp_path_factory.mktemp("elasticsearch")) as cluster:
            yield cluster
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def _three_started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    try:
        with Cluster.started(tmp_path_factory.mktemp("three"), nodes=3, heap=384) as cluster:
            yield cluster
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def three_nodes(_three_started: Cluster) -> Iterator[Cluster]:
    """A cluster of three nodes, to be killed and paused; it is made whole again for the next test."""
    yield _three_started
    _three_started.mend()
