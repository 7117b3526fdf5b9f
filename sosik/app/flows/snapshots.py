"""Copies of the index: taken, and given back without showing what the ledger does not hold any more."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sosik.app.flows.index import LOCK, fill
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.reindex import REBUILDING, settle
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger
from sosik.model.search import Document, Query

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_AT_ONCE = 500  # articles looked up in the ledger together


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore came to: the generation that is alive, its articles, and those that the ledger no longer has."""

    generation: str
    documents: int
    removed: int


def take_snapshot(wiring: "Wiring", name: str | None = None) -> str:
    """Keep a copy of the living generation, while nothing is written to it; return its name, by default the time."""
    chosen = name or f"{wiring.clock.now():%Y%m%d-%H%M%S}"
    with held(wiring.settings.data, LOCK), wiring.generations() as generations:
        generations.snapshot(chosen)
    return chosen


def list_snapshots(wiring: "Wiring") -> tuple[str, ...]:
    """Return the names of the copies, oldest first."""
    with wiring.generations() as generations:
        return generations.snapshots()


def restore(wiring: "Wiring", snapshot: str, *, progress: Progress = silent) -> RestoreReport:
    """Bring a copy back to life, told all that it missed. The ledger is the truth: what it removed stays removed.

    Raises NotFound for a copy that is not there, Mismatch where it was made with other terms.
    """
    with (
        held(wiring.settings.data, REBUILDING),
        held(wiring.settings.data, LOCK),
        wiring.ledger() as ledger,
        wiring.generations() as generations,
    ):
        name = generations.restore(snapshot)
        generations.open(name).close()  # made with other terms? Then it is refused before anything is told to it
        with ledger.write() as unit:
            unit.index_work.close(name)
            unit.index_work.open(name)
        fill(wiring, ledger, generations, name, progress)
        with closing(generations.open(name)) as index:
            removed = _remove_unknown(ledger, index)
        documents, _ = settle(wiring, ledger, generations, name)
    return RestoreReport(name, documents, removed)


def _remove_unknown(ledger: Ledger, index: Index) -> int:
    removed = 0
    documents = index.export(Query())
    while some := list(islice(documents, _AT_ONCE)):
        removed += _remove(ledger, index, some)
    return removed


def _remove(ledger: Ledger, index: Index, documents: Sequence[Document]) -> int:
    with ledger.read() as unit:
        known = unit.versions([each.article for each in documents])
    unknown = [(each.article, each.version) for each in documents if each.article not in known]
    if unknown:
        index.delete(unknown)
    return len(unknown)
