"""What is compared of an article: small enough to be kept for every one, and made once."""

import json
import re
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from unicodedata import normalize
from zlib import crc32

from enrich.zones import Zone, zones_of
from sosik.model.analysis import Analysis, DateMention, Figure, Mention, MentionKind
from sosik.model.article import Article

_LEAD = 80  # terms of the text that count as its lead
_MOST_PAIRS = 768  # of longer texts an even sample is kept
_FEWEST_PAIRS = 12  # different ones; what has fewer is as good as another only if it is the same
_MOST_FACTS = 200  # of one sort: tables of figures and lists of names are cut
_NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.REGION})
_PLACES = frozenset({MentionKind.PLACE, MentionKind.REGION})
_QUOTE = re.compile(r"[“\"‘'「『｢《<〈`]([^”\"’'」』｣》>〉`\n]{2,60})[”\"’'」』｣》>〉`]")
_LONG_TEXT = 20_000  # characters of which quotations and numbers are read
_BETWEEN = frozenset({",", "·", "ㆍ", "・", "‧", "/", "와", "과", "및"})
_ROW = 2  # of those, from which names are a row
_DIGITS = re.compile(r"\d{1,12}")
_MONEY = frozenset({"KRW", "USD", "EUR", "JPY", "CNY"})
HASHES = 2**32  # a ceiling that leaves nothing out
_NEWS = timedelta(days=10)
_HEAD = struct.Struct("<IIdQQ")
_NO_DAY = 0

_COMMON = """
것 수 등 및 년 월 일 개 명 원 위하 통하 대하 따르 밝히 말하 전하 지난 이번 오 내년 올해 최근 사업 추진 지원
개최 운영 계획 예정 기업 지역 시 군 구 도 부 자 적 화 성 기술 산업 인공 지능 ai 디지털 스마트 혁신 미래 강화
확대 구축 조성 선정 협약 체결 업무 본격 성과 발표 참고 자료 보도 관계 부처 합동 공동 나서 열 새 첫 최초 전국
국내 대표 중심 위 날 오늘 시작 참여 행사 교육 분야 활용 기반 서비스 시스템 데이터 사회 경제 정책 정부 시민 주민
국민 우리 대한 만들 되 하 있 없 보 주 받 들 더 한
"""
COMMON = frozenset(_COMMON.split())  # words of every second headline: sharing them says nothing
# Words of headlines above opinions: they speak of what others report.
_OPINIONS = frozenset(crc32(each.encode()) for each in ("사설", "칼럼", "기고", "시론", "논단", "시평", "오피니언"))
_FLASH = crc32("속보".encode())  # above a few lines that come before the report
_COMMON_HASHES = frozenset(crc32(each.encode()) for each in COMMON)


@dataclass(frozen=True, slots=True)
class HeadlineName:
    """A name in the title: all that it is called, the written form first; hashes of its words, and of two in a row."""

    called: tuple[str, ...]
    words: tuple[int, ...]
    pairs: tuple[int, ...]
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An article as its like see it.

    `day` counts days (proleptic ordinal) of publication, or is None; `order` sorts by time; `length` counts characters
    of the story, not of lines about the page. `title` and `lead` are 32-bit hashes of terms; `words` holds those of all
    terms and `pairs` those of two terms in a row, in no order, in four bytes each, of many only those below
    `words_ceiling` and `ceiling`. In place of very few pairs stands one hash of the whole text, which no other text
    has. The others are facts as written, white space removed; `days` are those shortly before publication, and its own
    where the text names it; `names` is what anybody is called, `listed` who is called so only as one of several in a
    row.
    """

    article: str
    source: str
    day: int | None
    order: float
    length: int
    fingerprint: tuple[int, ...]
    title: frozenset[int]
    lead: frozenset[int]
    words: bytes
    words_ceiling: int
    pairs: bytes
    ceiling: int
    figures: frozenset[str]
    counts: frozenset[str]
    people: frozenset[str]
    officials: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    dates: frozenset[str]
    days: frozenset[str]
    quotes: frozenset[str]
    names: frozenset[str]
    listed: frozenset[str]
    headline_names: tuple[HeadlineName, ...]
    numbers: frozenset[str]
    headline_numbers: frozenset[str]

    @property
    def is_opinion(self) -> bool:
        """Does its headline say that it is an opinion, not a report?"""
        return not self.title.isdisjoint(_OPINIONS)

    @property
    def is_flash(self) -> bool:
        """Does its headline say that it comes before the report?"""
        return _FLASH in self.title

    def to_bytes(self) -> bytes:
        """Write it, to be kept."""
        facts = [sorted(getattr(self, each)) for each in _FACTS]
        above = [[each.called, each.words, each.pairs, each.person] for each in self.headline_names]
        words = json.dumps([self.article, self.source, above, *facts], ensure_ascii=False).encode()
        numbers = [
            _packed(self.title),
            _packed(self.lead),
            self.words,
            self.pairs,
            struct.pack(f"<{len(self.fingerprint)}I", *self.fingerprint),
        ]
        lengths = struct.pack("<5I", *map(len, numbers))
        head = _HEAD.pack(self.day or _NO_DAY, self.length, self.order, self.words_ceiling, self.ceiling)
        return b"".join((head, lengths, *numbers, zlib.compress(words, 1)))

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        day, length, order, words_ceiling, ceiling = _HEAD.unpack_from(kept)
        sizes = struct.unpack_from("<5I", kept, _HEAD.size)
        place = _HEAD.size + 20
        packed = []
        for size in sizes:
            packed.append(kept[place : place + size])
            place += size
        article, source, headline_names, *facts = json.loads(zlib.decompress(kept[place:]))
        return cls(
            article=article,
            source=source,
            day=day or None,
            order=order,
            length=length,
            fingerprint=tuple(unpacked(packed[4])),
            title=frozenset(unpacked(packed[0])),
            lead=frozenset(unpacked(packed[1])),
            words=packed[2],
            words_ceiling=words_ceiling,
            pairs=packed[3],
            ceiling=ceiling,
            headline_names=tuple(
                HeadlineName(tuple(called), tuple(words), tuple(pairs), person)
                for called, words, pairs, person in headline_names
            ),
            **{name: frozenset(each) for name, each in zip(_FACTS, facts, strict=True)},
        )


_FACTS = (
    *(
        "figures",
        "counts",
        "people",
        "officials",
        "organisations",
        "places",
        "dates",
        "days",
        "quotes",
        "names",
        "listed",
        "numbers",
    ),
    "headline_numbers",
)


def profile_of(article: Article, analysis: Analysis) -> Profile:
    """Return what is compared of an article."""
    wording = _wording(analysis)
    words, words_ceiling = _sampled(wording.words)
    pairs, ceiling = _sampled(wording.pairs if len(wording.pairs) >= _FEWEST_PAIRS else {_whole(article)})
    figures = [each for each in analysis.figures if is_telling(each)]
    counts = [each for each in analysis.figures if not is_telling(each)]
    published = article.published
    today = published.day.isoformat() if published else ""
    people = [each for each in analysis.mentions if each.kind is MentionKind.PERSON]
    names, listed, headline_names = _names(article, analysis)
    whole = article.whole[:_LONG_TEXT]
    return Profile(
        article=article.id,
        source=article.source,
        day=published.day.toordinal() if published else None,
        order=published.order.timestamp() if published else 0.0,
        length=_told(article),
        fingerprint=analysis.fingerprint,
        title=wording.title,
        lead=wording.lead,
        words=words,
        words_ceiling=words_ceiling,
        pairs=pairs,
        ceiling=ceiling,
        figures=_some(map(_figure, figures)),
        counts=_some(map(_figure, counts)),
        people=_some(squeezed(each.name) for each in people if each.entry is None),
        officials=_some(squeezed(each.name) for each in people if each.entry is not None),
        organisations=_some(squeezed(each) for each in analysis.named(MentionKind.ORGANISATION)),
        places=_some(squeezed(each.name) for each in analysis.mentions if each.kind in _PLACES),
        dates=_some(each.iso for each in analysis.dates if each.iso and len(each.iso) > 4 and each.iso != today),
        days=_some(_recent(analysis.dates, published.day) if published else ()),
        quotes=_some(_letters(each) for each in _QUOTE.findall(whole)),
        names=names,
        listed=listed,
        headline_names=headline_names,
        numbers=_some(_DIGITS.findall(whole.replace(",", ""))),
        headline_numbers=_some(_DIGITS.findall(article.title.replace(",", ""))),
    )


def _in_rows(joined: bytes, hashes: Iterable[int]) -> Iterator[int]:
    """Give the hash of each two terms in a row, of terms joined by spaces, given the hashes of the terms.

    Each goes on from the hash of the first of the two, so that nothing is put together.
    """
    return map(crc32, joined.replace(b" ", b"\n ").split(b"\n")[1:], hashes)


def squeezed(text: str) -> str:
    """Return a name without white space."""
    return "".join(text.split())


def is_telling(figure: Figure) -> bool:
    """Is it a figure that two articles hardly share by chance? Money, and anything of three digits that count."""
    if figure.unit in _MONEY:
        return True
    digits = f"{figure.value:.10g}".replace(".", "").rstrip("0")
    return len(digits) >= 2 and figure.value >= 10 and figure.unit not in ("year", "month", "day", "hour", "minute")


@dataclass(frozen=True, slots=True)
class _Wording:
    """Hashes of all terms, of each two in a row within title or text, and of those that title and lead tell by."""

    words: set[int]
    pairs: set[int]
    title: frozenset[int]
    lead: frozenset[int]


def _wording(analysis: Analysis) -> _Wording:
    title, text = analysis.title_terms.joined.encode(), analysis.text_terms.joined.encode()
    above, below = _hashes(title), _hashes(text)
    pairs = {*_in_rows(title, above), *_in_rows(text, below)}
    told = frozenset(_telling(analysis.title_terms.joined, above))
    return _Wording({*above, *below}, pairs, told, told.union(_telling(analysis.text_terms.joined, below)))


def _told(article: Article) -> int:
    """Return how many characters of the text tell the story: not by-lines, notices or what neighbours it."""
    whole, zones = article.whole, zones_of(article.title, article.text)
    spans = zip(zones.borders, (*zones.borders[1:], len(whole)), zones.zones, strict=True)
    return sum(len(whole[start:end].strip()) for start, end, zone in spans if zone not in (Zone.TITLE, Zone.NOISE))


def _whole(article: Article) -> int:
    """Return a hash of the text, or of the title where there is no more, however its white space runs."""
    return crc32(normalize("NFC", " ".join((article.text or article.title).split())).encode(errors="surrogatepass"))


def _hashes(joined: bytes) -> list[int]:
    return list(map(crc32, joined.split(b" "))) if joined else []


def _telling(joined: str, hashes: Sequence[int]) -> set[int]:
    """Return the hashes of the first terms but for common words and bare numbers."""
    numbers = [each for word, each in zip(joined.split(" ", _LEAD), hashes[:_LEAD], strict=False) if word.isdigit()]
    return set(hashes[:_LEAD]).difference(_COMMON_HASHES, numbers)


def _recent(dates: Iterable[DateMention], day: date) -> Iterable[str]:
    """Give the days on which what the article reports may have happened."""
    first = (day - _NEWS).isoformat()
    return (
        each.iso for each in dates if each.iso and len(each.iso) == len(first) and first <= each.iso <= day.isoformat()
    )


def _figure(figure: Figure) -> str:
    value = int(figure.value) if figure.value == int(figure.value) else round(figure.value, 6)
    return f"{value} {figure.unit}"


def _sampled(hashes: set[int]) -> tuple[bytes, int]:
    """Keep an even sample of many: those below a ceiling, so that samples of two texts can be compared."""
    if len(hashes) <= _MOST_PAIRS:
        return _packed(hashes), HASHES
    ordered = sorted(hashes)
    return _packed(ordered[:_MOST_PAIRS]), ordered[_MOST_PAIRS]


def _packed(numbers: Iterable[int]) -> bytes:
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def unpacked(packed: bytes) -> memoryview:
    """Return packed 32-bit numbers as a sequence of them."""
    return memoryview(packed).cast("I")


def _some(facts: Iterable[str]) -> frozenset[str]:
    """Keep the first ones, in the order of the text: they are what an article is about."""
    kept = dict.fromkeys(each for each in facts if each)
    return frozenset(list(kept)[:_MOST_FACTS])


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _in_a_row(names: Sequence[Mention], whole: str) -> Iterator[Mention]:
    """Give the names that follow each other with nothing but commas and the like between, three or more of them."""
    row: list[Mention] = []
    between = 0
    for each in names:
        gap = whole[row[-1].end : each.start].strip() if row else ""
        if gap and gap not in _BETWEEN:
            if between >= _ROW:
                yield from row
            row, between = [], 0
        between += gap in _BETWEEN
        row.append(each)
    if between >= _ROW:
        yield from row


def _names(article: Article, analysis: Analysis) -> tuple[frozenset[str], frozenset[str], tuple[HeadlineName, ...]]:
    """Return everything that anybody is called, what stands in rows only, and the names in the title."""
    whole = article.whole
    names = sorted((each for each in analysis.mentions if each.kind in _NAMES), key=lambda each: (each.start, each.end))
    in_rows = {id(each) for each in _in_a_row(names, whole)}
    every: dict[str, None] = {}
    listed: dict[str, None] = {}
    above: dict[tuple[str, ...], HeadlineName] = {}
    for each in names:
        surface = squeezed(whole[each.start : each.end])
        called = tuple(dict.fromkeys(filter(None, (surface, squeezed(each.name), each.entry or ""))))
        (listed if id(each) in in_rows else every).update(dict.fromkeys(called))
        if each.end <= len(article.title):
            words = [word for word, start, end in analysis.title_terms if start >= each.start and end <= each.end]
            joined = " ".join(words).encode()
            hashes = _hashes(joined)
            pairs = tuple(_in_rows(joined, hashes))
            above[called] = HeadlineName(called, tuple(hashes), pairs, each.kind is MentionKind.PERSON)
    return _some(every), _some(each for each in listed if each not in every), tuple(above.values())
