"""Reads the part of YAML that deploy/compose.yaml is written in, and refuses everything else.

Mappings and lists by indentation, plain and double-quoted scalars, literal (`|`) and folded (`>-`) blocks, one anchor a
mapping and its alias, comments on lines of their own. Scalars stay text, as in an environment, but `-1` and the like.
"""

import re
from dataclasses import dataclass
from typing import Any

_PAIR = re.compile(r"""([A-Za-z_][\w.-]*):(?:\s+(.*))?""")
_INTEGER = re.compile(r"-?\d+")


class Malformed(ValueError):
    """Not in the part of YAML that is read here; says which line."""


@dataclass(frozen=True)
class _Line:
    number: int
    indent: int
    text: str


def read(text: str) -> Any:
    """Return mappings, lists, texts, integers and None; raises Malformed."""
    if "\t" in text:
        raise Malformed("a tab stands in it")
    reader = _Reader(text)
    value = reader.block(0)
    if reader.at < len(reader.lines):
        raise Malformed(f"line {reader.lines[reader.at].number} stands at no level that was begun")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.raw = text.split("\n")
        self.lines = [
            _Line(number, len(line) - len(line.lstrip()), line.strip())
            for number, line in enumerate(self.raw, 1)
            if line.strip() and not line.strip().startswith("#")
        ]
        self.at = 0
        self.anchors: dict[str, Any] = {}

    def block(self, indent: int) -> Any:
        line = self.lines[self.at]
        if line.indent != indent:
            raise Malformed(f"line {line.number} is indented by {line.indent} and not by {indent}")
        return self.items(indent) if line.text.startswith("- ") else self.pairs(indent)

    def items(self, indent: int) -> list[Any]:
        made = []
        while self.is_at(indent) and self.lines[self.at].text.startswith("- "):
            made.append(self.value(self.lines[self.at].text[2:].strip(), indent))
        return made

    def pairs(self, indent: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while self.is_at(indent):
            line = self.lines[self.at]
            found = _PAIR.fullmatch(line.text)
            if found is None or found[1] in made:
                raise Malformed(f"line {line.number} is no name with a value, or names one twice: {line.text}")
            made[found[1]] = self.value(found[2] or "", indent)
        return made

    def is_at(self, indent: int) -> bool:
        return self.at < len(self.lines) and self.lines[self.at].indent == indent

    def value(self, text: str, indent: int) -> Any:
        line = self.lines[self.at]
        self.at += 1
        if text.startswith("&"):
            self.anchors[text[1:]] = made = self.block(self.lines[self.at].indent)
            return made
        if text.startswith("*"):
            return self.anchors[text[1:]]
        if text in ("|", ">-"):
            return self.lines_below(line, indent, "\n" if text == "|" else " ")
        if text:
            return _scalar(text, line.number)
        deeper = self.at < len(self.lines) and self.lines[self.at].indent > indent
        return self.block(self.lines[self.at].indent) if deeper else None

    def lines_below(self, line: _Line, indent: int, joint: str) -> str:
        taken = []
        for raw in self.raw[line.number :]:
            if raw.strip() and len(raw) - len(raw.lstrip()) <= indent:
                break
            taken.append(raw.strip())
        last = line.number + len(taken)
        while self.at < len(self.lines) and self.lines[self.at].number <= last:
            self.at += 1
        return joint.join(taken).strip()


def _scalar(text: str, number: int) -> str | int:
    if text.startswith('"'):
        if not text.endswith('"') or len(text) < 2:
            raise Malformed(f"line {number}: the quotation mark is never closed")
        return text[1:-1]
    if text[0] in "'[]{}%@`!" or ": " in text or " #" in text:
        raise Malformed(f"line {number}: {text} is written in a way that is not read here")
    return int(text) if _INTEGER.fullmatch(text) else text
