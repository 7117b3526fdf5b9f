"""Who makes an index for the contract suite: one class an engine, added to ENGINES."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sosik.model.ports.index import Index
from sosik.model.ports.tokenizer import TermCutter
from sosik.storage.index.tantivy_index import TantivyIndex
from tests.contracts.index_corpus import CUTTER


class IndexMaker(Protocol):
    """Opens indexes for one test. The same name opened twice is the same index, seen by two."""

    def open(self, name: str = "main", cutter: TermCutter = CUTTER) -> Index:
        """Open an index, empty where it is new."""
        ...

    def close(self) -> None:
        """Close what is open and throw the indexes away."""
        ...


class TantivyMaker:
    """Opens tantivy indexes in folders under a test's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Index] = []

    def open(self, name: str = "main", cutter: TermCutter = CUTTER) -> Index:
        index = TantivyIndex(self._folder / name, cutter=cutter, patience=0.2)
        self._open.append(index)
        return index

    def close(self) -> None:
        for index in self._open:
            index.close()


ENGINES: dict[str, Callable[[Path], IndexMaker]] = {"tantivy": TantivyMaker}
