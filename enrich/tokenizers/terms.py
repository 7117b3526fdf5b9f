"""From morphemes to the terms of an index: what a text is found by."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from sosik.model.analysis import Morpheme, Terms
from sosik.model.ports.tokenizer import Tokenizer

# Raised whenever the same text would give other terms than before: an index of the older ones is refused then.
_VERSION = 1

# Sejong tags of morphemes with a meaning of their own; a fused one (VV+EP) counts by its first.
_NOUNS = {"NNG", "NNP", "NNB", "NNBC", "NR", "NF", "NV", "NA", "UNA", "UNT", "UNKNOWN"}
_STEMS = {"VV", "VA", "XR"}
_AFFIXES = {"XPN", "XSN"}  # 집적 is read as 집 and the affix 적: what the tokenizer takes for an affix may be the noun
_SIGNS = {"SL", "SH", "SN"}  # foreign letters, Hanja, numbers
_CONTENT = frozenset(_NOUNS | _STEMS | _AFFIXES | _SIGNS)

# Nouns without content, plural and ordinal affixes, and the verbs that only carry a noun (실증을 하다, 가능하게 되다).
_EMPTY = frozenset(
    {("NNB", each) for each in ("것", "거", "게", "수", "등", "데", "바", "줄", "채", "뿐", "때문")}
    | {("XSN", "들"), ("XSN", "님"), ("XPN", "제"), ("VV", "하"), ("VV", "되"), ("VV", "있"), ("VA", "있")}
)

_english = snowballstemmer.stemmer("english")


class MorphemeTermCutter:
    """Makes terms of the morphemes that have a meaning: nouns, stems, roots, foreign words, numbers, Hanja.

    Terms are in lower case and compatibility-composed (NFKC); English is stemmed; a number written with commas is one
    term without them (3,000 → 3000).
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    @property
    def name(self) -> str:
        """Version of the cutter, and the name of its tokenizer."""
        return f"terms-{_VERSION}/{self._tokenizer.name}"

    def cut(self, text: str, offset: int = 0) -> Terms:
        """Return the terms of the text; `offset` is added to where each stands."""
        return self.terms_of(self._tokenizer.tokenize(text), offset)

    def terms_of(self, morphemes: Iterable[Morpheme], offset: int = 0) -> Terms:
        """Return the terms of morphemes that are cut already."""
        terms: list[tuple[str, int, int]] = []
        number_end = -1  # where a number ended that the next morpheme may go on with
        for each in morphemes:
            term = _term(each.surface, each.tag)
            if not term:
                number_end = each.end if each.surface == "," and each.start == number_end else -1
                continue
            start = each.start
            if each.tag != "SN":
                number_end = -1
            else:
                if start == number_end and len(term) == len("000"):
                    before, start, _ = terms.pop()
                    term, start = before + term, start - offset
                number_end = each.end
            terms.append((term, start + offset, each.end + offset))
        return Terms.of(terms)


@lru_cache(maxsize=100_000)
def _term(surface: str, tag: str) -> str:
    """Return the term of a morpheme; empty where it has none."""
    first = tag.split("+", 1)[0]
    if first not in _CONTENT or (first, surface) in _EMPTY:
        return ""
    term = "".join(unicodedata.normalize("NFKC", surface).lower().split())
    return str(_english.stemWord(term)) if term.isascii() and term.isalpha() else term
