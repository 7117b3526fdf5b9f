"""Any number of articles for benchmarks: the sentences of the written ones, put together anew, always the same way."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sosik.demo.clock import DEMO_NOW, DEMO_START
from sosik.demo.texts import DemoArticle, Expected, read_articles
from sosik.demo.truth import articles_at
from sosik.model.article import Article

FIRST_NUMBER = 100_000

_LEAST = 400  # characters, as of the written ones
_TAILS = ("후속", "현장", "속보", "점검", "집중", "그 뒤", "한눈에", "돌아보기")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=[.?!][\"”’'])\s+")
_SERIES_MARK = re.compile(r"\[[^\]]*\]$")
_DIGITS = re.compile(r"\d+(?![\d년월일시])")  # days and months stay what they can be
_MINUTES = int((DEMO_NOW - DEMO_START) / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class _Stock:
    """A written article, cut up."""

    article: DemoArticle
    title: str
    sentences: tuple[str, ...]


def generated_articles(
    count: int, *, seed: int = 1, texts: Sequence[DemoArticle] | None = None
) -> Iterator[DemoArticle]:
    """Yield `count` articles, numbered from FIRST_NUMBER, spread over the written ones' outlets and half a year.

    Two thirds of an article's sentences come from one written article, which gives it title, topics and authors, the
    rest from any; figures are drawn anew, so that no two are copies. The nth article is the same in every run and
    whatever the count.
    """
    stock = [_cut(each) for each in (read_articles() if texts is None else texts)]
    outlets = sorted({each.article.outlet for each in stock})
    for place in range(count):
        draw = random.Random(seed * 1_000_003 + place)  # noqa: S311 (nothing secret; it has to be repeatable)
        yield _compose(stock, outlets[place % len(outlets)], FIRST_NUMBER + place, draw)


def generated_records(count: int, *, seed: int = 1, texts: Sequence[DemoArticle] | None = None) -> Iterator[Article]:
    """Yield the same articles as a faultless extraction would give them, for benchmarks that need no pages."""
    return articles_at(generated_articles(count, seed=seed, texts=texts), DEMO_NOW)


def _cut(article: DemoArticle) -> _Stock:
    sentences = tuple(each for each in _SENTENCE_END.split(article.text.replace("\n", " ")) if each)
    return _Stock(article, _SERIES_MARK.sub("", article.title).strip(), sentences)


def _compose(stock: Sequence[_Stock], outlet: str, number: int, draw: random.Random) -> DemoArticle:
    main = draw.choice(stock)
    length = draw.randint(8, 16)
    chosen = draw.sample(main.sentences, min(len(main.sentences), length * 2 // 3))
    while len(chosen) < length or sum(map(len, chosen)) < _LEAST:
        chosen.append(draw.choice(draw.choice(stock).sentences))
    text = _DIGITS.sub(lambda found: _figure(len(found[0]), draw), " ".join(chosen))
    cut = _SENTENCE_END.split(text)
    step = draw.randint(2, 3)
    return DemoArticle(
        outlet=outlet,
        number=number,
        published=DEMO_START + timedelta(minutes=draw.randrange(_MINUTES)),
        title=f"{main.title} {draw.choice(_TAILS)} {number - FIRST_NUMBER + 1}호",
        text="\n\n".join(" ".join(cut[start : start + step]) for start in range(0, len(cut), step)),
        authors=main.article.authors,
        section=main.article.section,
        traits=frozenset({"generated"}),
        expected=Expected(topics=main.article.expected.topics),
    )


def _figure(digits: int, draw: random.Random) -> str:
    return str(draw.randrange(10 ** (digits - 1), 10**digits)) if digits > 1 else str(draw.randrange(1, 10))
