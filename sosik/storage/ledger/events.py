"""What happened."""

from datetime import datetime

import sqlalchemy as sa

from sosik.model.alert import Event, EventKind
from sosik.storage.ledger.alert_tables import event as table
from sosik.storage.ledger.alert_tables import followed_source
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.transaction import Transaction


class SqlEvents:
    """One row an event, unique by its key."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def tell(self, event: Event) -> bool:
        """Write an event in the transaction of its cause; say whether it is news."""
        if self._transaction.read(sa.select(table.c.id).where(table.c.key == event.key)).first() is not None:
            return False
        values = {
            "key": event.key,
            "kind": event.kind.value,
            "subject": event.subject,
            "article": event.article,
            "happened": event.happened,
            "quiet": event.quiet,
        }
        self._transaction.change(sa.insert(table).values(values))
        return True

    def get(self, event: int) -> Event | None:
        """Return an event."""
        row = self._transaction.read(sa.select(table).where(table.c.id == event)).mappings().first()
        return None if row is None else _read(row)

    def after(self, cursor: int, limit: int = 500) -> tuple[Event, ...]:
        """Return the events after that one, oldest first."""
        statement = sa.select(table).where(table.c.id > cursor).order_by(table.c.id).limit(limit)
        return tuple(_read(row) for row in self._transaction.read(statement).mappings())

    def newest(self, limit: int = 100) -> tuple[Event, ...]:
        """Return the newest events, newest first."""
        statement = sa.select(table).order_by(table.c.id.desc()).limit(limit)
        return tuple(_read(row) for row in self._transaction.read(statement).mappings())

    def followed_since(self, source: str) -> datetime:
        """Return when the first article of a source was kept, and remember it: what is older is the source's past."""
        known = sa.select(followed_source.c.since).where(followed_source.c.source == source)
        since = self._transaction.read(known).scalar_one_or_none()
        if since is None:
            first = sa.select(article.c.added).where(article.c.source == source).order_by(article.c.added).limit(1)
            since = self._transaction.read(first).scalar_one_or_none() or self._transaction.clock.now()
            self._transaction.insert(followed_source, {"source": source, "since": since})
        assert isinstance(since, datetime)  # noqa: S101 - for the type checker: the column is an Instant
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
