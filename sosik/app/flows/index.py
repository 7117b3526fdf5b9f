"""From the ledger to the index: whatever the living generation has not been told yet."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sosik.app.flows.documents import DocumentMaker
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.errors import Away, Damaged, Later, Mismatch
from sosik.model.ports.generations import Generations
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger, Work
from sosik.model.search import Document

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

LOCK = "indexing"
FORMER_IS_KEPT = timedelta(days=1)
_BATCH = 500
_MOST_REFUSED = 1_000  # an index that refuses more than this is wrong itself


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing came to.

    `refused` holds article and reason: they stay work, and are told again next time. `waiting` says why nothing was
    written, where the index is away; the next indexing catches up.
    """

    written: int
    removed: int
    refused: tuple[tuple[str, str], ...]
    waiting: str = ""


def index_pending(wiring: "Wiring", *, wholly: bool = False, progress: Progress = silent) -> IndexReport:
    """Tell the living generation all it has not been told; begin one where there is none.

    `wholly`: nothing that was replaced or removed, now or earlier, is to stay on the disk, and no former generation.
    Where the index is away nothing is lost: the report says so and the work stays in the ledger. Raises Busy where
    another process is indexing this data folder.
    """
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        try:
            with wiring.generations() as generations:
                name = _to_be_filled(wiring, generations, ledger)
                forget(wiring, generations, ledger, at_once=wholly)
                report = fill(wiring, ledger, generations, name, progress, wholly=wholly)
                generations.bring_to_life(name, wiring.clock.now())
                return report
        except Away as error:
            return IndexReport(0, 0, (), waiting=f"{error}; what changed is kept, and indexed next time")


def _to_be_filled(wiring: "Wiring", generations: Generations, ledger: Ledger) -> str:
    """Return the living generation, or one in its place where this ledger never told it anything.

    Raises Mismatch where that one is another ledger's: to take a team's index away is nothing that happens by itself.
    """
    known, living, filling = open_generations(generations, ledger), generations.living(), generations.filling()
    if living in known and living is not None:
        return living
    if filling in known and filling is not None:
        return filling
    if living is not None and generations.shared:
        _refuse_anothers(wiring, generations, living)
    return begin(generations, ledger)


def _refuse_anothers(wiring: "Wiring", generations: Generations, living: str) -> None:
    """Raise Mismatch for articles that another ledger told; an empty one was left by a kill, or is new."""
    with closing(generations.open(living)) as index:
        if index.count():
            raise Mismatch(
                f"the index {living} at {wiring.index_place} was not filled from this ledger. Is SOSIK_DATA or "
                "SOSIK_LEDGER_URL the right one? Else set SOSIK_ELASTICSEARCH_NAME for an index of your own; "
                "`sosik reindex` takes the place of that one"
            )


def open_generations(generations: Generations, ledger: Ledger) -> tuple[str, ...]:
    """Return the generations of this engine that the ledger keeps work for."""
    with ledger.read() as unit:
        return tuple(each for each in unit.index_work.generations() if each.startswith(f"{generations.kind}-"))


def begin(generations: Generations, ledger: Ledger) -> str:
    """Begin a generation that has all to be told; a kill in between leaves one that the ledger has no work for."""
    former = generations.former()
    _close_all_but((generations.living(), former.name if former else None), generations, ledger)
    name = generations.begin()
    with ledger.write() as unit:
        unit.index_work.open(name)
    return name


def forget(wiring: "Wiring", generations: Generations, ledger: Ledger, *, at_once: bool = False) -> None:
    """Remove the former generation once its day is over, and the work for generations that are no more."""
    former = generations.former()
    if former is not None and (at_once or wiring.clock.now() - former.since >= FORMER_IS_KEPT):
        generations.forget_former()
        former = None
    _close_all_but((generations.living(), generations.filling(), former.name if former else None), generations, ledger)


def _close_all_but(kept: tuple[str | None, ...], generations: Generations, ledger: Ledger) -> None:
    closing_down = [each for each in open_generations(generations, ledger) if each not in kept]
    if closing_down:
        with ledger.write() as unit:
            for each in closing_down:
                unit.index_work.close(each)


def fill(
    wiring: "Wiring",
    ledger: Ledger,
    generations: Generations,
    generation: str,
    progress: Progress,
    *,
    wholly: bool = False,
) -> IndexReport:
    """Tell a generation all that the ledger has for it; raises Damaged where it refuses nearly everything."""
    maker = wiring.document_maker()
    written = removed = 0
    refused: dict[tuple[str, int], str] = {}
    # Removals count as told when the last of them is off the disk: a kill before that leaves them to be told again.
    taken: dict[tuple[str, int], None] = {}
    with ledger.read() as unit:
        total = unit.index_work.count(generation)
    with closing(generations.open(generation)) as index:
        while batch := _pending(ledger, generation, maker, {*refused, *taken}):
            work, documents = batch
            told = _tell(index, work, documents)
            refused |= told.refused
            if len(refused) > _MOST_REFUSED:
                raise Damaged(
                    f"the index {generation} refused {len(refused):,} articles, the last because of "
                    f"{next(reversed(refused.values()))}; `sosik reindex` makes it anew from the ledger"
                )
            if not (told.written or told.removed or told.refused):  # or the same work would be asked for again for ever
                raise Later("the index acknowledged nothing of what it was told; run the same command again")
            with ledger.write() as unit:
                unit.index_work.done(generation, told.written)
            taken |= dict.fromkeys(told.removed)
            written += len(documents)
            removed += len(work) - len(documents)
            progress("articles indexed", written + removed, total)
        index.tidy(wholly=wholly or bool(taken))
    if taken:
        with ledger.write() as unit:
            unit.index_work.done(generation, tuple(taken))
    reasons = tuple((article, reason) for (article, _), reason in refused.items())
    return IndexReport(written - len(refused), removed, reasons)


def _pending(
    ledger: Ledger, generation: str, maker: DocumentMaker, passed: Collection[tuple[str, int]]
) -> tuple[tuple[Work, ...], list[Document]] | None:
    with ledger.read() as unit:  # one consistent state: the version read here is the version of what is read here
        found = unit.index_work.pending(generation, _BATCH + len(passed))
        work = tuple(each for each in found if (each.article, each.version) not in passed)
        if not work:
            return None
        versions = unit.versions([each.article for each in work if not each.removed])
        documents = [maker.make(unit, article, version) for article, version in versions.items()]
        return work, [each for each in documents if each is not None]


@dataclass(frozen=True, slots=True)
class _Told:
    written: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]
    refused: dict[tuple[str, int], str]


def _tell(index: Index, work: Sequence[Work], documents: Sequence[Document]) -> _Told:
    kept = index.upsert(documents)
    gone = index.delete([(each.article, each.version) for each in work if each.removed])
    # An article without an analysis has no terms; its analysis will raise its version, and thereby be work again.
    made = {each.article for each in documents}
    bare = tuple((each.article, each.version) for each in work if not each.removed and each.article not in made)
    refused = {(article, version): reason for article, version, reason in (*kept.refused, *gone.refused)}
    return _Told((*kept.done, *bare), gone.done, refused)
