"""Series and their installments."""

from collections.abc import Iterable

import sqlalchemy as sa

from sosik.model.series import Installment, Series, SeriesDecision, SeriesDecisionKind, joined, letters, series_id
from sosik.storage.ledger.alert_tables import installment, series, series_decision
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
    """Three tables: series, one row for each article that is part of one, and what editors decided."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._joined: dict[str, str] | None = None  # none while not yet read in this transaction

    def place(self, belongs: Series, part: Installment) -> bool:
        """Make an article this part of a series, which is made where there is none; say whether that is news."""
        head = self._head(belongs.id)
        wanted = (head, part.number, part.label, part.final, part.name)
        if self._row(part.article) == wanted:
            return False
        self._make_sure_of(head, belongs.source, belongs.name)
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

    def get(self, name: str) -> Series | None:
        """Return a series with all its parts."""
        found = self._read(series.c.id == self._head(name))
        return found[0] if found else None

    def find(self, name: str) -> tuple[Series, ...]:
        """Return the series of that id, or of that name by letters and digits; one outlet has one, several may."""
        columns = sa.select(series.c.id).where(sa.or_(series.c.id == name, series.c.letters == letters(name)))
        heads = {self._head(each) for each in self._transaction.read(columns).scalars()}
        return self._read(series.c.id.in_(heads)) if heads else ()

    def decide(self, decision: SeriesDecision) -> int:
        """Write a decision, and move the parts that it concerns; return how many it moved."""
        before = {self._head(decision.series), self._head(decision.other)}
        number = (self._transaction.read(sa.select(sa.func.max(series_decision.c.number))).scalar_one() or 0) + 1
        row = {"number": number, "kind": decision.kind.value, "series": decision.series, "other": decision.other}
        self._transaction.insert(series_decision, {**row, "at": decision.at, "by": decision.by})
        self._joined = None
        moved = [(each.source, part) for each in self._read(series.c.id.in_(before)) for part in each.installments]
        return sum(self._move(source, part) for source, part in moved if letters(part.name))

    def decisions(self) -> tuple[SeriesDecision, ...]:
        """Return every decision, oldest first."""
        rows = self._transaction.read(sa.select(series_decision).order_by(series_decision.c.number)).mappings()
        return tuple(
            SeriesDecision(
                kind=SeriesDecisionKind(row["kind"]),
                series=row["series"],
                other=row["other"],
                at=row["at"],
                by=row["by"],
            )
            for row in rows
        )

    def of_source(self, source: str | None = None) -> tuple[Series, ...]:
        """Return all series of a source, or of all, by source and name."""
        return self._read(sa.true() if source is None else series.c.source == source)

    def _move(self, source: str, part: Installment) -> bool:
        """Put a part where its headline and the decisions want it; say whether it was elsewhere."""
        wanted = self._head(series_id(source, part.name))
        if self.of_article(part.article) == wanted:
            return False
        self._make_sure_of(wanted, source, part.name)
        here = installment.c.article == part.article
        self._transaction.change(sa.update(installment).where(here).values(series=wanted))
        self._transaction.show(part.article)
        return True

    def _make_sure_of(self, wanted: str, source: str, name: str) -> None:
        known = self._transaction.read(sa.select(series.c.id).where(series.c.id == wanted)).first()
        if known is None:
            row = {"id": wanted, "source": source, "name": name, "letters": letters(name)}
            self._transaction.insert(series, row)

    def _head(self, wanted: str) -> str:
        """Return the series that one was joined to, or itself."""
        if self._joined is None:
            self._joined = joined(self.decisions())
        return self._joined.get(wanted, wanted)

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
