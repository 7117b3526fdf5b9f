"""From headlines to series: every article that changed takes its place, and what is new in that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.series import Rename, events_of, is_past, part_of, suggest_renames
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.alert import Event, EventKind
from sosik.model.article import Article
from sosik.model.errors import NotFound, Refused
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.series import Series, SeriesDecision, SeriesDecisionKind, letters, series_id

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


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series, and what editors decided about it; `names` are those of the series that decisions name, by id."""

    series: Series
    decisions: tuple[SeriesDecision, ...]
    names: Mapping[str, str]

    def name_of(self, series: str) -> str:
        """Return the name of a series that a decision is about."""
        return self.names.get(series, series)


def list_series(wiring: "Wiring", source: str | None = None) -> SeriesList:
    """Return the series of an outlet, or of all."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        return established(unit, source)


def established(unit: UnitOfWork, source: str | None = None) -> SeriesList:
    """Return the series that are established, of an outlet or of all."""
    found = tuple(each for each in unit.series.of_source(source) if each.established)
    return SeriesList(found, suggest_renames(found, unit.series.decisions()))


def view_series(wiring: "Wiring", name: str) -> tuple[SeriesView, ...]:
    """Return the series of that id or name with what was decided about them; raises NotFound."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        return tuple(view_of(unit, each) for each in _named(unit, name))


def view_of(unit: UnitOfWork, series: Series) -> SeriesView:
    """Return a series with what was decided about it."""
    ids = set(series.ids)
    decisions = tuple(each for each in unit.series.decisions() if {each.series, each.other} & ids)
    names = {series_id(series.source, each): each for each in series.names} | {series.id: series.name}
    for other in {name for each in decisions for name in (each.series, each.other)} - names.keys():
        found = unit.series.get(other)
        if found is not None:
            names[other] = found.name
    return SeriesView(series, decisions, names)


def join_series(wiring: "Wiring", name: str, others: Sequence[str], *, by: str = "") -> Series:
    """Make one series of several of an outlet, for good; raises NotFound, and Refused where that makes no sense."""
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger, ledger.write() as unit:
        series = _one(unit, name)
        for each in others:
            other = _one(unit, each)
            if other.id == series.id:
                raise Refused(f"{each} is {series.name} already ({series.id})")
            if other.source != series.source:
                raise Refused(f"{series.name} is of {series.source}, {other.name} of {other.source}: no one series")
            _decide(wiring, unit, SeriesDecisionKind.JOIN, series.id, other.id, by=by)
        return _one(unit, series.id)


def separate_series(wiring: "Wiring", name: str, other: str, *, by: str = "") -> tuple[Series, ...]:
    """Take a joining back, or note that two series are two; return both. Raises NotFound and Refused."""
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger, ledger.write() as unit:
        series = _one(unit, name)
        apart = _own_id(unit, series, other)
        _decide(wiring, unit, SeriesDecisionKind.SEPARATE, series.id, apart, by=by)
        both = (unit.series.get(series.id), unit.series.get(apart))
        return tuple(each for each in both if each is not None)


def _own_id(unit: UnitOfWork, series: Series, other: str) -> str:
    """Return the id of a name that a series goes by beside its own, or of another series."""
    inside = {series_id(series.source, each): each for each in series.names if letters(each) != letters(series.name)}
    found = next((each for each, known in inside.items() if other == each or letters(other) == letters(known)), None)
    if found is not None:
        return found
    if series.called(other):
        hint = f"it goes by {', '.join(inside.values())} as well" if inside else "nothing was joined to it"
        raise Refused(f"{other} is the series itself; name what is to leave it: {hint}")
    return _one(unit, other).id


def _decide(wiring: "Wiring", unit: UnitOfWork, kind: SeriesDecisionKind, series: str, other: str, *, by: str) -> None:
    unit.series.decide(SeriesDecision(kind=kind, series=series, other=other, at=wiring.clock.now(), by=by))


def _one(unit: UnitOfWork, name: str) -> Series:
    found = _named(unit, name)
    if len(found) > 1:
        ids = ", ".join(f"{each.id} ({each.source})" for each in found)
        raise Refused(f"several outlets have a series named {name!r}; give the id of one: {ids}")
    return found[0]


def _named(unit: UnitOfWork, name: str) -> tuple[Series, ...]:
    found = unit.series.find(name)
    if not found:
        known = tuple(sorted({each.name for each in unit.series.of_source() if each.established}))
        hint = "`sosik series` lists all" if len(known) > 20 else ""
        raise NotFound("series", name, known=known if len(known) <= 20 else (), hint=hint)
    return found
