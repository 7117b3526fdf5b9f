"""Text cut where marks begin and end, so that a template shows each piece with all that is to be said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosik.model.analysis import Analysis, MentionKind
from sosik.model.brief import Sentence
from sosik.model.search import Highlight

_KINDS = {
    MentionKind.PERSON: ("who", "Person"),
    MentionKind.ORGANISATION: ("who", "Organisation"),
    MentionKind.PLACE: ("where", "Place"),
    MentionKind.REGION: ("where", "Region"),
    MentionKind.PROGRAMME: ("who", "Programme"),
    MentionKind.TERM: ("who", "Term"),
}
_CURRENCIES = ("KRW", "USD", "EUR", "JPY", "CNY")
_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = {"piece": ""}  # a thing counted with the general counter
_BEFORE, _WIDTH = 40, 150  # characters of a snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text, by offsets into title, newline and text, with its kind (a CSS class) and what it means."""

    start: int
    end: int
    kind: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the marks that cover all of it."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def kinds(self) -> str:
        """The CSS classes, or nothing where the text is plain."""
        return " ".join(f"m-{kind}" for kind in dict.fromkeys(each.kind for each in self.marks))

    @property
    def meaning(self) -> str:
        """What all marks mean, for a tooltip."""
        return " · ".join(dict.fromkeys(each.meaning for each in self.marks if each.meaning))


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one numbered sentence, or between sentences where `number` is None. `first`: its sentence begins."""

    number: int | None
    first: bool
    pieces: tuple[Piece, ...]


def pieces(whole: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut `whole[start:end]` at every end of a mark."""
    inside = [each for each in marks if each.start < end and each.end > start and each.start < each.end]
    edges = {start, end}
    edges.update(edge for each in inside for edge in (each.start, each.end) if start < edge < end)
    places = sorted(edges)
    return tuple(
        Piece(whole[a:b], tuple(each for each in inside if each.start <= a and b <= each.end))
        for a, b in pairwise(places)
    )


def lines(whole: str, marks: Sequence[Mark], sentences: Sequence[Sentence] = ()) -> list[tuple[Run, ...]]:
    """Cut title and text into lines, a line into runs of sentences; blank ones are left out. The first is the title."""
    found, start = [], 0
    for line in whole.split("\n"):
        if line.strip():
            found.append(tuple(_runs(whole, start, start + len(line), marks, sentences)))
        start += len(line) + 1
    return found


def _runs(whole: str, start: int, end: int, marks: Sequence[Mark], sentences: Sequence[Sentence]) -> Iterator[Run]:
    place = start
    for each in sorted(sentences, key=lambda sentence: sentence.start):
        first, last = max(place, each.start), min(end, each.end)
        if first >= last:
            continue
        if first > place:
            yield Run(None, first=False, pieces=pieces(whole, place, first, marks))
        yield Run(each.number, first=first == each.start, pieces=pieces(whole, first, last, marks))
        place = last
    if place < end:
        yield Run(None, first=False, pieces=pieces(whole, place, end, marks))


def matches(highlights: Sequence[Highlight]) -> tuple[Mark, ...]:
    """The matched words of a hit."""
    return tuple(Mark(start=each.start, end=each.end, kind="match") for each in highlights)


def snippet(whole: str, title: int, highlights: Sequence[Highlight]) -> tuple[Piece, ...]:
    """Return the piece of text round the densest matches, or its beginning where only the title matched.

    `title` is the length of the title.
    """
    body = title + 1
    inside = [each for each in highlights if each.start >= body]
    start = body
    if inside:
        best = max(inside, key=lambda first: sum(first.start <= each.start < first.start + _WIDTH for each in inside))
        start = max(body, best.start - _BEFORE)
    end = min(len(whole), start + _BEFORE + _WIDTH)
    shown = pieces(whole, start, end, matches(inside))
    before = (Piece("… ", ()),) if start > body else ()
    after = (Piece(" …", ()),) if end < len(whole) else ()
    return (*before, *shown, *after)


def evidence(analysis: Analysis, topics: dict[str, str]) -> tuple[Mark, ...]:
    """Everything that was found in an article, as marks. `topics` names topics in English."""
    found = [
        Mark(
            start=proof.start,
            end=proof.end,
            kind="topic",
            meaning=f"Topic: {topics.get(tag.topic, tag.topic)} (rule {proof.rule})",
        )
        for tag in analysis.topics
        for proof in tag.evidence
    ]
    for mention in analysis.mentions:
        kind, label = _KINDS[mention.kind]
        role = f", {mention.role}" if mention.role else ""
        found.append(Mark(start=mention.start, end=mention.end, kind=kind, meaning=f"{label}: {mention.name}{role}"))
    found += [
        Mark(start=each.start, end=each.end, kind="figure", meaning=f"Figure: {figure_text(each.value, each.unit)}")
        for each in analysis.figures
    ]
    found += [
        Mark(start=each.start, end=each.end, kind="date", meaning=f"Date: {each.iso or each.why or 'not resolved'}")
        for each in analysis.dates
    ]
    return tuple(found)


def figure_text(value: float, unit: str) -> str:
    """Write a value as readers of English expect it: KRW 12 billion, 60%, 350 MW."""
    if unit in _CURRENCIES:
        for size, name in _SIZES:
            if value >= size:
                return f"{unit} {value / size:,.4g} {name}"
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,}"
    if unit in _CURRENCIES:
        return f"{unit} {shown}"
    return f"{shown}{'' if unit == '%' else ' '}{_UNITS.get(unit, unit)}".strip()
