"""A wanted tree as a tantivy query.

Ranking: BM25 of every run in the title, twice, and in the text, once, summed. Fields, days and what is not wanted
choose the hits and add nothing to their score.
"""

import tantivy
from tantivy import Occur

from sosik.model.query import Days, Everything, Field
from sosik.model.search import FacetField
from sosik.model.wanted import AllOf, AnyOf, But, Nothing, Run, Wanted
from sosik.storage.index import tantivy_schema as fields
from sosik.storage.index.buckets import day_number

TITLE_BOOST = 2.0
_LAST_DAY = 2**32


class QueryWriter:
    """Writes queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def whole(self, wanted: Wanted, *, copies: bool) -> tantivy.Query:
        """Write a query; without copies it matches one article of each group of press-release copies."""
        query = self._write(wanted)
        if copies:
            return query
        return _all(query, self._flag(fields.ORIGINAL))

    def live(self) -> tantivy.Query:
        """Match every document, and no mark of a removed one."""
        return self._flag(fields.LIVE)

    def marks(self) -> tantivy.Query:
        """Match every mark of a removed article."""
        return self._flag(fields.LIVE, 0)

    def live_article(self, number: int) -> tantivy.Query:
        """Match the document of an article."""
        return _all(self.live(), tantivy.Query.term_query(self._schema, fields.ARTICLE, number))

    def articles(self, numbers: list[int]) -> tantivy.Query:
        """Match these articles, removed ones too."""
        return tantivy.Query.term_set_query(self._schema, fields.ARTICLE, numbers)

    def within(self, query: tantivy.Query, field: str, first: int | None, last: int | None) -> tantivy.Query:
        """Match what the query matches and whose number in the field is from `first` to `last`, both inside."""
        return _all(query, self._between(field, first, last))

    def _write(self, wanted: Wanted) -> tantivy.Query:
        match wanted:
            case Everything():
                return self.live()
            case Nothing():
                return tantivy.Query.empty_query()
            case Run(terms):
                return self._run(terms)
            case Field(name, value):
                return self._field(name, value)
            case Days(first, last):
                low = day_number(first) if first else 1  # 0 is the number of the undated
                return self._between(fields.DAY, low, day_number(last) if last else _LAST_DAY)
            case But(inner):
                return tantivy.Query.boolean_query([(Occur.Must, self.live()), (Occur.MustNot, self._write(inner))])
            case AllOf(inner):
                return self._all_of(inner)
            case AnyOf(inner):
                return tantivy.Query.boolean_query([(Occur.Should, self._write(each)) for each in inner])

    def _all_of(self, several: tuple[Wanted, ...]) -> tantivy.Query:
        clauses = [
            (Occur.MustNot, self._write(each.inner)) if isinstance(each, But) else (Occur.Must, self._write(each))
            for each in several
        ]
        if all(isinstance(each, But) for each in several):
            clauses.append((Occur.Must, self.live()))
        return tantivy.Query.boolean_query(clauses)

    def _run(self, terms: tuple[str, ...]) -> tantivy.Query:
        title = tantivy.Query.boost_query(self._side_by_side(fields.TITLE, terms), TITLE_BOOST)
        text = self._side_by_side(fields.TEXT, terms)
        return tantivy.Query.boolean_query([(Occur.Should, title), (Occur.Should, text)])

    def _side_by_side(self, field: str, terms: tuple[str, ...]) -> tantivy.Query:
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, field, terms[0])
        return tantivy.Query.phrase_query(self._schema, field, list(terms))

    def _field(self, name: str, value: str) -> tantivy.Query:
        field = FacetField(name)
        if field is not FacetField.OUTLET:
            return self._term(name, value)
        names = [(Occur.Should, self._term(each, value)) for each in (name, fields.SOURCE)]
        return _unscored(tantivy.Query.boolean_query(names))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return _unscored(tantivy.Query.term_query(self._schema, field, value, "basic"))

    def _flag(self, field: str, value: int = 1) -> tantivy.Query:
        return _unscored(tantivy.Query.term_query(self._schema, field, value))

    def _between(self, field: str, first: int | None, last: int | None) -> tantivy.Query:
        kind = tantivy.FieldType.Unsigned
        return _unscored(tantivy.Query.range_query(self._schema, field, kind, first, last))


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _all(*queries: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, each) for each in queries])
