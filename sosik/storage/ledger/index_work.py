"""What each generation of the index has still to be told."""

from collections.abc import Sequence

import sqlalchemy as sa

from sosik.model.errors import NotFound
from sosik.model.ports.ledger import Work
from sosik.storage.ledger.tables import article, index_generation
from sosik.storage.ledger.tables import index_work as table
from sosik.storage.ledger.transaction import Transaction


class SqlIndexWork:
    """Rows (generation, article, version), of which the transaction itself writes those for changed articles."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def open(self, generation: str) -> None:
        """Begin a generation: every article is work for it from now on. Opening an open one changes nothing."""
        self._transaction.finish()
        if self._id(generation) is not None:
            return
        row = {"name": generation, "opened": self._transaction.clock.now()}
        self._transaction.change(sa.insert(index_generation).values(row))
        number = sa.literal(self._id(generation))
        every = sa.select(number, article.c.id, article.c.version, sa.false()).order_by(article.c.id)
        self._transaction.change(sa.insert(table).from_select(["generation", "article", "version", "removed"], every))

    def close(self, generation: str) -> None:
        """End a generation and forget its work."""
        self._transaction.finish()
        number = self._id(generation)
        self._transaction.change(sa.delete(table).where(table.c.generation == number))
        self._transaction.change(sa.delete(index_generation).where(index_generation.c.id == number))

    def generations(self) -> tuple[str, ...]:
        """Return the open generations, oldest first."""
        rows = self._transaction.read(sa.select(index_generation.c.name).order_by(index_generation.c.id))
        return tuple(rows.scalars())

    def pending(self, generation: str, limit: int = 500) -> tuple[Work, ...]:
        """Return work, oldest first; raises NotFound where no such generation is open."""
        number = self._known(generation)
        statement = sa.select(table.c.article, table.c.version, table.c.removed).where(table.c.generation == number)
        rows = self._transaction.read(statement.order_by(table.c.id).limit(limit))
        return tuple(Work(article=name, version=version, removed=removed) for name, version, removed in rows)

    def count(self, generation: str) -> int:
        """Return how much work there is; raises NotFound where no such generation is open."""
        number = self._known(generation)
        statement = sa.select(sa.func.count()).select_from(table).where(table.c.generation == number)
        return int(self._transaction.read(statement).scalar_one())

    def done(self, generation: str, acknowledged: Sequence[tuple[str, int]]) -> None:
        """Forget work of these versions or lower; work of a higher version stays. A closed generation has none."""
        self._transaction.finish()
        number = self._id(generation)
        if number is None or not acknowledged:
            return
        statement = sa.delete(table).where(
            table.c.generation == number,
            table.c.article == sa.bindparam("acknowledged"),
            table.c.version <= sa.bindparam("up_to"),
        )
        self._transaction.change(statement, [{"acknowledged": name, "up_to": up_to} for name, up_to in acknowledged])

    def _known(self, generation: str) -> int:
        self._transaction.finish()
        number = self._id(generation)
        if number is None:
            raise NotFound("open index generation", generation, known=self.generations())
        return number

    def _id(self, generation: str) -> int | None:
        statement = sa.select(index_generation.c.id).where(index_generation.c.name == generation)
        return self._transaction.read(statement).scalar_one_or_none()
