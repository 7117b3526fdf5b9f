"""What changed, in order."""

import sqlalchemy as sa

from sosik.model.ports.changes import Changed
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.transaction import Transaction

_page = (
    sa.select(article.c.changed)
    .where(article.c.changed > sa.bindparam("cursor"))
    .order_by(article.c.changed)
    .limit(sa.bindparam("size"))
)


class SqlChanges:
    """A feed over the number that the transaction gives every article whose version it raises."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def after(self, cursor: int, limit: int = 500) -> Changed | None:
        """Return about `limit` articles that changed after the cursor, or None where there are none."""
        self._transaction.finish()
        numbers = self._transaction.read(_page, {"cursor": cursor, "size": limit}).scalars().all()
        if not numbers:
            return None
        # All that share the last number: they were changed in one go, and a cursor cannot stand among them.
        statement = sa.select(article.c.id).where(article.c.changed > cursor, article.c.changed <= numbers[-1])
        found = self._transaction.read(statement.order_by(article.c.changed, article.c.id)).scalars()
        return Changed(articles=tuple(found), last=numbers[-1])
