"""A text without its spaces, and finding words in it: 실증 단지 and 실증단지를 are found alike."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from enrich.readable import readable
from sosik.model.analysis import Morpheme

# Left out beside spaces: an abbreviation in brackets, which the press writes into the middle of a compound.
_LEFT_OUT = re.compile(r"[ \t\u00a0\u3000\u200b]+|(?<=[가-힣])\([A-Za-z][A-Za-z0-9&·.\- ]{0,14}\)")

# What may follow a noun. A tokenizer's slip (산업부가 as 산업 and 부가) must not hide the word before it.
_PARTICLES = (
    *(
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "도",
        "만",
        "로",
        "으로",
        "에서",
        "에게",
        "까지",
        "부터",
    ),
    *(
        "라",
        "이라",
        "인",
        "처럼",
        "보다",
        "마다",
        "들",
        "이나",
        "하",
        "한",
        "해",
        "했",
        "할",
        "함",
        "된",
        "되",
        "될",
        "됐",
    ),
)
# A longer word is hardly ever met by chance inside others.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found: its number, and where it stands in the original text."""

    word: int
    start: int
    end: int


class Squeezed:
    """A text without spaces and in small letters, composed (NFC), with the way back to the original.

    Line breaks and punctuation stay, so that no word is found across them.
    """

    def __init__(self, text: str) -> None:
        clean, self._moved = readable(text)
        kept: list[tuple[int, int]] = []
        place = 0
        for gap in _LEFT_OUT.finditer(clean):
            if place < gap.start():
                kept.append((place, gap.start()))
            place = gap.end()
        if place < len(clean):
            kept.append((place, len(clean)))
        self._places = list(chain.from_iterable(range(start, end) for start, end in kept))
        self.text = _small("".join([clean[start:end] for start, end in kept]))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the squeezed text stands in the original; it is not empty."""
        first, after = self._places[start], self._places[end - 1] + 1
        return (first, after) if self._moved is None else (self._moved[first], self._moved[after])


@lru_cache(maxsize=4)
def squeezed_once(text: str) -> Squeezed:
    """Squeeze a text: each step of an article's analysis asks for the same one."""
    return Squeezed(text)


def _small(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


class WordFinder:
    """Finds many words at once in squeezed text, at the borders of words and morphemes only.

    Words are in small letters and without spaces. Overlapping words are all found.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def __reduce__(self) -> tuple[type["WordFinder"], tuple[tuple[str, ...]]]:
        return WordFinder, (self._words,)

    def find(self, text: str, morphemes: Collection[Morpheme]) -> Iterator[Hit]:
        """Give what is found in a text whose morphemes are given, in order of where it ends."""
        squeezed = squeezed_once(text)
        found = self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True)
        if not found:
            return
        starts = {each.start for each in morphemes}
        ends = {each.end for each in morphemes}
        for word, first, after in found:
            start, end = squeezed.original(first, after)
            if start < end and _begins(text, start, starts) and _ends(text, end, ends, len(self._words[word])):
                yield Hit(word, start, end)


def _begins(text: str, start: int, starts: Collection[int]) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if text[start].isascii():
        return not (before.isascii() and before.isalnum())
    return start in starts or not before.isalnum() or before.isascii()


def _ends(text: str, end: int, ends: Collection[int], length: int) -> bool:
    if end == len(text):
        return True
    after = text[end]
    if text[end - 1].isascii():
        return not (after.isascii() and after.isalnum())
    return length > _SHORT or end in ends or not after.isalnum() or text.startswith(_PARTICLES, end)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Leave out hits that stand inside a longer one, and return the others in order."""
    hits = list(hits)
    if len(hits) <= 1:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept


def inside(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    """Does the hit stand inside one of the spans, which are in order and do not contain each other?"""
    if not spans:
        return False
    place = bisect_left(spans, (hit.start + 1,))
    return any(start <= hit.start and hit.end <= end for start, end in spans[max(place - 2, 0) : place])
