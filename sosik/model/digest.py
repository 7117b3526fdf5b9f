"""What a span of days brought, summed up: stories by topic, parts of series, topics that rise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sosik.model.instants import KST, Published, start_of_day
from sosik.model.search import Period
from sosik.model.series import Installment, Series


class Cadence(StrEnum):
    """How often a digest is made."""

    DAILY = "daily"
    WEEKLY = "weekly"  # Monday to Sunday

    def over_at(self, now: datetime) -> datetime:
        """Return the first instant after the newest span that is over."""
        today = now.astimezone(KST).date()
        return start_of_day(today - timedelta(days=today.weekday() if self is Cadence.WEEKLY else 0))

    def span_before(self, end: datetime) -> Period:
        """Return the Korean days of the span that ends at an instant."""
        after = end.astimezone(KST).date()
        return Period(first=after - timedelta(days=7 if self is Cadence.WEEKLY else 1), last=after - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWish:
    """What a digest is of. Empty filters let everything through; `outlets` are names or ids."""

    period: Period
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """A story by the article that tells it best; `copies` of its `articles` repeat others. `english` may be empty."""

    article: str
    story: str
    title: str
    english: str
    outlet: str
    published: Published | None
    url: str
    page: str
    articles: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """Stories of one topic (None: of no topic), the largest first; `more` of them are only counted.

    A story is in one section only, and an article counted once.
    """

    topic: str | None
    name: str
    articles: int
    copies: int
    stories: tuple[DigestStory, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPart:
    """A part of a series that was published in the span."""

    series: Series
    part: Installment
    english: str
    outlet: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRise:
    """A topic in more articles than its own past would have it; copies do not count."""

    topic: str
    name: str
    now: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a span brought. `names` are those of topics, by id, in English."""

    wish: DigestWish
    articles: int
    copies: int
    stories: int
    parts: tuple[DigestPart, ...]
    rising: tuple[DigestRise, ...]
    sections: tuple[DigestSection, ...]
    names: Mapping[str, str] = field(default_factory=dict)
