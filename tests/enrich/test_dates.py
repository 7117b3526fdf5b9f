"""Dates in Korean text, against a day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.dates import read_dates

_PUBLISHED = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025년 12월 11일 문을 열었다", ["2025-12-11"]),
        ("2025. 12. 11.(목) 14:00", ["2025-12-11"]),
        ("협약('25.12.11.)에 따라", ["2025-12-11"]),
        ("12일 밝혔다", ["2026-03-12"]),
        ("지난 11일 열린", ["2026-03-11"]),
        ("지난 25일 열린", ["2026-02-25"]),
        ("오는 30일까지", ["2026-03-30"]),
        ("오는 5일 개막", ["2026-04-05"]),
        ("지난달 22일 시작해 다음 달 3일 끝난다", ["2026-02-22", "2026-04-03"]),
        ("4~9일 열린다", ["2026-03-04/2026-03-09"]),
        ("30∼31일 이틀간", ["2026-03-30/2026-03-31"]),
        ("3월 9일부터 27일까지", ["2026-03-09", "2026-03-27"]),
        ("내년 4월 25일부터 5월 24일까지", ["2027-04-25", "2027-05-24"]),
        ("2024년 11월부터 2월까지", ["2024-11", "2025-02"]),
        ("2023년 4월 5일(수) ~ 5월 4일(목)", ["2023-04-05", "2023-05-04"]),
        ("4월 9~12일 열리는", ["2026-04-09/2026-04-12"]),
        ("지난해 8월 지정됐다", ["2025-08"]),
        ("내년 1월부터", ["2027-01"]),
        ("올해 9~12월에", ["2026-09/2026-12"]),
        ("지난 12월 착공", ["2025-12"]),
        ("12월 착공했다", ["2025-12"]),
        ("내년 상반기 준공", ["2027-01/2027-06"]),
        ("2026년 3분기", ["2026-07/2026-09"]),
        ("’26.1분기 시행", ["2026-01/2026-03"]),
        ("11.21(금) 개최", ["2026-11-21"]),
        ("확정·고시(2.27)하였다", ["2026-02-27"]),
        ("‘20.5월 지정", ["2020-05"]),
        ("오늘 문을 엽니다. 어제는", ["2026-03-12", "2026-03-11"]),
        ("3일간 열린 행사", []),
        ("100일 동안 30일 이내에", []),
        ("5개월 만에", []),
        ("오늘날 우리는", []),
        ("5·18 민주화운동, 4·19 혁명", []),
        ("등록일\n2026-03-12\n본문", []),
        ("심사를 30일에서 10일로 줄였다", []),
        ("13월 45일", []),
        ("작년 3분기와 4분기에", ["2025-07/2025-09", "2025-10/2025-12"]),
        ("지난해 1분기부터 3분기까지", ["2025-01/2025-03", "2025-07/2025-09"]),
        ("재작년 4분기부터 2분기까지", ["2024-10/2024-12", "2025-04/2025-06"]),
        ("2024년 3월, 5월, 7월에 열었고 9월에도", ["2024-03", "2024-05", "2024-07", "2026-09"]),
        ("작년 9월 3일과 10월 4일, 5일, 11월 6일", ["2025-09-03", "2025-10-04", "2025-10-05", "2025-11-06"]),
        ("2024년 3월 5일(화)·5월 7일(화), 지난 2월", ["2024-03-05", "2024-05-07", "2026-02"]),
        ("4월부터 상반기까지", ["2026-04", "2026-01/2026-06"]),
        ("4월, 5월과 6월에", ["2026-04", "2026-05", "2026-06"]),
        ("주 4.5일제를 시범 도입한다", []),
        ("주 4.5일 일하는 회사", []),
        ("9.11일 개최", ["2026-09-11"]),
        ("3/4분기 실적", ["2026-07/2026-09"]),
        ("1/4분기에", ["2026-01/2026-03"]),
        ("23년 6월 착공해 24년 9월 3일까지", ["2023-06", "2024-09-03"]),
        ("25년 하반기", ["2025-07/2025-12"]),
        ("20년 3개월 만의 재회", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    found = list(read_dates(text, _PUBLISHED))
    assert [each.iso for each in found] == expected
    assert all(text[each.start : each.end] == each.surface for each in found)


def test_without_publication_only_what_names_its_year_is_resolved() -> None:
    found = list(read_dates("지난 11일과 2025년 12월 1일", None))
    assert [(each.iso, bool(each.why)) for each in found] == [(None, True), ("2025-12-01", False)]


@given(st.text(alphabet="0123456789년월일~.'’()월금 지난오는상하반기분기부터까지\n", max_size=80), st.dates())
def test_any_text_gives_dates_that_stand_in_it(text: str, published: date) -> None:
    for each in read_dates(text, published):
        assert text[each.start : each.end] == each.surface
        assert each.iso or each.why


@pytest.mark.parametrize("published", [date.min, date(1, 1, 2), date.max])
def test_no_day_of_publication_is_too_early_or_too_late(published: date) -> None:
    text = "30일 내년 오는 3월, 지난달 22일, 다음 달, 작년 3월, 작년 3분기, 내년 상반기, 어제, 내일, 모레, 12월, 2일"
    found = list(read_dates(text, published))
    assert len(found) == 12
    assert all(each.iso or each.why for each in found)


def test_a_day_that_is_none_is_said_to_be_none() -> None:
    found = list(read_dates("2월 30일 열린", _PUBLISHED))
    assert [(each.surface, each.iso, each.why) for each in found] == [("2월 30일", None, "there is no such day")]
