"""A wanted tree as an Elasticsearch query.

Ranking: BM25 of every run in the title, twice, and in the text, once, summed. Fields, days and what is not wanted
choose the hits and add nothing to their score.
"""

from typing import Any

from sosik.model.query import Days, Everything, Field
from sosik.model.search import FacetField
from sosik.model.wanted import AllOf, AnyOf, But, Nothing, Run, Wanted
from sosik.storage.index import elastic_schema as fields
from sosik.storage.index.buckets import day_number

TITLE_BOOST = 2.0

Clause = dict[str, Any]


def whole(wanted: Wanted, *, copies: bool = True) -> Clause:
    """Write a query; without copies it matches one article of each group of press-release copies."""
    chosen: list[Clause] = [{"term": {fields.LIVE: True}}]
    if not copies:
        chosen.append({"term": {fields.COPY: False}})
    return {"bool": {"must": [_write(wanted)], "filter": chosen}}


def _write(wanted: Wanted) -> Clause:
    match wanted:
        case Everything():
            return _unscored({"match_all": {}})
        case Nothing():
            return {"match_none": {}}
        case Run(terms):
            return _run(" ".join(terms))
        case Field(name, value):
            names = (name, fields.SOURCE) if FacetField(name) is FacetField.OUTLET else (name,)
            return _unscored(_any([{"term": {each: value}} for each in names]))
        case Days(first, last):
            between = {"gte": day_number(first) if first else 1}  # 0 is the number of the undated
            if last:
                between["lte"] = day_number(last)
            return _unscored({"range": {fields.DAY: between}})
        case But(inner):
            return _unscored({"bool": {"must_not": [_write(inner)]}})
        case AllOf(inner):
            return {"bool": {"must": [_write(each) for each in inner]}}
        case AnyOf(inner):
            return _any([_write(each) for each in inner])


def _run(text: str) -> Clause:
    title = {"match_phrase": {fields.TITLE: {"query": text, "boost": TITLE_BOOST}}}
    return _any([title, {"match_phrase": {fields.TEXT: {"query": text}}}])


def _any(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}


def _unscored(clause: Clause) -> Clause:
    return {"constant_score": {"filter": clause, "boost": 0.0}}
