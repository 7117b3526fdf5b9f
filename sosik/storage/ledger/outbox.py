"""Messages on their way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sosik.model.alert import Alert, Delivery, DeliveryOutcome, OutboxRow, Queued
from sosik.storage.ledger.alert_tables import delivery
from sosik.storage.ledger.alert_tables import outbox as table
from sosik.storage.ledger.transaction import Transaction
from sosik.storage.ledger.visits import printable

KILLED = "the sender ended before it heard what became of the message"

_attempts = sa.select(sa.func.count()).where(delivery.c.outbox == table.c.id).scalar_subquery()
_doubts = (
    sa.select(sa.func.count())
    .where(delivery.c.outbox == table.c.id, delivery.c.outcome == DeliveryOutcome.DOUBTFUL.value)
    .scalar_subquery()
)
_rows = sa.select(table, _attempts.label("attempts"), _doubts.label("doubts"))


class SqlOutbox:
    """A row a message, a row an attempt."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def queue(self, rule: str, event: int, subscriber: str, message_id: str) -> bool:
        """Queue a message; say whether it is new."""
        same = (table.c.rule == rule, table.c.event == event, table.c.subscriber == subscriber)
        if self._transaction.read(sa.select(table.c.id).where(*same)).first() is not None:
            return False
        now = self._transaction.clock.now()
        values: dict[str, Any] = {"rule": rule, "event": event, "subscriber": subscriber, "message_id": message_id}
        values |= {"status": Queued.WAITING.value, "queued": now, "next_try": now}
        self._transaction.change(sa.insert(table).values(values))
        return True

    def due(self, now: datetime, limit: int = 100, after: int = 0) -> tuple[OutboxRow, ...]:
        """Return waiting messages whose time has come, after that row, oldest first."""
        waiting = _rows.where(table.c.status == Queued.WAITING.value, table.c.next_try <= now, table.c.id > after)
        return self._many(waiting.order_by(table.c.id).limit(limit))

    def get(self, row: int) -> OutboxRow | None:
        """Return a row."""
        return next(iter(self._many(_rows.where(table.c.id == row))), None)

    def alert(self, row: int) -> Alert | None:
        """Return the message as it was first composed; None before that."""
        found = self._transaction.read(sa.select(table).where(table.c.id == row)).mappings().first()
        if found is None or found["text"] is None:
            return None
        names = ("rule", "event", "subscriber", "message_id", "subject", "text", "html", "stop")
        return Alert(**{name: found[name] for name in names}, about=found["about"] or {})

    def begin(self, row: int, alert: Alert, channel: str) -> int:
        """Note that an attempt begins, with the message it sends; return its number."""
        message: dict[str, Any] = {name: getattr(alert, name) for name in ("subject", "text", "html", "stop")}
        message["about"] = dict(alert.about)
        self._transaction.change(sa.update(table).where(table.c.id == row).values(message))
        began = {"outbox": row, "channel": channel, "began": self._transaction.clock.now()}
        self._transaction.change(sa.insert(delivery).values(began))
        return int(self._transaction.read(sa.select(sa.func.max(delivery.c.id))).scalar_one())

    def end(self, attempt: int, told: Delivery, *, status: Queued, next_try: datetime) -> None:
        """Note what an attempt came to, and how its row stands now."""
        values = {"ended": told.at, "outcome": told.outcome.value, "detail": printable(told.detail)}
        self._transaction.change(sa.update(delivery).where(delivery.c.id == attempt).values(values))
        row = sa.select(delivery.c.outbox).where(delivery.c.id == attempt).scalar_subquery()
        standing = {"status": status.value, "next_try": next_try}
        self._transaction.change(sa.update(table).where(table.c.id == row).values(standing))

    def drop(self, row: int) -> None:
        """Give a message up that there is nothing to tell in any more."""
        self._transaction.change(sa.update(table).where(table.c.id == row).values({"status": Queued.DROPPED.value}))

    def settle_doubts(self, now: datetime) -> int:
        """End attempts that were begun and never ended as doubtful; return how many. Call it before sending."""
        values = {"ended": now, "outcome": DeliveryOutcome.DOUBTFUL.value, "detail": KILLED}
        return self._transaction.change(sa.update(delivery).where(delivery.c.ended.is_(None)).values(values))

    def deliveries(self, row: int) -> tuple[Delivery, ...]:
        """Return what became of every ended attempt, oldest first."""
        ended = sa.select(delivery).where(delivery.c.outbox == row, delivery.c.ended.is_not(None))
        found = self._transaction.read(ended.order_by(delivery.c.id)).mappings()
        return tuple(
            Delivery(outcome=DeliveryOutcome(each["outcome"]), detail=each["detail"], at=each["ended"])
            for each in found
        )

    def rows(self, status: Sequence[Queued] | None = None, limit: int = 100) -> tuple[OutboxRow, ...]:
        """Return rows, newest first."""
        chosen = _rows if status is None else _rows.where(table.c.status.in_([each.value for each in status]))
        return self._many(chosen.order_by(table.c.id.desc()).limit(limit))

    def counts(self) -> dict[Queued, int]:
        """Return how many rows stand how."""
        statement = sa.select(table.c.status, sa.func.count()).group_by(table.c.status)
        return {Queued(status): count for status, count in self._transaction.read(statement)}

    def _many(self, statement: sa.Select[Any]) -> tuple[OutboxRow, ...]:
        return tuple(_read(row) for row in self._transaction.read(statement).mappings())


def _read(row: sa.RowMapping) -> OutboxRow:
    return OutboxRow(
        id=row["id"],
        rule=row["rule"],
        event=row["event"],
        subscriber=row["subscriber"],
        message_id=row["message_id"],
        status=Queued(row["status"]),
        queued=row["queued"],
        next_try=row["next_try"],
        attempts=row["attempts"],
        doubts=row["doubts"],
    )
