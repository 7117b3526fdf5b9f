"""Who wants to hear of what."""

from collections.abc import Collection

import sqlalchemy as sa

from sosik.model.alert import AlertRule, EventKind
from sosik.model.errors import Refused
from sosik.storage.ledger.alert_tables import alert_rule as table
from sosik.storage.ledger.alert_tables import subscriber
from sosik.storage.ledger.transaction import Transaction


class SqlRules:
    """Rules and subscribers. Messages go with their rule, a rule with its subscriber (foreign keys cascade)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, rule: AlertRule) -> None:
        """Write a rule, and its subscriber with it; raises Refused where there is a rule of that id."""
        if self.get(rule.id) is not None:
            raise Refused(f"there is an alert rule {rule.id} already")
        now = self._transaction.clock.now()
        known = sa.select(subscriber.c.address).where(subscriber.c.address == rule.subscriber)
        if self._transaction.read(known).first() is None:
            self._transaction.insert(subscriber, {"address": rule.subscriber, "added": now})
        row = {
            "id": rule.id,
            "subscriber": rule.subscriber,
            "kinds": [each.value for each in rule.kinds],
            "series": rule.series,
            "topics": list(rule.topics),
            "regions": list(rule.regions),
            "outlets": list(rule.outlets),
            "query": rule.query,
            "channel": rule.channel,
            "digest": rule.digest,
            "added": now,
        }
        self._transaction.insert(table, row)

    def get(self, rule: str) -> AlertRule | None:
        """Return a rule."""
        row = self._transaction.read(sa.select(table).where(table.c.id == rule)).mappings().first()
        return None if row is None else _read(row)

    def for_kinds(self, kinds: Collection[EventKind] | None = None) -> tuple[AlertRule, ...]:
        """Return the rules that want to hear of any of these kinds, oldest first; of all kinds for None."""
        rows = self._transaction.read(sa.select(table).order_by(table.c.added, table.c.id)).mappings()
        rules = (_read(row) for row in rows)
        return tuple(each for each in rules if kinds is None or not set(kinds).isdisjoint(each.kinds))

    def remove(self, rule: str) -> bool:
        """Forget a rule with its messages, sent or not, and its subscriber if it was the last; was there one?"""
        if not self._transaction.change(sa.delete(table).where(table.c.id == rule)):
            return False
        has_rule = sa.exists().where(table.c.subscriber == subscriber.c.address)
        self._transaction.change(sa.delete(subscriber).where(~has_rule))
        return True


def _read(row: sa.RowMapping) -> AlertRule:
    return AlertRule(
        id=row["id"],
        subscriber=row["subscriber"],
        kinds=tuple(EventKind(each) for each in row["kinds"]),
        series=row["series"],
        topics=tuple(row["topics"]),
        regions=tuple(row["regions"]),
        outlets=tuple(row["outlets"]),
        query=row["query"],
        channel=row["channel"],
        digest=row["digest"],
    )
