"""The index of a team: Elasticsearch."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from zlib import crc32

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from sosik.model.counts import Surplus, rising, significant
from sosik.model.errors import Away
from sosik.model.ports.index import Written
from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import And, Days, Everything, Field, text_of
from sosik.model.search import Document, FacetField, Hit, Order, Period, Query, Result, Rise
from sosik.model.wanted import Run, runs, want
from sosik.storage.index.cursors import Place, read_cursor, write_cursor
from sosik.storage.index.documents import article_number
from sosik.storage.index.elastic_counts import Counter, aggregations
from sosik.storage.index.elastic_errors import telling_why
from sosik.storage.index.elastic_query import Clause, whole
from sosik.storage.index.elastic_schema import ARTICLE, LIVE, NEWEST, from_source
from sosik.storage.index.elastic_writer import BulkWriter, removals, upserts
from sosik.storage.index.highlights import highlights

_EXPORT = 1_000  # documents that an export fetches at once
_KEEP_VIEW = "5m"  # how long the server keeps an export's view between two fetches
_EXAMPLES = 5  # articles named for a remarkable value
_MERGED_WITHIN, _PAUSE = 600.0, 1.0  # seconds that tidying may take, and between two tries
_BY_ARTICLE = [{ARTICLE: "asc"}]


class ElasticIndex:
    """Finds articles through one alias and writes through another. Fulfils sosik.model.ports.index.Index.

    Any number of threads and processes may search and write. A cursor holds on to no view: where documents are
    written between two pages, pages newest first neither repeat nor leave out any other hit; pages by relevance may.
    """

    def __init__(
        self,
        client: Elasticsearch,
        *,
        cutter: TermCutter,
        reads: str,
        writes: str,
        place: str,
        patience: float = 30.0,
    ) -> None:
        """Use aliases that are there (ElasticGenerations makes them); `place` is what errors call the server.

        A search tries once and raises Away; writes go on trying for `patience` seconds.
        """
        self._client = client
        self._cutter = cutter
        self._reads = reads
        self._writes = writes
        self._place = place
        self._writer = BulkWriter(client, writes, place, patience=patience)

    def upsert(self, documents: Iterable[Document]) -> Written:
        """Write documents in bulks; what is told again after an error does no harm."""
        return self._writer.write(upserts(documents))

    def delete(self, articles: Sequence[tuple[str, int]]) -> Written:
        """Remove articles; what is held in a newer version stays."""
        return self._writer.write(removals(articles))

    def tidy(self, *, wholly: bool = False) -> int:
        """Have the server merge away what was replaced and removed, if asked for: else it does so by itself in time.

        It keeps what a copy that catches up may need, and looks twice a minute whether one does: this waits for that.
        Raises Away where something is kept for longer.
        """
        if not wholly:
            return 0
        until = time.monotonic() + _MERGED_WITHIN
        with telling_why(self._place):
            self._client.indices.refresh(index=self._writes)
            found = left = self._deleted()
            while left:
                self._client.indices.flush(index=self._writes, force=True)
                merging = self._client.options(request_timeout=_MERGED_WITHIN)
                merging.indices.forcemerge(index=self._writes, only_expunge_deletes=True)
                left = self._deleted()
                if left and time.monotonic() > until:
                    raise Away(
                        f"{self._place} keeps what was removed for a copy that is behind; it goes with later merges"
                    )
                time.sleep(_PAUSE if left else 0)
        return found

    def _deleted(self) -> int:
        stats = self._client.indices.stats(index=self._writes, metric="docs")
        return int(stats["_all"]["primaries"]["docs"]["deleted"])

    def get(self, article: str) -> Document | None:
        """Return the document held for an article."""
        if article_number(article) is None:
            return None
        with telling_why(self._place):
            try:
                source = self._client.get(index=self._reads, id=article)["_source"]
            except NotFoundError as error:
                if "found" not in error.body:  # the alias itself is gone
                    raise
                return None
        return from_source(source) if source[LIVE] else None

    def search(self, query: Query) -> Result:
        """Answer a query."""
        after = read_cursor(query)
        wanted = want(query.where, self._cutter)
        matching = whole(wanted, copies=query.copies)
        matched = runs(wanted)
        limit = max(query.limit, 0)
        asked = text_of(query.where)
        found = self._ask(
            {
                "query": matching,
                "size": limit + 1 if limit else 0,
                "sort": _sort(query, matched),
                "track_total_hits": True,
                **({"search_after": _place_of(after, query, matched)} if after and limit else {}),
                **({"aggs": aggregations(query)} if query.facets or query.histogram else {}),
            },
            asked,
        )
        rows = found["hits"]["hits"]
        counter = self._counter(asked)
        facets, histogram = counter.answer(matching, query, found.get("aggregations", {}))
        total = found["hits"]["total"]["value"]
        more = len(rows) > limit if limit else total > (after.rank if after else 0)
        return Result(
            hits=tuple(_hit(row, query, matched) for row in rows[:limit]),
            total=total,
            facets=facets,
            histogram=histogram,
            cursor=_cursor(query, rows[:limit], matched, after) if more else "",
        )

    def significant(self, query: Query, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values more frequent among the hits than in the whole index, with the newest articles of each.

        The counts are the server's, what is remarkable is decided by us: its own `significant_terms` ranks otherwise.
        """
        counter = self._counter(text_of(query.where))
        matching = whole(want(query.where, self._cutter), copies=query.copies)
        everything = whole(Everything(), copies=query.copies)
        found = significant(
            counter.all_values(matching, field),
            self._count(matching),
            counter.all_values(everything, field),
            self._count(everything),
            size,
        )
        return self._rises(found, field, query)

    def rising(self, period: Period, past: Period, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values in a greater share of a period's articles than of a past one's, copies not counted."""
        counter = self._counter("")
        now, before = (whole(Days(each.first, each.last), copies=False) for each in (period, past))
        found = rising(
            counter.all_values(now, field),
            self._count(now),
            counter.all_values(before, field),
            self._count(before),
            size,
        )
        return self._rises(found, field, Query(where=Days(period.first, period.last), copies=False))

    def export(self, query: Query) -> Iterator[Document]:
        """Give every document that matches, by article id, as of the moment of the call."""
        matching = whole(want(query.where, self._cutter), copies=query.copies)
        with telling_why(self._place):
            view = self._client.open_point_in_time(index=self._reads, keep_alive=_KEEP_VIEW)["id"]
        return self._exported(view, matching)

    def count(self) -> int:
        """Return how many articles it holds."""
        return self._count(whole(Everything()))

    def close(self) -> None:
        """Nothing is held: the connections belong to whoever made the client."""

    def _exported(self, view: str, matching: Clause) -> Iterator[Document]:
        after: list[Any] | None = None
        try:
            while True:
                asked: dict[str, Any] = {
                    "query": matching,
                    "size": _EXPORT,
                    "sort": _BY_ARTICLE,
                    "pit": {"id": view, "keep_alive": _KEEP_VIEW},
                    "track_total_hits": False,
                    **({"search_after": after} if after else {}),
                }
                with telling_why(self._place):
                    found = self._client.search(**asked)
                view = found["pit_id"]
                rows = found["hits"]["hits"]
                for row in rows:
                    yield from_source(row["_source"])
                if len(rows) < _EXPORT:
                    return
                after = rows[-1]["sort"][:1]  # the second is the server's own tie-breaker of a view
        finally:
            with suppress(TransportError, ApiError):  # it ends by itself when nobody asks any more
                self._client.close_point_in_time(id=view)

    def _ask(self, body: Mapping[str, Any], query: str) -> Any:
        with telling_why(self._place, query=query):
            return self._client.search(
                index=self._reads,
                allow_partial_search_results=False,  # half an answer is none
                # Shards know different frequencies of words, and so do copies of a shard, which count what was removed
                # until they merge. Words are ranked by all shards' frequencies, and asked of the same copies each time.
                search_type="dfs_query_then_fetch",
                preference=f"q{crc32(query.encode())}",
                **body,
            ).body

    def _counter(self, query: str) -> Counter:
        def ask(matching: Clause, asked: Mapping[str, Any]) -> Any:
            body = {"query": matching, "size": 0, "track_total_hits": False, "aggs": asked}
            return self._ask(body, query)["aggregations"]

        return Counter(ask)

    def _count(self, matching: Clause) -> int:
        with telling_why(self._place):
            return int(self._client.count(index=self._reads, query=matching)["count"])

    def _rises(self, found: Sequence[Surplus], field: FacetField, query: Query) -> tuple[Rise, ...]:
        return tuple(
            Rise(
                field=field.value,
                value=each.value,
                now=each.now,
                expected=each.expected,
                articles=self._newest(And((query.where, Field(field.value, each.value))), copies=query.copies),
            )
            for each in found
        )

    def _newest(self, where: And, *, copies: bool) -> tuple[str, ...]:
        body = {
            "query": whole(want(where, self._cutter), copies=copies),
            "size": _EXAMPLES,
            "sort": [{NEWEST: "desc"}, *_BY_ARTICLE],
            "_source": False,
            "track_total_hits": False,
        }
        return tuple(row["_id"] for row in self._ask(_renamed(body), "")["hits"]["hits"])


def _renamed(body: dict[str, Any]) -> dict[str, Any]:
    return {"source" if name == "_source" else name: value for name, value in body.items()}


def _sort(query: Query, matched: Sequence[Run]) -> list[Any]:
    if query.order is Order.NEWEST:
        return [{NEWEST: "desc"}, *_BY_ARTICLE]
    return [{"_score": "desc"}, *_BY_ARTICLE] if matched else _BY_ARTICLE


def _place_of(after: Place, query: Query, matched: Sequence[Run]) -> list[Any]:
    return [after.key, after.article] if len(_sort(query, matched)) > 1 else [after.article]


def _hit(row: Mapping[str, Any], query: Query, matched: Sequence[Run]) -> Hit:
    document = from_source(row["_source"])
    return Hit(
        document=document,
        score=row["_score"] if query.order is Order.RELEVANCE and matched else 0.0,
        highlights=highlights(document, matched) if query.highlight else (),
    )


def _cursor(query: Query, rows: Sequence[Mapping[str, Any]], matched: Sequence[Run], after: Place | None) -> str:
    if not rows:  # a page of no hits was asked for: it ends where the one before did
        return query.cursor
    *key, article = rows[-1]["sort"]
    rank = len(rows) + (after.rank if after else 0)
    return write_cursor(query, Place(key[0] if key else 0.0, article, rank))
