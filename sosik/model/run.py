"""One visit to one outlet: what was asked for, what came, and what its pages gave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from sosik.model.capture import CaptureKind

SAMPLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What one feed, sitemap or list page came to in one run.

    `entries` counts what it named, doubles included, `addresses` the distinct addresses, `titles` the distinct titles
    of those that have one, `titled`. `newest` and `oldest` are dates of publication that it stated, `future` counts
    those beyond tomorrow. Counts are None where nothing was read.
    """

    url: str
    kind: CaptureKind
    outcome: str
    entries: int | None = None
    addresses: int = 0
    titled: int = 0
    titles: int = 0
    future: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None

    @property
    def failed(self) -> bool:
        """Did it fail, or was it refused?"""
        return self.outcome.startswith(("failed", "refused"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What extraction made of article pages, added up.

    `read` gave an article; the fields count those that have them. `lengths` are characters of the bodies (a sample of
    at most `SAMPLE`), `titles` and `texts` count distinct ones. `charsets` counts what they were read as; `skewed`
    counts pages whose own time is more than two hours off the announced one, of the `dated` that have both. `days`
    counts articles not known before by their day of publication.
    """

    pages: int = 0
    read: int = 0
    minute: int = 0
    author: int = 0
    titles: int = 0
    texts: int = 0
    dated: int = 0
    skewed: int = 0
    lengths: tuple[int, ...] = ()
    charsets: Mapping[str, int] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)

    @property
    def body(self) -> int:
        """The median length of the bodies, in characters."""
        return round(median(self.lengths)) if self.lengths else 0

    def plus(self, other: "PageFacts") -> "PageFacts":
        """Add other pages to these."""
        return total_of((self, other))


def total_of(facts: Sequence[PageFacts]) -> PageFacts:
    """Add up sets of pages. Distinct titles and texts are added as well: those of different batches rarely meet."""
    charsets: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    days: Counter[date] = Counter()
    lengths: list[int] = []
    for each in facts:
        charsets.update(each.charsets)
        errors.update(each.errors)
        days.update(each.days)
        lengths += each.lengths
    return PageFacts(
        pages=sum(each.pages for each in facts),
        read=sum(each.read for each in facts),
        minute=sum(each.minute for each in facts),
        author=sum(each.author for each in facts),
        titles=sum(each.titles for each in facts),
        texts=sum(each.texts for each in facts),
        dated=sum(each.dated for each in facts),
        skewed=sum(each.skewed for each in facts),
        lengths=tuple(lengths[-SAMPLE:]),
        charsets=charsets,
        errors=errors,
        days=days,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """One visit to one outlet. `ended` is None while it runs, and for ever where it was killed.

    `failed` and `refused` count addresses by cause, `articles_failed` those of them that are articles. `not_before` is
    when the outlet asked to be visited again, at the earliest.
    """

    source: str
    started: datetime
    ended: datetime | None = None
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    articles_failed: Mapping[str, int] = field(default_factory=dict)
    announcements: tuple[Announcement, ...] = ()
    facts: PageFacts = PageFacts()
    not_before: datetime | None = None
    id: int = 0
