"""From the ledger to the index: whatever the living generation has not been told yet."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.documents import DocumentMaker
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.errors import Later
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger, Work
from sosik.model.search import Document

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

LOCK = "indexing"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing came to. `refused` holds article and reason."""

    written: int
    removed: int
    refused: tuple[tuple[str, str], ...]


def index_pending(wiring: "Wiring", *, progress: Progress = silent) -> IndexReport:
    """Tell the living generation all it has not been told; begin one where there is none.

    Raises Busy where another process is indexing this data folder.
    """
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        generations = wiring.generations()
        living = generations.living()
        if living is None or not wiring.index_exists(living):
            living = _begin(wiring, ledger)
            generations.point(living)
        _forget_others(wiring, ledger)
        return _fill(wiring, ledger, living, progress)


def reindex(wiring: "Wiring", *, progress: Progress = silent) -> IndexReport:
    """Build a new generation beside the living one, then swap; searches go on meanwhile."""
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        generation = _begin(wiring, ledger)
        report = _fill(wiring, ledger, generation, progress)
        wiring.generations().point(generation)
        _forget_others(wiring, ledger)
        return report


def _begin(wiring: "Wiring", ledger: Ledger) -> str:
    generation = wiring.generations().next(ledger)
    # What a killed rebuild left under this name would hold versions that the ledger has no work for.
    shutil.rmtree(wiring.index_folder(generation), ignore_errors=True)
    with ledger.write() as unit:
        unit.index_work.open(generation)
    return generation


def _forget_others(wiring: "Wiring", ledger: Ledger) -> None:
    for generation in wiring.generations().others(ledger):
        with ledger.write() as unit:
            unit.index_work.close(generation)
        shutil.rmtree(wiring.index_folder(generation), ignore_errors=True)


def _fill(wiring: "Wiring", ledger: Ledger, generation: str, progress: Progress) -> IndexReport:
    maker = wiring.document_maker()
    written = removed = 0
    refused: list[tuple[str, str]] = []
    with ledger.read() as unit:
        total = unit.index_work.count(generation)
    with wiring.index(generation) as index:
        while batch := _pending(ledger, generation, maker):
            work, documents = batch
            told = _tell(index, work, documents)
            if not told.done:  # or the same work would be asked for again for ever
                raise Later("the index acknowledged nothing of what it was told; run the same command again")
            refused += told.refused
            with ledger.write() as unit:
                unit.index_work.done(generation, told.done)
            written += len(documents)
            removed += len(work) - len(documents)
            progress("articles indexed", written + removed, total)
    return IndexReport(written, removed, tuple(refused))


def _pending(ledger: Ledger, generation: str, maker: DocumentMaker) -> tuple[tuple[Work, ...], list[Document]] | None:
    with ledger.read() as unit:  # one consistent state: the version read here is the version of what is read here
        work = unit.index_work.pending(generation, _BATCH)
        if not work:
            return None
        versions = unit.versions([each.article for each in work if not each.removed])
        documents = [maker.make(unit, article, version) for article, version in versions.items()]
        return work, [each for each in documents if each is not None]


@dataclass(frozen=True, slots=True)
class _Told:
    done: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, str], ...]


def _tell(index: Index, work: Sequence[Work], documents: Sequence[Document]) -> _Told:
    kept = index.upsert(documents)
    gone = index.delete([(each.article, each.version) for each in work if each.removed])
    # An article without an analysis has no terms; its analysis will raise its version, and thereby be work again.
    made = {each.article for each in documents}
    bare = tuple((each.article, each.version) for each in work if not each.removed and each.article not in made)
    refused = (*kept.refused, *gone.refused)
    settled = tuple((article, version) for article, version, _ in refused)
    return _Told((*kept.done, *gone.done, *bare, *settled), tuple((article, reason) for article, _, reason in refused))
