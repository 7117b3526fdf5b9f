"""Which outlets are due: how often one is visited follows how often it publishes, between its floor and its ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sosik.model.health import due_at
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_LOOKED_BACK = 60  # visits


@dataclass(frozen=True, slots=True)
class Due:
    """The outlets to be visited now, and when the first of the others is to be."""

    now: tuple[Source, ...]
    next: tuple[Source, datetime] | None


def due(wiring: "Wiring", sources: Sequence[Source]) -> Due:
    """Sort outlets into those that are due and those that can wait."""
    now = wiring.clock.now()
    waiting: list[tuple[Source, datetime]] = []
    ready: list[Source] = []
    with wiring.ledger() as ledger, ledger.read() as unit:
        for source in sources:
            least, most = timedelta(minutes=source.min_interval), timedelta(minutes=source.max_interval)
            at = due_at(unit.runs.of_source(source.id, _LOOKED_BACK), least=least, most=most)
            if at is None or at <= now:
                ready.append(source)
            else:
                waiting.append((source, at))
    return Due(tuple(ready), min(waiting, key=lambda each: each[1], default=None))
