"""What was found in articles."""

import sqlalchemy as sa

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.storage.ledger.articles import read_article
from sosik.storage.ledger.codec import decode, encode
from sosik.storage.ledger.heads import Head, Heads
from sosik.storage.ledger.tables import analysis as table
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.transaction import Transaction

_head = (
    sa.select(article.c.revision, table.c.digest)
    .join(table, table.c.article == article.c.id, isouter=True)
    .where(article.c.id == sa.bindparam("wanted"))
)


class SqlAnalyses:
    """One analysis for each article, of its newest revision."""

    def __init__(self, transaction: Transaction, heads: Heads) -> None:
        self._transaction = transaction
        self._heads = heads

    def put(self, analysis: Analysis) -> bool:
        """Write an analysis in place of the one before; say whether it differs (and so raised the version).

        One of an older revision came too late and changes nothing. Raises NotFound where there is no such article
        or no such revision yet.
        """
        head = self._head(analysis.article)
        if analysis.revision > head.revision:
            raise NotFound("revision", f"{analysis.article}/{analysis.revision}", hint=f"newest is {head.revision}")
        if analysis.revision < head.revision:
            return False
        row = encode(analysis)
        self._transaction.upsert(table, row)
        self._heads[analysis.article] = Head(head.revision, row["digest"])
        if row["digest"] == head.analysis:
            return False
        self._transaction.show(analysis.article)
        return True

    def get(self, article: str) -> Analysis | None:
        """Return the analysis of an article."""
        row = self._transaction.read(sa.select(table).where(table.c.article == article)).mappings().first()
        return None if row is None else decode(row)

    def stale(self, made_by: str, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return articles, by id, whose analysis is missing, of an older revision, or made by other steps."""
        fresh = sa.exists().where(
            table.c.article == article.c.id,
            table.c.revision == article.c.revision,
            table.c.made_by == made_by,
        )
        statement = sa.select(article).where(article.c.id > after, ~fresh).order_by(article.c.id).limit(limit)
        return tuple(read_article(row) for row in self._transaction.read(statement).mappings())

    def count(self) -> int:
        """Return how many articles have an analysis of their newest revision: those that an index can show."""
        newest = sa.and_(table.c.article == article.c.id, table.c.revision == article.c.revision)
        statement = sa.select(sa.func.count()).select_from(sa.join(article, table, newest))
        return int(self._transaction.read(statement).scalar_one())

    def clear(self) -> None:
        """Forget all of them: they can be made again."""
        self._transaction.change(sa.delete(table))
        self._heads.update({name: Head(head.revision, None) for name, head in self._heads.items()})

    def _head(self, name: str) -> Head:
        if name not in self._heads:
            row = self._transaction.read_past(_head, {"wanted": name}).first()
            if row is None:
                raise NotFound("article", name)
            self._heads[name] = Head(row.revision, row.digest)
        return self._heads[name]
