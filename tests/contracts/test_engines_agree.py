"""The same corpus and the same 200 queries give the same hits, in the same order and with the same scores."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sosik.model.ports.index import Index
from sosik.model.query import parse
from sosik.model.search import FacetField, Interval, Order, Query
from tests.contracts.index_corpus import corpus, queries
from tests.contracts.index_makers import ENGINES


@pytest.fixture
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Index, Index]]:
    makers = [ENGINES[name](request) for name in ("tantivy", "elasticsearch")]
    one, other = (maker.open() for maker in makers)
    for index in (one, other):
        index.upsert(corpus())
    yield one, other
    for maker in makers:
        maker.close()


def test_two_hundred_queries_by_relevance(both: tuple[Index, Index]) -> None:
    ranked = 0
    for text in queries():
        one, other = (index.search(Query(where=parse(text), order=Order.RELEVANCE, limit=1_000)) for index in both)
        assert [hit.document for hit in one.hits] == [hit.document for hit in other.hits], text
        assert [hit.highlights for hit in one.hits] == [hit.highlights for hit in other.hits], text
        # Both are BM25 with the same constants and lengths rounded alike; sums are in another order.
        assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=1e-5), text
        ranked += len({hit.score for hit in one.hits}) > 1
    assert ranked > 50


def test_two_hundred_queries_counted(both: tuple[Index, Index]) -> None:
    for number, text in enumerate(queries()):
        query = Query(
            where=parse(text),
            order=Order.NEWEST,
            limit=5,
            facets=tuple(FacetField),
            facet_size=3,
            histogram=tuple(Interval)[number % 3],
            by=tuple(FacetField)[number % 7],
            copies=number % 2 == 0,
        )
        one, other = (replace(index.search(query), cursor="") for index in both)  # a cursor is an engine's own
        assert one == other, text


@pytest.mark.parametrize("text", ["반도체", "topic:chips", "from:2026 -교통"])
def test_what_is_remarkable_is_the_same(both: tuple[Index, Index], text: str) -> None:
    for field in FacetField:
        one, other = (index.significant(Query(where=parse(text)), field) for index in both)
        assert one == other
