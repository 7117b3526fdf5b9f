"""Who wants to hear of what. Personal data: it lives in the ledger and nowhere else."""

from collections.abc import Collection
from typing import Protocol

from sosik.model.alert import AlertRule, EventKind


class Rules(Protocol):
    """The rules of subscribers."""

    def add(self, rule: AlertRule) -> None:
        """Write a rule, and its subscriber with it; raises Refused where there is a rule of that id."""
        ...

    def get(self, rule: str) -> AlertRule | None:
        """Return a rule."""
        ...

    def for_kinds(self, kinds: Collection[EventKind] | None = None) -> tuple[AlertRule, ...]:
        """Return the rules that want to hear of any of these kinds, oldest first; of all kinds for None."""
        ...

    def remove(self, rule: str) -> bool:
        """Forget a rule with its messages, sent or not, and its subscriber if it was the last; was there one?"""
        ...
