"""Health from visits alone: months of healthy outlets without a false alarm, and every sort of illness by its name."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import sosik.catalogue
from sosik.catalogue.readers.holidays import read_holidays
from sosik.model.capture import CaptureKind
from sosik.model.health import ILL, due_at, judge
from sosik.model.instants import KST
from sosik.model.run import Announcement, PageFacts, SourceRun
from sosik.model.signs import HealthState

HOLIDAYS = read_holidays([Path(sosik.catalogue.__file__).parent])
START = date(2026, 1, 12)  # 설날 and 삼일절 are inside the ninety days
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FEED = "http://a.test/feed"
LIST = "http://a.test/list"

Habit = Callable[[date, random.Random], int]


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


HABITS: dict[str, Habit] = {
    "a daily": lambda day, dice: dice.randint(5, 20) if working(day) else 0,
    "a daily that rests on Sundays": lambda day, dice: (
        dice.randint(5, 20) if day.weekday() < 6 and day not in HOLIDAYS else 0
    ),
    "an agency that never rests": lambda _day, dice: dice.randint(10, 40),
    "a daily with a thin weekend": lambda day, dice: dice.randint(5, 20) if working(day) else dice.choice((0, 0, 1)),
    "a weekly": lambda day, dice: dice.randint(5, 10) if day.weekday() == 3 and day not in HOLIDAYS else 0,
    "a weekly that works on holidays": lambda day, dice: dice.randint(5, 10) if day.weekday() == 1 else 0,
    "a press board": lambda day, dice: dice.choice((0, 0, 1, 2)) if working(day) else 0,
    "a slow press board": lambda day, dice: int(working(day) and dice.random() < 0.15),
    "a paper that takes a week off": lambda day, dice: (
        dice.randint(3, 9) if working(day) and not date(2026, 2, 13) < day < date(2026, 2, 21) else 0
    ),
}


def pages(count: int, day: date, dice: random.Random) -> PageFacts:
    """Pages of a healthy outlet: a third has no author, one in sixty is a picture without words."""
    silent = sum(dice.random() < 1 / 60 for _ in range(count))
    read = count - silent
    return PageFacts(
        pages=count,
        read=read,
        minute=read,
        author=sum(dice.random() < 0.66 for _ in range(read)),
        titles=read,
        texts=read,
        dated=read,
        lengths=tuple(dice.choice((150, 700, 900, 1200, 2500)) for _ in range(read)),
        charsets={"utf-8": read} if read else {},
        errors={"no text": silent} if silent else {},
        days={day: read} if read else {},
    )


def visits(habit: Habit, days: int, *, seed: int) -> Iterator[SourceRun]:
    """One visit an evening; the feed shows the newest twenty, and lags an hour behind the list."""
    dice = random.Random(seed)
    newest: datetime | None = None
    shown = 0
    for number in range(days):
        day = START + number * DAY
        new = habit(day, dice)
        at = datetime(day.year, day.month, day.day, 21, tzinfo=KST)
        if new:
            newest, shown = at - 2 * HOUR, min(20, shown + new)
        announced = Announcement(
            url=FEED,
            kind=CaptureKind.FEED,
            outcome="kept" if new else "unchanged",
            entries=shown,
            addresses=shown,
            titled=shown,
            titles=shown,
            newest=newest,
        )
        listed = replace(announced, url=LIST, kind=CaptureKind.LIST, newest=newest + HOUR if newest else None)
        failed = {"status 503": 1} if dice.random() < 0.05 else {}
        yield SourceRun(
            id=number,
            source="a",
            started=at,
            ended=at + HOUR / 6,
            fetched=new + 2,
            new=new,
            unchanged=dice.randint(0, 10),
            failed=failed,
            articles_failed=failed,
            announcements=(announced, listed),
            facts=pages(new, day, dice),
        )


@pytest.mark.parametrize("name", list(HABITS))
def test_ninety_days_without_a_false_alarm(name: str) -> None:
    runs = list(visits(HABITS[name], 90, seed=len(name)))
    judged = [judge("a", runs[:number], HOLIDAYS) for number in range(1, 91)]
    assert [(each.state, each.evidence) for each in judged if each.state in ILL] == []
    assert {each.state for each in judged} >= {HealthState.FINE}


def test_a_pause_within_the_rhythm_is_quiet_and_beyond_it_silent() -> None:
    runs = list(visits(HABITS["a daily"], 40, seed=1))
    last = max(day for run in runs for day in run.facts.days)
    empty = list(visits(lambda _day, _dice: 0, 60, seed=1))[40:]
    silent = [replace(each, announcements=runs[-1].announcements) for each in empty]
    states = [judge("a", [*runs, *silent[:number]], HOLIDAYS) for number in range(len(silent))]
    assert states[-1].state is HealthState.SILENT
    assert states[-1].since == datetime(last.year, last.month, last.day, tzinfo=KST) + DAY
    assert "its longest pause was" in states[-1].evidence
    seen = [each.state for each in states]
    assert seen.index(HealthState.QUIET) < seen.index(HealthState.SILENT) <= 8
    # An outlet that nobody has visited since is not silent: nobody has listened.
    assert judge("a", runs, HOLIDAYS).state is not HealthState.SILENT


def test_a_weekly_is_not_silent_where_a_daily_is() -> None:
    pause = [replace(each, facts=PageFacts(), new=0) for each in visits(HABITS["a weekly"], 34, seed=2)][28:]
    weekly = [*list(visits(HABITS["a weekly"], 28, seed=2)), *pause]
    daily = [*list(visits(HABITS["a daily"], 28, seed=2)), *pause]
    still = [replace(each, announcements=daily[27].announcements) for each in daily]
    assert judge("a", weekly, HOLIDAYS).state in (HealthState.QUIET, HealthState.FINE)
    assert judge("a", [*daily[:28], *still[28:]], HOLIDAYS).state is HealthState.SILENT


def test_no_visit_is_no_judgement() -> None:
    assert judge("a", [], HOLIDAYS).state is HealthState.UNKNOWN
    cut_off = SourceRun(source="a", started=datetime(2026, 3, 2, tzinfo=KST))
    assert judge("a", [cut_off], HOLIDAYS).state is HealthState.UNKNOWN


# Illnesses


def healthy() -> list[SourceRun]:
    return list(visits(HABITS["an agency that never rests"], 20, seed=5))


def feed(run: SourceRun, **more: object) -> SourceRun:
    first, *others = run.announcements
    return replace(run, announcements=(replace(first, **more), *others))  # type: ignore[arg-type]  # fields by name


def everything(run: SourceRun, outcome: str) -> SourceRun:
    announcements = [replace(each, outcome=outcome, entries=None, newest=None) for each in run.announcements]
    return replace(run, announcements=tuple(announcements), facts=PageFacts(), new=0)


def facts(run: SourceRun, **more: object) -> SourceRun:
    return replace(run, facts=replace(run.facts, **more))  # type: ignore[arg-type]  # fields by name


def articles_fail(run: SourceRun, cause: str) -> SourceRun:
    return replace(run, new=0, facts=PageFacts(), articles_failed={cause: run.new}, failed={cause: run.new})


def future(run: SourceRun) -> SourceRun:
    return feed(run, future=20, newest=run.started + 300 * DAY)


FEED_ILL, PAGES_ILL = HealthState.BROKEN_FEED, HealthState.BROKEN_EXTRACTION
ILLNESSES: dict[str, tuple[Callable[[SourceRun], SourceRun], HealthState, str]] = {
    "forbidden": (lambda run: everything(run, "failed: status 403"), HealthState.BLOCKED, "status 403"),
    "too many requests": (lambda run: everything(run, "failed: status 429"), HealthState.BLOCKED, "status 429"),
    "robots closed": (lambda run: everything(run, "refused: robots.txt"), HealthState.BLOCKED, "robots.txt"),
    "articles forbidden": (lambda run: articles_fail(run, "status 403"), HealthState.BLOCKED, "status 403"),
    "only the feed forbidden": (
        lambda run: feed(run, outcome="failed: status 403", entries=None),
        HealthState.BLOCKED,
        "status 403",
    ),
    "dead": (lambda run: everything(run, "failed: no such host"), HealthState.AWAY, "no such host"),
    "server errors": (lambda run: everything(run, "failed: status 502"), HealthState.AWAY, "status 502"),
    "robots.txt unreadable": (
        lambda run: everything(run, "refused: robots.txt did not answer"),
        HealthState.AWAY,
        "robots.txt did not answer",
    ),
    "articles drip": (lambda run: articles_fail(run, "timeout"), HealthState.AWAY, "timeout"),
    "an error page for a feed": (lambda run: feed(run, outcome="failed: not a feed"), FEED_ILL, "not a feed"),
    "one address": (lambda run: feed(run, addresses=1), FEED_ILL, "doubles"),
    "one title": (lambda run: feed(run, titles=1), FEED_ILL, "same-titles"),
    "dates to come": (future, FEED_ILL, "future-dates"),
    "announced and not there": (lambda run: articles_fail(run, "status 404"), FEED_ILL, "not-there"),
    "a clock nine hours off": (lambda run: facts(run, skewed=run.facts.dated), FEED_ILL, "clock"),
    "no authors": (lambda run: facts(run, author=0), PAGES_ILL, "author"),
    "no times": (lambda run: facts(run, minute=0), PAGES_ILL, "minute"),
    "no text": (
        lambda run: facts(run, read=0, errors={"no text": run.facts.pages}, lengths=()),
        PAGES_ILL,
        "no-text",
    ),
    "a paywall": (lambda run: facts(run, lengths=(90,) * run.facts.read), PAGES_ILL, "body"),
    "one text": (lambda run: facts(run, texts=1), PAGES_ILL, "same-texts"),
    "one headline": (lambda run: facts(run, titles=1), PAGES_ILL, "same-titles"),
    "all to the home page": (
        lambda run: articles_fail(run, "redirects to a page already visited"),
        PAGES_ILL,
        "home-page",
    ),
}


@pytest.mark.parametrize("name", list(ILLNESSES))
def test_an_illness_is_named_within_one_visit_and_over_when_it_is_over(name: str) -> None:
    fall_ill, state, cause = ILLNESSES[name]
    runs = healthy()
    before, sick, after = runs[:12], [fall_ill(each) for each in runs[12:15]], runs[15:]
    first = judge("a", [*before, sick[0]], HOLIDAYS)
    assert (first.state, first.cause, first.since) == (state, cause, sick[0].started), first.evidence
    later = judge("a", [*before, *sick], HOLIDAYS)
    assert (later.state, later.since) == (state, sick[0].started)
    mended = judge("a", [*before, *sick, after[0]], HOLIDAYS)
    assert mended.state is HealthState.FINE, mended.evidence


def test_a_list_that_names_nothing_is_broken_and_an_empty_feed_is_not() -> None:
    runs = healthy()
    first, second = runs[-1].announcements
    nothing = {"entries": 0, "addresses": 0, "titled": 0, "titles": 0, "newest": None}
    no_list = replace(runs[-1], announcements=(first, replace(second, **nothing)))  # type: ignore[arg-type]  # by name
    assert judge("a", [*runs[:-1], no_list], HOLIDAYS).cause == "list-layout"
    assert judge("a", [*runs[:-1], feed(runs[-1], **nothing)], HOLIDAYS).state is HealthState.FINE


def test_a_frozen_feed_is_found_by_the_list_beside_it_and_by_articles() -> None:
    runs = healthy()
    stuck = runs[-4].announcements[0].newest
    frozen = [feed(each, newest=stuck, outcome="unchanged") for each in runs[-3:]]
    found = judge("a", [*runs[:-3], *frozen], HOLIDAYS)
    assert (found.state, found.cause) == (FEED_ILL, "frozen"), found
    undated = [
        replace(run, announcements=(run.announcements[0], replace(run.announcements[1], newest=None))) for run in runs
    ]
    stopped = [feed(each, newest=stuck, outcome="unchanged") for each in undated[-3:]]
    assert judge("a", [*undated[:-3], *stopped], HOLIDAYS).cause == "frozen"


def test_an_answer_of_not_modified_does_not_heal() -> None:
    """The crawler carries the failure on (visits.not_modified); a run that says so is as ill as the one before."""
    runs = healthy()
    broken = [feed(each, outcome="failed: not a feed", entries=None) for each in runs[-2:]]
    found = judge("a", [*runs[:-2], *broken], HOLIDAYS)
    assert (found.state, found.since) == (FEED_ILL, broken[0].started)


def test_an_encoding_that_changed_is_told_and_no_illness() -> None:
    runs = healthy()
    changed = facts(runs[-1], charsets={"cp949": runs[-1].facts.read})
    found = judge("a", [*runs[:-1], changed], HOLIDAYS)
    assert found.state is HealthState.FINE
    assert found.notes == ("pages are read as cp949 now; they were utf-8",)


def test_pages_that_are_broken_stay_so_until_pages_show_otherwise() -> None:
    runs = healthy()
    sick = facts(runs[-3], author=0, minute=0)
    nothing_new = replace(runs[-2], new=0, facts=PageFacts())
    assert judge("a", [*runs[:-3], sick, nothing_new], HOLIDAYS).state is PAGES_ILL
    assert judge("a", [*runs[:-3], sick, nothing_new, runs[-1]], HOLIDAYS).state is HealthState.FINE


# When the next visit is due


def due(runs: Sequence[SourceRun]) -> timedelta:
    found = due_at(runs, least=HOUR / 2, most=DAY)
    assert found is not None
    return found - runs[-1].started


def test_who_publishes_more_is_visited_more_often() -> None:
    agency, board = (list(visits(HABITS[name], 30, seed=3)) for name in ("an agency that never rests", "a press board"))
    assert HOUR / 2 < due(agency) < 12 * HOUR
    assert due(board) == DAY
    flood = [facts(each, days={each.started.date(): 2000}) for each in agency]
    assert due(flood) == HOUR / 2


def test_who_fails_is_left_alone_for_longer_and_longer() -> None:
    runs = healthy()
    sick = [everything(each, "failed: status 503") for each in runs[-8:]]
    waits = [due([*runs[:-8], *sick[:number]]) for number in range(1, 9)]
    assert waits[:3] == [HOUR, 2 * HOUR, 4 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == DAY


def test_what_the_outlet_asked_for_holds_up_to_the_ceiling() -> None:
    runs = healthy()
    for asked, wait in ((12 * HOUR, 12 * HOUR), (99 * DAY, DAY)):
        told = replace(runs[-1], not_before=runs[-1].started + asked)
        assert due([*runs[:-1], told]) == wait


def test_who_was_never_visited_or_cut_off_is_due() -> None:
    assert due_at([], least=HOUR, most=DAY) is None
    assert due_at([*healthy(), replace(healthy()[-1], ended=None)], least=HOUR, most=DAY) is None
