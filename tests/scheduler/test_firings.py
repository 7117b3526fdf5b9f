"""The instants of cron lines."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.firings import Firings
from sosik.model.instants import KST


def korean(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KST)  # type: ignore[arg-type, misc] # year, month, day …; never a time zone


MONDAY = korean(2026, 3, 2, 12, 0)


@pytest.mark.parametrize(
    ("cron", "firing"),
    [
        ("30 5 * * *", korean(2026, 3, 3, 5, 30)),
        ("0 7 * * mon", korean(2026, 3, 9, 7, 0)),
        ("0 7 * * sun", korean(2026, 3, 8, 7, 0)),
        ("0 7 * * tue-fri", korean(2026, 3, 3, 7, 0)),
        ("0 0 1 * *", korean(2026, 4, 1)),
        ("*/15 * * * *", korean(2026, 3, 2, 12, 15)),
    ],
)
def test_firings_are_korean_times(cron: str, firing: datetime) -> None:
    found = Firings(cron).next(MONDAY)
    assert found == firing
    assert found.tzinfo is UTC


def test_the_next_firing_is_never_now() -> None:
    firings = Firings("0 12 * * *")
    assert firings.next(MONDAY) == MONDAY + timedelta(days=1)
    assert firings.next(MONDAY - timedelta(microseconds=1)) == MONDAY


@pytest.mark.parametrize("cron", ["* * * * *", "*/7 3,9 * * *", "30 5 * * *", "0 7 * * mon", "0 0 1 1 *"])
@pytest.mark.parametrize("hours", [0.01, 1, 5, 24, 100, 24 * 40, 24 * 400])
def test_the_newest_firing_is_the_last_of_all_between(cron: str, hours: float) -> None:
    firings, until = Firings(cron), MONDAY + timedelta(seconds=13)
    after = until - timedelta(hours=hours)
    walked = None
    upto = max(after, until - timedelta(days=370))
    while (found := firings.next(upto if walked is None else walked)) is not None and found <= until:
        walked = found
        if (jump := until - timedelta(days=2)) > walked and cron[0] in "*":  # every minute of a year takes too long
            walked = jump
    assert firings.newest(after=after, until=until) == walked


def test_there_is_none_in_an_empty_span() -> None:
    firings = Firings("0 12 * * *")
    assert firings.newest(after=MONDAY, until=MONDAY + timedelta(hours=23)) is None
    assert firings.newest(after=MONDAY, until=MONDAY) is None
    assert firings.newest(after=MONDAY + timedelta(days=9), until=MONDAY) is None


def test_years_of_minutes_are_not_walked() -> None:
    firings = Firings("* * * * *")
    assert firings.newest(after=korean(1970, 1, 1), until=MONDAY) == MONDAY


def test_what_is_no_cron_line_is_refused() -> None:
    with pytest.raises(ValueError, match="number of fields"):
        Firings("7 *")
