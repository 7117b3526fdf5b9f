"""What was found in an article. Every offset counts characters of title, newline and text, from 0, end exclusive."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self


class Morpheme(NamedTuple):
    """One morpheme: its surface, part of speech in the Sejong tag set (NNG, JKO …), and where it stands.

    A tuple and no dataclass, since an article has a thousand of them.
    """

    surface: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an index is given of a text: the terms joined by single spaces, and where each stands in the original.

    `spans` holds, for each term, start and end as unsigned 32-bit little-endian integers.
    """

    joined: str
    spans: bytes

    @classmethod
    def of(cls, terms: list[tuple[str, int, int]]) -> Self:
        """Make terms from (term, start, end); a term holds no white space."""
        flat = [number for _, start, end in terms for number in (start, end)]
        return cls(
            joined=" ".join(term for term, _, _ in terms),
            spans=struct.pack(f"<{len(flat)}I", *flat),
        )

    def words(self) -> list[str]:
        """The terms, in order."""
        return self.joined.split(" ") if self.joined else []

    def offsets(self) -> list[tuple[int, int]]:
        """Where each term stands, in order."""
        numbers = memoryview(self.spans).cast("I") if self.spans else ()
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        for word, (start, end) in zip(self.words(), self.offsets(), strict=True):
            yield word, start, end


class MentionKind(StrEnum):
    """What a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    REGION = "region"
    PROGRAMME = "programme"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person, organisation, place or term. `entry` is its gazetteer id, or None where it is unconfirmed."""

    kind: MentionKind
    name: str
    start: int
    end: int
    entry: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a tag is there: the words that matched, where, and the rule that they matched."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTag:
    """A topic with its evidence; `score` is comparable between articles, 1.0 being the threshold of the topic."""

    topic: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit. `value` is in the unit (won, not 억 원); `high` is set for a range."""

    surface: str
    value: float
    unit: str
    approximate: bool
    start: int
    end: int
    high: float | None = None
    counts: str = ""  # what it counts, as written: 기업, 명


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text, resolved against publication.

    `iso` is 2025-12-11, 2025-12, 2025, or start/end of a range; None where it could not be resolved, with `why`.
    """

    surface: str
    iso: str | None
    start: int
    end: int
    why: str = ""


class HeadlineKind(StrEnum):
    """What the marker in a headline means."""

    SERIES = "series"
    COLUMN = "column"  # a standing title without numbers
    LABEL = "label"  # a genre: [속보], [인터뷰]
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesMarker:
    """What a headline says of the series it belongs to."""

    kind: HeadlineKind
    series: str | None = None
    installment: int | None = None
    label: str | None = None  # 상, 중, 하, 프롤로그 …
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What was found in one revision of an article.

    `made_by` names the steps and their versions: an analysis made by other ones is stale. `tokenizer` names who cut
    the terms, since an index refuses the terms of another.
    """

    article: str
    revision: int
    made_by: str
    tokenizer: str
    title_terms: Terms
    text_terms: Terms
    topics: tuple[TopicTag, ...] = ()
    regions: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    marker: SeriesMarker = SeriesMarker(kind=HeadlineKind.NONE)
    fingerprint: tuple[int, ...] = ()

    def named(self, kind: MentionKind) -> tuple[str, ...]:
        """The distinct names of that kind, in order of appearance."""
        return tuple(dict.fromkeys(each.name for each in self.mentions if each.kind is kind))
