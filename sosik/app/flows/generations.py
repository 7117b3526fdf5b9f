"""Which generation of the index is the living one: a name in the file `index/current`, replaced in one stroke."""

import os
import re
from pathlib import Path

from sosik.model.ports.ledger import Ledger

_NUMBER = re.compile(r"(\d+)$")


class Generations:
    """The generations of one kind of index in one data folder."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind

    @property
    def _pointer(self) -> Path:
        return self._folder / f"current-{self._kind}"

    def living(self) -> str | None:
        """Return the generation that is searched, or None where there is none."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def point(self, generation: str) -> None:
        """Make that generation the living one; a kill leaves the old name or the new one, never half of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._pointer.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._pointer)

    def next(self, ledger: Ledger) -> str:
        """Return a name that no generation has yet."""
        with ledger.read() as unit:
            names = unit.index_work.generations()
        numbers = [int(found[1]) for each in (*names, self.living() or "") if (found := _NUMBER.search(each))]
        return f"{self._kind}-{max(numbers, default=0) + 1}"

    def others(self, ledger: Ledger) -> tuple[str, ...]:
        """Return the open generations of this kind that are not the living one."""
        with ledger.read() as unit:
            names = unit.index_work.generations()
        return tuple(each for each in names if each.startswith(f"{self._kind}-") and each != self.living())
