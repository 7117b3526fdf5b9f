"""Numbers with units in Korean text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.figures import read_figures


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("총사업비 6000억 원을", 600_000_000_000, "KRW", False),
        ("2천100억원 규모", 210_000_000_000, "KRW", False),
        ("3,000억여 원", 300_000_000_000, "KRW", True),
        ("1조 2천억 원", 1_200_000_000_000, "KRW", False),
        ("7억 2천만 원", 720_000_000, "KRW", False),
        ("3.37조원", 3_370_000_000_000, "KRW", False),
        ("약 209조 규모", 209_000_000_000_000, "KRW", True),
        ("1천800원", 1800, "KRW", False),
        ("3억 8,590만 달러", 385_900_000, "USD", False),
        ("$3.5M 투자", 3_500_000, "USD", False),
        ("$1.1M을", 1_100_000, "USD", False),
        ("약 $2B", 2_000_000_000, "USD", True),
        ("$2.5 billion", 2_500_000_000, "USD", False),
        ("$500K 규모", 500_000, "USD", False),
        ("US$500", 500, "USD", False),
        ("500달러", 500, "USD", False),
        ("€20", 20, "EUR", False),
        ("20유로", 20, "EUR", False),
        ("100여억원을", 10_000_000_000, "KRW", True),
        ("20여만 명이", 200_000, "person", True),
        ("17개국 대표", 17, "country", False),
        ("30여 개국", 30, "country", True),
        ("20개월 동안", 20, "month", False),
        ("88.5PF 성능", 88.5, "PFlops", False),
        ("3만㎡ 부지", 30_000, "m2", False),
        ("100MW급", 100, "MW", False),
        ("GPU 2만5000장", 25_000, "GPU", False),
        ("500여 명이", 500, "person", True),
        ("21개 기업", 21, "piece", False),
        ("전년 대비 2배", 2, "times", False),
    ],
)
def test_figure(text: str, value: float, unit: str, approximate: bool) -> None:
    (found,) = read_figures(text)
    assert (found.value, found.unit, found.approximate) == (value, unit, approximate)
    assert text[found.start : found.end] == found.surface


def test_range() -> None:
    (found,) = read_figures("10∼15% 늘었다")
    assert (found.value, found.high, found.unit) == (10, 15, "%")
    (found,) = read_figures("$2~3M 규모")
    assert (found.value, found.high, found.surface) == (2_000_000, 3_000_000, "$2~3M")
    (found,) = read_figures("2000~3000억 원")
    assert (found.value, found.high) == (200_000_000_000, 300_000_000_000)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200억 1,500억 원", [120_000_000_000, 150_000_000_000]),
        ("1조2000억 0.5조원", [1_200_000_000_000, 500_000_000_000]),
        ("2천억 3조 원", [200_000_000_000, 3_000_000_000_000]),
        ("1조 2천억 3천만 원", [1_200_030_000_000]),
    ],
)
def test_in_one_sum_the_scales_fall(text: str, values: list[float]) -> None:
    assert [each.value for each in read_figures(text)] == values


def test_what_it_counts() -> None:
    (found,) = read_figures("21개 기업이 참여했다")
    assert found.counts == "기업"
    (found,) = read_figures("21개 국내 기업이 참여했다")
    assert found.counts == ""


@pytest.mark.parametrize(
    "text",
    [
        "법 제23조에 따라",
        "062-613-0000으로 문의",
        "K-9 자주포",
        "3개국어로",
        "4대 과제",
        "60대 남성",
        "2-1로 이겼다",
        "오전 10:42경",
    ],
)
def test_not_a_figure(text: str) -> None:
    assert list(read_figures(text)) == []


def test_among_phone_numbers_only_figures_are_read() -> None:
    text = "062-613-0000, 35명, 061-700-1111, 062-613-2222, 8억 원, 02-300-4444 또는 12곳"
    assert [each.surface for each in read_figures(text)] == ["35명", "8억 원", "12곳"]


@given(st.text(alphabet="0123456789,.천백십만억조경원달러명개~약여 대%", max_size=80))
def test_any_text_gives_figures_that_stand_in_it(text: str) -> None:
    for each in read_figures(text):
        assert text[each.start : each.end] == each.surface
        assert each.high is None or each.unit
