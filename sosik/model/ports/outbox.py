"""Messages on their way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sosik.model.alert import Alert, Delivery, OutboxRow, Queued


class Outbox(Protocol):
    """Messages that rules asked for, unique by (rule, event, subscriber), and every attempt to deliver them.

    An attempt is written before the message leaves. One that was never ended is a doubt: whoever sent it may have been
    killed after the other side had taken the message.
    """

    def queue(self, rule: str, event: int, subscriber: str, message_id: str) -> bool:
        """Queue a message; say whether it is new."""
        ...

    def due(self, now: datetime, limit: int = 100, after: int = 0) -> tuple[OutboxRow, ...]:
        """Return waiting messages whose time has come, after that row, oldest first."""
        ...

    def get(self, row: int) -> OutboxRow | None:
        """Return a row."""
        ...

    def alert(self, row: int) -> Alert | None:
        """Return the message as it was first composed; None before that."""
        ...

    def begin(self, row: int, alert: Alert, channel: str) -> int:
        """Note that an attempt begins, with the message it sends; return its number."""
        ...

    def end(self, attempt: int, delivery: Delivery, *, status: Queued, next_try: datetime) -> None:
        """Note what an attempt came to, and how its row stands now."""
        ...

    def drop(self, row: int) -> None:
        """Give a message up that there is nothing to tell in any more."""
        ...

    def settle_doubts(self, now: datetime) -> int:
        """End attempts that were begun and never ended as doubtful; return how many. Call it before sending."""
        ...

    def deliveries(self, row: int) -> tuple[Delivery, ...]:
        """Return what became of every ended attempt, oldest first."""
        ...

    def rows(self, status: Sequence[Queued] | None = None, limit: int = 100) -> tuple[OutboxRow, ...]:
        """Return rows, newest first."""
        ...

    def counts(self) -> dict[Queued, int]:
        """Return how many rows stand how."""
        ...
