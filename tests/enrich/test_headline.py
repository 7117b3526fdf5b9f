"""Headlines: each row of cases/headlines.jsonl says what one must be read as."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.headline import read_headline
from sosik.model.analysis import HeadlineKind, SeriesMarker

_CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/headlines.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: str(case["headline"])[:24])
def test_headline(case: dict[str, Any]) -> None:
    marker = read_headline(case["headline"])
    assert marker.kind == case["kind"]
    if "series" in case:
        assert marker.series == case["series"]
    assert (marker.installment, marker.label, marker.final) == (
        case.get("installment"),
        case.get("label"),
        case.get("final", False),
    )


def test_the_last_part_of_the_demonstration_series() -> None:
    assert read_headline("인공지능 실증에 머물지 않고 확산 체계 구축[모두의 AI 광주⑩끝]") == SeriesMarker(
        kind=HeadlineKind.SERIES, series="모두의 AI 광주", installment=10, final=True
    )


@given(st.text(alphabet="[]<>(){}①⑩끝상하中 3화제회-·가나A", max_size=60))
def test_anything_gives_a_marker(text: str) -> None:
    marker = read_headline(text)
    if marker.kind is HeadlineKind.SERIES:
        assert marker.series
    if marker.kind is HeadlineKind.NONE:
        assert marker.series is None


@pytest.mark.parametrize("text", ["(1)" * 70_000, "[" * 200_000, "① " * 100_000, "[가 " * 70_000 + "..."])
def test_a_page_is_no_headline(text: str) -> None:
    assert read_headline(text) == SeriesMarker(kind=HeadlineKind.NONE)
