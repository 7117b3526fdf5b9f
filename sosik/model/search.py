"""What an index holds, what it is asked, and what it answers."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sosik.model.analysis import Terms
from sosik.model.instants import Published
from sosik.model.query import Everything, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as an index shows it. `version` only ever rises; an index accepts only a higher one.

    Names in `topics`, `series`, `source` are ids; `outlet`, `organisations`, `people` and `regions` are names as shown.
    `english` is the line in English that every hit has. `copy` marks all but one of the copies of a press release.
    """

    article: str
    version: int
    source: str
    outlet: str
    kind: str
    url: str
    title: str
    text: str
    english: str
    published: Published | None
    title_terms: Terms
    text_terms: Terms
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    series: str = ""
    story: str = ""
    copy: bool = False
    gone: bool = False


class Order(StrEnum):
    """The order of hits; ties are broken by article id, so that pages never overlap."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Interval(StrEnum):
    """The width of a histogram's buckets, in Korean days."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday, named by its Monday
    MONTH = "month"


class FacetField(StrEnum):
    """What hits can be counted by; also the names of the query language's fields."""

    TOPIC = "topic"
    REGION = "region"
    OUTLET = "outlet"
    ORGANISATION = "org"
    PERSON = "person"
    SERIES = "series"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to an index.

    `copies` = False counts and shows one article of each group of press-release copies. `cursor` is what the page
    before gave, or empty. `facet_size` bounds the values of a facet, most frequent first, ties by value.
    """

    where: Node = field(default_factory=Everything)
    order: Order = Order.RELEVANCE
    limit: int = 10
    cursor: str = ""
    facets: tuple[FacetField, ...] = ()
    facet_size: int = 10
    histogram: Interval | None = None
    by: FacetField | None = None  # splits each bucket of the histogram by this field
    copies: bool = True
    highlight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A count. `key` is a day, the Monday of a week, a month (2026-03), or 'undated'; `split` is by Query.by."""

    key: str
    count: int
    split: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The most frequent values of a field among all hits, with exact counts."""

    field: FacetField
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A matched word, by offsets into title, newline and text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found. `score` is 0.0 where hits are ordered by date."""

    document: Document
    score: float
    highlights: tuple[Highlight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a Query: a page of hits, and counts over all of them. `cursor` is empty on the last page."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    histogram: tuple[Bucket, ...] = ()
    cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A value that is more frequent in a period than its own past would have it."""

    field: str
    value: str
    now: int
    expected: float
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of Korean days, both ends inside."""

    first: date
    last: date
