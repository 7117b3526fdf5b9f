"""What is made of counts: the values of a facet, and the values that are more frequent than they should be.

The engines only count; what is remarkable is decided here, so that both say the same.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sosik.model.search import Period

FEWEST = 2  # a value seen once is chance


@dataclass(frozen=True, slots=True)
class Surplus:
    """A value that was seen `now` times where `expected` was to be expected; both count articles."""

    value: str
    now: int
    expected: float


def most_frequent(counts: Iterable[tuple[str, int]], size: int) -> tuple[tuple[str, int], ...]:
    """Return the values of a facet: most frequent first, ties by value."""
    return tuple(sorted(counts, key=lambda each: (-each[1], each[0]))[: max(size, 0)])


def significant(
    hits: Mapping[str, int], total: int, everywhere: Mapping[str, int], articles: int, size: int
) -> tuple[Surplus, ...]:
    """Return the values more frequent among `total` hits than `everywhere`, in an index of so many `articles`."""
    share = total / articles if articles else 0.0
    return _ranked(hits, {value: everywhere.get(value, 0) * share for value in hits}, size)


def rising(
    now: Mapping[str, int], before: Mapping[str, int], period: Period, past: Period, size: int
) -> tuple[Surplus, ...]:
    """Return the values more frequent in a period than their own past would have it, day for day."""
    share = _days(period) / _days(past)
    return _ranked(now, {value: before.get(value, 0) * share for value in now}, size)


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def _ranked(seen: Mapping[str, int], expected: Mapping[str, float], size: int) -> tuple[Surplus, ...]:
    """Order by the log-likelihood of the surplus (Poisson), which favours neither rare nor common values."""
    found = [
        (_surprise(count, expected[value]), Surplus(value, count, expected[value]))
        for value, count in seen.items()
        if count >= FEWEST and count > expected[value]
    ]
    found.sort(key=lambda each: (-each[0], each[1].value))
    return tuple(surplus for _, surplus in found[:size])


def _surprise(count: int, expected: float) -> float:
    smooth = expected + 0.5  # a value without a past is news, but not infinitely so
    return count * math.log(count / smooth) - (count - smooth) if count > smooth else 0.0
