import pytest

from enrich.briefs.english.dates import read_days
from enrich.briefs.english.numbers import read_quantities
from enrich.briefs.english.writing import day, listed, money, on
from enrich.briefs.numerals import read_numerals, read_parts


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("600 billion won", 6e11, "KRW"), ("2.1 trillion won", 2.1e12, "KRW"), ("KRW 12bn", 1.2e10, "KRW"),
        ("US$60 million", 6e7, "USD"), ("a 3.5-trillion-won budget", 3.5e12, "KRW"), ("88.5 petaflops", 88.5, "PFlops"),
        ("30 percent", 30, "%"), ("2.3 percentage points", 2.3, "%p"), ("twenty-one companies", 21, ""),
        ("two hundred and five people", 205, "person"), ("1,140 firms", 1140, ""), ("doubled", 2, "times"),
        ("a 63-year-old", 63, ""), ("the second phase", 2, ""), ("7.4 km", 7.4, "km"),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float, unit: str) -> None:
    (quantity,) = read_quantities(text)
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize("text", ["5G and H100", "K-9", "one of them", "COVID-19 aid"])
def test_what_is_no_number(text: str) -> None:
    assert list(read_quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 15 April 2026", [(2026, 4, 15)]), ("April 15", [(None, 4, 15)]), ("May 2027", [(2027, 5, None)]),
        ("from 9 to 27 March 2026", [(2026, 3, 9), (2026, 3, 27)]), ("by 2030", [(2030, None, None)]),
        ("9–27 March", [(None, 3, 9), (None, 3, 27)]), ("it may 2 go", []), ("2026-04-15", [(2026, 4, 15)]),
    ],
)  # fmt: skip
def test_dates(text: str, days: list[tuple[int | None, ...]]) -> None:
    assert [(each.year, each.month, each.day) for each in read_days(text)] == days


@pytest.mark.parametrize(
    ("korean", "value"),
    [
        ("공장 스물세 곳", 23), ("셔틀 네 대", 4), ("여덟 달", 8), ("4천180회", 4180), ("1조 2천100억원", 1.21e12),
        ("연재 ⑩", 10), ("열한 곳", 11), ("1만2천 포기", 12000), ("사흘", 3),
    ],
)  # fmt: skip
def test_korean_numbers(korean: str, value: float) -> None:
    assert value in set(read_numerals(korean))


@pytest.mark.parametrize(
    ("korean", "value"), [("전체의 3분의 1", 1 / 3), ("절반으로", 0.5), ("두 배로", 2), ("1.5배", 1.5)]
)
def test_korean_parts(korean: str, value: float) -> None:
    assert any(each == pytest.approx(value) for each in read_parts(korean))


def test_writing() -> None:
    assert money(426_900_000_000, "KRW") == "426.9 billion won"
    assert money(29_000, "KRW") == "29,000 won"
    assert day("2026-03-09/2026-03-27") == "9–27 March 2026"
    assert on("2025-12-15/2026-06-30") == "from 15 December 2025 to 30 June 2026"
    assert on("2026-04") == "in April 2026"
    assert listed(["A", "B", "C"]) == "A, B and C"
