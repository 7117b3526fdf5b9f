"""A query with its words cut into terms: what every index asks for, and what saved searches are matched against.

    parse(text) -> Node -> want(node, cutter) -> Wanted -> an engine's own query, or matches(wanted, document)

The rules that are the same everywhere:
- a word that is cut into several terms wants them side by side, in the title or in the text;
- a word that gives no terms (a particle, a dash) is left out; a query of nothing else matches nothing;
- a field matches whole values; `outlet:` takes the outlet's name or its id;
- an undated article is never between days.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import And, Days, Everything, Field, Node, Not, Or, Phrase, Word, refuse_too_large
from sosik.model.search import Document, FacetField


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no article."""


@dataclass(frozen=True, slots=True)
class Run:
    """Terms that stand side by side, in the title or in the text; has one or more."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class But:
    """What the inner one does not match."""

    inner: "Wanted"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Has two or more."""

    inner: tuple["Wanted", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Has two or more."""

    inner: tuple["Wanted", ...]


Wanted = Everything | Nothing | Run | Field | Days | But | AllOf | AnyOf


def want(node: Node, cutter: TermCutter) -> Wanted:
    """Cut the words of a query; raises QueryMistake where it is too large to be asked."""
    refuse_too_large(node)
    wanted = _want(node, cutter)
    return Nothing() if wanted is None else wanted


def _want(node: Node, cutter: TermCutter) -> Wanted | None:
    match node:
        case Word(text) | Phrase(text):
            terms = tuple(cutter.cut(text).words())
            return Run(terms) if terms else None
        case Not(inner):
            unwanted = _want(inner, cutter)
            return None if unwanted is None else But(unwanted)
        case And(nodes) | Or(nodes):
            several = tuple(each for each in (_want(inner, cutter) for inner in nodes) if each is not None)
            if len(several) < 2:
                return several[0] if several else None
            return AllOf(several) if isinstance(node, And) else AnyOf(several)
    return node


def runs(wanted: Wanted) -> tuple[Run, ...]:
    """The distinct runs whose presence makes an article match: what is shown as matched, and what is ranked by."""
    match wanted:
        case Run():
            return (wanted,)
        case AllOf(inner) | AnyOf(inner):
            return tuple(dict.fromkeys(run for each in inner for run in runs(each)))
    return ()


_VALUES: dict[FacetField, Callable[[Document], tuple[str, ...]]] = {
    FacetField.TOPIC: lambda document: document.topics,
    FacetField.REGION: lambda document: document.regions,
    FacetField.OUTLET: lambda document: (document.outlet,),
    FacetField.ORGANISATION: lambda document: document.organisations,
    FacetField.PERSON: lambda document: document.people,
    FacetField.SERIES: lambda document: (document.series,),
    FacetField.KIND: lambda document: (document.kind,),
}


def values_of(document: Document, field: FacetField) -> tuple[str, ...]:
    """The distinct values by which a document is counted in a facet."""
    return _distinct(_VALUES[field](document))


def facet_values(document: Document) -> list[tuple[str, str]]:
    """Every facet value of a document, as (field name, value): what an index is given, in one pass."""
    return [(name, value) for name, read in _NAMED for value in _distinct(read(document))]


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) == 1:  # nearly always
        return values if values[0] else ()
    return tuple(dict.fromkeys(filter(None, values)))


_NAMED = tuple((field.value, read) for field, read in _VALUES.items())


def matches(wanted: Wanted, document: Document) -> bool:
    """Does this document answer the query? The same answer as every index gives."""
    match wanted:
        case Everything():
            return True
        case Nothing():
            return False
        case Run(terms):
            run = f" {' '.join(terms)} "
            return any(run in f" {each.joined} " for each in (document.title_terms, document.text_terms))
        case Field(name, value):
            field = FacetField(name)
            return value in values_of(document, field) or (field is FacetField.OUTLET and value == document.source)
        case Days(first, last):
            day = document.published.day if document.published else None
            return day is not None and (first is None or first <= day) and (last is None or day <= last)
        case But(inner):
            return not matches(inner, document)
        case AllOf(several):
            return all(matches(each, document) for each in several)
        case AnyOf(several):
            return any(matches(each, document) for each in several)
