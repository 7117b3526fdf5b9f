"""What is more frequent of late than its own past would have it: topics, names, and words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

from enrich.stories.profile import COMMON
from enrich.zones import Zone, zones_of
from sosik.app.flows.ask import living_index
from sosik.model.counts import rising as above_their_past
from sosik.model.instants import KST
from sosik.model.ports.index import Index
from sosik.model.ports.tokenizer import Tokenizer
from sosik.model.query import Days
from sosik.model.search import Document, FacetField, Period, Query, Rise

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

TERM = "term"
_FIELDS = (FacetField.TOPIC, FacetField.ORGANISATION, FacetField.PERSON)
_MOST_READ = 10_000  # articles of a period whose words are counted
_ARTICLES = 5  # named behind a word
_SHORTEST = 2  # letters of a word
_USUAL = 0.1  # of all articles: a word that more of them have is no news, …
_USUAL_BEFORE = 0.05  # … if as many as this, and more than two, had it before: else it broke out


@dataclass(frozen=True, slots=True)
class RisingReport:
    """What rises in a period against the past before it; the most remarkable of each field first."""

    period: Period
    past: Period
    rises: tuple[Rise, ...]


def find_rising(
    wiring: "Wiring", *, days: int, past_days: int, last: date | None = None, field: str = "", size: int = 10
) -> RisingReport:
    """Compare the last `days` Korean days with the `past_days` before them, copies of releases not counted.

    `field` is one of the index's, `term` for words, or empty for topics, organisations, people and words.
    """
    end = last or wiring.clock.now().astimezone(KST).date()
    period = Period(first=end - timedelta(days=days - 1), last=end)
    before = period.first - timedelta(days=1)
    past = Period(first=before - timedelta(days=past_days - 1), last=before)
    fields = _FIELDS if not field else () if field == TERM else (FacetField(field),)
    with living_index(wiring) as index:
        rises = [rise for each in fields for rise in index.rising(period, past, each, size)]
        if field in ("", TERM):
            rises += _rising_terms(index, wiring.tokenizer(), period, past, size)
    return RisingReport(period, past, tuple(rises))


def _rising_terms(index: Index, tokenizer: Tokenizer, period: Period, past: Period, size: int) -> Iterator[Rise]:
    """Give the words and compounds in a greater share of articles than before."""
    behind: dict[str, list[str]] = defaultdict(list)
    verbs: set[str] = set()
    total = past_total = 0
    for document in _documents(index, period):
        total += 1
        said = read(document)
        verbs |= said.verbs
        for term in said.terms:
            behind[term].append(document.article)
    before: Counter[str] = Counter()
    for document in _documents(index, past):
        past_total += 1
        before.update(read(document).terms & behind.keys())
    now = {term: len(articles) for term, articles in behind.items()}
    most, known = _USUAL * (total + past_total), max(_USUAL_BEFORE * past_total, 2)
    usual = {term for term, count in now.items() if before[term] > known and count + before[term] > most}
    above = above_their_past(now, total, before, past_total, len(now))
    telling = (each for each in above if each.value not in usual and _is_telling(each.value, verbs, tokenizer))
    found = list(islice(telling, 4 * size))
    seen = {_written(each.value): each.now for each in found}
    whole = [each for each in found if not _within_another(_written(each.value), each.now, seen)]
    for each in whole[:size]:
        articles = tuple(behind[each.value][:_ARTICLES])
        yield Rise(field=TERM, value=_written(each.value), now=each.now, expected=each.expected, articles=articles)


def _documents(index: Index, period: Period) -> Iterator[Document]:
    return islice(index.export(Query(where=Days(period.first, period.last), copies=False)), _MOST_READ)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an article and the compounds of two, a space between these; and what it conjugates as a verb."""

    terms: set[str]
    verbs: set[str]


def read(document: Document) -> Said:
    """Return what an article says: words of the story, not of lines about the page, and no pieces of dates and amounts.

    Two words make a compound if they stand side by side, with or without a space.
    """
    whole = f"{document.title}\n{document.text}"
    zones = zones_of(document.title, document.text)
    said = Said(set(), set())
    placed: list[tuple[str, int, int]] = []
    for word, start, end in chain(document.title_terms, document.text_terms):
        if word.isdigit() or (end - start == 1 and whole[max(start - 1, 0) : start].isdigit()):
            continue
        if _is_conjugated(word, whole[start:end]):
            said.verbs.add(word)
        elif zones.at(start) is not Zone.NOISE:
            placed.append((word, start, end))
    said.terms.update(word for word, start, end in placed if end - start >= _SHORTEST)
    for (_, first, middle), (_, after, last) in pairwise(placed):
        if _is_rest(whole, first, middle):
            continue
        if after == middle or (after == middle + 1 and whole[middle] == " "):
            said.terms.add(f"{_written(whole[first:middle])} {_written(whole[after:last])}")
    return said


def _is_rest(whole: str, start: int, end: int) -> bool:
    """Is it the last letter of a word, such as 력 of 경쟁력?"""
    return end - start == 1 and whole[max(start - 1, 0) : start].isalpha()


def _is_conjugated(word: str, written: str) -> bool:
    """Is a stem written with its ending in one: 밝히 as 밝혔?"""
    return word != written and "가" <= word[0] <= "힣" and word != normalize("NFKC", _written(written)).lower()


def _is_telling(term: str, verbs: Collection[str], tokenizer: Tokenizer) -> bool:
    """Is it more than words of every second headline, and none of it a verb?"""
    words = term.lower().split(" ")
    if all(word in COMMON for word in words):
        return False
    return not any(word in verbs or _is_verb(word, tokenizer) for word in words)


def _is_verb(word: str, tokenizer: Tokenizer) -> bool:
    """Does it become a sentence by an ending?"""
    first = tokenizer.tokenize(f"{word}다")[0]
    return first.end == len(word) and first.tag.startswith(("VV", "VA"))


def _written(term: str) -> str:
    return "".join(term.split())


def _within_another(term: str, count: int, others: dict[str, int]) -> bool:
    """Is it part of a longer word that rose as much? Then the longer one says it all."""
    return any(term != other and term in other and count <= also for other, also in others.items())
