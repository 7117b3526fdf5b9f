"""Which terms of the glossary a brief explains: the most material ones of the article."""

from collections.abc import Iterator, Sequence

from sosik.catalogue.term import Term
from sosik.model.article import Article
from sosik.model.brief import GlossaryCard

_IN_TITLE = 5
_IN_LEAD = 2
_MOST = 6  # more mentions than that say nothing more
_LEAD = 200  # characters
_LONG = 4  # syllables


def choose_cards(article: Article, terms: Sequence[Term], limit: int = 1) -> tuple[GlossaryCard, ...]:
    """Return the cards of the terms that matter most: in the title, in the lead, often; of equals the earlier one."""
    whole = article.whole
    scored = []
    for term in terms:
        if any(each in whole for each in term.unless):
            continue
        spellings = (term.card.term, *term.also)
        count = sum(_count(whole, each) for each in spellings)
        if not count:
            continue
        score = min(count, _MOST)
        score += _IN_TITLE * any(_count(article.title, each) for each in spellings)
        score += _IN_LEAD * any(_count(article.text[:_LEAD], each) for each in spellings)
        first = min(place for each in spellings if (place := _place(whole, each)) >= 0)
        scored.append((-score, first, -len(term.card.term), term))
    return tuple(term.card for *_, term in sorted(scored, key=lambda each: each[:3])[:limit])


def _count(text: str, word: str) -> int:
    return sum(1 for _ in _places(text, word))


def _place(text: str, word: str) -> int:
    return next(_places(text, word), -1)


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word begins; in the middle of another word of Hangul it is none, unless it is a long one."""
    place = text.find(word)
    while place >= 0:
        if len(word) >= _LONG or not (place and "가" <= text[place - 1] <= "힣"):
            yield place
        place = text.find(word, place + len(word))
