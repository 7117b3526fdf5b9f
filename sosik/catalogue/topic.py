"""What a topic is: the words that count for it and against it, as editors wrote them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much a match counts by where it stands: in the title, in the lead, further down.

    `listed` is the share of that which is left to one of three or more things in a row (로봇·바이오·반도체).
    """

    title: float = 3.6
    lead: float = 1.5
    body: float = 1.0
    listed: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A named list of words that topics share. An article speaks of it from `threshold` points on."""

    id: str
    words: tuple[str, ...]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Words that count alike, each on its own (`words`), or together within a few characters (`near`).

    `near` has two or three groups; a match is a word of each group, on one line, with at most `within` characters
    between neighbours. Exactly one of the two is filled. Words are in lower case and without spaces.
    """

    id: str
    weight: float
    words: tuple[str, ...] = ()
    near: tuple[tuple[str, ...], ...] = ()
    within: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic with its rules.

    `threshold` is how many points make a score of 1. `needs` are lists of which the article must speak as well.
    `exclusions` are words inside which no match counts; `against` holds rules whose points are taken off.
    """

    id: str
    korean: str
    english: str
    description: str
    threshold: float
    weights: Weights
    needs: tuple[WordList, ...]
    rules: tuple[Rule, ...]
    against: tuple[Rule, ...]
    exclusions: tuple[str, ...]
    matching_samples: tuple[str, ...]
    other_samples: tuple[str, ...]
