"""How an outlet publishes: its days off, and how long it pauses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

_DAY = timedelta(days=1)
_REMEMBERED = timedelta(days=180)
_SATURDAY, _SUNDAY = 5, 6
_WEEKENDS = 3  # Saturdays or Sundays that must be known before one is taken for a working day
_FEW_DAYS, _FEW_PAUSE = 5, 10  # with fewer days known, a pause shorter than so many working days says nothing
_LONGEST = 45  # working days: nobody pauses longer by habit


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the days on which an outlet published say. A pause is counted in working days with nothing on them.

    `longest` and `usual` are pauses seen so far, `limit` is the longest that is still the outlet's own way.
    """

    last: date
    weekend: tuple[int, ...]  # weekdays on which it does not work
    holidays: Collection[date]
    longest: int
    usual: float
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
        return cls(last, weekend, holidays, max(pauses, default=0), median(pauses) if pauses else 0, len(ordered))

    @property
    def limit(self) -> int:
        """How many working days without anything are still inside the rhythm."""
        limit = max(self.longest + 1, 2 * self.longest)
        return min(limit if self.known >= _FEW_DAYS else max(limit, _FEW_PAUSE), max(_LONGEST, self.longest + 1))

    def pause(self, today: date) -> int:
        """Return the whole working days since the last publication; today is not over and does not count."""
        return _count(self.last, today, self.weekend, self.holidays)


def _count(after: date, before: date, weekend: tuple[int, ...], holidays: Collection[date]) -> int:
    return sum(day.weekday() not in weekend and day not in holidays for day in _between(after, before))


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
