"""Articles taken down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from sosik.model.takedown import Takedown, Traces


class Takedowns(Protocol):
    """What was removed by law or request.

    Promises:
    - `begin` removes an article with all that hangs on it (revisions, analysis, brief, places in series and stories,
      readings, visits, the text of its messages) and leaves work for every index to remove it;
    - an article taken down cannot be put again, under its id or an address it was known by.
    """

    def begin(self, article: str, reason: str) -> Traces:
        """Remove an article from the ledger; raises NotFound where there is none, Refused where it is in a message
        that is leaving just now.
        """
        ...

    def pending(self) -> tuple[tuple[Takedown, Traces], ...]:
        """Return those whose archive has still to be cleaned, oldest first."""
        ...

    def finish(self, article: str, at: datetime) -> None:
        """Note that the archive is clean, and forget the addresses."""
        ...

    def get(self, article: str) -> Takedown | None:
        """Return the mark of an article."""
        ...

    def closed(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of these canonical addresses that must not be asked for or kept again."""
        ...

    def all(self) -> tuple[Takedown, ...]:
        """Return every mark, oldest first."""
        ...
