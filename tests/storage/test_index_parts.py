"""The parts of an index that no engine knows of: bucket numbers, cursors, sort keys."""

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosik.model.errors import QueryMistake
from sosik.model.instants import Provenance, Published
from sosik.model.query import parse
from sosik.model.search import Bucket, Interval, Order, Query
from sosik.storage.index.buckets import (
    MOST_BUCKETS,
    UNDATED,
    bucket_key,
    buckets,
    day_number,
    month_number,
    numbers,
    week_number,
)
from sosik.storage.index.cursors import Place, read_cursor, write_cursor
from sosik.storage.index.documents import article_number, article_of
from sosik.storage.index.tantivy_schema import newest_key


@given(st.dates())
def test_a_day_is_in_the_bucket_that_its_number_names(day: date) -> None:
    assert bucket_key(Interval.DAY, day_number(day)) == day.isoformat()
    monday = day - timedelta(days=day.weekday())
    assert bucket_key(Interval.WEEK, week_number(day)) == monday.isoformat()
    assert bucket_key(Interval.MONTH, month_number(day)) == day.isoformat()[:7]
    assert UNDATED not in numbers(Published.on_day(day, Provenance.URL))


@given(st.dates(max_value=date(9999, 12, 30)))
def test_numbers_have_no_gaps(day: date) -> None:
    after = day + timedelta(days=1)
    assert day_number(after) - day_number(day) == 1
    assert week_number(after) - week_number(day) == (after.weekday() == 0)
    assert month_number(after) - month_number(day) == (after.day == 1)


def test_one_absurd_date_does_not_make_a_million_buckets() -> None:
    far, near = day_number(date(1, 1, 1)), day_number(date(2026, 3, 1))
    assert near - far > MOST_BUCKETS
    made = buckets(Interval.DAY, {far: 1, near: 2, UNDATED: 3})
    assert made == (
        Bucket(key="0001-01-01", count=1),
        Bucket(key="2026-03-01", count=2),
        Bucket(key="undated", count=3),
    )


def test_no_counts_no_buckets() -> None:
    assert buckets(Interval.WEEK, {}) == ()
    assert buckets(Interval.WEEK, {UNDATED: 0, 5: 0}) == ()


@given(
    st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 2**64 - 1)),
    st.integers(0, 2**64 - 1),
    st.integers(1, 10**9),
)
def test_a_cursor_is_read_as_it_was_written(key: float, number: int, rank: int) -> None:
    query = Query(where=parse("광주 AI"), order=Order.NEWEST, limit=3)
    place = Place(key, article_of(number), rank)
    cursor = write_cursor(query, place)
    later = Query(where=parse("광주 AI"), order=Order.NEWEST, limit=99, cursor=cursor)
    assert read_cursor(later) == place


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    if not text:
        assert read_cursor(Query(cursor=text)) is None
        return
    with pytest.raises(QueryMistake, match="cursor"):
        read_cursor(Query(cursor=text))


@pytest.mark.parametrize(
    "row", ['[NaN, "a", 1]', '[1e999, "a", 1]', '["x", "a", 1]', "[1, 2]", "{}", '[1, "a", "x"]', "[" * 5000]
)
def test_a_forged_cursor_is_a_mistake(row: str) -> None:
    real = base64.urlsafe_b64decode(write_cursor(Query(), Place(1, "a", 1)) + "==")
    forged = base64.urlsafe_b64encode(real[:8] + row.encode()).decode()
    with pytest.raises(QueryMistake, match="not given by a search"):
        read_cursor(Query(cursor=forged))


@given(st.integers(0, 2**64 - 1))
def test_article_ids_are_numbers(number: int) -> None:
    assert article_number(article_of(number)) == number


@pytest.mark.parametrize(
    "text", ["", "a1", "0" * 15, "0" * 17, "G" * 16, "ABCDEF0123456789", "0x00000000000001", "١" * 16]
)
def test_what_is_no_article_id_has_no_number(text: str) -> None:
    assert article_number(text) is None


instants = st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2440, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds without a zone
ids = st.integers(0, 2**64 - 1)


@given(instants, ids, instants, ids)
def test_the_newest_has_the_greater_key(one: datetime, a: int, other: datetime, b: int) -> None:
    first, second = (
        newest_key(Published.at_minute(instant.replace(microsecond=0), Provenance.META), number)
        for instant, number in ((one, a), (other, b))
    )
    if one.replace(microsecond=0) > other.replace(microsecond=0):
        assert first > second
    elif one.replace(microsecond=0) == other.replace(microsecond=0) and a < b:
        assert first >= second
    assert newest_key(None, a) < min(first, second)
    assert max(first, second) < 2**64
