"""Which outlets an operator has looked at."""

from typing import Protocol

from sosik.model.check import SourceCheck


class Checks(Protocol):
    """The last check of each outlet."""

    def put(self, check: SourceCheck) -> None:
        """Write it, in place of the one before."""
        ...

    def get(self, source: str) -> SourceCheck | None:
        """Return the last check of an outlet; None where nobody has looked."""
        ...

    def newest(self) -> tuple[SourceCheck, ...]:
        """Return the last check of every outlet that was checked, by its id."""
        ...
