"""Stories in the ledger, what articles are compared by, and what editors decided about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.story import Decision, Link, Member, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What an article is found and compared by. `keys` are 63-bit numbers; what `profile` holds is its maker's affair.

    `order` sorts by time of publication, `length` counts the characters that tell the story.
    """

    article: str
    keys: tuple[int, ...]
    profile: bytes
    order: float
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: its story, and whether it is a copy of another article in it."""

    story: str
    copy: bool


class Stories(Protocol):
    """Which articles report one event.

    Promises:
    - an article is in one story at most; a change of its place raises the version of its document;
    - a story keeps its id while it grows; the id of one that went into another still finds that other;
    - an article taken down leaves its story, and nothing that it said stays.
    """

    def outdated(self, articles: Sequence[str], made_by: str) -> tuple[str, ...]:
        """Return those whose footprint is missing or made of an older analysis, or by others.

        Articles without an analysis of their newest revision are left out.
        """
        ...

    def sources(self, articles: Sequence[str]) -> tuple[tuple[Article, Analysis], ...]:
        """Return what footprints are made of: the articles that have an analysis of their newest revision, and it."""
        ...

    def file(self, footprints: Iterable[Footprint], made_by: str) -> None:
        """Write footprints in place of the ones before. Raises NotFound where an article has no analysis."""
        ...

    def filed(self, keys: Iterable[int]) -> dict[int, list[str]]:
        """Return the articles under each of these keys that has any, the one filed first first."""
        ...

    def profiles(self, articles: Iterable[str]) -> dict[str, bytes]:
        """Return the profiles of those articles that have one."""
        ...

    def measures(self, articles: Iterable[str]) -> dict[str, Member]:
        """Return where and when articles with a footprint were published, and how long they are."""
        ...

    def relink(self, articles: Sequence[str], links: Iterable[Link]) -> None:
        """Forget every link of these articles, and write these."""
        ...

    def links(self, articles: Iterable[str]) -> tuple[Link, ...]:
        """Return every link of any of these articles."""
        ...

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the story of each article that is in one."""
        ...

    def members(self, stories: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the articles of each of these stories."""
        ...

    def put(self, stories: Iterable[Story], articles: Iterable[str], former: Mapping[str, str | None]) -> int:
        """Write stories; `articles` that are in none of them leave theirs. Return how many articles that moves.

        `former` are stories that are no more, with the one that each went into, if any.
        """
        ...

    def place(self, article: str) -> Place | None:
        """Return where an article stands, or None where it is in no story."""
        ...

    def get(self, story: str) -> Story | None:
        """Return a story by its id, or by the id of one that went into it."""
        ...

    def largest(self, limit: int = 20) -> tuple[Story, ...]:
        """Return the stories with most articles."""
        ...

    def count(self) -> int:
        """Return how many stories there are."""
        ...


class Decisions(Protocol):
    """What editors decided: rows that are only ever added."""

    def add(self, decision: Decision) -> None:
        """Write a decision."""
        ...

    def about(self, articles: Iterable[str]) -> tuple[Decision, ...]:
        """Return the decisions that name any of these articles, oldest first."""
        ...
