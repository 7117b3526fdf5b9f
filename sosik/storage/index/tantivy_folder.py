"""The folder of a tantivy index: made, recognised, opened, and looked at again when somebody wrote to it."""

import json
import os
import threading
from pathlib import Path

import tantivy

from sosik.model.errors import Damaged, Mismatch
from sosik.storage.index.tantivy_schema import SCHEMA_VERSION, register_tokenizers, schema

_PASSPORT = "sosik-index.json"
_META = "meta.json"


class TantivyFolder:
    """An open index folder. Several processes may have it open; each sees what the others committed."""

    def __init__(self, folder: Path, *, cutter: str) -> None:
        """Open the folder, or make it where there is none.

        Raises Mismatch where another schema or another cutter made it, Damaged where it cannot be read.
        """
        self.path = folder
        self._cutter = cutter
        self._lock = threading.Lock()
        self._settle_passport()
        self.index = self._open()
        self._seen = self._signature()
        self._searcher = self.index.searcher()

    def searcher(self) -> tantivy.Searcher:
        """Return a view of the last commit, whoever made it; the view does not change any more."""
        with self._lock:
            seen = self._signature()
            if seen != self._seen:
                self._check_passport()
                self.index.reload()
                self._searcher, self._seen = self.index.searcher(), seen
            return self._searcher

    def _signature(self) -> tuple[int, int]:
        # tantivy replaces this file with every commit and every merge; asking for it costs microseconds,
        # and its own watcher thread is half a second late
        state = (self.path / _META).stat()
        return state.st_ino, state.st_mtime_ns

    def _settle_passport(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        if (self.path / _PASSPORT).exists():
            self._check_passport()
            return
        if (self.path / _META).exists():
            raise Mismatch(f"{self.path} holds an index that Sosik did not make; `sosik reindex` makes it anew")
        draft = self.path / f"{_PASSPORT}.{os.getpid()}"
        draft.write_text(json.dumps(self._passport()), encoding="utf-8")
        draft.replace(self.path / _PASSPORT)

    def _passport(self) -> dict[str, object]:
        return {"schema": SCHEMA_VERSION, "cutter": self._cutter}

    def _check_passport(self) -> None:
        try:
            found = json.loads((self.path / _PASSPORT).read_text(encoding="utf-8"))
        except ValueError as error:
            raise self._damaged(error) from error
        for key, ours in self._passport().items():
            if not isinstance(found, dict) or found.get(key) != ours:
                theirs = found.get(key) if isinstance(found, dict) else found
                raise Mismatch(
                    f"the index in {self.path} was made with {key} {theirs!r}, this is {ours!r}; "
                    "`sosik reindex` makes it anew from the ledger"
                )

    def _open(self) -> tantivy.Index:
        try:
            index = tantivy.Index(schema(), path=str(self.path), reuse=True)
            index.config_reader(reload_policy="manual")
        except ValueError as error:
            raise self._damaged(error) from error
        register_tokenizers(index)
        return index

    def _damaged(self, error: ValueError) -> Damaged:
        return Damaged(f"the index in {self.path} cannot be read ({error}); `sosik reindex` makes it anew")
