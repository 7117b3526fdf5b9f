"""The generations of an index kept in a folder: one is alive, the next may be filling, the former waits for a while.

index/living                  the name of the generation that is alive, and since when; replaced atomically
index/generation-000001/      one whole index each
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

_LIVING = "living"
_NAME = "generation-{:06d}"


class Generations:
    """Which generation of an index is alive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def living(self) -> Path:
        """Return the folder of the generation that is alive, whether it is there or not."""
        return self._folder / _NAME.format(self._number())

    def next(self) -> Path:
        """Return the folder of the generation that is to follow, whether it has been begun or not."""
        return self._folder / _NAME.format(self._number() + 1)

    def former(self) -> Path | None:
        """Return the folder of the generation that was alive before; None where it is not kept."""
        former = self._folder / _NAME.format(self._number() - 1)
        return former if former.is_dir() else None

    def since(self) -> datetime | None:
        """Return since when the living generation is alive; None for one that followed no other."""
        lines = self._lines()
        return datetime.fromisoformat(lines[1]) if len(lines) > 1 else None

    def bring_to_life(self, generation: Path, now: datetime | None = None) -> None:
        """Make a generation the one that is alive, in one step; of the others only the former is kept."""
        former = self.living()
        self._write(generation, now)
        self._remove_all_but(generation, former)

    def go_back(self, now: datetime | None = None) -> Path | None:
        """Make the former generation alive again and remove the one that was; None where there is no former."""
        former = self.former()
        if former is None:
            return None
        self._write(former, now)
        self._remove_all_but(former)
        return former

    def _number(self) -> int:
        lines = self._lines()
        return int(lines[0].rpartition("-")[2]) if lines else 1

    def _lines(self) -> list[str]:
        try:
            return (self._folder / _LIVING).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []

    def _write(self, generation: Path, now: datetime | None) -> None:
        draft = self._folder / f"{_LIVING}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(f"{generation.name}\n{now.isoformat() if now else ''}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / _LIVING)

    def _remove_all_but(self, *kept: Path) -> None:
        for each in self._folder.glob(_NAME.format(0).replace("0" * 6, "*")):
            if each not in kept:
                shutil.rmtree(each)
