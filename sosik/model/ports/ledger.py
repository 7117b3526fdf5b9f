"""The truth about everything derived or decided: several small Protocols, one unit of work."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.capture import CaptureKind, CaptureRef, Cursor
from sosik.model.ports.briefs import Briefs
from sosik.model.ports.changes import Changes
from sosik.model.ports.checks import Checks
from sosik.model.ports.events import Events
from sosik.model.ports.jobs import Jobs
from sosik.model.ports.outbox import Outbox
from sosik.model.ports.rules import Rules
from sosik.model.ports.runs import Runs
from sosik.model.ports.series import SeriesBook
from sosik.model.ports.stories import Decisions, Stories
from sosik.model.ports.takedowns import Takedowns


class Change(StrEnum):
    """What writing an article changed."""

    NEW = "new"
    REVISED = "revised"  # title or text differ: the publisher edited it
    REREAD = "reread"  # same revision, read otherwise: our extraction changed, or something beside title and text did
    UNCHANGED = "unchanged"


class Articles(Protocol):
    """Articles and their revisions."""

    def put(self, article: Article) -> tuple[Article, Change]:
        """Write an article as just extracted, and return it with the revision it has now.

        A new title or text makes the next revision and keeps the one before. The same capture read otherwise (a
        better extractor) corrects its revision in place. A capture older than the one that the newest revision came
        from changes nothing, so that a replay in any order ends the same. Only `mark_gone` marks an article gone, and
        a later capture takes the mark away. Raises Refused for text that cannot be kept (NUL, lone surrogates),
        and for an article that was taken down.
        """
        ...

    def get(self, article: str, revision: int | None = None) -> Article | None:
        """Return an article in its newest revision, or in that one."""
        ...

    def revisions(self, article: str) -> tuple[Article, ...]:
        """Return all revisions, oldest first."""
        ...

    def walk(self, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return newest revisions by id, after that id."""
        ...

    def count(self) -> int:
        """Return how many articles there are."""
        ...

    def count_by_source(self) -> dict[str, int]:
        """Return how many articles each source has."""
        ...

    def mark_gone(self, article: str, at: datetime) -> bool:
        """Mark an article that its outlet removed; say whether that is news."""
        ...

    def mark_back(self, article: str, at: datetime) -> bool:
        """Take the mark away from an article that was seen again, as it was; say whether that is news."""
        ...

    def recent(self, source: str, since: date, limit: int = 1000) -> tuple[Article, ...]:
        """Return the articles of a source published since a day, newest first, gone ones as well."""
        ...


class Analyses(Protocol):
    """What was found in articles: one analysis for each, of its newest revision."""

    def put(self, analysis: Analysis) -> bool:
        """Write an analysis in place of the one before; say whether it differs (and so raised the version)."""
        ...

    def get(self, article: str) -> Analysis | None:
        """Return the analysis of an article."""
        ...

    def stale(self, made_by: str, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return articles, by id, whose analysis is missing, of an older revision, or made by other steps."""
        ...

    def count(self) -> int:
        """Return how many articles have an analysis of their newest revision: those that an index can show."""
        ...

    def clear(self) -> None:
        """Forget all of them: they can be made again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known of an address from the last time it was asked for.

    `outcome` is 'kept', 'unchanged' (304), 'refused: …' or 'failed: …'; a 304 after a failure is still that failure.
    `capture` is where the page that the validators belong to is kept.
    """

    url: str
    source: str
    kind: CaptureKind
    at: datetime
    outcome: str
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    capture: CaptureRef | None = None
    digest: str = ""  # of the body kept last: an unchanged page without validators is not kept twice

    @property
    def not_there(self) -> bool:
        """Did the server say that there is no such page (any more)?"""
        return self.status in (404, 410)


class Visits(Protocol):
    """What is known of addresses, and what every visit came to."""

    def get(self, url: str) -> Visit | None:
        """Return the last visit of a canonical address."""
        ...

    def known(self, source: str) -> Iterator[Visit]:
        """Give the last visit of every address of a source."""
        ...

    def put(self, visits: Iterable[Visit]) -> None:
        """Write visits; each takes the place of the one before."""
        ...

    def forget_captures(self, refs: Iterable[CaptureRef]) -> int:
        """Forget pages that are in the archive no more, and by what they would be asked for only if changed."""
        ...

    def outcomes(self, source: str | None = None) -> dict[tuple[str, str], int]:
        """Return how many addresses of each source ended in each outcome: (source, outcome) → count."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a capture or an imported item: an article, or the reason why not."""

    ref: str  # file:offset of a capture, or the import's file and item
    url: str
    source: str
    article: str | None
    error: str | None
    at: datetime


class Readings(Protocol):
    """What extraction made of captures."""

    def put(self, readings: Iterable[Reading]) -> None:
        """Write them; one for each ref, the last one stays."""
        ...

    def errors(self, source: str | None = None, limit: int = 100) -> tuple[Reading, ...]:
        """Return those that gave no article, newest first."""
        ...


class Cursors(Protocol):
    """How far each consumer of the archive has come."""

    def get(self, consumer: str) -> Cursor:
        """Return its cursor; empty at the start."""
        ...

    def put(self, consumer: str, cursor: Cursor) -> None:
        """Write its cursor, in the transaction of what was made of the captures."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An article that an index generation does not yet show in this version. `removed`: it is to be deleted."""

    article: str
    version: int
    removed: bool = False


class IndexWork(Protocol):
    """What each generation of the index has still to be told.

    Rows are written by the ledger itself, in the transaction of the change that raised the version.
    """

    def open(self, generation: str) -> None:
        """Begin a generation: every article is work for it from now on. Opening an open one changes nothing."""
        ...

    def close(self, generation: str) -> None:
        """End a generation and forget its work."""
        ...

    def generations(self) -> tuple[str, ...]:
        """Return the open generations, oldest first."""
        ...

    def pending(self, generation: str, limit: int = 500) -> tuple[Work, ...]:
        """Return work, oldest first."""
        ...

    def count(self, generation: str) -> int:
        """Return how much work there is."""
        ...

    def done(self, generation: str, acknowledged: Sequence[tuple[str, int]]) -> None:
        """Forget work of these versions or lower; work of a higher version stays."""
        ...


class UnitOfWork(Protocol):
    """One transaction: all of it or nothing. Leaving the `with` block commits; an exception rolls back."""

    @property
    def articles(self) -> Articles:
        """Articles and their revisions."""
        ...

    @property
    def analyses(self) -> Analyses:
        """What was found in them."""
        ...

    @property
    def visits(self) -> Visits:
        """What is known of addresses."""
        ...

    @property
    def readings(self) -> Readings:
        """What extraction made of captures."""
        ...

    @property
    def cursors(self) -> Cursors:
        """How far consumers have come."""
        ...

    @property
    def index_work(self) -> IndexWork:
        """What indexes have still to be told."""
        ...

    @property
    def changes(self) -> Changes:
        """Which articles changed, in order."""
        ...

    @property
    def series(self) -> SeriesBook:
        """Which article is which part of which series."""
        ...

    @property
    def events(self) -> Events:
        """What happened."""
        ...

    @property
    def rules(self) -> Rules:
        """Who wants to hear of what."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages on their way."""
        ...

    @property
    def briefs(self) -> Briefs:
        """English briefs."""
        ...

    @property
    def stories(self) -> Stories:
        """Which articles report one event."""
        ...

    @property
    def decisions(self) -> Decisions:
        """What editors decided about stories."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Which firing of which job was run, and by whom."""
        ...

    @property
    def runs(self) -> Runs:
        """Visits to outlets, and how the outlets are."""
        ...

    @property
    def takedowns(self) -> Takedowns:
        """What was removed by law or request."""
        ...

    @property
    def checks(self) -> Checks:
        """Which outlets an operator has looked at."""
        ...

    def versions(self, articles: Sequence[str]) -> dict[str, int]:
        """Return the document version of each article that there is."""
        ...


class Ledger(Protocol):
    """The truth. Promises:

    - `write` is one transaction among all processes: no update is lost, and a crash leaves all of it or nothing;
    - `read` sees one consistent state and never waits for a writer;
    - both raise Busy where the lock was not to be had in time, StorageFull where the disk is full, Mismatch where
      the tables were made by another version.
    """

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a writing unit of work."""
        ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a reading unit of work; its writing methods raise."""
        ...

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the ledger's own files, as far as the database lets us.

        Raises Busy where readers stay longer than a writer waits.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
