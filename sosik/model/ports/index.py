"""Where articles are found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sosik.model.search import Document, FacetField, Period, Query, Result, Rise


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a batch: `done` (article, version) are in the index in this or a newer version, for good.

    `refused` names article, version and reason of those that no second try will bring in.
    """

    done: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, int, str], ...] = ()


class Index(Protocol):
    """Finds articles. Derived from the ledger: it can be thrown away and made anew at any time.

    Promises:
    - `upsert` returns when what it calls done survives a crash; a version lower than or equal to the one held
      changes nothing and counts as done, so telling it twice is telling it once;
    - a removed article does not come back by a late writer of the same or a lower version;
    - counts are exact, over all hits, and obey Query.copies;
    - days, weeks and months are Korean; undated articles are counted under 'undated', never dropped;
    - hits of equal rank are ordered by article id, and a cursor gives every hit once;
    - highlights are offsets into title, newline and text of the original.
    """

    def upsert(self, documents: Iterable[Document]) -> Written:
        """Write documents; raises Away or StorageFull, and then nothing counts as done."""
        ...

    def delete(self, articles: Sequence[tuple[str, int]]) -> Written:
        """Remove articles, given with the version that removed them."""
        ...

    def tidy(self, *, wholly: bool = False) -> int:
        """Forget for good what was replaced and removed, if that is worth the while; return how much it was.

        Until then it takes room, can be read on the disk, and counts in scores. `wholly` asks for it whatever it
        costs; a server may take its time over it. Searches go on meanwhile.
        """
        ...

    def get(self, article: str) -> Document | None:
        """Return the document held for an article."""
        ...

    def search(self, query: Query) -> Result:
        """Answer a query; raises Away, or QueryMistake where it is too large to be asked."""
        ...

    def significant(self, query: Query, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values more frequent among the hits than in the whole index, most remarkable first."""
        ...

    def rising(self, period: Period, past: Period, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values in a greater share of a period's articles than of a past one's; without a past, none."""
        ...

    def export(self, query: Query) -> Iterator[Document]:
        """Give every document that matches, by article id, in one consistent view."""
        ...

    def count(self) -> int:
        """Return how many articles it holds."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
