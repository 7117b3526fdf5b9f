"""Names in a query: documents hold ids and official names, people ask with any other.

`resolve` is the one place where the values of fields become those of documents, before any index or matcher sees the
tree: for commands, pages, feeds, the API and saved searches alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sosik.catalogue.values import CLOSED, FieldValues
from sosik.model.errors import NotFound, QueryMistake
from sosik.model.ports.index import Index, Written
from sosik.model.query import And, Field, Node, Not, Or, text_of
from sosik.model.search import Document, FacetField, Period, Query, Result, Rise
from sosik.model.series import Series

Find = Callable[[str], tuple[Series, ...]]

WORDS = {
    FacetField.TOPIC: "topic",
    FacetField.REGION: "region",
    FacetField.OUTLET: "outlet",
    FacetField.ORGANISATION: "organisation",
    FacetField.PERSON: "person",
    FacetField.SERIES: "series",
    FacetField.KIND: "kind of outlet",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What names in queries stand for: `values` of the catalogue, and `find` for the series of the ledger."""

    values: FieldValues
    find: Find

    def resolve(self, node: Node) -> Node:
        """Return the query with the values that documents hold; raises QueryMistake for one that no field has.

        What no topic, region or kind is called is a mistake; what no organisation, person, outlet or series is called
        stays as it is, since articles name more than the catalogue knows.
        """
        for each in fields_of(node):
            field = FacetField(each.name)
            if field in CLOSED and not self.values.of(field, each.value):
                query = text_of(node)
                raise QueryMistake(self._no_such(field, each.value), query=query, position=_place(each, query))
        return self.resolve_saved(node)

    def resolve_saved(self, node: Node) -> Node:
        """Return the query of a rule kept long ago: a topic that is no more finds nothing."""
        match node:
            case Field(name, value):
                values = self._of(FacetField(name), value) or (value,)
                fields = tuple(Field(name, each) for each in values)
                return fields[0] if len(fields) == 1 else Or(fields)
            case Not(inner):
                return Not(self.resolve_saved(inner))
            case And(nodes):
                return And(tuple(map(self.resolve_saved, nodes)))
            case Or(nodes):
                return Or(tuple(map(self.resolve_saved, nodes)))
        return node

    def hints(self, node: Node) -> tuple[str, ...]:
        """Return a line for each name of a query that nothing known bears: what it may have been meant to be."""
        unknown = (each for each in fields_of(node) if not self._of(FacetField(each.name), each.value))
        return tuple(dict.fromkeys(self._hint(FacetField(each.name), each.value) for each in unknown))

    def _of(self, field: FacetField, value: str) -> tuple[str, ...]:
        if field is FacetField.SERIES:
            return tuple(dict.fromkeys(each.id for each in self.find(value)))
        return self.values.of(field, value)

    def _no_such(self, field: FacetField, value: str) -> str:
        near = self.values.near(field, value)
        meant = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(self.values.all(field))}"
        return f"there is no {WORDS[field]} {value!r}; {meant}"

    def _hint(self, field: FacetField, value: str) -> str:
        near = self.values.near(field, value)
        known = f"; near: {', '.join(near)}" if near else ""
        if field is FacetField.SERIES:
            return f"there is no series {value!r}; `sosik series` lists all"
        return f"the catalogue knows no {WORDS[field]} {value!r}{known}"


def values_for(values: FieldValues, field: FacetField, names: Iterable[str]) -> tuple[str, ...]:
    """Return the values that names stand for; raises NotFound, with near ones, for a name that nothing bears."""
    found: dict[str, None] = {}
    for name in names:
        several = values.of(field, name)
        if not several:
            known = values.near(field, name) or (values.all(field) if field in CLOSED else ())
            raise NotFound(WORDS[field], name, known=known)
        found |= dict.fromkeys(several)
    return tuple(found)


def fields_of(node: Node) -> Iterator[Field]:
    """Give the fields of a query, left to right."""
    match node:
        case Field():
            yield node
        case Not(inner):
            yield from fields_of(inner)
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from fields_of(each)


def _place(field: Field, query: str) -> int:
    """Return where the value of a field stands in the text of a query."""
    found = re.search(rf"(?<![^\s(-]){re.escape(text_of(field))}(?![^\s)])", query)
    return found.start() + len(field.name) + 1 if found else 0


@dataclass(frozen=True, slots=True)
class NamedIndex:
    """An Index that is asked with names. `names` is asked for only where a query has a field."""

    inner: Index
    names: Callable[[], Names]

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
        if next(fields_of(query.where), None) is None:
            return query
        return replace(query, where=self.names().resolve(query.where))
