"""The query language: one parser and one tree for every index, saved search, feed and API.

    광주 AI                words, all of which must be there
    실증 OR 확산           either
    -교통                  not
    "인공지능 집적단지"      a phrase
    topic:ai-cluster region:광주 outlet:it-life org:AICA person:강기정 series:… kind:newspaper
    from:2026-03-01 to:2026-03-31        days in Korea, both inside; 2026-03 and 2026 stand for all of their days
    (실증 OR 확산) -교통    brackets group

A word is cut into terms by whoever cut the text, not here: the tree holds words as they were typed.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article: the empty query."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; where it is cut into several terms, they must stand side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side, in order."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """`name:value`, where name is a FacetField's value; matches whole values."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Published on or between these Korean days; None leaves an end open. An undated article is never between."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the inner node does not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of them; has two or more nodes."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them; has two or more nodes."""

    nodes: tuple["Node", ...]


Node = Everything | Word | Phrase | Field | Days | Not | And | Or
