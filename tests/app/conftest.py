import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sosik.app.cli import main
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock

COMMAND = (sys.executable, "-c", "from sosik.app.cli import main; main()")


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Answer]


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOSIK_")}
    return {**kept, "SOSIK_DATA": str(data), **more}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def call(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in this process, on a data folder of its own."""
    for name in list(os.environ):
        if name.startswith("SOSIK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SOSIK_DATA", str(data))
    monkeypatch.setenv("SOSIK_WORKERS", "1")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["sosik", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        told = capsys.readouterr()
        return Answer(status, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the demonstration has filled; to be copied, not to be written to."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = subprocess.run(
        [*COMMAND, "demo", "--no-serve", "--json"],
        env=environment(folder),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder.parent / "first.json").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def first_run(finished_demo: Path) -> dict[str, Any]:
    """What that first run of the demonstration reported."""
    found: dict[str, Any] = json.loads((finished_demo.parent / "first.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def demo_data(finished_demo: Path, data: Path) -> Path:
    """A copy of the finished demonstration in this test's own data folder."""
    shutil.copytree(finished_demo, data)
    return data


def wiring_on(folder: Path) -> Wiring:
    """A wiring in this process, on the demonstration's clock."""
    return Wiring(Settings(data=folder, workers=1), DemoClock())
