"""What the glossary says of a Korean term, and the common words that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sosik.model.brief import GlossaryCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term with its card.

    `also` are other ways of writing it. An article that holds one of `unless` uses the word in another sense.
    """

    id: str
    card: GlossaryCard
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Korean words and their English; of several English ones the first is what we write."""

    bodies: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    things: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
