"""How alerts leave."""

from typing import Protocol

from sosik.model.alert import Alert, Delivery


class Channel(Protocol):
    """Sends alerts. A refusal is a Delivery, not an exception; so is a lost connection."""

    @property
    def name(self) -> str:
        """What the outbox calls it."""
        ...

    def read_address(self, text: str) -> str:
        """Return an address as this channel keeps it; raises Refused for what is none."""
        ...

    def send(self, alert: Alert) -> Delivery:
        """Hand one alert over and say what became of it."""
        ...
