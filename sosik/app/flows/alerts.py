"""From events to messages, and messages on their way: two flows that share nothing but the outbox."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sosik.app.flows.digest_mails import digest_alert
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.alert import Alert, AlertRule, Delivery, DeliveryOutcome, Event, EventKind, OutboxRow, Queued
from sosik.model.errors import Later, Never
from sosik.model.ports.channel import Channel
from sosik.model.ports.ledger import Ledger, UnitOfWork

if TYPE_CHECKING:
    from enrich.tokenizers.terms import MorphemeTermCutter
    from sosik.app.flows.notices import Noticer
    from sosik.app.wiring import Wiring

CONSUMER = "match"
MATCHING, SENDING = "matching", "sending"
_MARK = "events"
_BATCH = 500
_WAITS = tuple(timedelta(minutes=each) for each in (5, 15, 60, 240, 720, 1440, 2880))
MAX_ATTEMPTS = len(_WAITS) + 1
_AWAY = 5  # so many put off one after the other: that other side is away, and the rest for it waits for the next time


@dataclass(slots=True)
class MatchReport:
    """Events looked at, quiet ones included, and messages queued.

    `unanalysed` are the articles whose events wait: they are matched when the articles have been analysed.
    """

    events: int = 0
    queued: int = 0
    unanalysed: list[str] = field(default_factory=list)


def match_alerts(wiring: "Wiring", *, progress: Progress = silent) -> MatchReport:
    """Queue a message for every rule that wants to hear of an event that happened since the last time.

    Messages and cursor are written in one transaction: a kill repeats nothing and loses nothing. An event whose article
    has no analysis of its newest text is kept as waiting in that transaction, and tried again each time.
    """
    matching = _Matching(wiring.noticer(), wiring.cutter())
    with held(wiring.settings.data, MATCHING), wiring.ledger() as ledger:
        _match_waiting(ledger, matching)
        while True:
            with ledger.write() as unit:
                events = unit.events.after(unit.cursors.get(CONSUMER).get(_MARK, 0), _BATCH)
                if not events:
                    return matching.report
                for event in matching.match(unit, [each for each in events if not each.quiet]):
                    unit.events.wait(event.id)
                unit.cursors.put(CONSUMER, {_MARK: events[-1].id})
            matching.report.events += len(events)
            progress("events matched", matching.report.events)


def _match_waiting(ledger: Ledger, matching: "_Matching") -> None:
    """Match what waited, each batch in one transaction with the note that it waits no more."""
    last = 0
    while True:
        with ledger.write() as unit:
            events = unit.events.waiting(last, _BATCH)
            if not events:
                return
            still = {each.id for each in matching.match(unit, events)}
            for event in events:
                if event.id not in still:
                    unit.events.settle(event.id)
            last = events[-1].id


class _Matching:
    """Holds events against the rules, and counts."""

    def __init__(self, noticer: "Noticer", cutter: "MorphemeTermCutter") -> None:
        self.report = MatchReport()
        self._noticer = noticer
        self._cutter = cutter

    def match(self, unit: UnitOfWork, events: Iterable[Event]) -> list[Event]:
        """Queue the messages about events; return the events that cannot be judged yet."""
        from sosik.alerts.match import Matcher

        events = list(events)
        rules = unit.rules.for_kinds({each.kind for each in events})
        matcher = Matcher(rules, cutter=self._cutter, resolve=partial(self._noticer.resolve, unit))
        waiting = []
        for event in events if rules else ():
            if event.kind is EventKind.DIGEST_DUE:
                self._queue(unit, event, (each for each in rules if each.digest == event.subject))
                continue
            happening = self._noticer.happening(unit, event)
            if happening is not None:
                self._queue(unit, event, matcher.rules_for(happening))
            elif self._noticer.waits(unit, event):
                waiting.append(event)
        self.report.unanalysed += dict.fromkeys(each.article for each in waiting if each.article)
        return waiting

    def _queue(self, unit: UnitOfWork, event: Event, rules: Iterable[AlertRule]) -> None:
        for rule in rules:
            message_id = self._noticer.composer.message_id(rule.id, event.id)
            self.report.queued += unit.outbox.queue(rule.id, event.id, rule.subscriber, message_id)


@dataclass(slots=True)
class SendReport:
    """What became of the messages that were due. `doubts` counts attempts that a killed sender had left open.

    `unready` says why others that were due did not leave: they stay due.
    """

    sent: int = 0
    refused: int = 0
    deferred: int = 0
    doubtful: int = 0
    given_up: int = 0
    dropped: int = 0
    doubts: int = 0
    unready: list[str] = field(default_factory=list)

    def count(self, outcome: DeliveryOutcome) -> None:
        """Count an outcome."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


def send_alerts(wiring: "Wiring", *, progress: Progress = silent) -> SendReport:
    """Send every message whose time has come.

    Before a message leaves, the attempt is on record: whoever is killed after the other side took the message leaves a
    doubt behind, and the message goes out again under the same Message-ID. Raises Busy where another process sends.
    """
    with held(wiring.settings.data, SENDING), wiring.ledger() as ledger:
        sending = _Sending(wiring, ledger)
        now = wiring.clock.now()
        with ledger.write() as unit:
            sending.report.doubts = unit.outbox.settle_doubts(now)
        last = 0
        while True:
            with ledger.read() as unit:
                row = next(iter(unit.outbox.due(now, 1, last)), None)
            if row is None:
                return sending.report
            last = row.id
            sending.send(row)
            progress("messages sent", sending.report.sent)


class _Unready(Exception):
    """A message cannot leave now, through no fault of the other side; it stays due."""


class _Sending:
    """Sends messages one by one, and remembers which other sides are away."""

    def __init__(self, wiring: "Wiring", ledger: Ledger) -> None:
        self.report = SendReport()
        self._wiring = wiring
        self._ledger = ledger
        self._noticer = wiring.noticer()
        self._channels: dict[str, Channel] = {}
        self._put_off: Counter[str] = Counter()

    def send(self, row: OutboxRow) -> None:
        """Send a message if it can be made, and its other side is not known to be away."""
        with self._ledger.read() as unit:
            rule, event = unit.rules.get(row.rule), unit.events.get(row.event)
        if rule is None or event is None:
            return  # removed this moment, and the message with it
        place = _place(rule)
        if self._put_off[place] >= _AWAY:
            return
        try:
            channel = self._channel(rule.channel)
            begun = self._begin(row, rule, event, channel)
        except _Unready as reason:
            if str(reason) not in self.report.unready:
                self.report.unready.append(str(reason))
            return
        if begun is None:
            return
        attempt, alert = begun
        delivery = channel.send(alert)
        self._end(attempt, row, delivery)
        late = delivery.outcome in (DeliveryOutcome.DEFERRED, DeliveryOutcome.DOUBTFUL)
        self._put_off[place] = self._put_off[place] + 1 if late else 0

    def _channel(self, name: str) -> Channel:
        if name not in self._channels:
            try:
                self._channels[name] = self._wiring.channel(name)
            except Never as error:
                raise _Unready(f"messages by {name} wait: {error}") from error
        return self._channels[name]

    def _begin(self, row: OutboxRow, rule: AlertRule, event: Event, channel: Channel) -> tuple[int, Alert] | None:
        """Note that an attempt begins; return it with its message, or None where there is nothing left to send."""
        digest = self._digest(row, rule, event)
        with self._ledger.write() as unit:
            if unit.outbox.get(row.id) is None:
                return None  # removed with its rule
            alert = unit.outbox.alert(row.id) or digest or self._noticer.alert(unit, event, rule)
            if alert is None and self._noticer.waits(unit, event):
                raise _Unready(f"a message waits for the analysis of article {event.article}")
            if alert is None:
                unit.outbox.drop(row.id)
                self.report.dropped += 1
                return None
            return unit.outbox.begin(row.id, alert, channel.name), alert

    def _digest(self, row: OutboxRow, rule: AlertRule, event: Event) -> Alert | None:
        """Return a digest, which is made outside of any transaction: an index may be slow. None for other messages."""
        if event.kind is not EventKind.DIGEST_DUE:
            return None
        with self._ledger.read() as unit:
            if unit.outbox.alert(row.id) is not None:
                return None  # made at an earlier attempt; it is the same message each time
        try:
            return digest_alert(self._wiring, self._ledger, rule, event)
        except (Never, Later) as error:
            raise _Unready(f"the digest of rule {row.rule} waits: {error}") from error

    def _end(self, attempt: int, row: OutboxRow, delivery: Delivery) -> None:
        status, next_try = _standing(row, delivery)
        with self._ledger.write() as unit:
            unit.outbox.end(attempt, delivery, status=status, next_try=next_try)
        self.report.count(delivery.outcome)
        self.report.given_up += status is Queued.GIVEN_UP


def _place(rule: AlertRule) -> str:
    """What is away when a message is put off: the host of a web address; all mail leaves by one server."""
    return urlsplit(rule.subscriber).hostname or rule.channel


def _standing(row: OutboxRow, delivery: Delivery) -> tuple[Queued, datetime]:
    """Say how a row stands after one more attempt, and when it is due again."""
    if delivery.outcome is DeliveryOutcome.SENT:
        return Queued.SENT, delivery.at
    if delivery.outcome is DeliveryOutcome.REFUSED:
        return Queued.REFUSED, delivery.at
    attempts = row.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Queued.GIVEN_UP, delivery.at
    planned = delivery.at + _WAITS[attempts - 1]
    return Queued.WAITING, max(planned, delivery.not_before or planned)


def newest_messages(wiring: "Wiring", limit: int) -> tuple[tuple[OutboxRow, tuple[Delivery, ...]], ...]:
    """Return the newest messages with every attempt that came to an end."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        return tuple((row, unit.outbox.deliveries(row.id)) for row in unit.outbox.rows(limit=limit))
