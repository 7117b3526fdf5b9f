"""Articles removed by law or request."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sosik.model.alert import EventKind, Queued
from sosik.model.errors import NotFound, Refused
from sosik.model.takedown import Takedown, Traces, url_mark
from sosik.storage.ledger.alert_tables import delivery, event, outbox
from sosik.storage.ledger.articles import read_capture
from sosik.storage.ledger.collect_tables import takedown as table
from sosik.storage.ledger.collect_tables import takedown_address
from sosik.storage.ledger.dialect import upsert
from sosik.storage.ledger.tables import article, article_revision, index_generation, index_work, reading, visit
from sosik.storage.ledger.transaction import Transaction, chunks
from sosik.storage.ledger.visits import key_of


class SqlTakedowns:
    """Marks, and the removal itself: rows that hang on an article go with it by their foreign keys."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def begin(self, name: str, reason: str) -> Traces:
        """Remove an article from the ledger; see the port."""
        self._transaction.finish()
        row = self._transaction.read(sa.select(article).where(article.c.id == name)).mappings().first()
        if row is None:
            raise NotFound("article", name, hint="`sosik search` prints ids")
        traces = self._traces(row)
        self._silence_messages(name, traces)
        mark = {"article": name, "source": row["source"], "at": self._transaction.clock.now(), "reason": reason}
        mark |= {"done": None, "traces": {"urls": traces.urls, "refs": traces.refs}}
        self._transaction.upsert(table, mark)
        for url in traces.urls:
            self._transaction.upsert(takedown_address, {"mark": url_mark(url), "article": name})
        self._remove_from_indexes(name)
        self._forget_visits(traces)
        self._transaction.change(sa.delete(reading).where(reading.c.article == name))
        self._transaction.change(sa.delete(article).where(article.c.id == name))
        return traces

    def pending(self) -> tuple[tuple[Takedown, Traces], ...]:
        """Return those whose archive has still to be cleaned, oldest first."""
        waiting = sa.select(table).where(table.c.done.is_(None)).order_by(table.c.at, table.c.article)
        rows = self._transaction.read(waiting).mappings()
        return tuple((_read(row), _read_traces(row["traces"])) for row in rows)

    def finish(self, name: str, at: datetime) -> None:
        """Note that the archive is clean, and forget the addresses."""
        values = {"done": at, "traces": sa.null()}
        self._transaction.change(sa.update(table).where(table.c.article == name).values(values))

    def get(self, name: str) -> Takedown | None:
        """Return the mark of an article."""
        row = self._transaction.read(sa.select(table).where(table.c.article == name)).mappings().first()
        return None if row is None else _read(row)

    def closed(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of these canonical addresses that must not be asked for or kept again."""
        marks = {url_mark(url): url for url in urls}
        found: set[str] = set()
        for chunk in chunks(marks):
            statement = sa.select(takedown_address.c.mark).where(takedown_address.c.mark.in_(chunk))
            found.update(marks[mark] for mark in self._transaction.read(statement).scalars())
        return frozenset(found)

    def all(self) -> tuple[Takedown, ...]:
        """Return every mark, oldest first."""
        rows = self._transaction.read(sa.select(table).order_by(table.c.at, table.c.article)).mappings()
        return tuple(_read(row) for row in rows)

    def _silence_messages(self, name: str, traces: Traces) -> None:
        """Drop messages about an article, and the text of those that name it: later parts of its series, digests."""
        about = sa.select(event.c.id).where(event.c.article == name)
        mine = outbox.c.event.in_(about)
        naming = sa.or_(mine, *(outbox.c.text.contains(url, autoescape=True) for url in traces.urls))
        leaving = sa.select(delivery.c.id).join(outbox, outbox.c.id == delivery.c.outbox)
        if self._transaction.read(leaving.where(naming, delivery.c.ended.is_(None)).limit(1)).first() is not None:
            raise Refused(
                "a message about the article is leaving just now, or its sender was killed; run `sosik alert send`, "
                "then the same command again"
            )
        nothing = {"subject": None, "text": None, "html": None, "stop": None, "about": sa.null()}
        # Those that have not left are composed anew without it.
        self._transaction.change(sa.update(outbox).where(naming).values(nothing))
        waiting = sa.update(outbox).where(mine, outbox.c.status == Queued.WAITING.value)
        self._transaction.change(waiting.values({"status": Queued.DROPPED.value}))
        # A digest may name it by an address of our own.
        digests = sa.select(event.c.id).where(event.c.kind == EventKind.DIGEST_DUE.value)
        self._transaction.change(sa.update(outbox).where(outbox.c.event.in_(digests)).values(nothing))

    def _traces(self, row: sa.RowMapping) -> Traces:
        """Gather every address and every place in the archive that the ledger knows of an article."""
        name = row["id"]
        old = self._transaction.read(sa.select(article_revision).where(article_revision.c.article == name)).mappings()
        captures = [each for each in map(read_capture, (row, *old)) if each is not None]
        readings = self._transaction.read(sa.select(reading.c.ref, reading.c.url).where(reading.c.article == name))
        read = readings.all()
        refs = {f"{each.file}:{each.offset}" for each in captures} | {each.ref for each in read}
        urls = {row["url"], *(each.url for each in read)}
        # Other addresses of the same pages: prints, short links, redirects.
        for capture in captures:
            at = (visit.c.capture_file == capture.file, visit.c.capture_offset == capture.offset)
            mine = sa.select(visit.c.url).where(visit.c.source == row["source"], *at)
            urls |= set(self._transaction.read(mine).scalars())
        return Traces(urls=tuple(sorted(urls)), refs=tuple(sorted(refs)))

    def _remove_from_indexes(self, name: str) -> None:
        rows = (
            sa.select(
                index_generation.c.id.label("generation"),
                article.c.id.label("article"),
                (article.c.version + 1).label("version"),
                sa.true().label("removed"),
            )
            .select_from(article.join(index_generation, sa.true()))
            .where(article.c.id == name)
        )
        self._transaction.change(
            upsert(self._transaction.dialect, index_work, on=("generation", "article"), select=rows)
        )

    def _forget_visits(self, traces: Traces) -> None:
        for chunk in chunks(key_of(url) for url in traces.urls):
            self._transaction.change(sa.delete(visit).where(visit.c.key.in_(chunk)))


def _read(row: sa.RowMapping) -> Takedown:
    return Takedown(**{name: row[name] for name in ("article", "source", "at", "reason", "done")})


def _read_traces(data: dict[str, Sequence[Any]] | None) -> Traces:
    found = data or {}
    return Traces(urls=tuple(found.get("urls", ())), refs=tuple(found.get("refs", ())))
