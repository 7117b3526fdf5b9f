"""How the outlets are: judged by their visits, written to the ledger, and told where one falls ill."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.progress import Progress, silent
from sosik.model.alert import Event, EventKind
from sosik.model.health import ILL, Health, judge
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class HealthReport:
    """How many outlets were judged, and how many are ill."""

    judged: int
    ill: int


def health_of(wiring: "Wiring", sources: Iterable[Source]) -> tuple[Health, ...]:
    """Judge outlets by the visits so far, and write nothing."""
    holidays = wiring.catalogue.holidays()
    with wiring.ledger() as ledger, ledger.read() as unit:
        return tuple(judge(each.id, unit.runs.of_source(each.id), holidays) for each in sources)


def judge_sources(wiring: "Wiring", *, progress: Progress = silent) -> HealthReport:
    """Judge every outlet that was visited, and write that; one that falls ill is an event."""
    holidays = wiring.catalogue.holidays()
    ill = 0
    with wiring.ledger() as ledger:
        with ledger.read() as unit:
            visited = unit.runs.sources()
        for number, source in enumerate(visited, 1):
            with ledger.write() as unit:
                ill += _write(unit, judge(source, unit.runs.of_source(source), holidays), wiring)
            progress("outlets judged", number, len(visited))
    return HealthReport(judged=len(visited), ill=ill)


def _write(unit: UnitOfWork, health: Health, wiring: "Wiring") -> bool:
    now = wiring.clock.now()
    before = unit.runs.put_health(health, now)
    is_ill = health.state in ILL
    if is_ill and (before is None or before.state not in ILL):
        unit.events.tell(Event(kind=EventKind.SOURCE_BROKEN, subject=health.source, happened=now))
    return is_ill
