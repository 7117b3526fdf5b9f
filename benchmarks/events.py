"""Analysed articles on made-up events, as many as wanted: what grouping is measured on.

An event has words, people, sums and days of its own; up to six outlets tell of it, word for word, reworded, or in
words of their own. Words are drawn as in a language, few of them often. Articles come in the order of their days.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from enrich.pipeline import Draft
from enrich.steps.fingerprint import FingerprintStep
from sosik.model.analysis import Analysis, DateMention, Figure, Mention, MentionKind, Terms
from sosik.model.article import Article, article_id
from sosik.model.instants import Provenance, Published

_A_DAY = 500  # articles
_START = date(2020, 1, 1)
_WORDS = 20_000
_LENGTH = 260  # terms
_FIRSTS, _MIDDLES, _LASTS = "가나다라마바사아자차카타파하", "강공남담란민부선안정", "구도래미비소우지치호"
_SYLLABLES = list(_FIRSTS + _MIDDLES + _LASTS)
_VOCABULARY = [
    _SYLLABLES[place % 34] + _SYLLABLES[place // 34 % 34] + (_SYLLABLES[place // 1156 % 34] if place >= 1156 else "")
    for place in range(_WORDS)
]
_WEIGHTS = list(accumulate(1 / (place + 20) for place in range(_WORDS)))
_mark = FingerprintStep()


def analysed(count: int, *, seed: int = 1) -> Iterator[tuple[Article, Analysis]]:
    """Give that many articles with their analyses; the nth is the same in every run."""
    draw = random.Random(seed)
    made = 0
    while made < count:
        day = _START + timedelta(days=made // _A_DAY)
        for place, terms in enumerate(_tellings(draw)[: count - made]):
            yield _analysed(made, place, day, terms, draw)
            made += 1


def _words(draw: random.Random, count: int) -> list[str]:
    return draw.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=count)


def _tellings(draw: random.Random) -> list[tuple[list[str], list[str], list[str], list[int]]]:
    """Return what each outlet says of one event: title, text, people, sums."""
    title, text = _words(draw, 7), _words(draw, _LENGTH)
    people = [f"{draw.choice('김이박최정강')}{draw.choice(_VOCABULARY)[:2]}" for _ in range(draw.randint(1, 3))]
    sums = [draw.randint(11, 9999) * 10**7 for _ in range(draw.randint(1, 5))]
    told = []
    for _ in range(draw.choice((1, 1, 1, 1, 2, 3, 4, 6))):
        way = draw.random()
        if way < 0.3:
            told.append((title, text, people, sums))
        elif way < 0.7:
            told.append((draw.sample(title, 6), _reworded(text, 0.3, draw), people, sums))
        else:
            told.append((draw.sample(title, 5), _reworded(text, 0.7, draw), people[:1], sums[:2]))
    return told


def _reworded(text: Sequence[str], share: float, draw: random.Random) -> list[str]:
    return [draw.choice(_VOCABULARY) if draw.random() < share else each for each in text]


def _analysed(
    number: int,
    place: int,
    day: date,
    told: tuple[list[str], list[str], list[str], list[int]],
    draw: random.Random,
) -> tuple[Article, Analysis]:
    title, text, people, sums = told
    url = f"http://paper{place}.test/{number}"
    article = Article(
        id=article_id(f"paper{place}", url),
        source=f"paper{place}",
        url=url,
        title=" ".join(title),
        text=" ".join([*text, *people]),
        published=Published.on_day(day, Provenance.META),
    )
    whole = article.whole
    title_terms, text_terms = _terms(title, 0), _terms(text, len(article.title) + 1)
    mentions = [
        Mention(kind=MentionKind.PERSON, name=each, start=whole.index(each), end=whole.index(each) + len(each))
        for each in people
    ]
    draft = Draft(article=article, whole=whole, title_terms=title_terms, text_terms=text_terms)
    return article, Analysis(
        article=article.id,
        revision=1,
        made_by="benchmark",
        tokenizer="benchmark",
        title_terms=title_terms,
        text_terms=text_terms,
        mentions=tuple(mentions),
        figures=tuple(
            Figure(surface=f"{each}원", value=each, unit="KRW", approximate=False, start=0, end=1) for each in sums
        ),
        dates=(
            DateMention(surface="11일", iso=(day + timedelta(days=draw.randint(1, 20))).isoformat(), start=0, end=3),
        ),
        fingerprint=_mark(draft).fingerprint,
    )


def _terms(words: Sequence[str], start: int) -> Terms:
    placed = []
    for word in words:
        placed.append((word, start, start + len(word)))
        start += len(word) + 1
    return Terms.of(placed)
