"""Questions to the living generation of the index."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
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
    with wiring.generations() as generations, wiring.ledger() as ledger:
        living = generations.living()
        if living is None:
            hint = "`sosik demo` or `sosik crawl` fills one, `sosik reindex` rebuilds it from the ledger"
            raise NotFound("index", wiring.index_place, hint=hint)

        def resolve(node: Node) -> Node:
            with ledger.read() as unit:
                return with_ids(node, unit.series.find)

        with closing(generations.open(living)) as index:
            yield NamedSeriesIndex(index, resolve)


def ask(wiring: "Wiring", query: Query) -> Result:
    """Answer one query."""
    with living_index(wiring) as index:
        return index.search(query)
