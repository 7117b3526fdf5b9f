"""Publication dates: what is none, and what sorts all the same."""

from datetime import date, datetime

import pytest

from sosik.model.instants import KST, Provenance, Published


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00Z",
        "1899-12-31",
        "2101-01-01",
        "9999-12-31T23:59:59+09:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_what_programs_write_for_none_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="nothing was published in the year"):
        Published.from_iso(text, Provenance.IMPORTED)


@pytest.mark.parametrize("text", ["1900-01-01", "2100-12-31T23:59:00+09:00"])
def test_an_old_day_and_a_late_one_are_dates(text: str) -> None:
    assert Published.from_iso(text, Provenance.IMPORTED).iso() == text


def test_every_day_of_the_calendar_can_be_sorted_by() -> None:
    days = [date.min, date(1, 1, 2), date(2026, 3, 2), date(9999, 12, 31)]
    orders = [Published.on_day(each, Provenance.IMPORTED).order for each in days]
    assert orders == sorted(orders)
    assert orders[2] == datetime(2026, 3, 2, tzinfo=KST)
