"""Things that a text names in a row (로봇·바이오·반도체 등): each is one of several, and seldom the subject."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_LETTER = r"[가-힣A-Za-z0-9&+\-]"
_WORD = rf"{_LETTER}{{1,12}}(?:\([^()\n]{{1,12}}\))?"
_LAST = rf"{_LETTER}{{1,12}}"
# Within a word a row begins only where no earlier letter is near enough to begin it.
_BEGIN = rf"(?:(?<!{_LETTER})|(?={_LETTER}{{12}}))"
# A clause that ends before a comma (만들고, 세우며,) is no thing of a row.
_AND = r"(?:\s?[·ㆍ∙・]\s?|(?<![고며면만데서]),\s)"
# Only the first two are joined by 와: "한 회사, 한 도시와 드론 실증" is a subject and a partner, and no row.
_WITH = rf"(?:{_AND}|(?<=[가-힣])[와과]\s)"
# The first of a row is one word, those in the midst may be two: what stands before a row does not belong to it.
_ROW = re.compile(
    rf"{_BEGIN}{_WORD}(?:{_WITH}{_WORD}(?:\s{_WORD})??(?:{_AND}{_WORD}(?:\s{_WORD})??)*{_AND}{_LAST}"
    rf"|{_WITH}{_LAST}(?=\s?등(?![가-힣])))"
)


@dataclass(frozen=True, slots=True)
class Enumerations:
    """Where the rows of a text begin and end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, start: int, end: int) -> bool:
        """Do these characters stand in a row?"""
        place = bisect_right(self.starts, start) - 1
        return place >= 0 and end <= self.ends[place]


@lru_cache(maxsize=4)
def enumerations_of(text: str) -> Enumerations:
    """Return the rows of three or more, and those of two that 등 follows."""
    rows = [match.span() for match in _ROW.finditer(text)]
    return Enumerations(tuple(start for start, _ in rows), tuple(end for _, end in rows))
