"""Series and their installments."""

from collections.abc import Iterable

import sqlalchemy as sa

from sosik.model.series import Installment, Series, letters
from sosik.storage.ledger.alert_tables import installment, series
from sosik.storage.ledger.articles import read_published
from sosik.storage.ledger.tables import article
from sosik.storage.ledger.transaction import Transaction

_parts = sa.select(
    series.c.id.label("series"),
    series.c.source,
    series.c.name.label("series_name"),
    installment.c.article,
    installment.c.number,
    installment.c.label,
    installment.c.final,
    installment.c.name,
    article.c.title,
    article.c.url,
    article.c.published_day,
    article.c.published_at,
    article.c.published_provenance,
).select_from(
    installment.join(series, series.c.id == installment.c.series).join(article, article.c.id == installment.c.article)
)

_placed = sa.select(
    installment.c.series, installment.c.number, installment.c.label, installment.c.final, installment.c.name
).where(installment.c.article == sa.bindparam("wanted"))


class SqlSeriesBook:
    """Two tables: series, and one row for each article that is part of one."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def place(self, belongs: Series, part: Installment) -> bool:
        """Make an article this part of a series, which is made where there is none; say whether that is news."""
        wanted = (belongs.id, part.number, part.label, part.final, part.name)
        if self._row(part.article) == wanted:
            return False
        known = self._transaction.read(sa.select(series.c.id).where(series.c.id == belongs.id)).first()
        if known is None:
            row = {"id": belongs.id, "source": belongs.source, "name": belongs.name, "letters": letters(belongs.name)}
            self._transaction.insert(series, row)
        columns = ("series", "number", "label", "final", "name")
        self._transaction.upsert(installment, {"article": part.article, **dict(zip(columns, wanted, strict=True))})
        self._transaction.show(part.article)
        return True

    def leave(self, article: str) -> bool:
        """Take an article out of its series; say whether it was in one."""
        if self._row(article) is None:
            return False
        self._transaction.change(sa.delete(installment).where(installment.c.article == article))
        self._transaction.show(article)
        return True

    def of_article(self, article: str) -> str | None:
        """Return the id of the series that an article is part of."""
        row = self._row(article)
        return None if row is None else str(row[0])

    def get(self, series_id: str) -> Series | None:
        """Return a series with all its parts."""
        found = self._read(series.c.id == series_id)
        return found[0] if found else None

    def find(self, name: str) -> tuple[Series, ...]:
        """Return the series of that id, or of that name by letters and digits; one outlet has one, several may."""
        return self._read(sa.or_(series.c.id == name, series.c.letters == letters(name)))

    def of_source(self, source: str | None = None) -> tuple[Series, ...]:
        """Return all series of a source, or of all, by source and name."""
        return self._read(sa.true() if source is None else series.c.source == source)

    def _row(self, article: str) -> tuple[object, ...] | None:
        row = self._transaction.read(_placed, {"wanted": article}).first()
        return None if row is None else tuple(row)

    def _read(self, which: sa.ColumnElement[bool]) -> tuple[Series, ...]:
        order = (series.c.source, series.c.name, series.c.id, installment.c.article)
        rows = self._transaction.read(_parts.where(which).order_by(*order)).mappings()
        return tuple(_series(rows))


def _series(rows: Iterable[sa.RowMapping]) -> Iterable[Series]:
    gathered: dict[str, tuple[str, str, list[Installment]]] = {}
    for row in rows:
        _, _, parts = gathered.setdefault(row["series"], (row["source"], row["series_name"], []))
        parts.append(_part(row))
    for name, (source, shown, parts) in gathered.items():
        ordered = tuple(sorted(parts, key=lambda each: each.order))
        yield Series(id=name, source=source, name=shown, installments=ordered)


def _part(row: sa.RowMapping) -> Installment:
    return Installment(
        article=row["article"],
        number=row["number"],
        label=row["label"],
        final=row["final"],
        name=row["name"],
        title=row["title"],
        url=row["url"],
        published=read_published(row, "published"),
    )
