"""The generations of an index: one is alive, the next may be filling, the former waits for a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sosik.model.ports.index import Index


@dataclass(frozen=True, slots=True)
class Former:
    """The generation that was alive before, and since when it is not."""

    name: str
    since: datetime


class Generations(Protocol):
    """Whole indexes beside each other, of which one is searched. Names are `kind-number`, and the ledger's as well.

    Promises:
    - whoever asks the index finds one whole generation, before, during and after `bring_to_life`;
    - at most three are there: the living one, one that is filling, and the former one;
    - a kill at any moment leaves a state from which the same call goes on.
    All raise Away where a server does not answer.
    """

    @property
    def kind(self) -> str:
        """Which engine they are of."""
        ...

    @property
    def shared(self) -> bool:
        """May others, with another ledger, use the same place?"""
        ...

    def living(self) -> str | None:
        """Return the generation that is searched, or None where there is none."""
        ...

    def filling(self) -> str | None:
        """Return the generation that was begun and is not alive yet."""
        ...

    def former(self) -> Former | None:
        """Return the generation that was alive before, as long as it is kept."""
        ...

    def begin(self) -> str:
        """Make an empty generation, in place of one that was filling; the first of all is alive at once."""
        ...

    def open(self, name: str) -> Index:
        """Open a generation; raises Mismatch where other terms are in it, NotFound where it is not there."""
        ...

    def bring_to_life(self, name: str, now: datetime) -> None:
        """Let a generation be searched, in one step; the one that was becomes the former one."""
        ...

    def go_back(self, now: datetime) -> str:
        """Let the former generation be searched again, and remove the one that was; raises NotFound without one."""
        ...

    def forget_former(self) -> None:
        """Remove the former generation."""
        ...

    def snapshot(self, name: str) -> None:
        """Keep a copy of the living generation under that name; raises Refused where there is one."""
        ...

    def snapshots(self) -> tuple[str, ...]:
        """Return the names of the copies, oldest first."""
        ...

    def restore(self, snapshot: str) -> str:
        """Begin a generation with what a copy holds; it is not alive yet. Raises NotFound."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
