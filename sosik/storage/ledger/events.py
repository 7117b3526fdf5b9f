"""What happened."""

from datetime import datetime

import sqlalchemy as sa

from sosik.model.alert import Event, EventKind
from sosik.storage.ledger.alert_tables import event as table
from sosik.storage.ledger.alert_tables import followed_source, waiting_event
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.transaction import Transaction

_known = sa.select(table.c.id).where(table.c.key == sa.bindparam("wanted"))
_since = sa.select(followed_source.c.since).where(followed_source.c.source == sa.bindparam("wanted"))
_first = sa.select(article.c.added).where(article.c.source == sa.bindparam("wanted")).order_by(article.c.added).limit(1)


class SqlEvents:
    """One row an event, unique by its key. What was told and asked in this unit of work is remembered for it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._told: set[str] = set()
        self._followed: dict[str, datetime] = {}

    def tell(self, event: Event) -> bool:
        """Write an event in the transaction of its cause; say whether it is news."""
        if event.key in self._told or self._transaction.read_past(_known, {"wanted": event.key}).first() is not None:
            return False
        self._told.add(event.key)
        values = {
            "key": event.key,
            "kind": event.kind.value,
            "subject": event.subject,
            "article": event.article,
            "happened": event.happened,
            "quiet": event.quiet,
        }
        self._transaction.insert(table, values)
        return True

    def get(self, event: int) -> Event | None:
        """Return an event."""
        row = self._transaction.read(sa.select(table).where(table.c.id == event)).mappings().first()
        return None if row is None else _read(row)

    def after(self, cursor: int, limit: int = 500) -> tuple[Event, ...]:
        """Return the events after that one, oldest first."""
        statement = sa.select(table).where(table.c.id > cursor).order_by(table.c.id).limit(limit)
        return tuple(_read(row) for row in self._transaction.read(statement).mappings())

    def wait(self, event: int) -> None:
        """Note that an event was come by and cannot be matched yet; once is enough."""
        known = sa.select(waiting_event.c.event).where(waiting_event.c.event == event)
        if self._transaction.read(known).first() is None:
            self._transaction.insert(waiting_event, {"event": event})

    def waiting(self, after: int = 0, limit: int = 500) -> tuple[Event, ...]:
        """Return events that wait to be matched, after that one, oldest first."""
        statement = sa.select(table).join(waiting_event, waiting_event.c.event == table.c.id).where(table.c.id > after)
        rows = self._transaction.read(statement.order_by(table.c.id).limit(limit)).mappings()
        return tuple(_read(row) for row in rows)

    def settle(self, event: int) -> None:
        """Note that an event does not wait any more."""
        self._transaction.change(sa.delete(waiting_event).where(waiting_event.c.event == event))

    def newest(self, limit: int = 100) -> tuple[Event, ...]:
        """Return the newest events, newest first."""
        statement = sa.select(table).order_by(table.c.id.desc()).limit(limit)
        return tuple(_read(row) for row in self._transaction.read(statement).mappings())

    def followed_since(self, source: str) -> datetime:
        """Return when the first article of a source was kept, and remember it: what is older is the source's past."""
        if source not in self._followed:
            self._followed[source] = self._find_since(source)
        return self._followed[source]

    def _find_since(self, source: str) -> datetime:
        known: datetime | None = self._transaction.read(_since, {"wanted": source}).scalar_one_or_none()
        if known is not None:
            return known
        first: datetime | None = self._transaction.read(_first, {"wanted": source}).scalar_one_or_none()
        since = first or self._transaction.clock.now()
        self._transaction.insert(followed_source, {"source": source, "since": since})
        return since


def _read(row: sa.RowMapping) -> Event:
    return Event(
        id=row["id"],
        kind=EventKind(row["kind"]),
        subject=row["subject"],
        article=row["article"],
        happened=row["happened"],
        quiet=row["quiet"],
    )
