"""How figures are taken: ours and the baseline by turns, so that both meet the same machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a measurement is: 1 is the size that the goals are stated for."""

    factor: float = 1.0

    def of(self, full: int, *, least: int = 1) -> int:
        """Return the scaled size, at least `least`."""
        return max(least, round(full * self.factor))

    def rounds(self, full: int) -> int:
        """Return how many rounds to take: fewer where only smoke is looked for."""
        return full if self.factor >= 1 else max(1, min(full, round(full * self.factor * 4)))


@dataclass(frozen=True, slots=True)
class Duel:
    """Medians over the rounds; `ratio` is the median of the ratios, each of two figures taken one after the other."""

    ours: float
    baseline: float
    ratio: float


def alternate(ours: Callable[[], float], baseline: Callable[[], float], *, rounds: int) -> Duel:
    """Take both figures `rounds` times; who goes first changes from round to round."""
    pairs: list[tuple[float, float]] = []
    for place in range(rounds):
        if place % 2:
            theirs = baseline()
            pairs.append((ours(), theirs))
        else:
            own = ours()
            pairs.append((own, baseline()))
    return Duel(
        ours=median(own for own, _ in pairs),
        baseline=median(theirs for _, theirs in pairs),
        ratio=median(own / theirs for own, theirs in pairs),
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def per_second(work: Callable[[], object], count: int) -> Callable[[], float]:
    """Return what measures how many of the `count` things that the work does are done in a second."""
    return lambda: count / seconds(work)


def milliseconds_each(work: Callable[[], object], count: int) -> Callable[[], float]:
    """Return what measures how many milliseconds each of the `count` things takes."""
    return lambda: 1000 * seconds(work) / count
