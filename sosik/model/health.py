"""How an outlet is, computed from its visits alone: dead is told from quiet, and broken from both.

What is wrong with access comes before what is wrong with announcements, and that before what is wrong with pages: the
first that is wrong explains the rest. Where nothing is wrong, the outlet's own rhythm says whether it is quiet or
silent; weekends and public holidays are part of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sosik.model.instants import KST, end_of_day
from sosik.model.rhythm import Rhythm
from sosik.model.run import PageFacts, SourceRun, total_of
from sosik.model.signs import HealthState, Sign, access_sign, announcing_sign, newest_of, page_sign

ILL = frozenset(
    {
        HealthState.SILENT,
        HealthState.BROKEN_FEED,
        HealthState.BROKEN_EXTRACTION,
        HealthState.BLOCKED,
        HealthState.AWAY,
    }
)
_REMEMBERED = 30  # healthy visits with pages that say what is usual
_RECENT = 3
_ONE_CHARSET = {"euc-kr": "cp949", "uhc": "cp949", "ms949": "cp949", "ascii": "utf-8", "us-ascii": "utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an outlet is, since when, and what shows it. `cause` is a short name, empty where nothing is wrong.

    `notes` are surprises that are no illness: an encoding that changed.
    """

    source: str
    state: HealthState
    since: datetime | None = None
    cause: str = ""
    evidence: str = ""
    notes: tuple[str, ...] = ()


def judge(source: str, runs: Sequence[SourceRun], holidays: Collection[date]) -> Health:
    """Judge an outlet by its visits, oldest first; those that never ended count for nothing."""
    over = [each for each in runs if each.ended is not None]
    if not over:
        return Health(source=source, state=HealthState.UNKNOWN, evidence="no visit came to its end yet")
    ailing = _Ailing()
    for run in over:
        ailing.see(run)
    notes = ailing.notes
    if ailing.sign is not None:
        sign = ailing.sign
        return Health(
            source=source, state=sign.state, since=ailing.since, cause=sign.cause, evidence=sign.evidence, notes=notes
        )
    return _by_rhythm(source, over, holidays, notes)


class _Ailing:
    """Goes through visits and remembers what is wrong since when, and what is usual."""

    def __init__(self) -> None:
        self.sign: Sign | None = None
        self.since: datetime | None = None
        self.notes: tuple[str, ...] = ()
        self._last: SourceRun | None = None
        self._calm: list[SourceRun] = []  # visits with which nothing was wrong but, perhaps, pages
        self._of_pages: Sign | None = None  # stays until pages show that it is over
        self._healthy: list[PageFacts] = []
        self._recent: list[PageFacts] = []

    def see(self, run: SourceRun) -> None:
        """Take the next visit into account."""
        found = access_sign(run) or announcing_sign(run, self._last, self._calm)
        if found is None:
            self._calm = [*self._calm, run][-_REMEMBERED:]
        self._last = run
        self._look_at_pages(run)
        sign = found or self._of_pages
        if sign is None:
            self.since = None
        elif self.sign is None or self.sign.state is not sign.state:
            self.since = run.started
        self.sign = sign

    def _look_at_pages(self, run: SourceRun) -> None:
        self.notes = ()
        facts, usual = run.facts, total_of(self._healthy)
        found = page_sign(run, total_of([*self._recent[1 - _RECENT :], facts]), usual)
        if found is not None or facts.pages:
            self._of_pages = found
        if not facts.pages:
            return
        self._recent = [*self._recent, facts][-_RECENT:]
        if found is None:
            self.notes = _charsets(facts, usual)
            self._healthy = [*self._healthy, facts][-_REMEMBERED:]


def _charsets(facts: PageFacts, usual: PageFacts) -> tuple[str, ...]:
    known = {_one_name(each) for each in usual.charsets}
    new = sorted({_one_name(each) for each in facts.charsets} - known - {""})
    if not known or not new:
        return ()
    return (f"pages are read as {', '.join(new)} now; they were {', '.join(sorted(known))}",)


def _one_name(charset: str) -> str:
    name = charset.lower().replace("_", "-")
    return _ONE_CHARSET.get(name, name)


def _by_rhythm(source: str, runs: Sequence[SourceRun], holidays: Collection[date], notes: tuple[str, ...]) -> Health:
    seen = runs[-1].started
    today = seen.astimezone(KST).date()
    rhythm = Rhythm.of({each for each in _days(runs) if each <= today}, holidays)
    if rhythm is None:
        return Health(
            source=source, state=HealthState.FINE, evidence="it has announced nothing with a date", notes=notes
        )
    pause = rhythm.pause(today)
    since = end_of_day(rhythm.last)
    told = (
        f"nothing since {rhythm.last.isoformat()}: {_working(pause)}; its longest pause was {_working(rhythm.longest)}"
    )
    if pause > rhythm.limit:
        return Health(source=source, state=HealthState.SILENT, since=since, cause="silence", evidence=told, notes=notes)
    if pause > 0:
        return Health(source=source, state=HealthState.QUIET, since=since, evidence=told, notes=notes)
    newest = f"newest of {rhythm.last.isoformat()}"
    return Health(source=source, state=HealthState.FINE, evidence=newest, notes=notes)


def _working(days: int) -> str:
    return f"{days} working day{'' if days == 1 else 's'}"


def _days(runs: Sequence[SourceRun]) -> set[date]:
    """Every day on which the outlet is known to have published."""
    days = {day for run in runs for day in run.facts.days}
    newest = {found for run in runs if (found := newest_of(run)) is not None}
    return days | {each.astimezone(KST).date() for each in newest}


def interval(runs: Sequence[SourceRun], *, least: timedelta, most: timedelta) -> timedelta:
    """Return how long after a visit the next one is due: about as long as an outlet takes to publish five articles.

    Visits that failed put it off, each twice as long as the one before.
    """
    over = [each for each in runs if each.ended is not None]
    failing = 0
    for run in reversed(over):
        if access_sign(run) is None:
            break
        failing += 1
    if failing:
        return min(most, least * float(1 << min(failing, 16)))
    rate = _articles_a_day(over)
    return most if rate <= 0 else min(most, max(least, timedelta(days=_PER_VISIT / rate)))


_PER_VISIT = 5  # articles: few enough that no feed is overrun between two visits
_LOOKED_BACK = timedelta(days=14)


def _articles_a_day(runs: Sequence[SourceRun]) -> float:
    if not runs:
        return 0.0
    last = runs[-1].started.astimezone(KST).date()
    first = last - _LOOKED_BACK
    known = {day: sum(run.facts.days.get(day, 0) for run in runs) for run in runs for day in run.facts.days}
    recent = {day: count for day, count in known.items() if first < day <= last}
    return sum(recent.values()) / _LOOKED_BACK.days


def due_at(runs: Sequence[SourceRun], *, least: timedelta, most: timedelta) -> datetime | None:
    """Return when an outlet is to be visited next; None: now, for it never was, or the last visit was cut off.

    What the outlet itself asked for (Retry-After) holds, up to `most`.
    """
    if not runs or runs[-1].ended is None:
        return None
    last = runs[-1]
    due = last.started + interval(runs, least=least, most=most)
    asked = min(last.not_before, last.started + most) if last.not_before is not None else due
    return max(due, asked)
