"""What extraction made of captures."""

from collections.abc import Iterable

import sqlalchemy as sa

from sosik.model.ports.ledger import Reading
from sosik.storage.ledger.tables import reading as table
from sosik.storage.ledger.transaction import Transaction
from sosik.storage.ledger.visits import key_of, printable


class SqlReadings:
    """One reading for each capture or imported item."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, readings: Iterable[Reading]) -> None:
        """Write them; one for each ref, the last one stays."""
        for reading in readings:
            row = {
                "key": key_of(reading.ref),
                "ref": printable(reading.ref),
                "url": printable(reading.url),
                "source": reading.source,
                "article": reading.article,
                "error": None if reading.error is None else printable(reading.error),
                "at": reading.at,
            }
            self._transaction.upsert(table, row)

    def errors(self, source: str | None = None, limit: int = 100) -> tuple[Reading, ...]:
        """Return those that gave no article, newest first."""
        statement = sa.select(table.c.ref, table.c.url, table.c.source, table.c.article, table.c.error, table.c.at)
        statement = statement.where(table.c.error.is_not(None))
        if source is not None:
            statement = statement.where(table.c.source == source)
        rows = self._transaction.read(statement.order_by(table.c.at.desc(), table.c.ref).limit(limit))
        return tuple(Reading(**row) for row in rows.mappings())
