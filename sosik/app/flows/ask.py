"""Questions to the living generation of the index."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sosik.app.flows.series_names import NamedSeriesIndex, with_ids
from sosik.model.errors import NotFound
from sosik.model.ports.index import Index
from sosik.model.query import Node
from sosik.model.search import Query, Result

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@contextmanager
def living_index(wiring: "Wiring") -> Iterator[Index]:
    """Open the index that is searched; raises NotFound, naming the command that makes one."""
    generation = wiring.generations().living()
    if generation is None or not wiring.index_exists(generation):
        hint = "`sosik demo` or `sosik crawl` fills one, `sosik reindex` rebuilds it from the ledger"
        raise NotFound("index", str(wiring.settings.data / "index"), hint=hint)
    with wiring.index(generation) as index, wiring.ledger() as ledger:

        def resolve(node: Node) -> Node:
            with ledger.read() as unit:
                return with_ids(node, unit.series.find)

        yield NamedSeriesIndex(index, resolve)


def ask(wiring: "Wiring", query: Query) -> Result:
    """Answer one query."""
    with living_index(wiring) as index:
        return index.search(query)
