"""Facets and histograms by tantivy's aggregations, exact to the last article."""

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from sosik.model.errors import QueryMistake
from sosik.model.query import text_of
from sosik.model.search import Bucket, Facet, FacetField, Interval, Query
from sosik.storage.index.buckets import buckets
from sosik.storage.index.counts import most_frequent
from sosik.storage.index.tantivy_schema import DAY, MONTH, WEEK

_NUMBER_OF = {Interval.DAY: DAY, Interval.WEEK: WEEK, Interval.MONTH: MONTH}
_EVERY = 1_000_000  # values that a segment gives: all, since a bound there makes counts guesses
_MORE = 8  # by how much more is asked for where a tie is cut in two
_HISTOGRAM, _SPLIT = "histogram", "split"


class Counter:
    """Counts what a query matches, in one view of an index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def answer(self, matching: tantivy.Query, query: Query) -> tuple[tuple[Facet, ...], tuple[Bucket, ...]]:
        """Return facets and histogram that a query asks for, both counted in one pass."""
        if not query.facets and query.histogram is None:
            return (), ()
        size = query.facet_size + _MORE
        while True:
            found = self._aggregate(matching, _asked(query, size), query)
            lists = [found[name] for name in (*query.facets, _SPLIT) if name in found]
            if not any(
                _is_cut_in_a_tie(each["buckets"], each["sum_other_doc_count"], query.facet_size) for each in lists
            ):
                break
            size *= _MORE
        facets = tuple(
            Facet(field=field, values=most_frequent(_pairs(found[field.value]), query.facet_size))
            for field in query.facets
        )
        return facets, _histogram(query, found)

    def all_values(self, matching: tantivy.Query, field: FacetField) -> dict[str, int]:
        """Return every value of a field among the matches, with its count."""
        found = self._aggregate(matching, {"all": _terms(field.value, _EVERY)}, Query())
        return dict(_pairs(found["all"]))

    def _aggregate(self, matching: tantivy.Query, asked: Mapping[str, Any], query: Query) -> dict[str, Any]:
        try:
            return self._searcher.aggregate(matching, dict(asked))
        except ValueError as error:
            reason = f"this asks for more counts than one answer holds ({error}); ask for wider buckets or fewer days"
            raise QueryMistake(reason, query=text_of(query.where), position=0) from error


def _terms(field: str, size: int, inner: Mapping[str, Any] | None = None) -> dict[str, Any]:
    terms: dict[str, Any] = {"terms": {"field": field, "size": size, "segment_size": _EVERY}}
    return {**terms, "aggs": dict(inner)} if inner else terms


def _asked(query: Query, size: int) -> dict[str, Any]:
    asked = {field.value: _terms(field.value, size) for field in query.facets}
    if query.histogram is not None:
        by_number = _terms(_NUMBER_OF[query.histogram], _EVERY)
        asked[_HISTOGRAM] = by_number
        if query.by is not None:
            asked[_SPLIT] = _terms(query.by.value, size, {_HISTOGRAM: by_number})
    return asked


def _is_cut_in_a_tie(found: Sequence[Mapping[str, Any]], left_out: int, wanted: int) -> bool:
    """Might a value that was left out be as frequent as the last one that is shown?"""
    return wanted > 0 and bool(left_out) and found[-1]["doc_count"] >= found[wanted - 1]["doc_count"]


def _pairs(found: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(each["key"], each["doc_count"]) for each in found["buckets"]]


def _numbers(found: Mapping[str, Any]) -> dict[int, int]:
    return {int(each["key"]): each["doc_count"] for each in found["buckets"]}


def _histogram(query: Query, found: Mapping[str, Any]) -> tuple[Bucket, ...]:
    if query.histogram is None:
        return ()
    splits = {}
    if query.by is not None:
        own = {each["key"]: _numbers(each[_HISTOGRAM]) for each in found[_SPLIT]["buckets"]}
        splits = {value: own[value] for value, _ in most_frequent(_pairs(found[_SPLIT]), query.facet_size)}
    return buckets(query.histogram, _numbers(found[_HISTOGRAM]), splits)
