"""Which outlets an operator has looked at."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from sosik.model.check import SourceCheck
from sosik.storage.ledger.check_tables import source_check as table
from sosik.storage.ledger.transaction import Transaction


class SqlChecks:
    """One row for each outlet."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, check: SourceCheck) -> None:
        """Write it, in place of the one before."""
        content = asdict(check)
        self._transaction.upsert(table, {"source": content.pop("source"), "at": content.pop("at"), "content": content})

    def get(self, source: str) -> SourceCheck | None:
        """Return the last check of an outlet."""
        row = self._transaction.read(sa.select(table).where(table.c.source == source)).one_or_none()
        return None if row is None else _check(row)

    def newest(self) -> tuple[SourceCheck, ...]:
        """Return the last check of every outlet, by its id."""
        return tuple(_check(row) for row in self._transaction.read(sa.select(table).order_by(table.c.source)))


def _check(row: sa.Row[Any]) -> SourceCheck:
    lists = {key: tuple(value) for key, value in row.content.items() if isinstance(value, list)}
    return SourceCheck(source=row.source, at=row.at, **(row.content | lists))
