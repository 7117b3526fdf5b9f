"""What pages gave, counted for the health of their outlets."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sosik.app.flows.pages import Outcome
from sosik.model.instants import Precision, Provenance, Published
from sosik.model.ports.ledger import Change, UnitOfWork
from sosik.model.run import PageFacts

Written = tuple[Outcome, Change | None, str | None]
"""What became of a page: its outcome, what writing it changed, and the reason where it gave no article."""

_ANNOUNCED = frozenset({Provenance.FEED, Provenance.SITEMAP})
_OFF = timedelta(hours=2)


def note_facts(unit: UnitOfWork, written: Sequence[Written]) -> None:
    """Add up pages by the visit in which they were fetched, and write that."""
    by_run: defaultdict[int, list[Written]] = defaultdict(list)
    for each in written:
        run = unit.runs.at(each[0].source, each[0].fetched)
        if run is not None:
            by_run[run].append(each)
    for run, pages in by_run.items():
        unit.runs.add_facts(run, facts_of(pages))


def facts_of(pages: Sequence[Written]) -> PageFacts:
    """Sum up the pages of one outlet."""
    articles = [(outcome, change) for outcome, change, error in pages if error is None and outcome.article is not None]
    read = [outcome.article for outcome, _ in articles if outcome.article is not None]
    own = [(each.announced, each.article.published) for each, _ in articles if each.article is not None]
    gaps = [gap for gap in (_gap(*each) for each in own) if gap is not None]
    days = [_day(each.article.published) for each, change in articles if change is Change.NEW and each.article]
    return PageFacts(
        pages=len(pages),
        read=len(read),
        minute=sum(each.published is not None and each.published.precision is Precision.MINUTE for each in read),
        author=sum(bool(each.authors) for each in read),
        titles=len({each.title for each in read}),
        texts=len({each.text for each in read}),
        dated=len(gaps),
        skewed=sum(gap > _OFF for gap in gaps),
        lengths=tuple(len(each.text) for each in read),
        charsets=Counter(outcome.charset for outcome, _ in articles if outcome.charset),
        errors=Counter(error for _, _, error in pages if error is not None),
        days=Counter(day for day in days if day is not None),
    )


def _day(published: Published | None) -> date | None:
    return None if published is None else published.day


def _gap(announced: Published | None, own: Published | None) -> timedelta | None:
    """Return how far the announced time is from the page's own; None where one of them is not known to the minute."""
    if announced is None or own is None or own.provenance in _ANNOUNCED:
        return None
    if announced.instant is None or own.instant is None:
        return None
    return abs(announced.instant - own.instant)
