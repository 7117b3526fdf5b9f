"""Articles that report one event."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StoryKind(StrEnum):
    """How the articles of a story are related."""

    VERBATIM = "verbatim"
    PRESS_RELEASE_REWRITE = "press-release-rewrite"
    SAME_EVENT = "same-event-different-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles that report one event, oldest first.

    `copies` are those among them that repeat one press release or one another; `first` and `fullest` are never
    among the copies at the same time unless the story is one article.
    """

    id: str
    kind: StoryKind
    articles: tuple[str, ...]
    copies: tuple[str, ...]
    first: str
    fullest: str
    reason: str

    @property
    def told_by(self) -> str:
        """The article whose headline stands for the story: the fullest, or, where that is a copy, the first."""
        return self.first if self.fullest in self.copies else self.fullest


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two articles that report one event, and why. `one` is the lesser id; `wording` the share of it in common."""

    one: str
    other: str
    kind: StoryKind
    points: float
    wording: float
    reason: str


@dataclass(frozen=True, slots=True)
class Member:
    """What a story needs to know of an article beside its links.

    `source` is its outlet, `order` sorts by time of publication, `length` counts the characters that tell the story.
    """

    article: str
    source: str
    order: float
    length: int


class DecisionKind(StrEnum):
    """What editors decide about stories."""

    SPLIT = "split"  # the articles are not of one event with the others
    MERGE = "merge"  # the articles and the others are of one event


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor decided. It is kept for ever; of two about one pair of articles the later holds.

    `articles` on the one side, `others` on the other; ids that nothing has yet, or no longer, do no harm.
    """

    kind: DecisionKind
    articles: tuple[str, ...]
    others: tuple[str, ...]
    at: datetime
    by: str = ""
