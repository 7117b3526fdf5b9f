"""Made-up documents, a cutter and queries for the contract of the index; the same for every engine."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sosik.model.analysis import Terms
from sosik.model.article import article_id
from sosik.model.instants import KST, Provenance, Published
from sosik.model.query import parse
from sosik.model.search import Document, FacetField, Order, Query
from sosik.model.wanted import matches, values_of, want

_WORD = re.compile(r"[0-9A-Za-z가-힣]+")
_PARTICLES = ("에서", "으로", "을", "를", "은", "는", "의", "이")
_COMPOUNDS = {
    "인공지능집적단지": ("인공지능", "집적", "단지"),
    "집적단지": ("집적", "단지"),
    "실증사업": ("실증", "사업"),
    "자율주행차": ("자율", "주행", "차"),
}


class PlainCutter:
    """Cuts on white space and signs, drops particles, and takes a few compounds apart."""

    def __init__(self, name: str = "plain-1") -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def cut(self, text: str, offset: int = 0) -> Terms:
        terms: list[tuple[str, int, int]] = []
        for found in _WORD.finditer(text):
            word = found.group().lower()
            particle = next((each for each in _PARTICLES if word.endswith(each)), "")
            word = word.removesuffix(particle)
            at = found.start() + offset
            for part in _COMPOUNDS.get(word, (word,) if word else ()):
                terms.append((part, at, at + len(part)))
                at += len(part)
        return Terms.of(terms)


CUTTER = PlainCutter()


def document(
    key: str | int,
    title: str = "광주 소식",
    text: str = "본문",
    *,
    version: int = 1,
    published: Published | str | None = "2026-03-02",
    topics: Sequence[str] = (),
    regions: Sequence[str] = (),
    organisations: Sequence[str] = (),
    people: Sequence[str] = (),
    outlet: str = "광주일보",
    source: str = "gwangju-ilbo",
    kind: str = "newspaper",
    series: str = "",
    copy: bool = False,
) -> Document:
    """Make a document; a number as key is its id, a word is hashed to one; `published` is read as Korean time."""
    article = f"{key:016x}" if isinstance(key, int) else article_id("test", key)
    return Document(
        article=article,
        version=version,
        source=source,
        outlet=outlet,
        kind=kind,
        url=f"https://{source}.test/{article}",
        title=title,
        text=text,
        english=f"English line of {key}",
        published=Published.from_iso(published, Provenance.META) if isinstance(published, str) else published,
        title_terms=CUTTER.cut(title),
        text_terms=CUTTER.cut(text, len(title) + 1),
        topics=tuple(topics),
        regions=tuple(regions),
        organisations=tuple(organisations),
        people=tuple(people),
        series=series,
        story="story-1",
        copy=copy,
    )


_WORDS = """
    인공지능 집적 단지 실증 사업 자율 주행 차 반도체 교통 광주 전남 대구 기업 예산 협약 센터 창업 도시 AI GPU 데이터
    시민 시장 발표 개소 로봇 의료 에너지 인공지능집적단지를 집적단지 실증사업을 자율주행차는
"""
_VOCABULARY = tuple(_WORDS.split())
_TOPICS = ("ai-cluster", "mobility", "chips", "energy", "robots")
_REGIONS = ("광주", "전남", "대구", "부산")
_OUTLETS = (("광주일보", "gwangju-ilbo"), ("전남매일", "jnmaeil"), ("빛고을방송", "bitgoeul"))
_KINDS = ("newspaper", "broadcaster", "press-board")


def corpus(size: int = 400, seed: int = 7) -> list[Document]:
    """Make documents of two years, some undated, some copies, many at the same minute."""
    dice = random.Random(seed)
    return [_random_document(dice, number) for number in range(size)]


def _random_document(dice: random.Random, number: int) -> Document:
    outlet, source = dice.choice(_OUTLETS)
    return document(
        f"corpus-{number}",
        " ".join(dice.choices(_VOCABULARY, k=dice.randint(2, 6))),
        " ".join(dice.choices(_VOCABULARY, k=dice.randint(5, 60))),
        published=_random_time(dice),
        topics=dice.sample(_TOPICS, dice.randint(0, 3)),
        regions=dice.sample(_REGIONS, dice.randint(0, 2)),
        organisations=dice.sample(("AICA", "광주시", "과기정통부"), dice.randint(0, 2)),
        people=dice.sample(("강기정", "김철수"), dice.randint(0, 1)),
        outlet=outlet,
        source=source,
        kind=dice.choice(_KINDS),
        series=dice.choice(("", "", "s1", "s2")),
        copy=dice.random() < 0.2,
    )


def _random_time(dice: random.Random) -> Published | None:
    sort = dice.random()
    if sort < 0.05:
        return None
    day = date(2025, 1, 1) + timedelta(days=dice.randrange(730))
    if sort < 0.3:
        return Published.on_day(day, Provenance.PRINTED)
    minute = datetime(day.year, day.month, day.day, dice.choice((0, 8, 9, 23)), dice.choice((0, 59)), tzinfo=KST)
    return Published.at_minute(minute.astimezone(UTC), Provenance.META)


def queries(number: int = 200, seed: int = 11) -> list[str]:
    """Make query texts of every form, some of which find nothing."""
    dice = random.Random(seed)
    return [_random_query(dice, 0) for _ in range(number)]


def _random_query(dice: random.Random, depth: int) -> str:
    parts = [_random_part(dice, depth) for _ in range(dice.randint(1, 3))]
    return dice.choice((" ", " ", " OR ")).join(parts)


def _random_part(dice: random.Random, depth: int) -> str:
    word = dice.choice(_VOCABULARY)
    forms = [
        word,
        word,
        f"-{word}",
        f'"{word} {dice.choice(_VOCABULARY)}"',
        f"topic:{dice.choice(_TOPICS)}",
        f"region:{dice.choice(_REGIONS)}",
        f"outlet:{dice.choice(dice.choice(_OUTLETS))}",
        f"kind:{dice.choice(_KINDS)}",
        "series:s1",
        "person:강기정",
        "-org:AICA",
        "은",
        f"from:{dice.choice(('2025', '2025-06', '2026-02-28'))}",
        f"to:{dice.choice(('2026', '2026-06', '2026-12-31'))}",
    ]
    if depth < 2:
        forms += [f"({_random_query(dice, depth + 1)})", f"-({_random_query(dice, depth + 1)})"]
    return dice.choice(forms)


def found_by_hand(documents: Sequence[Document], text: str, *, copies: bool = True) -> list[Document]:
    """What a query finds, newest first, ties by article id, undated last: the slow and certain way."""
    wanted = want(parse(text), CUTTER)
    found = [each for each in documents if matches(wanted, each) and (copies or not each.copy)]
    return sorted(found, key=lambda each: (*_newest_first(each), each.article))


def _newest_first(each: Document) -> tuple[bool, float]:
    return (True, 0.0) if each.published is None else (False, -each.published.order.timestamp())


def counted_by_hand(documents: Sequence[Document], field: FacetField, size: int) -> tuple[tuple[str, int], ...]:
    """The facet of a field over documents."""
    counts = Counter(value for each in documents for value in values_of(each, field))
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:size])


def newest(text: str, limit: int = 1_000) -> Query:
    """Ask for everything that a query text finds, newest first."""
    return Query(where=parse(text), order=Order.NEWEST, limit=limit)
