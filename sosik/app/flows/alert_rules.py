"""Rules of subscribers: added, listed, removed, tried out."""

import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sosik.app.flows.digest_mails import newest_digest
from sosik.app.flows.named import Names, values_for
from sosik.model.alert import Alert, AlertRule, EventKind
from sosik.model.digest import Cadence
from sosik.model.errors import NotFound, Refused
from sosik.model.query import parse
from sosik.model.search import FacetField
from sosik.model.wanted import Nothing, want

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

PARTS = (EventKind.NEW_INSTALLMENT, EventKind.FINAL_INSTALLMENT, EventKind.LATE_INSTALLMENT)
_TRIED = 2000  # newest events that a trial looks through


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a subscriber asks for: parts of a series, new series, what a query finds, or a digest (a Cadence).

    The filters narrow it; a query may narrow a digest, too. `to` is an address as the channel `by` takes it.
    """

    to: str
    by: str = "email"
    digest: str = ""
    series: str = ""
    new_series: bool = False
    query: str = ""
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


def add_rule(wiring: "Wiring", wish: Wish) -> AlertRule:
    """Keep a wish as a rule; raises Refused, NotFound or QueryMistake for one that could never be met.

    Raises SettingsMistake where its channel wants a setting, or no link could be made by which it is stopped again.
    """
    if sum((bool(wish.series), wish.new_series, bool(wish.query and not wish.digest), bool(wish.digest))) != 1:
        raise Refused("an alert is for one of these: --series NAME, --new-series, --query '…', --digest weekly")
    address = wiring.channel(wish.by).read_address(wish.to)
    values = wiring.catalogue.field_values()
    with wiring.ledger() as ledger, ledger.read() as unit:
        query = Names(values, unit.series.find).resolve(parse(wish.query))
    if wish.query and want(query, wiring.cutter()) == Nothing():
        raise Refused(f"the query {wish.query!r} has no word with a meaning in it, and would find nothing")
    rule = AlertRule(
        id=secrets.token_hex(6),
        subscriber=address,
        kinds=_kinds(wish),
        series=wish.series,
        topics=values_for(values, FacetField.TOPIC, wish.topics),
        regions=values_for(values, FacetField.REGION, wish.regions),
        outlets=values_for(values, FacetField.OUTLET, wish.outlets),
        query=wish.query,
        channel=wish.by,
        digest=Cadence(wish.digest).value if wish.digest else "",
    )
    wiring.stop_links().of(rule.id)  # better refused now than found out when the first mail is due
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.rules.add(rule)
    return rule


def _kinds(wish: Wish) -> tuple[EventKind, ...]:
    if wish.digest:
        return (EventKind.DIGEST_DUE,)
    if wish.series:
        return PARTS
    return (EventKind.NEW_SERIES,) if wish.new_series else (EventKind.NEW_ARTICLE,)


def list_rules(wiring: "Wiring") -> tuple[AlertRule, ...]:
    """Return every rule, oldest first."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        return unit.rules.for_kinds()


def remove_rule(wiring: "Wiring", rule: str) -> None:
    """Forget a rule, its messages, and its subscriber if it was the last one; raises NotFound."""
    with wiring.ledger() as ledger, ledger.write() as unit:
        if not unit.rules.remove(rule):
            known = tuple(each.id for each in unit.rules.for_kinds())
            raise NotFound("alert rule", rule, known=known if len(known) <= 20 else ())


def stop_rule(wiring: "Wiring", rule: str, token: str) -> bool:
    """Forget a rule for the holder of its link; say whether there was one. Raises Refused for a wrong token.

    For the page behind the link: it must ask with a POST, since programs that read mail follow every link.
    """
    if not wiring.stop_links().proves(rule, token):
        raise Refused("this link does not stop any alert; use the one at the end of the newest mail")
    with wiring.ledger() as ledger, ledger.write() as unit:
        return unit.rules.remove(rule)


def try_rule(wiring: "Wiring", rule_id: str) -> Alert:
    """Return the message that a rule would have sent for the newest event it fits, quiet ones too; sends nothing.

    Of a rule for a digest it is that of the newest span that is over. Raises NotFound where there is no such rule, or
    nothing yet that fits, and what a digest raises.
    """
    from sosik.alerts.match import Matcher

    with wiring.ledger() as ledger:
        with ledger.read() as unit:
            digest = unit.rules.get(rule_id)
        if digest is not None and digest.digest:
            return newest_digest(wiring, ledger, digest)

    noticer, cutter = wiring.noticer(), wiring.cutter()
    with wiring.ledger() as ledger, ledger.read() as unit:
        rule = unit.rules.get(rule_id)
        if rule is None:
            raise NotFound("alert rule", rule_id, hint="`sosik alert list` shows all")
        matcher = Matcher([rule], cutter=cutter, resolve=partial(noticer.resolve, unit))
        newest = sorted(unit.events.newest(_TRIED), key=lambda each: each.id, reverse=True)
        for event in newest:
            happening = noticer.happening(unit, event) if event.kind in rule.kinds else None
            if happening is not None and matcher.rules_for(happening):
                alert = noticer.alert(unit, event, rule)
                if alert is not None:
                    return alert
    raise NotFound("event", rule_id, hint=f"nothing among the newest {_TRIED} events fits this rule")
