"""Questions to the living generation of the index."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sosik.app.flows.named import NamedIndex, Names
from sosik.model.errors import NotFound
from sosik.model.ports.generations import Generations
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger
from sosik.model.query import Node
from sosik.model.search import Query, Result
from sosik.model.series import Series

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring
    from sosik.catalogue.values import FieldValues


@contextmanager
def living_index(wiring: "Wiring") -> Iterator[Index]:
    """Open the index that is searched; raises NotFound, naming the command that makes one."""
    with wiring.ledger() as ledger, closing(Asker(wiring, ledger)) as asker, asker.index() as index:
        yield index


class Asker:
    """Opens the index that is searched again and again, over connections that it keeps: for a process that stays.

    Which generation is alive, and whether it has our terms, is looked up each time. A connection that cannot be made is
    tried again with the next question. Any number of threads may ask.
    """

    def __init__(self, wiring: "Wiring", ledger: Ledger) -> None:
        self._wiring = wiring
        self._ledger = ledger
        self._lock = threading.Lock()
        self._kept: Generations | None = None
        self._values: FieldValues | None = None

    @contextmanager
    def index(self) -> Iterator[Index]:
        """Open the living generation; raises NotFound, naming the command that makes one."""
        generations = self._generations()
        living = generations.living()
        if living is None:
            hint = "`sosik demo` or `sosik crawl` fills one, `sosik reindex` rebuilds it from the ledger"
            raise NotFound("index", self._wiring.index_place, hint=hint)
        with closing(generations.open(living)) as index:
            yield NamedIndex(index, self._names)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _generations(self) -> Generations:
        with self._lock:
            kept = self._kept
        if kept is not None:
            return kept
        made = self._wiring.open_generations()  # outside the lock: a server that is away is waited for by all at once
        with self._lock:
            if self._kept is None:
                self._kept = made
            kept = self._kept
        if kept is not made:  # another thread was first
            made.close()
        return kept

    def hints(self, where: Node) -> tuple[str, ...]:
        """Return a line for each name of a query that nothing known bears: what it may have been meant to be."""
        return self._names().hints(where)

    def _names(self) -> Names:
        """The catalogue is read once."""
        if self._values is None:
            self._values = self._wiring.catalogue.field_values()
        return Names(self._values, self._find)

    def _find(self, name: str) -> tuple[Series, ...]:
        with self._ledger.read() as unit:
            return unit.series.find(name)


def ask(wiring: "Wiring", query: Query) -> Result:
    """Answer one query."""
    return ask_with_hints(wiring, query)[0]


def ask_with_hints(wiring: "Wiring", query: Query) -> tuple[Result, tuple[str, ...]]:
    """Answer one query; where it finds nothing, say as well which of its names nothing known bears."""
    with wiring.ledger() as ledger, closing(Asker(wiring, ledger)) as asker:
        with asker.index() as index:
            result = index.search(query)
        return result, () if result.total else asker.hints(query.where)
