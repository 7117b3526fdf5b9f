"""A second opinion on topics: what the words of an article say of them, by weights that examples taught.

Rules know what editors thought of; the weights know how the words of whole openings go together. They never tag alone:
a topic's score by its rules is multiplied by what the words say (see enrich/steps/topics.py).
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from heapq import nlargest
from itertools import repeat
from operator import mul

from enrich.zones import Zone, Zones
from sosik.catalogue.learned import LearnedWords
from sosik.model.analysis import Morpheme

# Parts of speech that say something: nouns, verbs, adjectives, roots, words in Latin letters; and adverbs (MAG).
# A name (NNP) is no reason: what is reported of a place or a body today says little of tomorrow.
_TELLING = frozenset({"NN", "VV", "VA", "XR", "SL"})
_ADVERB, _NAME = "MAG", "NNP"
_COUNTS = {Zone.TITLE: 2.0, Zone.LEAD: 1.0, Zone.BODY: 0.5}
_SHOWN = 3  # words that are named as evidence


def features_of(text: str, morphemes: Iterable[Morpheme], zones: Zones) -> dict[str, float]:
    """Return the words of an article with what they count; the squares add up to 1."""
    return WordsOfArticle(text, morphemes, zones).values


class WordsOfArticle:
    """The words of one article: what each counts, and where it stands first."""

    def __init__(self, text: str, morphemes: Iterable[Morpheme], zones: Zones) -> None:
        counted: dict[str, float] = {}
        self._places: dict[str, tuple[int, int]] = {}
        small = _in_small_letters(text)
        composed = unicodedata.is_normalized("NFC", small)
        borders = iter([*zip(zones.borders[1:], zones.zones[1:], strict=True), (len(text) + 1, Zone.NOISE)])
        counts, (border, next_zone) = _COUNTS.get(zones.zones[0]), next(borders)
        for _, tag, start, end in morphemes:
            while start >= border:
                counts = _COUNTS.get(next_zone)
                border, next_zone = next(borders)
            if counts is None or not _tells(tag):
                continue
            word = small[start:end] if composed else unicodedata.normalize("NFC", small[start:end])
            if word in counted:
                counted[word] += counts
            else:
                counted[word] = counts
                self._places[word] = start, end
        self.values = _scaled(counted)

    def places(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Return where words stand first."""
        return [self._places[word] for word in words]


class LearnedOpinion:
    """What was learnt, asked about the words of articles."""

    def __init__(self, learned: LearnedWords) -> None:
        self._learned = learned

    def odds(self, topic: str, words: WordsOfArticle) -> float | None:
        """Return the log-odds of a topic, or None if nothing was learnt of it."""
        bias = self._learned.bias.get(topic)
        if bias is None:
            return None
        weights = map(self._learned.weights[topic].get, words.values, repeat(0.0))
        said: float = sum(map(mul, weights, words.values.values()))
        return bias + said

    def speaking(self, topic: str, words: WordsOfArticle) -> list[tuple[int, int]]:
        """Return where the words stand that speak most for a topic; a single syllable tells a reader nothing."""
        weights: Mapping[str, float] = self._learned.weights.get(topic, {})
        spoken = (
            (weights[word] * value, word)
            for word, value in words.values.items()
            if len(word) > 1 and weights.get(word, 0.0) > 0
        )
        return words.places(word for _, word in nlargest(_SHOWN, spoken))


@cache  # a tokenizer has some hundred tags
def _tells(tag: str) -> bool:
    return tag[:3] != _NAME and (tag[:2] in _TELLING or tag[:3] == _ADVERB)


def _in_small_letters(text: str) -> str:
    """Return the text in small letters, each where it stood: İ would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join([each.lower()[0] for each in text])


def _scaled(counted: Mapping[str, float]) -> dict[str, float]:
    values = {word: math.log1p(count) for word, count in counted.items()}
    length = math.sqrt(sum([value * value for value in values.values()])) or 1.0
    return {word: value / length for word, value in values.items()}
