"""From events to messages, and messages on their way: two flows that share nothing but the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.series_names import with_ids
from sosik.model.alert import Alert, Delivery, DeliveryOutcome, OutboxRow, Queued
from sosik.model.ports.ledger import Ledger, UnitOfWork

if TYPE_CHECKING:
    from sosik.app.flows.notices import Noticer
    from sosik.app.wiring import Wiring

CONSUMER = "match"
MATCHING, SENDING = "matching", "sending"
_MARK = "events"
_BATCH = 500
_WAITS = tuple(timedelta(minutes=each) for each in (5, 15, 60, 240, 720, 1440, 2880))
MAX_ATTEMPTS = len(_WAITS) + 1
_AWAY = 5  # so many put off one after the other: the other side is away, and the rest waits for the next time


@dataclass(slots=True)
class MatchReport:
    """Events looked at, quiet ones included, and messages queued."""

    events: int = 0
    queued: int = 0


def match_alerts(wiring: "Wiring", *, progress: Progress = silent) -> MatchReport:
    """Queue a message for every rule that wants to hear of an event that happened since the last time.

    Messages and cursor are written in one transaction: a kill repeats nothing and loses nothing.
    """
    from sosik.alerts.match import Matcher

    report = MatchReport()
    noticer, cutter = wiring.noticer(), wiring.cutter()
    with held(wiring.settings.data, MATCHING), wiring.ledger() as ledger:
        while True:
            with ledger.write() as unit:
                events = unit.events.after(unit.cursors.get(CONSUMER).get(_MARK, 0), _BATCH)
                if not events:
                    return report
                loud = [each for each in events if not each.quiet]
                rules = unit.rules.for_kinds({each.kind for each in loud})
                matcher = Matcher(rules, cutter=cutter, resolve=partial(with_ids, find=unit.series.find))
                for event in loud if rules else ():
                    happening = noticer.happening(unit, event)
                    for rule in matcher.rules_for(happening) if happening else ():
                        message_id = noticer.composer.message_id(rule.id, event.id)
                        report.queued += unit.outbox.queue(rule.id, event.id, rule.subscriber, message_id)
                unit.cursors.put(CONSUMER, {_MARK: events[-1].id})
            report.events += len(events)
            progress("events matched", report.events)


@dataclass(slots=True)
class SendReport:
    """What became of the messages that were due. `doubts` counts attempts that a killed sender had left open."""

    sent: int = 0
    refused: int = 0
    deferred: int = 0
    doubtful: int = 0
    given_up: int = 0
    dropped: int = 0
    doubts: int = 0

    def count(self, outcome: DeliveryOutcome) -> None:
        """Count an outcome."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


def send_alerts(wiring: "Wiring", *, progress: Progress = silent) -> SendReport:
    """Send every message whose time has come.

    Before a message leaves, the attempt is on record: whoever is killed after the other side took the message leaves a
    doubt behind, and the message goes out again under the same Message-ID. Raises Busy where another process sends.
    """
    report = SendReport()
    noticer, channel = wiring.noticer(), wiring.channel()
    with held(wiring.settings.data, SENDING), wiring.ledger() as ledger:
        now = wiring.clock.now()
        with ledger.write() as unit:
            report.doubts = unit.outbox.settle_doubts(now)
        put_off = 0
        while put_off < _AWAY:
            with ledger.read() as unit:
                row = next(iter(unit.outbox.due(now, 1)), None)
            if row is None:
                break
            with ledger.write() as unit:
                alert = unit.outbox.alert(row.id) or _compose(unit, noticer, row)
                if alert is None:
                    unit.outbox.drop(row.id)
                    report.dropped += 1
                    continue
                attempt = unit.outbox.begin(row.id, alert, channel.name)
            delivery = channel.send(alert)
            _end(ledger, attempt, row, delivery, report)
            put_off = put_off + 1 if delivery.outcome is DeliveryOutcome.DEFERRED else 0
            progress("messages sent", report.sent)
    return report


def _compose(unit: UnitOfWork, noticer: "Noticer", row: OutboxRow) -> Alert | None:
    event, rule = unit.events.get(row.event), unit.rules.get(row.rule)
    return None if event is None or rule is None else noticer.alert(unit, event, rule)


def _end(ledger: Ledger, attempt: int, row: OutboxRow, delivery: Delivery, report: SendReport) -> None:
    status, next_try = _standing(row, delivery)
    with ledger.write() as unit:
        unit.outbox.end(attempt, delivery, status=status, next_try=next_try)
    report.count(delivery.outcome)
    report.given_up += status is Queued.GIVEN_UP


def _standing(row: OutboxRow, delivery: Delivery) -> tuple[Queued, datetime]:
    """Say how a row stands after one more attempt, and when it is due again."""
    if delivery.outcome is DeliveryOutcome.SENT:
        return Queued.SENT, delivery.at
    if delivery.outcome is DeliveryOutcome.REFUSED:
        return Queued.REFUSED, delivery.at
    attempts = row.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Queued.GIVEN_UP, delivery.at
    return Queued.WAITING, delivery.at + _WAITS[attempts - 1]


def newest_messages(wiring: "Wiring", limit: int) -> tuple[tuple[OutboxRow, tuple[Delivery, ...]], ...]:
    """Return the newest messages with every attempt that came to an end."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        return tuple((row, unit.outbox.deliveries(row.id)) for row in unit.outbox.rows(limit=limit))
