"""Counts over time."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sosik.app.flows.ask import living_index
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger
from sosik.model.query import Node
from sosik.model.search import FacetField, Interval, Query, Result

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_KEYS = 1000  # values that a bucket is split into, at most


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A count of a bucket; `key` is a value of the field it is split by, or None."""

    bucket: str
    key: str | None
    count: int
    count_without_copies: int


def trend(wiring: "Wiring", where: Node, *, interval: Interval, by: FacetField | None) -> list[TrendRow]:
    """Count what a query finds, bucket by bucket; within a bucket the most frequent key first."""
    with wiring.ledger() as ledger, living_index(wiring) as index:
        return count_over_time(index, ledger, where, interval=interval, by=by)


def count_over_time(
    index: Index, ledger: Ledger, where: Node, *, interval: Interval, by: FacetField | None
) -> list[TrendRow]:
    """Count what a query finds in an open index; `ledger` knows the names of series."""
    query = Query(where=where, limit=1, histogram=interval, by=by, facet_size=_KEYS, highlight=False)
    every, single = (index.search(replace(query, copies=copies)) for copies in (True, False))
    without = _counts(single, split=by is not None)
    shown = _names_of_series(ledger) if by is FacetField.SERIES else {}
    return [
        TrendRow(bucket, shown.get(key or "", key), count, without.get((bucket, key), 0))
        for (bucket, key), count in _counts(every, split=by is not None).items()
    ]


def _names_of_series(ledger: Ledger) -> dict[str, str]:
    """People read names where documents hold ids."""
    with ledger.read() as unit:
        return {each.id: each.name for each in unit.series.of_source()}


def _counts(result: Result, *, split: bool) -> dict[tuple[str, str | None], int]:
    if not split:
        return {(bucket.key, None): bucket.count for bucket in result.histogram}
    return {
        (bucket.key, key): count
        for bucket in result.histogram
        for key, count in sorted(bucket.split, key=lambda each: (-each[1], each[0]))
    }
