"""Articles, and what names one."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sosik.model.capture import CaptureRef
from sosik.model.instants import Published


def article_id(source: str, key: str) -> str:
    """Return the id of an article: 16 hexadecimal digits.

    `key` is the canonical URL, or for imports without one the external id.
    """
    return hashlib.blake2b(f"{source}\n{key}".encode(), digest_size=8).hexdigest()


class CutKind(StrEnum):
    """Why a piece of a page was cut from the body. It is kept: cut is not lost."""

    CAPTION = "caption"
    BYLINE = "byline"
    NOTICE = "notice"  # copyright, tip-off lines, 무단 전재
    EDITOR_NOTE = "editor-note"  # 정정보도, 알려왔습니다
    ATTACHMENT = "attachment"
    SUBTITLE = "subtitle"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A piece of the page that is not the body."""

    kind: CutKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a page says, before it is anybody's article.

    Either `error` is None and title and text are not empty, or `error` says in one line why nothing was found and
    the text is empty. There is no empty article.
    """

    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: Published | None = None
    modified: Published | None = None
    cuts: tuple[Cut, ...] = ()
    charset: str = ""
    error: str | None = None

    def __post_init__(self) -> None:
        if self.error is None and not (self.title and self.text):
            raise ValueError("an extraction without error needs a title and a text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of an outlet, in one revision.

    `url` is canonical. `revision` counts the publisher's edits of title or text from 1. `capture` is None for
    articles that were imported as rows. `captured` is when that capture was fetched (aware, in UTC): of two readings of
    one article the ledger believes the later capture, and one without the instant least.
    """

    id: str
    source: str
    url: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: Published | None = None
    modified: Published | None = None
    revision: int = 1
    capture: CaptureRef | None = None
    captured: datetime | None = None
    cuts: tuple[Cut, ...] = field(default=())
    gone: bool = False

    @property
    def whole(self) -> str:
        """Title, a newline and the text: what every offset of Sosik counts characters of."""
        return f"{self.title}\n{self.text}"
