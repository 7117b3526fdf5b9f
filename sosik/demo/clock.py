"""The demonstration's own time: half a year that always ends on the evening of 31 March 2026."""

from datetime import UTC, datetime, timedelta

from sosik.model.instants import KST

DEMO_START = datetime(2025, 10, 1, tzinfo=KST)
DEMO_NOW = datetime(2026, 3, 31, 18, 0, tzinfo=KST)


class DemoClock:
    """A clock that stands still until it is moved; implements the Clock seam."""

    def __init__(self, at: datetime = DEMO_NOW) -> None:
        self._at = _aware(at)

    def now(self) -> datetime:
        """Return the demonstration's present instant, in UTC."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Set the hands to an aware instant, earlier or later; ValueError if it has no time zone."""
        self._at = _aware(at)

    def advance(self, by: timedelta) -> None:
        """Move the hands on by that much."""
        self._at += by


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the demonstration clock needs an instant with a time zone")
    return at.astimezone(UTC)
