"""Series put together: parts, what is news, states to ask for, and renames."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from enrich.headline import read_headline
from enrich.series import events_of, is_past, part_of, suggest_renames
from sosik.model.alert import EventKind
from sosik.model.analysis import HeadlineKind, SeriesMarker
from sosik.model.instants import Provenance, Published
from sosik.model.series import Installment, Series, letters, series_id
from tests.storage.samples import START, article


def part(number: int | None, *, day: int = 0, label: str | None = None, final: bool = False) -> Installment:
    published = Published.at_minute(START + timedelta(days=day), Provenance.META)
    return Installment(article=f"a{day}", number=number, label=label, final=final, published=published)


def series(*parts: Installment, name: str = "골목의 인공지능", source: str = "it-life") -> Series:
    ordered = tuple(sorted(parts, key=lambda each: each.order))
    return Series(id=series_id(source, name), source=source, name=name, installments=ordered)


def kinds(
    before: Series | None, after: Series, article_id: str, *, quiet: bool = False
) -> list[tuple[EventKind, bool]]:
    return [(each.kind, each.quiet) for each in events_of(before, after, article_id, now=START, quiet=quiet)]


@pytest.mark.parametrize(
    "other", ["골목의인공지능", "골목의  인공지능", "「골목의 인공지능」", "골목의·인공지능!", "골목의 인공지능"]
)
def test_names_that_drift_are_one(other: str) -> None:
    assert series_id("it-life", "골목의 인공지능") == series_id("it-life", other)


def test_a_series_is_one_outlets() -> None:
    assert series_id("it-life", "골목의 인공지능") != series_id("namdo-tv", "골목의 인공지능")
    assert letters("AI 시대 2") != letters("AI 시대 3")


def test_a_part_is_read_off_the_marker() -> None:
    headline = "시장이 배운 것[골목의 인공지능⑩끝]"
    found = part_of(article(title=headline), read_headline(headline))
    assert found is not None
    belongs, installment = found
    assert (belongs.source, belongs.name, belongs.id) == ("it-life", "골목의 인공지능", series().id)
    assert (installment.number, installment.final, installment.title) == (10, True, headline)


@pytest.mark.parametrize("kind", [HeadlineKind.NONE, HeadlineKind.LABEL, HeadlineKind.COLUMN])
def test_other_kinds_are_no_series(kind: HeadlineKind) -> None:
    assert part_of(article(), SeriesMarker(kind=kind, series="이름", installment=1)) is None


def test_a_name_without_letters_is_no_series() -> None:
    assert part_of(article(), SeriesMarker(kind=HeadlineKind.SERIES, series="…", installment=1)) is None


def test_the_first_part_is_a_new_series() -> None:
    first = series(part(1))
    assert kinds(None, first, "a0") == [(EventKind.NEW_SERIES, False), (EventKind.NEW_INSTALLMENT, False)]
    assert kinds(None, first, "a0", quiet=True) == [(EventKind.NEW_SERIES, True), (EventKind.NEW_INSTALLMENT, True)]


def test_a_series_under_way_when_it_is_first_seen_is_new_to_nobody() -> None:
    assert kinds(None, series(part(4)), "a0") == [(EventKind.NEW_SERIES, True), (EventKind.NEW_INSTALLMENT, False)]
    assert kinds(None, series(part(None, label="하")), "a0")[0] == (EventKind.NEW_SERIES, True)


def test_the_next_the_last_and_a_late_part() -> None:
    two = series(part(1), part(2, day=1))
    assert kinds(series(part(1)), two, "a1") == [(EventKind.NEW_INSTALLMENT, False)]
    three = series(*two.installments, part(3, day=2, final=True))
    assert kinds(two, three, "a2") == [(EventKind.FINAL_INSTALLMENT, False)]
    gap = series(part(1), part(3, day=2))
    assert kinds(gap, series(*gap.installments, part(2, day=3)), "a3") == [(EventKind.LATE_INSTALLMENT, False)]


def test_a_part_that_becomes_the_last_is_told_and_no_other_edit() -> None:
    before, after = series(part(1), part(2, day=1)), series(part(1), part(2, day=1, final=True))
    assert kinds(before, after, "a1") == [(EventKind.FINAL_INSTALLMENT, False)]
    assert kinds(after, before, "a1") == []
    assert kinds(after, after, "a0") == []


def test_one_headline_without_number_is_no_series_until_a_second_comes() -> None:
    one = series(part(None))
    assert not one.established
    assert kinds(None, one, "a0") == []
    two = series(part(None), part(None, day=1))
    assert kinds(one, two, "a1") == [(EventKind.NEW_SERIES, False), (EventKind.NEW_INSTALLMENT, False)]


def test_labels_stand_in_their_order() -> None:
    parts = [part(None, day=day, label=label) for day, label in enumerate(["하", "프롤로그", "중", "에필로그", "상"])]
    assert [each.label for each in series(*parts).installments] == ["프롤로그", "상", "중", "하", "에필로그"]


def test_gaps_and_silence_are_states() -> None:
    torn = series(part(2), part(3, day=7), part(6, day=14))
    assert (torn.gaps, torn.gap_ranges) == ((4, 5), ("4–5",))
    assert series(part(999)).gaps == ()
    assert series(part(40), part(42), part(999)).gap_ranges == ("41", "43–998")
    assert torn.silent(START + timedelta(days=14 + 30)) is None
    assert torn.silent(START + timedelta(days=14 + 31)) == timedelta(days=31)
    slow = series(part(1), part(2, day=60))
    assert slow.silent(START + timedelta(days=60 + 180)) is None
    assert slow.silent(START + timedelta(days=60 + 181)) == timedelta(days=181)
    assert series(part(1, final=True)).silent(START + timedelta(days=999)) is None
    assert series(replace(part(1), published=None)).silent(START) is None
    assert series().gaps == ()


def test_what_is_past() -> None:
    seen = article()
    assert seen.published is not None
    at = seen.published.order
    assert not is_past(seen, followed_since=at, now=at)
    assert is_past(seen, followed_since=at + timedelta(seconds=1), now=at)
    assert not is_past(seen, followed_since=at, now=at + timedelta(days=7))
    assert is_past(seen, followed_since=at, now=at + timedelta(days=7, seconds=1))
    day = replace(seen, published=Published.on_day(date(2026, 3, 3), Provenance.PRINTED))
    assert not is_past(day, followed_since=START, now=START + timedelta(days=1))
    assert is_past(day, followed_since=START + timedelta(days=1), now=START + timedelta(days=1))


def test_the_undated_are_as_old_as_their_capture() -> None:
    undated = replace(article(), published=None)
    assert undated.captured == START
    assert not is_past(undated, followed_since=START, now=START)
    assert is_past(undated, followed_since=START + timedelta(seconds=1), now=START)
    assert is_past(replace(undated, captured=None), followed_since=START, now=START)


def test_a_rename_is_suggested() -> None:
    old = series(part(1), part(2, day=7), name="골목의 인공지능")
    (found,) = suggest_renames([series(part(3, day=14), name="골목으로 간 인공지능"), old])
    assert (found.old.name, found.new.name) == ("골목의 인공지능", "골목으로 간 인공지능")
    assert "goes on with 3" in found.reason
    (typo,) = suggest_renames([old, series(part(7, day=14), name="골목에 인공지능")])
    assert "a few letters" in typo.reason


@pytest.mark.parametrize(
    "other",
    [
        series(part(3, day=14), name="바다의 에너지"),  # nothing alike
        series(part(3, day=14), name="골목의 인공 지능2", source="namdo-tv"),  # another outlet
        series(part(2, day=14), name="골목의 인공지능 시즌"),  # a number that is there already
        series(part(3, day=3), name="골목으로 간 인공지능"),  # at the same time
    ],
)
def test_no_rename(other: Series) -> None:
    assert suggest_renames([series(part(1), part(2, day=7)), other]) == ()


def test_a_finished_series_is_not_renamed() -> None:
    old = series(part(1), part(2, day=7, final=True))
    assert suggest_renames([old, series(part(3, day=14), name="골목으로 간 인공지능")]) == ()
