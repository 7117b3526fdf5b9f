"""What happened."""

from datetime import datetime
from typing import Protocol

from sosik.model.alert import Event


class Events(Protocol):
    """What happened, in order of telling. An event told twice is one event (`Event.key`)."""

    def tell(self, event: Event) -> bool:
        """Write an event in the transaction of its cause; say whether it is news."""
        ...

    def get(self, event: int) -> Event | None:
        """Return an event."""
        ...

    def after(self, cursor: int, limit: int = 500) -> tuple[Event, ...]:
        """Return the events after that one, oldest first."""
        ...

    def wait(self, event: int) -> None:
        """Note that an event was come by and cannot be matched yet; once is enough."""
        ...

    def waiting(self, after: int = 0, limit: int = 500) -> tuple[Event, ...]:
        """Return events that wait to be matched, after that one, oldest first."""
        ...

    def settle(self, event: int) -> None:
        """Note that an event does not wait any more."""
        ...

    def newest(self, limit: int = 100) -> tuple[Event, ...]:
        """Return the newest events, newest first."""
        ...

    def followed_since(self, source: str) -> datetime:
        """Return when the first article of a source was kept, and remember it: what is older is the source's past.

        Now, where it has none.
        """
        ...
