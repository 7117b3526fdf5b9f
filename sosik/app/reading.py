"""What the dashboard reads, from ledger, index and catalogue. Implements dashboards.reading.Reader and Stopper."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dashboards.reading import FoundArticle, SourceStanding
from enrich.series import Rename
from sosik.app.flows.alert_rules import stop_rule
from sosik.app.flows.ask import Asker
from sosik.app.flows.series import established, view_of
from sosik.app.flows.show import find
from sosik.app.flows.source_check import with_checks
from sosik.app.flows.trends import TrendRow, count_over_time
from sosik.catalogue.entry import names_in_english
from sosik.catalogue.topic import Topic
from sosik.model.alert import AlertRule, Event
from sosik.model.brief import GlossaryCard
from sosik.model.errors import NotFound
from sosik.model.instants import Published
from sosik.model.ports.ledger import Ledger, UnitOfWork
from sosik.model.query import Field, Node
from sosik.model.search import Document, FacetField, Interval, Order, Period, Query, Result, Rise
from sosik.model.series import Series, SeriesDecision
from sosik.model.source import Source
from sosik.model.story import Story

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_UNREAD = 5  # pages named that gave no article, for each outlet
_EVENTS = 5  # newest events are asked for so many times over: quiet ones are not shown


@dataclass(slots=True)
class LedgerStopper:
    """Stops alerts in the ledger, for whoever holds a link that was signed with our secret."""

    wiring: "Wiring"

    def rule(self, rule: str, token: str) -> AlertRule | None:
        """Return the rule that the token proves a right to."""
        if not self.wiring.stop_links().proves(rule, token):
            return None
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return unit.rules.get(rule)

    def stop(self, rule: str, token: str) -> bool:
        """Forget the rule; say whether the token proved a right to it, for it may be stopped already."""
        if not self.wiring.stop_links().proves(rule, token):
            return False
        stop_rule(self.wiring, rule, token)
        return True


class StoredReader:
    """Reads what is stored. The catalogue is read once; a change of it is seen when the site is started anew."""

    def __init__(self, wiring: "Wiring", ledger: Ledger, asker: Asker) -> None:
        self._wiring = wiring
        self._ledger = ledger
        self._asker = asker

    @cached_property
    def _topics(self) -> tuple[Topic, ...]:
        return self._wiring.catalogue.topics()

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return with_checks(self._wiring)

    @cached_property
    def _english(self) -> Mapping[str, str]:
        return names_in_english(self._wiring.catalogue.gazetteer())

    @cached_property
    def _names(self) -> Mapping[FacetField, Mapping[str, str]]:
        return {
            FacetField.REGION: {**self._english, "전국": "Nationwide"},
            FacetField.TOPIC: {each.id: each.english for each in self._topics},
            FacetField.OUTLET: {name: each.name_en for each in self._sources for name in (each.name, each.id)},
        }

    @cached_property
    def _cards(self) -> tuple[GlossaryCard, ...]:
        terms = self._wiring.catalogue.glossary()
        return tuple(sorted((each.card for each in terms), key=lambda card: card.romanized))

    def now(self) -> datetime:
        """Return the present instant."""
        return self._wiring.clock.now()

    # The index

    def search(self, query: Query) -> Result:
        """Answer a query."""
        with self._asker.index() as index:
            return index.search(query)

    def hints(self, where: Node) -> tuple[str, ...]:
        """Say which names of a query nothing known bears."""
        return self._asker.hints(where)

    def export(self, where: Node) -> Iterator[Document]:
        """Give every document that matches."""
        with self._asker.index() as index:
            yield from index.export(Query(where=where))

    def trend(self, where: Node, *, interval: Interval, by: FacetField | None) -> Sequence[TrendRow]:
        """Count what a query finds, bucket by bucket."""
        with self._asker.index() as index:
            return count_over_time(index, self._ledger, where, interval=interval, by=by)

    def rising(self, period: Period, past: Period, field: FacetField, size: int) -> tuple[Rise, ...]:
        """Return the values more frequent in a period than its past would have it."""
        with self._asker.index() as index:
            return index.rising(period, past, field, size)

    def documents(self, articles: Sequence[str]) -> dict[str, Document]:
        """Return the documents of articles, in that order."""
        with self._asker.index() as index:
            found = ((each, index.get(each)) for each in dict.fromkeys(articles))
            return {article: document for article, document in found if document is not None}

    # The ledger

    def article(self, name: str) -> FoundArticle:
        """Return the article of that id, or whose id begins so."""
        found = find(self._wiring, name)
        with self._ledger.read() as unit:
            series = unit.series.of_article(found.article.id)
            place = unit.stories.place(found.article.id)
            return FoundArticle(
                article=found.article,
                analysis=found.analysis,
                revisions=found.revisions,
                source=next((each for each in self._sources if each.id == found.article.source), None),
                brief=unit.briefs.get(found.article.id),
                series=unit.series.get(series) if series else None,
                story=unit.stories.get(place.story) if place else None,
            )

    def sources(self) -> tuple[SourceStanding, ...]:
        """Return how every outlet stands."""
        outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        with self._ledger.read() as unit:
            articles = unit.articles.count_by_source()
            newest = self._newest(articles)
            health = unit.runs.health()
            visited = set(unit.runs.sources())
            for (source, outcome), count in unit.visits.outcomes().items():
                outcomes[source][outcome] += count
            visited.update(outcomes)
            return tuple(
                SourceStanding(
                    source=each,
                    articles=articles.get(each.id, 0),
                    newest=newest.get(each.id),
                    last_visit=_last_visit(unit, each.id) if each.id in visited else None,
                    health=health.get(each.id),
                    outcomes=outcomes[each.id],
                    unread=tuple((one.url, one.error or "") for one in unit.readings.errors(each.id, _UNREAD)),
                )
                for each in self._sources
            )

    def _newest(self, sources: Iterable[str]) -> dict[str, Published]:
        """When the newest article of each of these outlets was published; of none while there is no index."""
        found: dict[str, Published] = {}
        try:
            with self._asker.index() as index:
                for each in sources:
                    where = Field(FacetField.OUTLET.value, each)
                    hits = index.search(Query(where=where, order=Order.NEWEST, limit=1, highlight=False)).hits
                    if hits and hits[0].document.published:
                        found[each] = hits[0].document.published
        except NotFound:
            return {}
        return found

    def series(self) -> tuple[Series, ...]:
        """Return all series that are established."""
        with self._ledger.read() as unit:
            return established(unit).series

    def one_series(self, name: str) -> Series:
        """Return the series of that id."""
        with self._ledger.read() as unit:
            found = unit.series.get(name)
        if found is None:
            raise NotFound("series", name, hint="the Series page lists all")
        return found

    def series_decisions(self, series: Series) -> tuple[tuple[SeriesDecision, str], ...]:
        """Return what editors decided about a series, oldest first, each with the name of the other series."""
        with self._ledger.read() as unit:
            view = view_of(unit, series)
        others = [each.series if each.other == series.id else each.other for each in view.decisions]
        return tuple((each, view.name_of(other)) for each, other in zip(view.decisions, others, strict=True))

    def renames(self) -> tuple[Rename, ...]:
        """Return the pairs of series that may be one, and about which no editor has decided."""
        with self._ledger.read() as unit:
            return established(unit).renames

    def story(self, name: str) -> Story:
        """Return the story of that id."""
        with self._ledger.read() as unit:
            found = unit.stories.get(name)
        if found is None:
            raise NotFound("story", name, hint="the articles in it name it")
        return found

    def stories(self, limit: int) -> tuple[Story, ...]:
        """Return stories of several articles, those of most articles first."""
        with self._ledger.read() as unit:
            return unit.stories.largest(limit)

    def events(self, limit: int) -> tuple[Event, ...]:
        """Return the newest events that were told aloud."""
        with self._ledger.read() as unit:
            newest = unit.events.newest(limit * _EVENTS)
        return tuple(each for each in newest if not each.quiet)[:limit]

    # The catalogue

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics."""
        return self._topics

    def glossary(self) -> tuple[GlossaryCard, ...]:
        """Return the cards, by their romanized terms."""
        return self._cards

    def english(self, field: FacetField, value: str) -> str:
        """Return the English name of a value, or the value itself."""
        if field is FacetField.SERIES:
            with self._ledger.read() as unit:
                series = unit.series.get(value)
            return series.name if series else value
        return self._names.get(field, self._english).get(value, value)


def _last_visit(unit: UnitOfWork, source: str) -> datetime | None:
    """When an outlet was last visited; of ledgers older than the book of visits, when one of its addresses was."""
    last = unit.runs.last(source)
    return last.started if last else max((visit.at for visit in unit.visits.known(source)), default=None)


@contextmanager
def open_reader(wiring: "Wiring") -> Iterator[StoredReader]:
    """Open what is stored in the data folder."""
    with wiring.ledger() as ledger, closing(Asker(wiring, ledger)) as asker:
        yield StoredReader(wiring, ledger, asker)
