"""The ledger on SQL: SQLite by default, PostgreSQL as a setting."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from sosik.model.errors import Mismatch
from sosik.model.ports.clock import Clock
from sosik.storage.ledger import migrations
from sosik.storage.ledger.analyses import SqlAnalyses
from sosik.storage.ledger.articles import SqlArticles
from sosik.storage.ledger.briefs import SqlBriefs
from sosik.storage.ledger.changes import SqlChanges
from sosik.storage.ledger.checks import SqlChecks
from sosik.storage.ledger.cursors import SqlCursors
from sosik.storage.ledger.dialect import (
    LARGE_CACHE,
    USUAL_CACHE,
    empty_log,
    ledger_errors,
    migrator_engine,
    reader_engine,
    writer_engine,
)
from sosik.storage.ledger.events import SqlEvents
from sosik.storage.ledger.heads import Heads
from sosik.storage.ledger.index_work import SqlIndexWork
from sosik.storage.ledger.jobs import SqlJobs
from sosik.storage.ledger.outbox import SqlOutbox
from sosik.storage.ledger.readings import SqlReadings
from sosik.storage.ledger.rules import SqlRules
from sosik.storage.ledger.runs import SqlRuns
from sosik.storage.ledger.schema import SCHEMA
from sosik.storage.ledger.series import SqlSeriesBook
from sosik.storage.ledger.stories import SqlDecisions, SqlStories
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.takedowns import SqlTakedowns
from sosik.storage.ledger.transaction import Transaction
from sosik.storage.ledger.visits import SqlVisits

TIMEOUT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlUnitOfWork:
    """One transaction and the parts of the ledger in it."""

    articles: SqlArticles
    analyses: SqlAnalyses
    visits: SqlVisits
    readings: SqlReadings
    cursors: SqlCursors
    index_work: SqlIndexWork
    changes: SqlChanges
    series: SqlSeriesBook
    events: SqlEvents
    rules: SqlRules
    outbox: SqlOutbox
    briefs: SqlBriefs
    stories: SqlStories
    decisions: SqlDecisions
    jobs: SqlJobs
    checks: SqlChecks
    runs: SqlRuns
    takedowns: SqlTakedowns
    transaction: Transaction

    def versions(self, articles: Sequence[str]) -> dict[str, int]:
        """Return the document version of each article that there is."""
        self.transaction.finish()
        columns = sa.select(article.c.id, article.c.version)
        return dict(self.transaction.read_among(columns, article.c.id, articles).tuples().all())


class SqlLedger:
    """A ledger at an address such as sqlite:////srv/sosik/ledger.db or postgresql://host/sosik.

    `timeout` is how long a writer waits for another, in seconds. `roomy` lets it hold more of the tables in memory,
    for one whose writes fall all over them. One object may be used by several threads; a child process makes its own.
    """

    def __init__(self, url: str, *, clock: Clock, timeout: float = TIMEOUT, roomy: bool = False) -> None:
        self._clock = clock
        self._address = url
        self._timeout = timeout
        self._writer = writer_engine(url, timeout, LARGE_CACHE if roomy else USUAL_CACHE)
        self._reader = reader_engine(url, timeout)

    def migrate(self) -> None:
        """Make the tables, or bring them up to this version; raises Mismatch where they are of a newer one."""
        engine = migrator_engine(self._address, self._timeout)
        try:
            with ledger_errors(engine.url), engine.begin() as connection:
                found = migrations.revision(connection)
                if found is not None and found > SCHEMA:
                    raise _newer(found)
                if found != SCHEMA:
                    migrations.upgrade(connection)
        finally:
            engine.dispose()

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        """Begin a writing unit of work: leaving it commits, an exception rolls back."""
        with ledger_errors(self._writer.url), self._writer.begin() as connection:
            _check(connection)
            unit = _unit_of_work(Transaction(connection, clock=self._clock, writable=True))
            yield unit
            unit.transaction.finish()

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """Begin a reading unit of work; its writing methods raise RuntimeError.

        Keep it short where others write: SQLite's write-ahead log grows until the oldest reader has left.
        """
        with ledger_errors(self._reader.url), self._reader.begin() as connection:
            _check(connection)
            yield _unit_of_work(Transaction(connection, clock=self._clock, writable=False))

    def scrub(self) -> None:
        """Leave nothing in the ledger's files but what it holds; see the port."""
        with ledger_errors(self._writer.url):
            empty_log(self._writer)

    def close(self) -> None:
        """Let go of connections."""
        self._writer.dispose()
        self._reader.dispose()


def _unit_of_work(transaction: Transaction) -> SqlUnitOfWork:
    heads = Heads()
    return SqlUnitOfWork(
        articles=SqlArticles(transaction, heads),
        analyses=SqlAnalyses(transaction, heads),
        visits=SqlVisits(transaction),
        readings=SqlReadings(transaction),
        cursors=SqlCursors(transaction),
        index_work=SqlIndexWork(transaction),
        changes=SqlChanges(transaction),
        series=SqlSeriesBook(transaction),
        events=SqlEvents(transaction),
        rules=SqlRules(transaction),
        outbox=SqlOutbox(transaction),
        briefs=SqlBriefs(transaction),
        stories=SqlStories(transaction),
        decisions=SqlDecisions(transaction),
        jobs=SqlJobs(transaction),
        checks=SqlChecks(transaction),
        runs=SqlRuns(transaction),
        takedowns=SqlTakedowns(transaction),
        transaction=transaction,
    )


def _check(connection: sa.Connection) -> None:
    found = migrations.revision(connection)
    if found is None:
        raise Mismatch("the ledger has no tables yet; `sosik crawl` or `sosik import` makes them")
    if found > SCHEMA:
        raise _newer(found)
    if found < SCHEMA:
        raise Mismatch(f"the ledger's tables are of version {found}, not {SCHEMA}; a command that writes upgrades them")


def _newer(found: str) -> Mismatch:
    return Mismatch(f"the ledger was made by a newer Sosik (tables {found}, known here {SCHEMA}); install that version")
