"""Series put together from headlines: which article is which part, what is new in that, and what may be a rename.

Nothing here reads or writes: flows hand in what the ledger knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher

from sosik.model.alert import Event, EventKind
from sosik.model.analysis import HeadlineKind, SeriesMarker
from sosik.model.article import Article
from sosik.model.series import Installment, Series, SeriesDecision, SeriesDecisionKind, letters, series_id

NEWS = timedelta(days=7)  # what was published longer before it was first seen is no news
_BEGINNINGS = (None, 0, 1)
_FIRST_LABELS = (None, "상", "프롤로그")
_ALIKE = 0.8  # of the letters, for names whose numbers do not follow one another
_ALIKE_IN_TURN = 0.4  # for names whose numbers do


@dataclass(frozen=True, slots=True)
class Rename:
    """Two series of one outlet that may be one under two names: for an editor to judge."""

    old: Series
    new: Series
    reason: str


def part_of(article: Article, marker: SeriesMarker) -> tuple[Series, Installment] | None:
    """Return the series that a headline names, without its parts, and the part that the article is; or None."""
    if marker.kind is not HeadlineKind.SERIES or not letters(marker.series or ""):
        return None
    name = (marker.series or "").strip()
    part = Installment(
        article=article.id,
        number=marker.installment,
        label=marker.label,
        final=marker.final,
        name=name,
        title=article.title,
        url=article.url,
        published=article.published,
    )
    return Series(id=series_id(article.source, name), source=article.source, name=name, installments=()), part


def is_past(article: Article, *, followed_since: datetime, now: datetime) -> bool:
    """Is it no news: from before the outlet was followed, or too old when it was first seen?

    An article known to the day was published when that day began; an undated one when it was captured.
    """
    published = article.published.order if article.published else article.captured
    if published is None:
        return True
    return published.astimezone(UTC) < followed_since or now - published > NEWS


def events_of(before: Series | None, after: Series, article: str, *, now: datetime, quiet: bool) -> Iterator[Event]:
    """Give what happened to a series when this article became a part of it, or became another part.

    A part whose series was under way before anybody saw it makes no *new series* that is told.
    """
    if not after.established:
        return
    part = next(each for each in after.installments if each.article == article)
    if before is None or not before.established:
        late = part.number not in _BEGINNINGS or part.label not in _FIRST_LABELS
        yield Event(kind=EventKind.NEW_SERIES, subject=after.id, happened=now, article=article, quiet=quiet or late)
    known = next((each for each in before.installments if each.article == article), None) if before else None
    kind = _kind_of(part, after)
    if known is None or (part.final and not known.final):
        yield Event(kind=kind, subject=after.id, happened=now, article=article, quiet=quiet)


def _kind_of(part: Installment, series: Series) -> EventKind:
    if part.final:
        return EventKind.FINAL_INSTALLMENT
    others = [each.number for each in series.installments if each.number is not None and each.article != part.article]
    late = part.number is not None and part.number < max(others, default=0)
    return EventKind.LATE_INSTALLMENT if late else EventKind.NEW_INSTALLMENT


def suggest_renames(series: Iterable[Series], decisions: Iterable[SeriesDecision] = ()) -> tuple[Rename, ...]:
    """Return the pairs that look like one series under two names, by the outlet and the old name.

    What an editor decided last to be two is not asked again.
    """
    decided = {frozenset((each.series, each.other)): each.kind for each in decisions}
    apart = {pair for pair, kind in decided.items() if kind is SeriesDecisionKind.SEPARATE}
    ordered = sorted(series, key=lambda each: (each.source, each.name, each.id))
    pairs = (
        (old, new)
        for old in ordered
        for new in ordered
        if old.source == new.source and old.id != new.id and not old.finished and _precedes(old, new)
        if frozenset((old.id, new.id)) not in apart
    )
    found = ((old, new, _why(old, new)) for old, new in pairs)
    return tuple(Rename(old, new, reason) for old, new, reason in found if reason)


def _precedes(old: Series, new: Series) -> bool:
    """Are all dated parts of one older than all of the other?"""
    ends = [each.published.order for each in old.installments if each.published]
    begins = [each.published.order for each in new.installments if each.published]
    return bool(ends and begins) and max(ends) < min(begins)


def _why(old: Series, new: Series) -> str:
    alike = SequenceMatcher(None, letters(old.name), letters(new.name), autojunk=False).ratio()
    last, first = max(old.numbers, default=0), min(new.numbers, default=0)
    if last and first == last + 1 and alike >= _ALIKE_IN_TURN:
        return f"the second goes on with {first} where the first stopped at {last}, under a similar name"
    if alike >= _ALIKE and not set(old.numbers) & set(new.numbers):
        return "the names differ in a few letters, and no number is in both"
    return ""
