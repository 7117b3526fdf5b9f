"""The folder of a tantivy index: made, recognised, opened, and looked at again when somebody wrote to it."""

import fcntl
import json
import os
import threading
from pathlib import Path

import tantivy

from sosik.model.errors import Damaged, Mismatch
from sosik.storage.index.generations import Generations
from sosik.storage.index.tantivy_schema import SCHEMA_VERSION, register_tokenizers, schema

_PASSPORT = "sosik-index.json"
META = "meta.json"


class TantivyFolder:
    """An open generation of an index. Several processes may have it open; each sees what the others committed.

    The living generation is followed: when another one comes to life, it is opened in its place.
    """

    def __init__(self, generations: Generations, *, cutter: str, building: bool = False) -> None:
        """Open the living generation, or the next one where `building`; it is made where it is not there.

        Raises Mismatch where another schema or another cutter made it, Damaged where it cannot be read.
        """
        self._generations = generations
        self._cutter = cutter
        self._building = building
        self._lock = threading.Lock()
        self._open = _Opened(generations.next() if building else generations.living(), cutter)

    def searcher(self) -> tantivy.Searcher:
        """Return a view of the last commit, whoever made it; the view does not change any more."""
        with self._lock:
            return self._current().searcher()

    def place(self) -> tuple[tantivy.Index, Path]:
        """Return the index to write to, and where it lies."""
        with self._lock:
            opened = self._current()
            return opened.index, opened.path

    def bring_to_life(self) -> None:
        """Make this generation the living one."""
        self._generations.bring_to_life(self._open.path)
        self._building = False

    def _current(self) -> "_Opened":
        living = self._open.path if self._building else self._generations.living()
        if living != self._open.path:
            self._open = _Opened(living, self._cutter)
        return self._open


class _Opened:
    """One generation, open."""

    def __init__(self, path: Path, cutter: str) -> None:
        _settle_passport(path, cutter)
        self.path = path
        self.index = _open_index(path)
        self._seen = self._signature()
        self._view = self.index.searcher()

    def searcher(self) -> tantivy.Searcher:
        seen = self._signature()
        if seen != self._seen:
            self.index.reload()
            self._view, self._seen = self.index.searcher(), seen
        return self._view

    def _signature(self) -> tuple[int, int]:
        # tantivy replaces this file with every commit and every merge; asking for it costs microseconds,
        # and its own watcher thread is half a second late
        state = (self.path / META).stat()
        return state.st_ino, state.st_mtime_ns


def _settle_passport(path: Path, cutter: str) -> None:
    """Write down who made this index, or read who did."""
    path.mkdir(parents=True, exist_ok=True)
    ours: dict[str, object] = {"schema": SCHEMA_VERSION, "cutter": cutter}
    if (path / _PASSPORT).exists():
        _compare(path, ours)
        return
    if (path / META).exists():
        raise Mismatch(f"{path} holds an index that Sosik did not make; `sosik reindex` makes it anew")
    draft = path / f"{_PASSPORT}.{os.getpid()}"
    draft.write_text(json.dumps(ours), encoding="utf-8")
    draft.replace(path / _PASSPORT)


def _compare(path: Path, ours: dict[str, object]) -> None:
    try:
        theirs = dict(json.loads((path / _PASSPORT).read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise _damaged(path, error) from error
    for key, value in ours.items():
        if theirs.get(key) != value:
            raise Mismatch(
                f"the index in {path} was made with {key} {theirs.get(key)!r}, this is {value!r}; "
                "`sosik reindex` makes it anew from the ledger"
            )


def _open_index(path: Path) -> tantivy.Index:
    try:
        with (path / _PASSPORT).open("rb") as passport:
            fcntl.flock(passport, fcntl.LOCK_EX)  # of two that make it at once, one would wipe out the other's commit
            index = tantivy.Index(schema(), path=str(path), reuse=True)
        index.config_reader(reload_policy="manual")
    except ValueError as error:
        raise _damaged(path, error) from error
    register_tokenizers(index)
    return index


def _damaged(path: Path, error: Exception) -> Damaged:
    return Damaged(f"the index in {path} cannot be read ({error}); `sosik reindex` makes it anew from the ledger")
