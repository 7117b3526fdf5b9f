"""How the index stands beside the ledger."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


def index_status(wiring: "Wiring") -> dict[str, str | int | None]:
    """Return kind, living generation, articles in the ledger and in the index, and how many changes are untold."""
    generation = wiring.generations().living()
    present = generation is not None and wiring.index_exists(generation)
    documents: int | None = None
    if generation is not None and present:
        with wiring.index(generation) as index:
            documents = index.count()
    with wiring.ledger() as ledger, ledger.read() as unit:
        return {
            "index": wiring.settings.index,
            "generation": generation if present else None,
            "articles": unit.articles.count(),
            "documents": documents,
            "pending": unit.index_work.count(generation) if generation is not None else None,
            "terms": wiring.cutter().name,
        }
