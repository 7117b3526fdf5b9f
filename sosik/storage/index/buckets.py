"""Korean days, weeks and months as numbers that an engine counts, and as the buckets that are shown."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from sosik.model.instants import Published
from sosik.model.search import Bucket, Interval

UNDATED = 0  # the number of an article without a date; no day, week or month has it
UNDATED_KEY = "undated"
MOST_BUCKETS = 65_536  # beyond it gaps are left open: one article dated to the year 1 must not make 700,000 buckets

_FIRST_SECOND = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
SECOND_BITS = 34


def second_number(published: Published | None) -> int:
    """A number that orders by publication, to the second; UNDATED is before all others.

    Times before 1900 and after 2444 are taken as those.
    """
    if published is None:
        return UNDATED
    return min(max(int(published.order.timestamp()) - _FIRST_SECOND, 1), (1 << SECOND_BITS) - 1)


def day_number(day: date) -> int:
    """The number of a Korean day: 1 is the first day of the year 1."""
    return day.toordinal()


def week_number(day: date) -> int:
    """The number of the week that holds a day: 1 is the one that begins on the first day of the year 1, a Monday."""
    return (day.toordinal() - 1) // 7 + 1


def month_number(day: date) -> int:
    """The number of the month that holds a day: 12 times the year, and 1 for January."""
    return day.year * 12 + day.month


def numbers(published: Published | None) -> tuple[int, int, int]:
    """The numbers of day, week and month; all UNDATED where there is no date."""
    if published is None:
        return UNDATED, UNDATED, UNDATED
    return day_number(published.day), week_number(published.day), month_number(published.day)


@lru_cache(maxsize=MOST_BUCKETS)
def bucket_key(interval: Interval, number: int) -> str:
    """What a bucket is called: a day, the Monday of a week, a month (2026-03), or 'undated'."""
    if number == UNDATED:
        return UNDATED_KEY
    match interval:
        case Interval.DAY:
            return date.fromordinal(number).isoformat()
        case Interval.WEEK:
            return date.fromordinal((number - 1) * 7 + 1).isoformat()
        case Interval.MONTH:
            year, month = divmod(number - 1, 12)
            return f"{year:04d}-{month + 1:02d}"


def buckets(
    interval: Interval, counts: Mapping[int, int], splits: Mapping[str, Mapping[int, int]] | None = None
) -> tuple[Bucket, ...]:
    """Make the buckets of a histogram: in order, without gaps between the first and the last, the undated one last.

    `counts` is by number; `splits` gives for each value of the splitting field, most frequent first, its own counts.
    A value that a bucket does not have is left out of that bucket's split.
    """
    dated = sorted(number for number, count in counts.items() if number != UNDATED and count)
    if dated and dated[-1] - dated[0] < MOST_BUCKETS:
        dated = list(range(dated[0], dated[-1] + 1))
    if counts.get(UNDATED):
        dated.append(UNDATED)
    return tuple(
        Bucket(
            key=bucket_key(interval, number),
            count=counts.get(number, 0),
            split=tuple((value, own[number]) for value, own in (splits or {}).items() if own.get(number)),
        )
        for number in dated
    )
