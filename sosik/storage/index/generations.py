"""The generations of an index kept in a folder: one is alive, the next may be filling, the former waits for a while.

index/living                  the name of the generation that is alive; replaced atomically
index/generation-000001/      one whole index each
"""

import os
import shutil
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

    def bring_to_life(self, generation: Path) -> None:
        """Make a generation the one that is alive, in one step; of the others only the former is kept."""
        former = self.living()
        self._write(generation)
        self._remove_all_but(generation, former)

    def go_back(self) -> Path | None:
        """Make the former generation alive again and remove the one that was; None where there is no former."""
        former = self._folder / _NAME.format(self._number() - 1)
        if not former.is_dir():
            return None
        self._write(former)
        self._remove_all_but(former)
        return former

    def _number(self) -> int:
        try:
            name = (self._folder / _LIVING).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return 1
        return int(name.rpartition("-")[2])

    def _write(self, generation: Path) -> None:
        draft = self._folder / f"{_LIVING}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / _LIVING)

    def _remove_all_but(self, *kept: Path) -> None:
        for each in self._folder.glob(_NAME.format(0).replace("0" * 6, "*")):
            if each not in kept:
                shutil.rmtree(each)
