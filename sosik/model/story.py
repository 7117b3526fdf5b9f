"""Articles that report one event."""

from dataclasses import dataclass
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
