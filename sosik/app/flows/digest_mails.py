"""Digests that subscribers asked for: noted as due when their span is over, made when they are sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.digest import gather
from sosik.app.flows.progress import Progress, silent
from sosik.model.alert import Alert, AlertRule, Event, EventKind
from sosik.model.digest import Cadence, DigestWish
from sosik.model.ports.ledger import Ledger

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(slots=True)
class DueReport:
    """Spans that were found to be over."""

    due: int = 0


def note_digests(wiring: "Wiring", *, progress: Progress = silent) -> DueReport:
    """Write that the newest day and the newest week are over, once for each of them: the events of digests.

    The matcher makes messages of them as of any event, so there is one for a rule and a span. Spans that were over
    while nothing ran are not made up.
    """
    report = DueReport()
    with wiring.ledger() as ledger, ledger.write() as unit:
        report.due = sum(unit.events.tell(_event(cadence, wiring)) for cadence in Cadence)
    progress("digests due", report.due)
    return report


def _event(cadence: Cadence, wiring: "Wiring") -> Event:
    over = cadence.over_at(wiring.clock.now())
    return Event(kind=EventKind.DIGEST_DUE, subject=cadence.value, happened=over)


def newest_digest(wiring: "Wiring", ledger: Ledger, rule: AlertRule) -> Alert:
    """Return the digest that a rule would have been sent of the newest span that is over; see `digest_alert`."""
    return digest_alert(wiring, ledger, rule, _event(Cadence(rule.digest), wiring))


def digest_alert(wiring: "Wiring", ledger: Ledger, rule: AlertRule, event: Event) -> Alert:
    """Return the message of a digest; raises NotFound without an index, Away, and what else `gather` raises."""
    wish = DigestWish(
        period=Cadence(event.subject).span_before(event.happened),
        topics=rule.topics,
        regions=rule.regions,
        outlets=rule.outlets,
        query=rule.query,
    )
    digest = gather(wiring, ledger, wish)
    return wiring.digest_composer().compose(digest, rule, event, stop=wiring.stop_links().of(rule.id))
