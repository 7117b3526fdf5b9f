"""The embedded index: tantivy in a folder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import tantivy

from sosik.model.counts import Surplus, rising, significant
from sosik.model.ports.index import Written
from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import And, Days, Everything, Field
from sosik.model.search import Document, FacetField, Hit, Order, Period, Query, Result, Rise
from sosik.model.wanted import Run, Wanted, runs, want
from sosik.storage.index.cursors import Place, read_cursor, write_cursor
from sosik.storage.index.documents import article_number, article_of
from sosik.storage.index.generations import Generations
from sosik.storage.index.highlights import highlights
from sosik.storage.index.tantivy_counts import Counter
from sosik.storage.index.tantivy_folder import TantivyFolder
from sosik.storage.index.tantivy_pages import Pager, Spot
from sosik.storage.index.tantivy_query import QueryWriter
from sosik.storage.index.tantivy_schema import from_tantivy, schema
from sosik.storage.index.tantivy_writer import Batch, dead_documents, rewrite, telling_why, writing

_COMMIT = 20_000  # documents between two commits: an upsert remembers the versions of so many
_AT_ONCE = 500  # documents whose held versions are looked up together
_EXPORT = 5_000  # articles that an export finds at once
_FEW = 2_000  # documents that are written anew in a tenth of a second, if only one was replaced
_UNTIDY = 0.1  # of the documents, replaced ones: what more may bring to scores and size is worth writing all anew
_EXAMPLES = 5  # articles named for a remarkable value

_Item = TypeVar("_Item")


class TantivyIndex:
    """Keeps documents in a folder and finds them. Fulfils sosik.model.ports.index.Index.

    Any number of threads and processes may search; one writes at a time, and only while `upsert` or `delete` runs.
    A search sees the last commit. A cursor holds on to no view: where documents are written between two pages,
    pages newest first neither repeat nor leave out any other hit; pages by relevance may, since scores move.
    """

    def __init__(self, folder: Path, *, cutter: TermCutter, patience: float = 10.0, building: bool = False) -> None:
        """Open or make the index; writes wait `patience` seconds for another writer and then raise Busy.

        `building` opens the generation that is to follow, begun or not, whatever state the living one is in: it is
        filled like any index, while the living one goes on answering, until `bring_to_life`.
        Raises Mismatch where another schema or cutter made the folder, Damaged where it cannot be read.
        """
        self._cutter = cutter
        self._patience = patience
        self._folder = TantivyFolder(Generations(folder), cutter=cutter.name, building=building)
        self._queries = QueryWriter(schema())

    def bring_to_life(self) -> None:
        """Make this generation the one that everybody who has the folder open searches, in one step.

        The former one is kept until the next time (`Generations(folder).go_back()`).
        """
        self._folder.bring_to_life()

    def upsert(self, documents: Iterable[Document]) -> Written:
        """Write documents, committing every 20,000; what is told again after an error does no harm."""
        return self._write(documents, Batch.upsert)

    def delete(self, articles: Sequence[tuple[str, int]]) -> Written:
        """Remove articles; what is held in a newer version stays."""
        return self._write(articles, Batch.remove)

    def tidy(self, *, wholly: bool = False) -> int:
        """Write all documents anew in one commit, where what was replaced or removed is a tenth, or few are there."""
        index, path = self._folder.place()
        replaced = dead_documents(path)
        if not replaced or (not wholly and replaced < self.count() * _UNTIDY and self.count() > _FEW):
            return 0
        with writing(index, path, patience=self._patience) as writer, telling_why(path):
            index.reload()  # nobody else writes by now
            rewrite(writer, index.searcher(), self._queries)
        return replaced

    def get(self, article: str) -> Document | None:
        """Return the document held for an article."""
        number = article_number(article)
        if number is None:
            return None
        searcher = self._folder.searcher()
        found = searcher.search(self._queries.live_article(number), 1, count=False).hits
        return from_tantivy(searcher.doc(found[0][1])) if found else None

    def search(self, query: Query) -> Result:
        """Answer a query."""
        after = read_cursor(query)
        wanted = want(query.where, self._cutter)
        matching = self._queries.whole(wanted, copies=query.copies)
        matched = runs(wanted)
        searcher = self._folder.searcher()
        page = Pager(searcher, self._queries).page(
            matching, query.order, scored=bool(matched), limit=max(query.limit, 0), after=after
        )
        facets, histogram = Counter(searcher).answer(matching, query)
        return Result(
            hits=tuple(_hit(searcher, spot, query, matched) for spot in page.spots),
            total=page.total,
            facets=facets,
            histogram=histogram,
            cursor=_cursor(query, page.spots, after) if page.more else "",
        )

    def significant(self, query: Query, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values more frequent among the hits than in the whole index, with the newest articles of each."""
        searcher = self._folder.searcher()
        counter, pager = Counter(searcher), Pager(searcher, self._queries)
        matching = self._queries.whole(want(query.where, self._cutter), copies=query.copies)
        everything = self._queries.whole(Everything(), copies=query.copies)
        found = significant(
            counter.all_values(matching, field),
            pager.count(matching),
            counter.all_values(everything, field),
            pager.count(everything),
            size,
        )
        return self._rises(searcher, found, field, query)

    def rising(self, period: Period, past: Period, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values in a greater share of a period's articles than of a past one's, copies not counted."""
        searcher = self._folder.searcher()
        counter, pager = Counter(searcher), Pager(searcher, self._queries)
        now, before = (self._queries.whole(Days(each.first, each.last), copies=False) for each in (period, past))
        found = rising(
            counter.all_values(now, field),
            pager.count(now),
            counter.all_values(before, field),
            pager.count(before),
            size,
        )
        return self._rises(searcher, found, field, Query(where=Days(period.first, period.last), copies=False))

    def export(self, query: Query) -> Iterator[Document]:
        """Give every document that matches, by article id, as of the moment of the call."""
        matching = self._queries.whole(want(query.where, self._cutter), copies=query.copies)
        return self._exported(self._folder.searcher(), matching)

    def count(self) -> int:
        """Return how many articles it holds."""
        return Pager(self._folder.searcher(), self._queries).count(self._queries.live())

    def close(self) -> None:
        """Nothing is held between two calls but the view of the last commit; it goes with the object."""

    def _write(self, items: Iterable[_Item], put: Callable[[Batch, Sequence[_Item]], None]) -> Written:
        done: list[tuple[str, int]] = []
        refused: list[tuple[str, int, str]] = []
        waiting = iter(items)
        some = list(islice(waiting, _AT_ONCE))
        if not some:
            return Written(done=())
        index, path = self._folder.place()
        with writing(index, path, patience=self._patience) as writer:
            while some:
                index.reload()  # nobody else writes by now; what is held is looked up in what is there
                batch, taken = Batch(writer, index.searcher(), self._queries), 0
                while some and taken < _COMMIT:
                    with telling_why(path):
                        put(batch, some)
                    taken += len(some)
                    some = list(islice(waiting, _AT_ONCE))
                with telling_why(path):
                    written = batch.commit()
                done += written.done
                refused += written.refused
        return Written(done=tuple(done), refused=tuple(refused))

    def _exported(self, searcher: tantivy.Searcher, matching: tantivy.Query) -> Iterator[Document]:
        pager, after = Pager(searcher, self._queries), None
        while spots := pager.by_article(matching, _EXPORT, after):
            for spot in spots:
                yield from_tantivy(searcher.doc(spot.address))
            after = spots[-1].number

    def _rises(
        self, searcher: tantivy.Searcher, found: Sequence[Surplus], field: FacetField, query: Query
    ) -> tuple[Rise, ...]:
        pager = Pager(searcher, self._queries)
        rises = []
        for each in found:
            wanted: Wanted = want(And((query.where, Field(field.value, each.value))), self._cutter)
            matching = self._queries.whole(wanted, copies=query.copies)
            page = pager.page(matching, Order.NEWEST, scored=False, limit=_EXAMPLES, after=None)
            articles = tuple(article_of(spot.number) for spot in page.spots)
            rises.append(
                Rise(field=field.value, value=each.value, now=each.now, expected=each.expected, articles=articles)
            )
        return tuple(rises)


def _hit(searcher: tantivy.Searcher, spot: Spot, query: Query, matched: Sequence[Run]) -> Hit:
    document = from_tantivy(searcher.doc(spot.address))
    return Hit(
        document=document,
        score=0.0 if query.order is Order.NEWEST else float(spot.key),
        highlights=highlights(document, matched) if query.highlight else (),
    )


def _cursor(query: Query, spots: Sequence[Spot], after: Place | None) -> str:
    if not spots:  # a page of no hits was asked for: it ends where the one before did
        return query.cursor
    rank = len(spots) + (after.rank if after else 0)
    return write_cursor(query, Place(spots[-1].key, article_of(spots[-1].number), rank))
