"""The one writer of a tantivy folder, had for a while and given back whatever happens, and what it writes."""

import errno
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from sosik.model.errors import Busy, Damaged, StorageFull
from sosik.model.ports.index import Written
from sosik.model.search import Document
from sosik.storage.index.documents import article_number, why_not_kept
from sosik.storage.index.tantivy_folder import META
from sosik.storage.index.tantivy_pages import Pager, Spot
from sosik.storage.index.tantivy_query import QueryWriter
from sosik.storage.index.tantivy_schema import ARTICLE, LIVE, VERSION, from_tantivy, removed, to_tantivy

_HEAP = 96_000_000  # bytes, shared by the threads
_THREADS = 2
_PAUSE = 0.02  # seconds between two tries for the lock
_TRIAL = 1 << 20  # bytes written to see whether there is room
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LOOK_UP = 1_000  # articles whose held versions are looked up at once
_AT_ONCE = 5_000  # articles found at once when all are written anew


@contextmanager
def writing(index: tantivy.Index, folder: Path, *, patience: float) -> Iterator[tantivy.IndexWriter]:
    """Give the writer of a folder; what was not committed when the block is left is forgotten.

    A writer that met an error stores nothing any more and does not say so: it is never used again. Its lock is let
    go of at once, not when the garbage collector comes by. Waits `patience` seconds for the lock, then raises Busy.
    """
    writer = _acquire(index, folder, patience)
    try:
        yield writer
    except BaseException:  # an interrupt as well: whatever it was, the lock is given back
        _throw_away(writer, index)
        raise
    with suppress(ValueError):  # what was committed stays, whatever became of merging it
        writer.wait_merging_threads()


def _throw_away(writer: tantivy.IndexWriter, index: tantivy.Index) -> None:
    """End a writer that met an error, and remove what it left on the disk, which may be what filled it."""
    with suppress(ValueError):  # it has no say any more
        writer.rollback()
    with suppress(ValueError):
        writer.wait_merging_threads()
    with suppress(ValueError):
        sweeper = index.writer(_HEAP, 1)
        sweeper.garbage_collect_files()
        sweeper.wait_merging_threads()


@contextmanager
def telling_why(folder: Path) -> Iterator[None]:
    """Raise StorageFull or Damaged for what tantivy says, which is always ValueError."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _reason(error, folder) from error


def _acquire(index: tantivy.Index, folder: Path, patience: float) -> tantivy.IndexWriter:
    until = time.monotonic() + patience
    while True:
        try:
            return index.writer(_HEAP, _THREADS)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise _reason(error, folder) from error
            if time.monotonic() >= until:
                raise Busy(
                    f"somebody else is writing to the index in {folder}; try again when they are done"
                ) from error
        time.sleep(_PAUSE)


def _reason(error: ValueError | OSError, folder: Path) -> StorageFull | Damaged:
    said = str(error)
    if any(getattr(error, "errno", None) == each or os.strerror(each) in said for each in _NO_ROOM) or _is_full(folder):
        return StorageFull(f"the disk that holds the index in {folder} is full; make room and run the command again")
    return Damaged(f"the index in {folder} cannot be written ({said}); `sosik reindex` makes it anew from the ledger")


def _is_full(folder: Path) -> bool:
    """Try it: tantivy's threads die of a full disk, a quota or a limit without saying so."""
    trial = folder / f"trial.{os.getpid()}"
    try:
        trial.write_bytes(bytes(_TRIAL))
    except OSError as error:
        return error.errno in _NO_ROOM
    finally:
        trial.unlink(missing_ok=True)
    return False


def dead_documents(folder: Path) -> int:
    """Return how many documents lie in a folder that were replaced or removed: tantivy keeps them until it merges.

    Its binding neither counts nor merges, but what it writes down of each segment says how many.
    """
    segments = json.loads((folder / META).read_text(encoding="utf-8"))["segments"]
    return sum(each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"])


def rewrite(writer: tantivy.IndexWriter, searcher: tantivy.Searcher, queries: QueryWriter) -> None:
    """Put all documents and marks in place of themselves, in one commit: a kill leaves everything as it was."""
    pager = Pager(searcher, queries)
    writer.delete_all_documents()
    for spot in _all_spots(pager, queries.live()):
        writer.add_document(to_tantivy(from_tantivy(searcher.doc(spot.address)), spot.number))
    for spot in _all_spots(pager, queries.marks()):
        (version,) = searcher.fast_field_values(VERSION, [spot.address])
        writer.add_document(removed(spot.number, int(version or 0)))
    writer.commit()
    writer.garbage_collect_files()


def _all_spots(pager: Pager, matching: tantivy.Query) -> Iterator[Spot]:
    after = None
    while spots := pager.by_article(matching, _AT_ONCE, after):
        yield from spots
        after = spots[-1].number


class Batch:
    """What is written between two commits: only what is newer than what the index holds."""

    def __init__(self, writer: tantivy.IndexWriter, searcher: tantivy.Searcher, queries: QueryWriter) -> None:
        self._writer = writer
        self._searcher = searcher
        self._queries = queries
        self._held: dict[int, tuple[int, bool]] = {}  # number → version, and whether it is a document
        self._done: list[tuple[str, int]] = []
        self._refused: list[tuple[str, int, str]] = []

    def upsert(self, documents: Sequence[Document]) -> None:
        """Write those documents that are newer than what is held."""
        self._look_up([document.article for document in documents])
        for document in documents:
            number = self._number(document.article, document.version)
            if number is None:
                continue
            held, _ = self._held.get(number, (0, False))
            if document.version > held:
                try:
                    made = to_tantivy(document, number)
                except ValueError as error:
                    self._refused.append((document.article, document.version, str(error)))
                    continue
                self._put(number, held, made)
                self._held[number] = (document.version, True)
            self._done.append((document.article, document.version))

    def remove(self, articles: Sequence[tuple[str, int]]) -> None:
        """Leave a mark in place of those articles that are held in this version or an older one."""
        self._look_up([article for article, _ in articles])
        for article, version in articles:
            number = self._number(article, version)
            if number is None:
                continue
            held, live = self._held.get(number, (0, False))
            if version > held or (version == held and live):
                self._put(number, held, removed(number, version))
                self._held[number] = (version, False)
            self._done.append((article, version))

    def commit(self) -> Written:
        """Bring it all to the disk; nothing counts as done before."""
        self._writer.commit()
        return Written(done=tuple(self._done), refused=tuple(self._refused))

    def _put(self, number: int, held: int, made: tantivy.Document) -> None:
        if held:
            # not by term: tantivy takes the number of a term for a signed one and deletes nothing, silently
            self._writer.delete_documents_by_query(self._queries.articles([number]))
        self._writer.add_document(made)

    def _number(self, article: str, version: int) -> int | None:
        reason = why_not_kept(article, version)
        if reason:
            self._refused.append((article, version, reason))
            return None
        return article_number(article)

    def _look_up(self, articles: Sequence[str]) -> None:
        if not self._searcher.num_docs:
            return
        numbers = [
            number for number in map(article_number, articles) if number is not None and number not in self._held
        ]
        for start in range(0, len(numbers), _LOOK_UP):
            some = numbers[start : start + _LOOK_UP]
            found = self._searcher.search(self._queries.articles(some), len(some), count=False).hits
            places = [address for _, address in found]
            columns = (self._searcher.fast_field_values(name, places) for name in (ARTICLE, VERSION, LIVE))
            for number, version, live in zip(*columns, strict=True):
                self._held[int(number or 0)] = (int(version or 0), bool(live))
