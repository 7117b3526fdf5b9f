"""Visits to outlets in the ledger, and what they say of the outlets' health."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sosik.model.health import Health
from sosik.model.run import PageFacts, SourceRun


class Runs(Protocol):
    """Every visit to every outlet, and the last judgement on each outlet."""

    def begin(self, sources: Sequence[str]) -> dict[str, int]:
        """Note that visits begin now; return their numbers by source."""
        ...

    def end(self, run: SourceRun) -> None:
        """Write what a visit came to, but for its pages; `run.id` says which. Raises NotFound."""
        ...

    def at(self, source: str, fetched: datetime) -> int | None:
        """Return the visit in which a page was fetched; None for what was imported."""
        ...

    def add_facts(self, run: int, facts: PageFacts) -> None:
        """Add what pages gave to the visit in which they were fetched."""
        ...

    def of_source(self, source: str, limit: int = 200) -> tuple[SourceRun, ...]:
        """Return the newest visits to an outlet, oldest of them first."""
        ...

    def last(self, source: str) -> SourceRun | None:
        """Return the newest visit to an outlet that came to its end."""
        ...

    def sources(self) -> tuple[str, ...]:
        """Return every outlet that was ever visited."""
        ...

    def put_health(self, health: Health, judged: datetime) -> Health | None:
        """Write the judgement on an outlet in place of the one before, and return that."""
        ...

    def health(self) -> dict[str, Health]:
        """Return the last judgement on each outlet."""
        ...
