"""How the index stands beside the ledger."""

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


def index_status(wiring: "Wiring") -> dict[str, str | int | None]:
    """Return kind, generations, articles in the ledger and in the index, and how many changes are untold."""
    documents: int | None = None
    with wiring.generations() as generations:
        living, filling, former = generations.living(), generations.filling(), generations.former()
        if living is not None:
            with closing(generations.open(living)) as index:
                documents = index.count()
    with wiring.ledger() as ledger, ledger.read() as unit:
        known = unit.index_work.generations()
        return {
            "index": wiring.settings.index,
            "place": wiring.index_place,
            "generation": living,
            "filling": filling,
            "former": former.name if former else None,
            "former_since": former.since.isoformat(timespec="seconds") if former else None,
            "articles": unit.articles.count(),
            "documents": documents,
            "pending": unit.index_work.count(living) if living in known and living is not None else None,
            "terms": wiring.cutter().name,
        }
