"""Clocks that tests move."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sosik.model.instants import KST

START = datetime(2026, 3, 2, 5, 0, tzinfo=KST)


@dataclass(frozen=True)
class FileClock:
    """Shows what a file says, to every process that looks at it."""

    file: Path

    def now(self) -> datetime:
        return datetime.fromisoformat(self.file.read_text(encoding="ascii"))

    def move_to(self, instant: datetime) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(instant.isoformat(), encoding="ascii")
        os.replace(new, self.file)  # noqa: PTH105 - the same, and a reader never sees half of it

    def move(self, by: timedelta) -> None:
        self.move_to(self.now() + by)


class Steady:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds
