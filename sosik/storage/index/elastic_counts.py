"""Facets and histograms by Elasticsearch's aggregations, exact to the last article on any number of shards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sosik.model.counts import most_frequent
from sosik.model.search import Bucket, Facet, FacetField, Interval, Query
from sosik.storage.index.buckets import buckets
from sosik.storage.index.elastic_query import Clause
from sosik.storage.index.elastic_schema import DAY, MONTH, WEEK

Ask = Callable[[Clause, Mapping[str, Any]], Mapping[str, Any]]  # query, aggregations → their results

_NUMBER_OF = {Interval.DAY: DAY, Interval.WEEK: WEEK, Interval.MONTH: MONTH}
_HISTOGRAM, _SPLIT, _ALL, _VALUE = "histogram", "split", "all", "value"
_PAGE = 10_000  # values of a composite page
_AT_ONCE = 50_000  # buckets of a split that one request makes; the server gives up at 65,536


def aggregations(query: Query) -> dict[str, Any]:
    """Return what a search counts besides finding: facets, the histogram, and the values that split it."""
    asked: dict[str, Any] = {field.value: _terms(field, query.facet_size) for field in _fields(query)}
    if query.histogram:
        asked[_HISTOGRAM] = _histogram(query.histogram)
    return asked


class Counter:
    """Makes counts of aggregations, asking again where one answer does not hold them all."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def answer(
        self, matching: Clause, query: Query, found: Mapping[str, Any]
    ) -> tuple[tuple[Facet, ...], tuple[Bucket, ...]]:
        """Return facets and histogram that a query asks for, from the answer to `aggregations`."""
        values = {field: self._most_frequent(matching, field, query, found) for field in _fields(query)}
        facets = tuple(Facet(field=field, values=values[field]) for field in query.facets)
        if query.histogram is None:
            return facets, ()
        counts = _numbers(found[_HISTOGRAM])
        shown = [value for value, _ in values[query.by]] if query.by else []
        splits = self._split(matching, query, query.histogram, shown, len(counts))
        return facets, buckets(query.histogram, counts, splits)

    def all_values(self, matching: Clause, field: FacetField) -> dict[str, int]:
        """Return every value of a field among the matches, with its count."""
        counts: dict[str, int] = {}
        after: Mapping[str, Any] = {}
        while True:
            page: dict[str, Any] = {"size": _PAGE, "sources": [{_VALUE: {"terms": {"field": field.value}}}]}
            if after:
                page["after"] = after
            found = self._ask(matching, {_ALL: {"composite": page}})[_ALL]
            counts |= {each["key"][_VALUE]: each["doc_count"] for each in found["buckets"]}
            after = found.get("after_key", {})
            if not after:
                return counts

    def _most_frequent(
        self, matching: Clause, field: FacetField, query: Query, found: Mapping[str, Any]
    ) -> tuple[tuple[str, int], ...]:
        if query.facet_size <= 0:
            return ()
        of_field = found[field.value]
        if of_field["doc_count_error_upper_bound"]:  # several shards, and one of them did not tell all it has
            return most_frequent(self.all_values(matching, field).items(), query.facet_size)
        counted = ((each["key"], each["doc_count"]) for each in of_field["buckets"])
        return most_frequent(counted, query.facet_size)

    def _split(
        self, matching: Clause, query: Query, interval: Interval, values: Sequence[str], wide: int
    ) -> dict[str, dict[int, int]]:
        """Return a histogram for each value of the splitting field, in the order of the values."""
        if query.by is None:
            return {}
        own: dict[str, dict[int, int]] = {}
        some = max(_AT_ONCE // (wide + 1), 1)
        for start in range(0, len(values), some):
            part = values[start : start + some]
            asked = {"terms": {"field": query.by.value, "include": part, "size": len(part)}}
            found = self._ask(matching, {_SPLIT: {**asked, "aggs": {_HISTOGRAM: _histogram(interval)}}})
            own |= {each["key"]: _numbers(each[_HISTOGRAM]) for each in found[_SPLIT]["buckets"]}
        return {value: own[value] for value in values if value in own}


def _fields(query: Query) -> Sequence[FacetField]:
    return list(dict.fromkeys((*query.facets, query.by) if query.histogram and query.by else query.facets))


def _terms(field: FacetField, size: int) -> dict[str, Any]:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": field.value, "size": max(size, 1), "order": order}}


def _histogram(interval: Interval) -> dict[str, Any]:
    return {"histogram": {"field": _NUMBER_OF[interval], "interval": 1, "min_doc_count": 1}}


def _numbers(found: Mapping[str, Any]) -> dict[int, int]:
    return {int(each["key"]): each["doc_count"] for each in found["buckets"]}
