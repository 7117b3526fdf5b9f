import json
import os
import shutil
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


@pytest.fixture
def demo_data(finished_demo: Path, data: Path) -> Path:
    """A copy of the finished demonstration in this test's own data folder."""
    shutil.copytree(finished_demo, data)
    return data


def wiring_on(folder: Path) -> Wiring:
    """A wiring in this process, on the demonstration's clock."""
    return Wiring(Settings(data=folder, workers=1), DemoClock())
