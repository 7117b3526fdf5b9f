"""Who wants to hear of what, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What can happen."""

    NEW_SERIES = "new-series"
    NEW_INSTALLMENT = "new-installment"
    FINAL_INSTALLMENT = "final-installment"
    LATE_INSTALLMENT = "late-installment"  # a part that came after later ones were known
    NEW_ARTICLE = "new-article"
    SOURCE_BROKEN = "source-broken"
    DIGEST_DUE = "digest-due"  # a day or a week is over; the subject is a Cadence, `happened` the first instant after


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, written in one transaction with its cause. `quiet` ones alert nobody.

    `id` is given by the ledger: later events have higher ones.
    """

    kind: EventKind
    subject: str  # the id of the article, series or source
    happened: datetime
    article: str | None = None
    quiet: bool = False
    id: int = 0

    @property
    def key(self) -> str:
        """What makes it the same event when it is told again: what happens to no article can happen anew."""
        return f"{self.kind.value}/{self.subject}/{self.article or self.happened.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """Who wants to hear of which events. Empty filters let everything through; `query` is a saved search.

    `subscriber` is an address as the channel takes it: of mail, of the web. `digest` is a Cadence, or empty for a rule
    that alerts. `series` is the name or the id of a series; `outlets` are names or ids.
    """

    id: str
    subscriber: str
    kinds: tuple[EventKind, ...]
    series: str = ""
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    query: str = ""
    channel: str = "email"
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message, unique by (rule, event, subscriber). `message_id` stays the same however often it is sent.

    `subscriber` is the address it goes to; `subject` is one line without control characters. `about` is the same for
    programs: what JSON can hold.
    """

    rule: str
    event: int
    subscriber: str
    message_id: str
    subject: str
    text: str
    html: str
    stop: str  # how to stop it: an address that begins with https: or mailto:
    about: Mapping[str, Any] = field(default_factory=dict)


class DeliveryOutcome(StrEnum):
    """What became of an alert."""

    SENT = "sent"
    REFUSED = "refused"  # for good: no such mailbox
    DEFERRED = "deferred"  # try again later
    DOUBTFUL = "doubtful"  # the connection was lost after the message was handed over


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outcome of one attempt, with the other side's words. `not_before`: when it asked to be tried again."""

    outcome: DeliveryOutcome
    detail: str
    at: datetime
    not_before: datetime | None = None


class Queued(StrEnum):
    """How a row of the outbox stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"  # put off too often
    DROPPED = "dropped"  # there is nothing to tell any more: the article was taken down


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A message that a rule asked for. `attempts` counts deliveries begun; `doubts` those of unknown outcome."""

    id: int
    rule: str
    event: int
    subscriber: str
    message_id: str
    status: Queued
    queued: datetime
    next_try: datetime
    attempts: int = 0
    doubts: int = 0
