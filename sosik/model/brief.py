"""English drafts whose every statement can be checked against the Korean source."""

from dataclasses import dataclass
from enum import StrEnum


class CheckResult(StrEnum):
    """What a check says of a statement."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The verdict on a statement, with one reason a line."""

    result: CheckResult
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A numbered sentence of the source, by offsets into title, newline and text."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One English sentence and the numbers of the source sentences that it rests on."""

    text: str
    cites: tuple[int, ...]
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryCard:
    """A Korean term explained for readers of English, with example sentences (Korean, romanized, English)."""

    term: str
    romanized: str
    hyphenated: str
    english: str
    explanation: str
    examples: tuple[tuple[str, str, str], ...] = ()


class BriefStatus(StrEnum):
    """What editors have said of a brief."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An English draft of one revision of an article. Blocked statements are kept, and shown as blocked."""

    article: str
    revision: int
    title: str
    drafter: str
    status: BriefStatus
    summary: tuple[Statement, ...]
    story: tuple[Statement, ...]
    context: tuple[Statement, ...]
    sentences: tuple[Sentence, ...]
    glossary: tuple[GlossaryCard, ...]
