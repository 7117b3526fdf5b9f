"""From headlines to series: every article that changed takes its place, and what is new in that is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.series import Rename, events_of, is_past, part_of, suggest_renames
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.alert import Event, EventKind
from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.series import Series

if TYPE_CHECKING:
    from datetime import datetime

    from sosik.app.wiring import Wiring

CONSUMER = "series"
LOCK = "series"
_MARK = "changes"
_BATCH = 200


@dataclass(slots=True)
class SeriesReport:
    """What following came to: articles looked at, parts placed or moved, events told aloud and quietly."""

    articles: int = 0
    parts: int = 0
    told: int = 0
    quiet: int = 0


def follow_series(wiring: "Wiring", *, progress: Progress = silent) -> SeriesReport:
    """Place every article that changed since the last time, and write the events in the same transaction.

    A new article is an event, too. Raises Busy where another process does the same in this data folder.
    """
    report = SeriesReport()
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        while True:
            with ledger.write() as unit:
                batch = unit.changes.after(unit.cursors.get(CONSUMER).get(_MARK, 0), _BATCH)
                if batch is None:
                    return report
                for article in _oldest_first(unit, batch.articles):
                    _follow(unit, article, wiring.clock.now(), report)
                unit.cursors.put(CONSUMER, {_MARK: batch.last})
            report.articles += len(batch.articles)
            progress("articles put in series", report.articles)


def _oldest_first(unit: UnitOfWork, ids: Sequence[str]) -> list[Article]:
    """Parts that came in one crawl are told in the order in which the outlet published them."""
    found = [each for each in map(unit.articles.get, ids) if each is not None]
    return sorted(found, key=lambda each: (each.published.order.timestamp() if each.published else 0.0, each.id))


def _follow(unit: UnitOfWork, article: Article, now: "datetime", report: SeriesReport) -> None:
    analysis = unit.analyses.get(article.id)
    if analysis is None or analysis.revision != article.revision:
        return  # its analysis will raise its version, and thereby bring it here again
    since = unit.events.followed_since(article.source)
    quiet = article.gone or is_past(article, followed_since=since, now=now)
    news = Event(kind=EventKind.NEW_ARTICLE, subject=article.id, happened=now, article=article.id, quiet=quiet)
    _tell(unit, [news], report)
    belongs = part_of(article, analysis.marker)
    if belongs is None:
        report.parts += unit.series.leave(article.id)
        return
    series, part = belongs
    before = unit.series.get(series.id)
    if not unit.series.place(series, part):
        return
    report.parts += 1
    after = unit.series.get(series.id)
    if after is not None:
        _tell(unit, list(events_of(before, after, article.id, now=now, quiet=quiet)), report)


def _tell(unit: UnitOfWork, events: Sequence[Event], report: SeriesReport) -> None:
    for event in events:
        if unit.events.tell(event):
            report.quiet += event.quiet
            report.told += not event.quiet


@dataclass(frozen=True, slots=True)
class SeriesList:
    """Series, and the pairs of them that may be one under two names."""

    series: tuple[Series, ...]
    renames: tuple[Rename, ...]


def list_series(wiring: "Wiring", source: str | None = None) -> SeriesList:
    """Return the series of an outlet, or of all."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        found = tuple(each for each in unit.series.of_source(source) if each.established)
    return SeriesList(found, suggest_renames(found))


def find_series(wiring: "Wiring", name: str) -> tuple[Series, ...]:
    """Return the series of that id or name (by letters and digits), several where outlets share it; raises NotFound."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        found = unit.series.find(name)
        if not found:
            known = tuple(sorted({each.name for each in unit.series.of_source() if each.established}))
            hint = "`sosik series` lists all" if len(known) > 20 else ""
            raise NotFound("series", name, known=known if len(known) <= 20 else (), hint=hint)
    return found
