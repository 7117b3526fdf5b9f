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

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sosik.model.errors import QueryMistake


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


MAX_CHARACTERS = 8_000
MAX_PARTS = 500
MAX_DEPTH = 50

DATE_FIELDS = ("from", "to")
VALUE_FIELDS = ("topic", "region", "outlet", "org", "person", "series", "kind")

_QUOTES = {'"': '"', "“": "”", "”": "”", "＂": "＂"}
_OPEN, _CLOSE = "(（", ")）"
_MINUS = "-－"
_BLANK = "\u200b\ufeff"  # zero width, pasted with text; Python does not count them as white space
_NAME = re.compile(r"([^\W\d_][\w-]*)[:：]")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class _Kind(Enum):
    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    MINUS = "-"
    OPERAND = "operand"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    position: int
    node: Node = Everything()


def parse(text: str) -> Node:
    """Read a query; the text is normalised to NFC first, and a mistake's position counts characters of that.

    `OR` binds looser than the AND between words: `광주 AI OR 실증` is `(광주 AI) OR 실증`. `AND` may be written out.
    Raises QueryMistake, for a query that is too large or too deep as well.
    """
    text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_CHARACTERS:
        reason = f"the query has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read"
        raise QueryMistake(reason, query=text, position=MAX_CHARACTERS)
    return _Parser(text, list(_tokens(text))).whole()


def text_of(node: Node) -> str:
    """Write a query that `parse` reads as the same tree (of trees that `parse` made; of others, the same meaning)."""
    match node:
        case Everything():
            return ""
        case Word(text):
            return text if _is_plain_word(text) else _quoted(text)
        case Phrase(text):
            return _quoted(text)
        case Field(name, value):
            return f"{name}:{value if _is_plain_value(value) else _quoted(value)}"
        case Days(first, last):
            ends = (("from", first), ("to", last))
            return " ".join(f"{name}:{day.isoformat()}" for name, day in ends if day)
        case Not(inner):
            text = text_of(inner)
            two_ends = isinstance(inner, Days) and inner.first and inner.last
            return f"-({text})" if isinstance(inner, And | Or) or two_ends else f"-{text}"
        case And(nodes):
            return " ".join(f"({text_of(each)})" if isinstance(each, Or) else text_of(each) for each in nodes)
        case Or(nodes):
            return " OR ".join(text_of(each) for each in nodes)


def refuse_too_large(node: Node) -> None:
    """Raise QueryMistake for a tree, however it was made, that has too many parts or is nested too deep."""
    parts, waiting = 0, [(node, 0)]
    while waiting:
        each, depth = waiting.pop()
        parts += 1
        if depth > MAX_DEPTH + 1 or parts > 3 * MAX_PARTS:
            raise QueryMistake(_TOO_DEEP if depth > MAX_DEPTH else _too_many(parts), query="", position=0)
        if isinstance(each, Not):
            waiting.append((each.node, depth + 1))
        elif isinstance(each, And | Or):
            waiting.extend((inner, depth + 1) for inner in each.nodes)


_TOO_DEEP = f"brackets and minus signs are nested deeper than {MAX_DEPTH}"


def _too_many(parts: int) -> str:
    return f"the query has {parts:,} parts or more; at most {MAX_PARTS:,} words, phrases and fields are asked at once"


def _is_plain_word(text: str) -> bool:
    try:
        tokens = list(_tokens(text))
    except QueryMistake:
        return False
    return len(tokens) == 2 and tokens[0].node == Word(text)


def _is_plain_value(value: str) -> bool:
    ends = (*_QUOTES, *_OPEN, *_CLOSE)
    return bool(value) and not any(_is_blank(each) or each in ends for each in value)


def _quoted(text: str) -> str:
    for opening in ('"', "“", "＂"):
        if _QUOTES[opening] not in text:
            return f"{opening}{text}{_QUOTES[opening]}"
    return '"' + text.replace('"', " ") + '"'


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _BLANK


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        character = text[at]
        if _is_blank(character):
            at += 1
        elif character in _OPEN or character in _CLOSE:
            yield _Token(_Kind.OPEN if character in _OPEN else _Kind.CLOSE, at)
            at += 1
        elif character in _QUOTES:
            value, end = _read_quoted(text, at)
            yield _Token(_Kind.OPERAND, at, Phrase(value))
            at = end
        elif character in _MINUS and _is_start_of_operand(text, at + 1):
            yield _Token(_Kind.MINUS, at)
            at += 1
        else:
            token, at = _read_word(text, at)
            yield token
    yield _Token(_Kind.END, len(text))


def _is_start_of_operand(text: str, at: int) -> bool:
    return at < len(text) and not _is_blank(text[at]) and text[at] not in _CLOSE


def _read_quoted(text: str, at: int) -> tuple[str, int]:
    end = text.find(_QUOTES[text[at]], at + 1)
    if end < 0:
        raise QueryMistake("this quotation mark is never closed", query=text, position=at)
    value = text[at + 1 : end].strip()
    if not value:
        raise QueryMistake("there is nothing between these quotation marks", query=text, position=at)
    _refuse_surrogates(value, text, at + 1)
    return value, end + 1


def _read_bare(text: str, at: int) -> int:
    """Return where the bare word that begins at `at` ends."""
    while at < len(text) and not (_is_blank(text[at]) or text[at] in _QUOTES or text[at] in _OPEN + _CLOSE):
        at += 1
    return at


def _read_word(text: str, at: int) -> tuple[_Token, int]:
    named = _NAME.match(text, at)
    if named:
        return _read_field(text, at, named.group(1).lower(), named.end())
    end = _read_bare(text, at)
    word = text[at:end]
    _refuse_surrogates(word, text, at)
    if word in ("OR", "AND"):
        return _Token(_Kind[word], at), end
    return _Token(_Kind.OPERAND, at, Word(word)), end


def _read_field(text: str, at: int, name: str, after: int) -> tuple[_Token, int]:
    if name not in VALUE_FIELDS and name not in DATE_FIELDS:
        known = ", ".join(f"{each}:" for each in (*VALUE_FIELDS, *DATE_FIELDS))
        reason = f"there is no field {name}:; known are {known}. To look for the words, put them in quotation marks"
        raise QueryMistake(reason, query=text, position=at)
    if after < len(text) and text[after] in _QUOTES:
        value, end = _read_quoted(text, after)
    else:
        end = _read_bare(text, after)
        value = text[after:end]
    if not value:
        raise QueryMistake(f"{name}: needs a value right after the colon", query=text, position=after)
    _refuse_surrogates(value, text, after)
    node = Field(name, value) if name in VALUE_FIELDS else _days(name, value, text, after)
    return _Token(_Kind.OPERAND, at, node), end


def _refuse_surrogates(value: str, text: str, at: int) -> None:
    for offset, character in enumerate(value):
        if "\ud800" <= character <= "\udfff":
            raise QueryMistake("half of a character stands here; type it again", query=text, position=at + offset)


def _days(name: str, value: str, text: str, at: int) -> Days:
    parts = _DATE.fullmatch(value)
    try:
        if parts is None:
            raise ValueError(value)
        year, month, day = (int(each) if each else None for each in parts.groups())
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        reason = f"{value!r} is not a date; write 2026-03-31, 2026-03 or 2026"
        raise QueryMistake(reason, query=text, position=at) from None
    if name == "from":
        return Days(first, None)
    last_month = month or 12
    return Days(None, date(first.year, last_month, day or monthrange(first.year, last_month)[1]))


class _Parser:
    """Recursive descent over the tokens: either = all ("OR" all)*, all = operand+, operand = "-" operand | …"""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        parts = sum(token.kind in (_Kind.OPERAND, _Kind.MINUS) for token in tokens)
        if parts > MAX_PARTS:
            raise QueryMistake(_too_many(parts), query=text, position=0)

    def look(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.look()
        self.at += 1
        return token

    def mistake(self, reason: str, position: int) -> QueryMistake:
        return QueryMistake(reason, query=self.text, position=position)

    def whole(self) -> Node:
        if self.look().kind is _Kind.END:
            return Everything()
        node = self.either(0)
        if self.look().kind is _Kind.CLOSE:
            raise self.mistake("this bracket was never opened", self.look().position)
        return node

    def either(self, depth: int) -> Node:
        nodes = [self.all(depth)]
        while self.look().kind is _Kind.OR:
            self.take()
            nodes.append(self.all(depth))
        flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, Or) else (node,))]
        return flat[0] if len(flat) == 1 else Or(tuple(flat))

    def all(self, depth: int) -> Node:
        start = self.look().position
        nodes = [self.operand(depth)]
        while self.look().kind not in (_Kind.OR, _Kind.CLOSE, _Kind.END):
            if self.look().kind is _Kind.AND:
                self.take()
            nodes.append(self.operand(depth))
        flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,))]
        flat = self.with_days_joined(flat, start)
        return flat[0] if len(flat) == 1 else And(tuple(flat))

    def with_days_joined(self, nodes: list[Node], start: int) -> list[Node]:
        """Make one Days of `from:` and `to:` that stand in one And, where the first of them stood."""
        days = [each for each in nodes if isinstance(each, Days)]
        if len(days) < 2:
            return nodes
        first = max((each.first for each in days if each.first), default=None)
        last = min((each.last for each in days if each.last), default=None)
        if first and last and first > last:
            raise self.mistake(f"from: {first.isoformat()} is later than to: {last.isoformat()}", start)
        place = nodes.index(days[0])
        others = [each for each in nodes if not isinstance(each, Days)]
        return [*others[:place], Days(first, last), *others[place:]]

    def operand(self, depth: int) -> Node:
        token = self.look()
        if depth > MAX_DEPTH:
            raise self.mistake(_TOO_DEEP, token.position)
        if token.kind is _Kind.OPERAND:
            return self.take().node
        if token.kind is _Kind.MINUS:
            self.take()
            return Not(self.operand(depth + 1))
        if token.kind is _Kind.OPEN:
            return self.group(depth)
        raise self.mistake(self.what_is_missing(token), token.position)

    def group(self, depth: int) -> Node:
        opening = self.take()
        if self.look().kind is _Kind.CLOSE:
            raise self.mistake("there is nothing in these brackets", opening.position)
        node = self.either(depth + 1)
        if self.look().kind is not _Kind.CLOSE:
            raise self.mistake("this bracket is never closed", opening.position)
        self.take()
        return node

    @staticmethod
    def what_is_missing(token: _Token) -> str:
        if token.kind in (_Kind.OR, _Kind.AND):
            return f"{token.kind.value} needs something on both sides"
        if token.kind is _Kind.CLOSE:
            return "something is missing before this bracket"
        return "something is missing at the end"
