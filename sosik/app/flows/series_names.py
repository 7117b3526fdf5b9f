"""`series:` in a query: documents know the ids of series, people their names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sosik.model.ports.index import Index, Written
from sosik.model.query import And, Field, Node, Not, Or
from sosik.model.search import Document, FacetField, Period, Query, Result, Rise
from sosik.model.series import Series

Find = Callable[[str], tuple[Series, ...]]


def names_series(node: Node) -> bool:
    """Does a query ask for a series anywhere?"""
    match node:
        case Field(name, _):
            return name == FacetField.SERIES
        case Not(inner):
            return names_series(inner)
        case And(nodes) | Or(nodes):
            return any(names_series(each) for each in nodes)
    return False


def with_ids(node: Node, find: Find) -> Node:
    """Return the query with the ids of the series that it names; a name that no series has finds nothing."""
    match node:
        case Field(FacetField.SERIES, value):
            ids = tuple(dict.fromkeys(each.id for each in find(value))) or (value,)
            fields = tuple(Field(FacetField.SERIES.value, each) for each in ids)
            return fields[0] if len(fields) == 1 else Or(fields)
        case Not(inner):
            return Not(with_ids(inner, find))
        case And(nodes):
            return And(tuple(with_ids(each, find) for each in nodes))
        case Or(nodes):
            return Or(tuple(with_ids(each, find) for each in nodes))
    return node


@dataclass(frozen=True, slots=True)
class NamedSeriesIndex:
    """An Index that is asked with names of series. `resolve` gives the query that its documents are found by."""

    inner: Index
    resolve: Callable[[Node], Node]

    def search(self, query: Query) -> Result:
        """Answer a query."""
        return self.inner.search(self._asked(query))

    def significant(self, query: Query, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values more frequent among the hits than in the whole index, most remarkable first."""
        return self.inner.significant(self._asked(query), field, size)

    def export(self, query: Query) -> Iterator[Document]:
        """Give every document that matches, by article id, in one consistent view."""
        return self.inner.export(self._asked(query))

    def upsert(self, documents: Iterable[Document]) -> Written:
        """Write documents."""
        return self.inner.upsert(documents)

    def delete(self, articles: Sequence[tuple[str, int]]) -> Written:
        """Remove articles, given with the version that removed them."""
        return self.inner.delete(articles)

    def tidy(self, *, wholly: bool = False) -> int:
        """Forget for good what was replaced and removed."""
        return self.inner.tidy(wholly=wholly)

    def get(self, article: str) -> Document | None:
        """Return the document held for an article."""
        return self.inner.get(article)

    def rising(self, period: Period, past: Period, field: FacetField, size: int = 10) -> tuple[Rise, ...]:
        """Return the values more frequent in a period than a past period would have it."""
        return self.inner.rising(period, past, field, size)

    def count(self) -> int:
        """Return how many articles it holds."""
        return self.inner.count()

    def close(self) -> None:
        """Let go of files and connections."""
        self.inner.close()

    def _asked(self, query: Query) -> Query:
        return replace(query, where=self.resolve(query.where)) if names_series(query.where) else query
