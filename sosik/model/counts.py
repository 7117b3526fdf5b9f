"""What is made of counts: the values of a facet, and the values that are more frequent than they should be.

Search engines only count; what is remarkable is decided here, so that each of them and every page says the same.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 2  # a value seen once is chance
FEWEST_TO_RISE = 3  # … and of two articles everyday names seem to rise
_DOUBT = 0.5  # articles: what was never seen is news, but not infinitely so, and the less the fewer there were before


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
    return _ranked(hits, everywhere, total / articles if articles else 0.0, FEWEST, size)


def rising(
    now: Mapping[str, int], total: int, before: Mapping[str, int], past_total: int, size: int
) -> tuple[Surplus, ...]:
    """Return the values in a greater share of the `total` articles of a period than of the `past_total` before it.

    Shares, not counts: where there are more articles everything is more frequent, and nothing of it is news. Without
    a past nothing rises.
    """
    if not past_total:
        return ()
    return _ranked(now, before, total / past_total, FEWEST_TO_RISE, size)


def _ranked(
    seen: Mapping[str, int], before: Mapping[str, int], share: float, fewest: int, size: int
) -> tuple[Surplus, ...]:
    """Order by the log-likelihood of the surplus (Poisson), which favours neither rare nor common values.

    What was seen `before` is expected again `share` times.
    """
    doubt = _DOUBT * max(share, 1.0)
    expected = {value: before.get(value, 0) * share for value in seen}
    found = [
        (_surprise(count, expected[value] + doubt), Surplus(value, count, expected[value]))
        for value, count in seen.items()
        if count >= fewest and count > expected[value] + doubt
    ]
    found.sort(key=lambda each: (-each[0], each[1].value))
    return tuple(surplus for _, surplus in found[:size])


def _surprise(count: int, expected: float) -> float:
    return count * math.log(count / expected) - (count - expected)
