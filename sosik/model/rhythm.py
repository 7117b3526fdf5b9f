"""How an outlet publishes: its days off, and how long it pauses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, pstdev

_DAY = timedelta(days=1)
_REMEMBERED = timedelta(days=180)
_SATURDAY, _SUNDAY = 5, 6
_WEEKENDS = 3  # Saturdays or Sundays that must be known before one is taken for a working day
_LITTLE = 60  # the fewer days are known, the longer a pause that says nothing: 30 working days of 2, 3 of 20
_BRIDGE = 2  # working days between a holiday and other days off, on which many rest as well
_SPREADS = 5  # standard deviations: of pauses as random as they can be, one in 400 is longer
_LONGEST = 45  # working days: nobody pauses longer by habit


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the days on which an outlet published say. A pause is counted in working days with nothing on them.

    `longest` is the longest pause so far; `unsteady` is a pause that chance alone would hardly make any longer.
    """

    last: date
    weekend: tuple[int, ...]  # weekdays on which it does not work
    holidays: Collection[date]
    longest: int
    unsteady: float
    known: int

    @classmethod
    def of(cls, days: Collection[date], holidays: Collection[date]) -> "Rhythm | None":
        """Read the rhythm off days of publication; None where there are none."""
        if not days:
            return None
        last = max(days)
        ordered = sorted(each for each in days if each > last - _REMEMBERED)
        weekend = tuple(each for each in (_SATURDAY, _SUNDAY) if _is_off(each, ordered, holidays))
        pauses = [_count(one, other, weekend, holidays) for one, other in pairwise(ordered)]
        return cls(last, weekend, holidays, max(pauses, default=0), _unsteady(pauses), len(ordered))

    @property
    def limit(self) -> int:
        """How many working days without anything are still inside the rhythm."""
        limit = max(self.longest + 1, 2 * self.longest, round(self.unsteady))
        return min(max(limit, _LITTLE // self.known), max(_LONGEST, self.longest + 1))

    def pause(self, today: date) -> int:
        """Return the whole working days since the last publication; today is not over and does not count."""
        return _count(self.last, today, self.weekend, self.holidays)


def _unsteady(pauses: list[int]) -> float:
    return mean(pauses) + _SPREADS * pstdev(pauses) if pauses else 0.0


def _count(after: date, before: date, weekend: tuple[int, ...], holidays: Collection[date]) -> int:
    return sum(
        not _is_free(day, weekend, holidays) and not _is_bridge(day, weekend, holidays)
        for day in _between(after, before)
    )


def _is_free(day: date, weekend: tuple[int, ...], holidays: Collection[date]) -> bool:
    return day.weekday() in weekend or day in holidays


def _is_bridge(day: date, weekend: tuple[int, ...], holidays: Collection[date]) -> bool:
    """Is a working day one of a few between days off, of which one side is a public holiday?"""
    edges = []
    for step in (-_DAY, _DAY):
        edge = day
        while not _is_free(edge, weekend, holidays):
            edge += step
            if abs(edge - day) > _BRIDGE * _DAY:
                return False
        edges.append(edge)
    before, after = edges
    return (after - before).days - 1 <= _BRIDGE and (before in holidays or after in holidays)


def _between(after: date, before: date) -> Iterator[date]:
    day = after + _DAY
    while day < before:
        yield day
        day += _DAY


def _is_off(weekday: int, days: list[date], holidays: Collection[date]) -> bool:
    """Say whether an outlet mostly leaves a day of the weekend out; while little is known, yes."""
    published = set(days)
    seen = [
        each for each in _between(days[0] - _DAY, days[-1] + _DAY) if each.weekday() == weekday and each not in holidays
    ]
    return len(seen) < _WEEKENDS or 2 * len(published.intersection(seen)) < len(seen)
