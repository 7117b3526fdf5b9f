"""Visits to outlets, and the last judgement on each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from sosik.model.capture import CaptureKind
from sosik.model.errors import NotFound
from sosik.model.health import Health
from sosik.model.run import Announcement, PageFacts, SourceRun
from sosik.model.signs import HealthState
from sosik.storage.ledger.collect_tables import source_health
from sosik.storage.ledger.collect_tables import source_run as table
from sosik.storage.ledger.transaction import Transaction
from sosik.storage.ledger.visits import printable

_NOTHING: Mapping[str, Any] = {
    "fetched": 0, "new": 0, "changed": 0, "unchanged": 0, "failed": {}, "refused": {}, "articles_failed": {},
    "announcements": [], "facts": {},
}  # fmt: skip


class SqlRuns:
    """A row a visit, and a row an outlet."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def begin(self, sources: Sequence[str]) -> dict[str, int]:
        """Note that visits begin now; return their numbers by source."""
        now = self._transaction.clock.now()
        numbers: dict[str, int] = {}
        for source in sources:
            self._transaction.change(sa.insert(table).values({**_NOTHING, "source": source, "started": now}))
            newest = sa.select(sa.func.max(table.c.id))
            numbers[source] = int(self._transaction.read(newest).scalar_one())
        return numbers

    def end(self, run: SourceRun) -> None:
        """Write what a visit came to, but for its pages; raises NotFound."""
        values = {
            "ended": run.ended,
            "fetched": run.fetched,
            "new": run.new,
            "changed": run.changed,
            "unchanged": run.unchanged,
            "failed": _counts(run.failed),
            "refused": _counts(run.refused),
            "articles_failed": _counts(run.articles_failed),
            "announcements": [_announcement(each) for each in run.announcements],
            "not_before": run.not_before,
        }
        if not self._transaction.change(sa.update(table).where(table.c.id == run.id).values(values)):
            raise NotFound("visit to an outlet", str(run.id))

    def at(self, source: str, fetched: datetime) -> int | None:
        """Return the visit in which a page was fetched; None for what was imported."""
        begun = sa.select(table.c.id, table.c.ended).where(table.c.source == source, table.c.started <= fetched)
        row = self._transaction.read(begun.order_by(table.c.started.desc(), table.c.id.desc()).limit(1)).first()
        return None if row is None or (row.ended is not None and fetched > row.ended) else int(row.id)

    def add_facts(self, run: int, facts: PageFacts) -> None:
        """Add what pages gave to the visit in which they were fetched."""
        before = self._transaction.read(sa.select(table.c.facts).where(table.c.id == run)).scalar_one()
        added = _facts(_read_facts(before).plus(facts))
        self._transaction.change(sa.update(table).where(table.c.id == run).values({"facts": added}))

    def of_source(self, source: str, limit: int = 200) -> tuple[SourceRun, ...]:
        """Return the newest visits to an outlet, oldest of them first."""
        mine = sa.select(table).where(table.c.source == source)
        newest = mine.order_by(table.c.started.desc(), table.c.id.desc()).limit(limit)
        rows = self._transaction.read(newest).mappings().all()
        return tuple(_read(row) for row in reversed(rows))

    def last(self, source: str) -> SourceRun | None:
        """Return the newest visit to an outlet that came to its end."""
        over = sa.select(table).where(table.c.source == source, table.c.ended.is_not(None))
        newest = over.order_by(table.c.started.desc(), table.c.id.desc()).limit(1)
        row = self._transaction.read(newest).mappings().first()
        return None if row is None else _read(row)

    def sources(self) -> tuple[str, ...]:
        """Return every outlet that was ever visited."""
        return tuple(self._transaction.read(sa.select(table.c.source).distinct().order_by(table.c.source)).scalars())

    def put_health(self, health: Health, judged: datetime) -> Health | None:
        """Write the judgement on an outlet in place of the one before, and return that."""
        mine = sa.select(source_health).where(source_health.c.source == health.source)
        before = self._transaction.read(mine).mappings().first()
        row = {
            "source": health.source,
            "state": health.state.value,
            "since": health.since,
            "cause": printable(health.cause)[:64],
            "evidence": printable(health.evidence),
            "notes": list(health.notes),
            "judged": judged,
        }
        self._transaction.upsert(source_health, row)
        return None if before is None else _read_health(before)

    def health(self) -> dict[str, Health]:
        """Return the last judgement on each outlet."""
        rows = self._transaction.read(sa.select(source_health).order_by(source_health.c.source)).mappings()
        return {row["source"]: _read_health(row) for row in rows}


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {printable(name): count for name, count in counts.items()}


def _read(row: sa.RowMapping) -> SourceRun:
    announcements = tuple(_read_announcement(each) for each in row["announcements"])
    return SourceRun(**{**row, "announcements": announcements, "facts": _read_facts(row["facts"])})


def _read_health(row: sa.RowMapping) -> Health:
    return Health(
        source=row["source"],
        state=HealthState(row["state"]),
        since=row["since"],
        cause=row["cause"],
        evidence=row["evidence"],
        notes=tuple(row["notes"]),
    )


def _announcement(each: Announcement) -> dict[str, Any]:
    return {
        "url": printable(each.url),
        "kind": each.kind.value,
        "outcome": printable(each.outcome),
        "entries": each.entries,
        "addresses": each.addresses,
        "titled": each.titled,
        "titles": each.titles,
        "future": each.future,
        "newest": each.newest.isoformat() if each.newest else None,
        "oldest": each.oldest.isoformat() if each.oldest else None,
    }


def _read_announcement(data: dict[str, Any]) -> Announcement:
    moments = {name: datetime.fromisoformat(data[name]) if data[name] else None for name in ("newest", "oldest")}
    return Announcement(**{**data, **moments, "kind": CaptureKind(data["kind"])})


def _facts(facts: PageFacts) -> dict[str, Any]:
    numbers = {name: getattr(facts, name) for name in _NUMBERS}
    return {
        **numbers,
        "lengths": list(facts.lengths),
        "charsets": _counts(facts.charsets),
        "errors": _counts(facts.errors),
        "days": {day.isoformat(): count for day, count in facts.days.items()},
    }


_NUMBERS = ("pages", "read", "minute", "author", "titles", "texts", "dated", "skewed")


def _read_facts(data: dict[str, Any]) -> PageFacts:
    if not data:
        return PageFacts()
    days = {date.fromisoformat(day): count for day, count in data["days"].items()}
    return PageFacts(**{**data, "lengths": tuple(data["lengths"]), "days": days})
