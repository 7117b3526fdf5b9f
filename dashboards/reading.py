"""What the pages read. Whoever starts the site hands in an implementation; there is no other way to the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sosik.catalogue.topic import Topic
from sosik.model.alert import AlertRule, Event
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Brief, GlossaryCard
from sosik.model.health import ILL, Health
from sosik.model.instants import Published
from sosik.model.query import Node
from sosik.model.search import Document, FacetField, Hit, Interval, Period, Query, Result, Rise
from sosik.model.series import Series, SeriesDecision
from sosik.model.source import Source
from sosik.model.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article with all that is known of it; None where there is nothing yet."""

    article: Article
    analysis: Analysis | None
    revisions: tuple[Article, ...]  # oldest first
    source: Source | None
    brief: Brief | None = None
    series: Series | None = None
    story: Story | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStanding:
    """How an outlet stands. `outcomes` counts addresses by what their last visit came to: 'kept', 'failed: …'.

    `unread` are pages that gave no article, newest first: address and reason.
    """

    source: Source
    articles: int
    newest: Published | None  # of its newest article
    last_visit: datetime | None
    outcomes: Mapping[str, int]
    unread: tuple[tuple[str, str], ...] = ()
    health: Health | None = None  # the last judgement, where a visit came to its end

    @property
    def failures(self) -> dict[str, int]:
        """What went wrong, by cause, most frequent first; what was never to be fetched is not among it."""
        found = {what.removeprefix("failed: "): n for what, n in self.outcomes.items() if what.startswith("failed")}
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    @property
    def answered(self) -> int:
        """How many addresses answered at their last visit."""
        return sum(count for what, count in self.outcomes.items() if what in ("kept", "unchanged"))

    @property
    def refused(self) -> int:
        """How many addresses were not asked for, since the outlet does not wish it."""
        return sum(count for what, count in self.outcomes.items() if what.startswith("refused"))

    @property
    def failed(self) -> int:
        """How many addresses failed at their last visit."""
        return sum(self.failures.values())

    @property
    def troubled(self) -> bool:
        """Does it need a look: is it judged ill, or, where nobody judged, does one address in ten fail?"""
        if self.health is not None:
            return self.health.state in ILL
        return self.failed > 0 and self.failed * 10 >= self.failed + self.answered


class TrendRow(Protocol):
    """A count of a bucket; `key` is a value of the field it is split by, or None."""

    @property
    def bucket(self) -> str:
        """A day, the Monday of a week, a month, or 'undated'."""
        ...

    @property
    def key(self) -> str | None:
        """A value of the field that buckets are split by."""
        ...

    @property
    def count(self) -> int:
        """All articles."""
        ...

    @property
    def count_without_copies(self) -> int:
        """One article of each group of press-release copies."""
        ...


class Rename(Protocol):
    """Two series that may be one under two names: for an editor to judge."""

    @property
    def old(self) -> Series:
        """The one that ended."""
        ...

    @property
    def new(self) -> Series:
        """The one that began after it."""
        ...

    @property
    def reason(self) -> str:
        """Why they may be one."""
        ...


class Reader(Protocol):
    """Reads ledger, index and catalogue. Several threads may ask at once.

    What asks for something by name raises NotFound; what asks the index raises NotFound while there is none, and
    QueryMistake for what cannot be asked.
    """

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def search(self, query: Query) -> Result:
        """Answer a query."""
        ...

    def hints(self, where: Node) -> Sequence[str]:
        """Return a line for each name in a query that nothing known bears, with near ones."""
        ...

    def export(self, where: Node) -> Iterator[Document]:
        """Give every document that matches."""
        ...

    def trend(self, where: Node, *, interval: Interval, by: FacetField | None) -> Sequence[TrendRow]:
        """Count what a query finds, bucket by bucket."""
        ...

    def rising(self, period: Period, past: Period, field: FacetField, size: int) -> tuple[Rise, ...]:
        """Return the values more frequent in a period than its past would have it."""
        ...

    def documents(self, articles: Sequence[str]) -> dict[str, Document]:
        """Return the documents of articles; those that the index does not hold are left out."""
        ...

    def article(self, name: str) -> FoundArticle:
        """Return the article of that id, or whose id begins so."""
        ...

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics of the catalogue."""
        ...

    def sources(self) -> tuple[SourceStanding, ...]:
        """Return how every outlet stands."""
        ...

    def series(self) -> tuple[Series, ...]:
        """Return all series, those with the newest part first."""
        ...

    def one_series(self, name: str) -> Series:
        """Return the series of that id."""
        ...

    def series_decisions(self, series: Series) -> Sequence[tuple[SeriesDecision, str]]:
        """Return what editors decided about a series, oldest first, each with the name of the other series."""
        ...

    def renames(self) -> Sequence[Rename]:
        """Return the pairs of series that may be one, and about which no editor has decided."""
        ...

    def story(self, name: str) -> Story:
        """Return the story of that id."""
        ...

    def stories(self, limit: int) -> tuple[Story, ...]:
        """Return the stories with most articles."""
        ...

    def events(self, limit: int) -> tuple[Event, ...]:
        """Return the newest events that were told aloud, newest first."""
        ...

    def glossary(self) -> tuple[GlossaryCard, ...]:
        """Return the cards of the glossary."""
        ...

    def english(self, field: FacetField, value: str) -> str:
        """Return the English name of a value, or the value itself where it has none."""
        ...


class Shapes(Protocol):
    """Makes the objects that the API shows; the keys are those that the commands print."""

    def hit_object(self, hit: Hit) -> dict[str, Any]:
        """A hit of a search."""
        ...

    def article_object(
        self, article: Article, analysis: Analysis | None, revisions: Sequence[Article], source: Source | None
    ) -> dict[str, Any]:
        """An article."""
        ...

    def source_object(self, source: Source) -> dict[str, Any]:
        """An outlet."""
        ...

    def series_object(self, series: Series, *, now: datetime, parts: bool = True) -> dict[str, Any]:
        """A series, with or without its parts."""
        ...


class Stopper(Protocol):
    """Stops alerts for whoever holds a link that was signed here."""

    def rule(self, rule: str, token: str) -> AlertRule | None:
        """Return the rule that the token proves a right to; None for a wrong token, or where it is stopped already."""
        ...

    def stop(self, rule: str, token: str) -> bool:
        """Forget the rule; say whether the token proved a right to it."""
        ...
