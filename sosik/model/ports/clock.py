"""Now, handed in."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. The demonstration and the tests have their own."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...
