"""A new generation of the index, made beside the living one, compared with the ledger, and brought to life."""

import random
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.index import LOCK, begin, fill, forget, index_pending, open_generations
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import analyse_stale
from sosik.model.errors import Damaged, Mismatch
from sosik.model.ports.generations import Generations
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

REBUILDING = "rebuilding"  # beside the lock of indexing: while this takes hours, the living one is kept up to date
_SAMPLES, _AT_A_PLACE = 20, 5  # places in the order of ids, and articles compared at each


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a rebuild came to: the generation that is alive now, and the articles in it. `resumed`: begun earlier."""

    generation: str
    documents: int
    written: int
    compared: int
    refused: tuple[tuple[str, str], ...]
    resumed: bool = False


def reindex(wiring: "Wiring", *, progress: Progress = silent) -> ReindexReport:
    """Build the next generation from the ledger, compare it, and swap; searches and indexing go on meanwhile.

    Articles that were analysed otherwise than today's settings ask for are analysed first: an index of one tokenizer
    would take the words of another for its own.
    A rebuild that was cut short is gone on with. Raises Busy where another one is at work, Damaged where the new
    generation is not what the ledger holds (the living one stays), Away where the server is.
    """
    analyse_stale(wiring, progress=progress)
    with held(wiring.settings.data, REBUILDING), wiring.ledger() as ledger, wiring.generations() as generations:
        resumed = _resumable(generations, ledger)
        if resumed is None:
            with held(wiring.settings.data, LOCK):
                name = begin(generations, ledger)
        else:
            name = resumed
        first = fill(wiring, ledger, generations, name, progress)
        with held(wiring.settings.data, LOCK):
            rest = fill(wiring, ledger, generations, name, progress)
            documents, compared = settle(wiring, ledger, generations, name)
    return ReindexReport(name, documents, first.written + rest.written, compared, rest.refused, bool(resumed))


def go_back(wiring: "Wiring", *, progress: Progress = silent) -> str:
    """Let the former generation be searched again, and tell it what it missed; raises NotFound where none is kept."""
    with (
        held(wiring.settings.data, REBUILDING),
        held(wiring.settings.data, LOCK),
        wiring.ledger() as ledger,
        wiring.generations() as generations,
    ):
        name = generations.go_back(wiring.clock.now())
        with ledger.write() as unit:
            unit.index_work.open(name)
        forget(wiring, generations, ledger)
    index_pending(wiring, progress=progress)
    return name


def _resumable(generations: Generations, ledger: Ledger) -> str | None:
    """Return the generation that an earlier rebuild began, where it can be gone on with."""
    name = generations.filling()
    if name is None or name not in open_generations(generations, ledger):
        return None
    try:
        generations.open(name).close()
    except (Mismatch, Damaged):
        return None
    return name


def settle(wiring: "Wiring", ledger: Ledger, generations: Generations, name: str) -> tuple[int, int]:
    """Compare a filled generation with the ledger and bring it to life; return its articles and how many were compared.

    Raises Damaged where it is not what the ledger holds, and then the living one stays.
    """
    try:
        with closing(generations.open(name)) as index:
            documents = _compare_counts(ledger, index, name)
            compared = _compare_sample(wiring, ledger, index, name)
    except Damaged:
        with ledger.write() as unit:
            unit.index_work.close(name)  # the next rebuild begins anew: to go on with this one would end the same
        raise
    generations.bring_to_life(name, wiring.clock.now())
    forget(wiring, generations, ledger)
    return documents, compared


def _compare_counts(ledger: Ledger, index: Index, name: str) -> int:
    found = index.count()
    with ledger.read() as unit:
        expected, untold = unit.analyses.count(), unit.index_work.count(name)
    if abs(found - expected) > untold:  # what is untold by now may be new, removed or refused
        raise Damaged(
            f"the new index {name} holds {found:,} articles and the ledger {expected:,}; the former one goes on "
            "answering. `sosik reindex` tries again"
        )
    return found


def _compare_sample(wiring: "Wiring", ledger: Ledger, index: Index, name: str) -> int:
    """Compare articles at random places; return how many."""
    maker, compared = wiring.document_maker(), set[str]()
    for _ in range(_SAMPLES):
        with ledger.read() as unit:
            place = f"{random.getrandbits(64):016x}"  # a sample, not a secret
            articles = [each.id for each in unit.articles.walk(place, _AT_A_PLACE)]
            versions = unit.versions(articles)
            expected = {each: maker.make(unit, each, versions[each]) for each in articles if each in versions}
        for article, document in expected.items():
            held_here = index.get(article)
            if document is None or held_here is None or held_here.version != document.version:
                continue  # without an analysis, refused, or changed just now: the counts speak for these
            compared.add(article)
            if held_here != document:
                raise Damaged(
                    f"the new index {name} shows article {article} otherwise than the ledger; the former one goes on "
                    "answering. `sosik reindex` tries again"
                )
    return len(compared)
