from datetime import date

import pytest

from dashboards.narrowing import conditions, days_text, month, narrowed
from sosik.model.query import Days, Field, parse

TOPIC = Field("topic", "ai-cluster")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "topic:ai-cluster"),
        ("광주 AI", "광주 AI topic:ai-cluster"),
        ("실증 OR 확산", "(실증 OR 확산) topic:ai-cluster"),
        ("-교통", "-교통 topic:ai-cluster"),
        ("topic:ai-cluster", "topic:ai-cluster"),
    ],
)
def test_narrower_by_a_field(query: str, expected: str) -> None:
    assert narrowed(parse(query), TOPIC) == expected


def test_a_month_takes_the_place_of_other_days() -> None:
    found = narrowed(parse("광주 from:2025-01-01 to:2025-12-31"), month("2026-02"))
    assert parse(found) == parse("광주 from:2026-02 to:2026-02")


def test_every_condition_can_be_taken_off() -> None:
    where = parse("광주 topic:ai-cluster from:2026-03 to:2026-03")
    found = {each.field: (each.value, each.without) for each in conditions(where)}
    assert found["topic"] == ("ai-cluster", "광주 from:2026-03-01 to:2026-03-31")
    assert found["days"] == ("March 2026", "광주 topic:ai-cluster")
    assert [each.without for each in conditions(TOPIC)] == [""]
    assert list(conditions(parse("광주 AI"))) == []


def test_days_for_people() -> None:
    assert days_text(Days(date(2026, 3, 1), date(2026, 3, 1))) == "2026-03-01"
    assert days_text(Days(date(2026, 3, 1), None)) == "from 2026-03-01"
    assert days_text(Days(None, date(2026, 3, 1))) == "to 2026-03-01"
    assert days_text(Days(date(2026, 3, 2), date(2026, 4, 1))) == "2026-03-02 to 2026-04-01"
