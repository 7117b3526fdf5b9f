"""One transaction, and the writes that wait in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from sosik.model.errors import Refused
from sosik.model.ports.clock import Clock
from sosik.storage.ledger.dialect import among, upsert
from sosik.storage.ledger.schema import metadata
from sosik.storage.ledger.tables import article, index_generation, index_work

Row = Mapping[str, Any]
_Item = TypeVar("_Item")
_CHUNK = 500


class Transaction:
    """What the parts of a unit of work share.

    Rows wait and go out by the hundred; whoever reads sends them out first. Articles whose document changed are
    collected, and have their version raised once, with their work for every open index generation, at the end or
    when somebody asks for versions or work.
    """

    def __init__(self, connection: sa.Connection, *, clock: Clock, writable: bool) -> None:
        self.clock = clock
        self._connection = connection
        self._writable = writable
        self._waiting: dict[sa.Table, list[Row]] = defaultdict(list)
        self._waiting_upserts: dict[sa.Table, list[Row]] = defaultdict(list)
        self._shown: dict[str, None] = {}

    @property
    def dialect(self) -> str:
        """'sqlite' or 'postgresql'."""
        return self._connection.dialect.name

    def insert(self, table: sa.Table, row: Row) -> None:
        """Have a row inserted; every row of a table has the same columns."""
        self._check_writable()
        self._waiting[table].append(row)

    def insert_many(self, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of plain numbers and texts now, in the order of the columns: a third of the time of `insert`."""
        self._check_writable()
        self.send()
        if not rows:
            return
        compiled = sa.insert(table).compile(dialect=self._connection.dialect, column_keys=list(columns))
        if compiled.positional:
            self._connection.exec_driver_sql(str(compiled), list(rows))
        else:
            named = [dict(zip(columns, row, strict=True)) for row in rows]
            self._connection.exec_driver_sql(str(compiled), named)

    def upsert(self, table: sa.Table, row: Row) -> None:
        """Have a row put in place of the one with the same primary key; every row of a table has all columns."""
        self._check_writable()
        self._waiting_upserts[table].append(row)

    def read(self, statement: sa.Executable, values: Row | None = None) -> sa.CursorResult[Any]:
        """Run a statement that sees everything written so far; `values` are those of its parameters."""
        self.send()
        return self._connection.execute(statement, values)

    def read_among(
        self, statement: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
    ) -> sa.CursorResult[Any]:
        """Run a statement for the rows whose column has one of the values, in one go however many they are."""
        return self.read(statement.where(among(self.dialect, column, values)))

    def read_past(self, statement: sa.Executable, values: Row | None = None) -> sa.CursorResult[Any]:
        """Run a statement about rows of which none is waiting."""
        return self._connection.execute(statement, values)

    def change(self, statement: sa.Executable, rows: Sequence[Row] | None = None) -> int:
        """Run an update or delete now; return how many rows it changed."""
        self._check_writable()
        self.send()
        return self._connection.execute(statement, rows).rowcount

    def show(self, changed: str) -> None:
        """Note that the document of an article changed in whatever an index shows of it."""
        self._check_writable()
        self._shown[changed] = None

    def send(self) -> None:
        """Send out the rows that wait, those that others point to first."""
        if not (self._waiting or self._waiting_upserts):
            return
        inserts, upserts = self._waiting, self._waiting_upserts
        self._waiting, self._waiting_upserts = defaultdict(list), defaultdict(list)
        for table in metadata.sorted_tables:
            if table in inserts:
                self._execute(sa.insert(table), inserts[table])
            if table in upserts:
                keys = [column.name for column in table.primary_key]
                self._execute(upsert(self.dialect, table, on=keys), upserts[table])

    def finish(self) -> None:
        """Send out everything, and raise the versions of what changed."""
        self.send()
        changed = list(self._shown)
        self._shown.clear()
        for chunk in chunks(changed):
            # One writer at a time: this number is higher than all that are committed.
            last = self._connection.execute(sa.select(sa.func.max(article.c.changed))).scalar_one()
            raised = {"version": article.c.version + 1, "changed": (last or 0) + 1}
            self._connection.execute(sa.update(article).where(article.c.id.in_(chunk)).values(raised))
            work = (
                sa.select(
                    index_generation.c.id.label("generation"),
                    article.c.id.label("article"),
                    article.c.version.label("version"),
                    sa.false().label("removed"),
                )
                .select_from(article.join(index_generation, sa.true()))
                .where(article.c.id.in_(chunk))
            )
            self._connection.execute(upsert(self.dialect, index_work, on=("generation", "article"), select=work))

    def _execute(self, statement: sa.Executable, rows: Sequence[Row]) -> None:
        try:
            self._connection.execute(statement, rows)
        except UnicodeEncodeError as error:
            raise Refused(f"a text holds half a surrogate pair and cannot be kept ({error.reason})") from error

    def _check_writable(self) -> None:
        if not self._writable:
            raise RuntimeError("a reading unit of work cannot write")


def chunks(items: Iterable[_Item]) -> Iterable[list[_Item]]:
    """Cut items into lists that fit into one statement."""
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
