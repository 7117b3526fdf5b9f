"""Pages of hits in an order without doubt: by sort key, then by article id, each hit once."""

from dataclasses import dataclass

import tantivy

from sosik.model.search import Order
from sosik.storage.index.cursors import Place
from sosik.storage.index.documents import article_number
from sosik.storage.index.tantivy_query import QueryWriter
from sosik.storage.index.tantivy_schema import ARTICLE, NEWEST

_SLACK = 8  # hits asked for beyond the page, since the last group of equal keys may be cut in two
_LAST = 2**64 - 1  # the greatest number that an article or a key can have
_Found = list[tuple[float | int, tantivy.DocAddress]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A hit that has not been read yet."""

    key: float | int
    number: int
    address: tantivy.DocAddress


@dataclass(frozen=True, slots=True)
class Page:
    """Hits in order, how many match in all, and whether more follow."""

    spots: tuple[Spot, ...]
    total: int
    more: bool


class Pager:
    """Finds pages in one view of an index."""

    def __init__(self, searcher: tantivy.Searcher, writer: QueryWriter) -> None:
        self._searcher = searcher
        self._writer = writer

    def page(self, query: tantivy.Query, order: Order, *, scored: bool, limit: int, after: Place | None) -> Page:
        """Return the page after a place. `scored` tells whether the query has words to rank by."""
        if order is Order.NEWEST:
            return self._newest(query, limit, after)
        if scored:
            return self._best(query, limit, after)
        return self._by_article(query, limit, after)

    def by_article(self, query: tantivy.Query, limit: int, after: int | None) -> tuple[Spot, ...]:
        """Return up to `limit` hits by article id, beginning after an article's number."""
        if after == _LAST:
            return ()
        rest = query if after is None else self._writer.within(query, ARTICLE, after + 1, None)
        found = self._searcher.search(rest, limit, count=False, order_by_field=ARTICLE, order=tantivy.Order.Asc).hits
        return tuple(Spot(0.0, number, address) for number, address in found)

    def count(self, query: tantivy.Query) -> int:
        """Return how many documents match."""
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]  # the stub forgot it

    def _by_article(self, query: tantivy.Query, limit: int, after: Place | None) -> Page:
        last = article_number(after.article) if after else None
        spots = self.by_article(query, limit + 1, last)
        return Page(spots[:limit], self.count(query), more=len(spots) > limit)

    def _newest(self, query: tantivy.Query, limit: int, after: Place | None) -> Page:
        if after is None:
            return self._settled(query, NEWEST, limit, None, limit + 1 + _SLACK)
        rest = self._writer.within(query, NEWEST, None, min(max(int(after.key), 0), _LAST))
        page = self._settled(rest, NEWEST, limit, after, limit + 1 + _SLACK)
        return Page(page.spots, self.count(query), page.more)

    def _best(self, query: tantivy.Query, limit: int, after: Place | None) -> Page:
        return self._settled(query, None, limit, after, limit + 1 + _SLACK + (after.rank if after else 0))

    def _settled(self, query: tantivy.Query, key: str | None, limit: int, after: Place | None, size: int) -> Page:
        """Return the page after a place, by a field or by score; asks again as long as a tie hides the order."""
        most = max(self._searcher.num_docs, 1)
        while True:
            size = min(size, most)
            result = self._searcher.search(query, size, order_by_field=key)
            found, total = result.hits, int(result.count)  # type: ignore[attr-defined]  # the stub forgot it
            complete = len(found) == total
            sure = found if complete else [each for each in found if each[0] != found[-1][0]]
            spots = self._after(sure, after, limit + 1)
            if complete or len(spots) > limit:
                return Page(spots[:limit], total, more=len(spots) > limit)
            size *= 4

    def _after(self, found: _Found, after: Place | None, wanted: int) -> tuple[Spot, ...]:
        if after is not None:
            candidates = [each for each in found if each[0] <= after.key]
        elif len(found) > wanted:  # the rest of the last group of equal keys has to stay, to be sorted
            candidates = [each for each in found if each[0] >= found[wanted - 1][0]]
        else:
            candidates = found
        numbers = self._searcher.fast_field_values(ARTICLE, [address for _, address in candidates])
        spots = [
            Spot(key, int(number), address)
            for (key, address), number in zip(candidates, numbers, strict=True)
            if number is not None
        ]
        spots.sort(key=lambda spot: (-spot.key, spot.number))
        if after is not None:
            place = (-after.key, article_number(after.article) or 0)
            spots = [spot for spot in spots if (-spot.key, spot.number) > place]
        return tuple(spots[:wanted])
