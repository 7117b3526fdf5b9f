"""How far each consumer of the archive has come."""

import sqlalchemy as sa

from sosik.model.capture import Cursor
from sosik.storage.ledger.tables import cursor as table
from sosik.storage.ledger.transaction import Transaction


class SqlCursors:
    """One row for each consumer and archive file."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, consumer: str) -> Cursor:
        """Return its cursor; empty at the start."""
        rows = self._transaction.read(sa.select(table.c.file, table.c.offset).where(table.c.consumer == consumer))
        return {row.file: row.offset for row in rows}

    def put(self, consumer: str, cursor: Cursor) -> None:
        """Write its cursor. Only what moved is written: a consumer has seen many files and reads one."""
        before = self.get(consumer)
        for file, offset in cursor.items():
            if before.get(file) != offset:
                self._transaction.upsert(table, {"consumer": consumer, "file": file, "offset": offset})
        dropped = [file for file in before if file not in cursor]
        if dropped:
            self._transaction.change(
                sa.delete(table).where(table.c.consumer == consumer, table.c.file == sa.bindparam("dropped")),
                [{"dropped": file} for file in dropped],
            )
