"""The generations of an index in a folder, as the seam asks for them."""

import shutil
from datetime import datetime
from pathlib import Path

from sosik.model.errors import NotFound, Refused
from sosik.model.ports.generations import Former
from sosik.model.ports.tokenizer import TermCutter
from sosik.storage.index.generations import Generations as Folders
from sosik.storage.index.tantivy_index import TantivyIndex

KIND = "tantivy"


class TantivyGenerations:
    """Fulfils sosik.model.ports.generations.Generations. Copies are folders beside each other in `snapshots`."""

    def __init__(self, folder: Path, *, cutter: TermCutter, snapshots: Path) -> None:
        self._folder = folder
        self._folders = Folders(folder)
        self._cutter = cutter
        self._snapshots = snapshots

    @property
    def kind(self) -> str:
        """Which engine they are of."""
        return KIND

    @property
    def shared(self) -> bool:
        """A folder belongs to the ledger beside it."""
        return False

    def living(self) -> str | None:
        """Return the generation that is searched, or None where its folder is not there."""
        return _name_if_there(self._folders.living())

    def filling(self) -> str | None:
        """Return the generation that was begun and is not alive yet."""
        return _name_if_there(self._folders.next())

    def former(self) -> Former | None:
        """Return the generation that was alive before, as long as it is kept."""
        folder, since = self._folders.former(), self._folders.since()
        return Former(_name(folder), since) if folder is not None and since is not None else None

    def begin(self) -> str:
        """Make an empty generation in place of one that was filling; the first of all is alive at once."""
        folder = self._folders.living() if self.living() is None else self._folders.next()
        shutil.rmtree(folder, ignore_errors=True)
        return self._make(folder)

    def open(self, name: str) -> TantivyIndex:
        """Open the living generation or the one that is filling."""
        if name not in (self.living(), self.filling()):
            raise NotFound("index", name, hint="`sosik reindex` makes one from the ledger")
        return TantivyIndex(self._folder, cutter=self._cutter, building=name != self.living())

    def bring_to_life(self, name: str, now: datetime) -> None:
        """Let a generation be searched; whoever has the folder open follows."""
        if name != self.living():
            self._folders.bring_to_life(self._folders.next(), now)

    def go_back(self, now: datetime) -> str:
        """Let the former generation be searched again, and remove the one that was."""
        folder = self._folders.go_back(now)
        if folder is None:
            raise NotFound("former index", str(self._folder), hint="it is kept for a day after `sosik reindex`")
        return _name(folder)

    def forget_former(self) -> None:
        """Remove the former generation."""
        former = self._folders.former()
        if former is not None:
            shutil.rmtree(former)

    def snapshot(self, name: str) -> None:
        """Copy the folder of the living generation; nobody may write meanwhile. What is half copied has no name yet."""
        target = self._copy_of(name)
        if target.exists():
            raise Refused(f"there is a snapshot {name!r} already in {self._snapshots}")
        draft = target.with_name(f".{name}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(self._folders.living(), draft)
        draft.rename(target)

    def snapshots(self) -> tuple[str, ...]:
        """Return the names of the copies, oldest first."""
        if not self._snapshots.is_dir():
            return ()
        found = [each for each in self._snapshots.iterdir() if each.is_dir() and not each.name.startswith(".")]
        return tuple(each.name for each in sorted(found, key=lambda each: (each.stat().st_mtime, each.name)))

    def restore(self, snapshot: str) -> str:
        """Copy a copy back, as the generation that is filling."""
        source = self._copy_of(snapshot)
        if not source.is_dir():
            raise NotFound("snapshot", snapshot, known=self.snapshots(), hint=f"they are kept in {self._snapshots}")
        folder = self._folders.living() if self.living() is None else self._folders.next()
        shutil.rmtree(folder, ignore_errors=True)
        draft = folder.with_name(f".{folder.name}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft)
        draft.rename(folder)
        return _name(folder)

    def close(self) -> None:
        """Nothing is held."""

    def _copy_of(self, name: str) -> Path:
        if not name or name.startswith(".") or Path(name).name != name:
            raise Refused(f"{name!r} cannot name a snapshot")
        return self._snapshots / name

    def _make(self, folder: Path) -> str:
        living = folder == self._folders.living()
        TantivyIndex(self._folder, cutter=self._cutter, building=not living).close()
        return _name(folder)


def _name(folder: Path) -> str:
    return f"{KIND}-{int(folder.name.rpartition('-')[2])}"


def _name_if_there(folder: Path) -> str | None:
    return _name(folder) if folder.is_dir() else None
