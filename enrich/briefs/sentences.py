"""Cuts Korean news into sentences, minding quotations and brackets.

A sentence ends at . ? ! or … when no quotation or bracket is open and what follows is white space, the end, or the
beginning of another sentence. A line break ends one always. A quotation that is never closed closes with its line.
"""

import re

from sosik.model.brief import Sentence

_OPENING = {
    "“": "”",
    "‘": "’",
    "(": ")",
    "[": "]",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "<": ">",
}
_CLOSING = frozenset(_OPENING.values())
_STRAIGHT = frozenset("\"'")
_INTERESTING = re.compile(r"[.?!…。“”‘’()\[\]「」『』《》〈〉（）<>\"'\n]")
_ENDS = frozenset(".?!…。")
_MARKS = re.compile(r"^(?:[○●◯◆◇■□▲△▶▷※☞•·∙*\-–—ㅇ]\s?)+(?=\S)")
# A full stop inside a number, an abbreviation or an address ends nothing.
_INSIDE = re.compile(r"[0-9A-Za-z]\.[0-9A-Za-z]")
_INITIAL = re.compile(r"(?:^|[\s(])(?:[A-Za-z]|No|vs|Dr|Mr|Ms|St|Co|Inc|Ltd|Corp|e\.g|i\.e)$")
_DATE_STOP = re.compile(r"\d{1,4}$")


def split_sentences(title: str, text: str) -> tuple[Sentence, ...]:
    """Return the numbered sentences of an article; 1 is the title. Offsets count title, newline and text."""
    whole = f"{title}\n{text}"
    spans = [(0, len(title))] if title.strip() else []
    start = len(title) + 1
    for line in text.split("\n"):
        spans += [(start + first, start + last) for first, last in _split_line(line)]
        start += len(line) + 1
    trimmed = [each for each in (_trim(whole, first, last) for first, last in spans) if each[0] < each[1]]
    return tuple(
        Sentence(number=number, start=first, end=last, text=whole[first:last])
        for number, (first, last) in enumerate(trimmed, 1)
    )


def _split_line(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    stack: list[str] = []
    start = 0
    for match in _INTERESTING.finditer(line):
        place, character = match.start(), match[0]
        if place < start:
            continue
        if character in _ENDS:
            end = place + 1
            while end < len(line) and line[end] in _ENDS:
                end += 1
            if not stack and _ends_sentence(line, place, end, character):
                spans.append((start, end))
                start = end
        else:
            _turn(stack, character, line, place)
    if line[start:].strip():
        # A bracket or quotation left open would have swallowed the rest: cut it without minding them.
        tail = line[start:]
        spans += [(start + first, start + last) for first, last in (_plain(tail) if stack else [(0, len(tail))])]
    return spans


def _turn(stack: list[str], character: str, line: str, place: int) -> None:
    """Open or close a quotation or a bracket."""
    if character in _STRAIGHT:
        apostrophe = character == "'" and place + 1 < len(line) and line[place + 1].isdigit() and character not in stack
        if stack and stack[-1] == character:
            stack.pop()
        elif not apostrophe and character not in stack:
            stack.append(character)
    elif character == "’" and "’" not in stack:
        return  # ’25 is a year
    elif character in _OPENING:
        if character == "<" and ">" not in line[place:]:
            return
        stack.append(_OPENING[character])
    elif character in _CLOSING and character in stack:
        while stack and stack.pop() != character:
            pass


def _ends_sentence(line: str, place: int, end: int, character: str) -> bool:
    after = line[end : end + 1]
    if character == ".":
        before = line[max(place - 8, 0) : place]
        if _INSIDE.match(line, max(place - 1, 0)) or _INITIAL.search(before):
            return False
        if _DATE_STOP.search(before) and after == " ":
            return False  # 2026. 3. 2. and 3.2. 시작: no Korean sentence ends in a figure
    if character == "…":
        return not after or (after == " " and _closes_clause(line, place))
    if after and after in "”’\"')]":
        return False
    # Without a space after it a full stop ends a sentence where Korean goes on: 했다.그는
    return (
        not after or after.isspace() or (character == "." and "가" <= after <= "힣" and line[place - 1 : place] == "다")
    )


def _closes_clause(line: str, place: int) -> bool:
    return line[place - 1 : place] in ("다", "요", "까")


def _plain(line: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in re.finditer(r"(?<=[다요까죠음임])[.?!]+[”’\"']?(?=\s)", line):
        spans.append((start, match.end()))
        start = match.end()
    if line[start:].strip():
        spans.append((start, len(line)))
    return spans


def _trim(whole: str, first: int, last: int) -> tuple[int, int]:
    """Leave out white space at both ends, and the mark of a list item at the beginning."""
    while first < last and whole[first].isspace():
        first += 1
    while last > first and whole[last - 1].isspace():
        last -= 1
    mark = _MARKS.match(whole[first:last])
    return (first + mark.end() if mark else first), last
