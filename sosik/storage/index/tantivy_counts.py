"""Facets and histograms by tantivy's aggregations, exact to the last article."""

from collections.abc import Mapping
from typing import Any

import tantivy

from sosik.model.counts import most_frequent
from sosik.model.errors import QueryMistake
from sosik.model.query import text_of
from sosik.model.search import Bucket, Facet, FacetField, Interval, Query
from sosik.storage.index.buckets import buckets
from sosik.storage.index.tantivy_schema import DAY, MONTH, WEEK

_NUMBER_OF = {Interval.DAY: DAY, Interval.WEEK: WEEK, Interval.MONTH: MONTH}
_EVERY = 1_000_000  # values that a segment gives: all, since with several segments a bound makes counts guesses
_MORE = 100  # values beyond those shown: the last one shown may tie with more, and asking again costs a pass
_HISTOGRAM, _SPLIT = "histogram", "split"


class Counter:
    """Counts what a query matches, in one view of an index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def answer(self, matching: tantivy.Query, query: Query) -> tuple[tuple[Facet, ...], tuple[Bucket, ...]]:
        """Return facets and histogram that a query asks for, both counted in one pass, and a split in a second."""
        fields = dict.fromkeys((*query.facets, query.by) if query.histogram and query.by else query.facets)
        asked = {field.value: _terms(field.value, query.facet_size + _MORE) for field in fields}
        if query.histogram:
            asked[_HISTOGRAM] = _terms(_NUMBER_OF[query.histogram], _EVERY)
        found = self._aggregate(matching, asked, query)
        cut = [field.value for field in fields if _is_cut_in_a_tie(found[field.value], query.facet_size)]
        found |= self._aggregate(matching, {name: _terms(name, _EVERY) for name in cut}, query)
        values = {field: most_frequent(_pairs(found[field.value]), query.facet_size) for field in fields}
        facets = tuple(Facet(field=field, values=values[field]) for field in query.facets)
        if query.histogram is None:
            return facets, ()
        shown = [value for value, _ in values[query.by]] if query.by else []
        splits = self._split(matching, query, query.histogram, shown)
        return facets, buckets(query.histogram, _numbers(found[_HISTOGRAM]), splits)

    def _split(
        self, matching: tantivy.Query, query: Query, interval: Interval, values: list[str]
    ) -> dict[str, dict[int, int]]:
        """Return a histogram for each value of the splitting field, in the order of the values."""
        if query.by is None or not values:
            return {}
        asked = _terms(query.by.value, _EVERY)
        asked["terms"]["include"] = values
        asked["aggs"] = {_HISTOGRAM: _terms(_NUMBER_OF[interval], _EVERY)}
        found = self._aggregate(matching, {_SPLIT: asked}, query)
        own = {each["key"]: _numbers(each[_HISTOGRAM]) for each in found[_SPLIT]["buckets"]}
        return {value: own[value] for value in values}

    def all_values(self, matching: tantivy.Query, field: FacetField) -> dict[str, int]:
        """Return every value of a field among the matches, with its count."""
        found = self._aggregate(matching, {"all": _terms(field.value, _EVERY)}, Query())
        return dict(_pairs(found["all"]))

    def _aggregate(self, matching: tantivy.Query, asked: Mapping[str, Any], query: Query) -> dict[str, Any]:
        if not asked:
            return {}
        try:
            return self._searcher.aggregate(matching, dict(asked))
        except ValueError as error:
            reason = f"this asks for more counts than one answer holds ({error}); ask for wider buckets or fewer days"
            raise QueryMistake(reason, query=text_of(query.where), position=0) from error


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "segment_size": _EVERY}}


def _is_cut_in_a_tie(found: Mapping[str, Any], shown: int) -> bool:
    """Might a value that was left out be as frequent as the last one that is shown?"""
    values = found["buckets"]
    return shown > 0 and found["sum_other_doc_count"] > 0 and values[-1]["doc_count"] >= values[shown - 1]["doc_count"]


def _pairs(found: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(each["key"], each["doc_count"]) for each in found["buckets"]]


def _numbers(found: Mapping[str, Any]) -> dict[int, int]:
    return {int(each["key"]): each["doc_count"] for each in found["buckets"]}
