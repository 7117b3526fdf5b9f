"""How figures are counted: shares, F1, and how sure one may be of them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sosik.app.evaluate import Figure

_Row = TypeVar("_Row")
_ROUNDS = 1000
_SEED = 20260302  # the same file gives the same interval


@dataclass(frozen=True, slots=True)
class Tally:
    """True positives, false positives, false negatives."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hit + other.hit, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there was nothing to find and nothing found."""
        total = 2 * self.hit + self.wrong + self.missed
        return 2 * self.hit / total if total else None

    @property
    def precision(self) -> float | None:
        """The share of what was found that was right."""
        found = self.hit + self.wrong
        return self.hit / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what was to be found that was."""
        wanted = self.hit + self.missed
        return self.hit / wanted if wanted else None


def tally(gold: frozenset[str] | set[str], found: frozenset[str] | set[str]) -> Tally:
    """Compare two sets."""
    return Tally(len(gold & found), len(found - gold), len(gold - found))


def total(tallies: Sequence[Tally]) -> Tally:
    """Add tallies up: micro, not macro."""
    return sum(tallies, Tally())


def share(name: str, marks: Sequence[bool]) -> Figure:
    """Return the share of True, with an interval."""
    return with_interval(name, marks, lambda some: sum(some) / len(some) if some else None, of=len(marks))


def with_interval(
    name: str, rows: Sequence[_Row], measure: Callable[[Sequence[_Row]], float | None], *, of: int
) -> Figure:
    """Return the measure of all rows, with the 95 % interval of a bootstrap over rows."""
    draw = random.Random(_SEED)  # noqa: S311 - resampling, not secrets
    values = sorted(
        value for _ in range(_ROUNDS if rows else 0) if (value := measure(draw.choices(rows, k=len(rows)))) is not None
    )
    low, high = (values[int(len(values) * 0.025)], values[int(len(values) * 0.975)]) if values else (None, None)
    return Figure(name=name, value=measure(rows), of=of, low=low, high=high)
