"""What is more frequent of late than its own past would have it: topics, names, and words."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from sosik.app.flows.ask import living_index
from sosik.model.instants import KST
from sosik.model.ports.index import Index
from sosik.model.query import Days
from sosik.model.search import Document, FacetField, Period, Query, Rise
from sosik.storage.index.counts import rising as above_their_past

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

TERM = "term"
_FIELDS = (FacetField.TOPIC, FacetField.ORGANISATION, FacetField.PERSON)
_MOST_READ = 10_000  # articles of a period whose words are counted
_ARTICLES = 5  # named behind a word
_SHORTEST = 2  # letters of a word
_FEWEST = 3  # articles with a word; of fewer, everyday words seem to rise


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
            rises += _rising_terms(index, period, past, size)
    return RisingReport(period, past, tuple(rises))


def _rising_terms(index: Index, period: Period, past: Period, size: int) -> Iterator[Rise]:
    """Give the words and compounds in a greater share of articles than before."""
    behind: dict[str, list[str]] = defaultdict(list)
    total = past_total = 0
    for document in _documents(index, period):
        total += 1
        for term in terms_of(document):
            behind[term].append(document.article)
    before: Counter[str] = Counter()
    for document in _documents(index, past):
        past_total += 1
        before.update(terms_of(document) & behind.keys())
    now = {term: len(articles) for term, articles in behind.items() if len(articles) >= _FEWEST}
    found = above_their_past(now, total, before, past_total, 4 * size)
    seen = {each.value: each.now for each in found}
    whole = [each for each in found if not _within_another(each.value, each.now, seen)]
    for each in whole[:size]:
        articles = tuple(behind[each.value][:_ARTICLES])
        yield Rise(field=TERM, value=each.value, now=each.now, expected=each.expected, articles=articles)


def _documents(index: Index, period: Period) -> Iterator[Document]:
    return islice(index.export(Query(where=Days(period.first, period.last), copies=False)), _MOST_READ)


def terms_of(document: Document) -> set[str]:
    """Return the words of an article and the compounds of two that stand side by side, without white space."""
    whole = f"{document.title}\n{document.text}"
    found: set[str] = set()
    for terms in (document.title_terms, document.text_terms):
        placed = [each for each in terms if not each[0].isdigit()]
        found.update(word for word, start, end in placed if end - start >= _SHORTEST)
        for (_, first, middle), (_, after, last) in pairwise(placed):
            if 0 <= after - middle <= 1 and "\n" not in whole[first:last]:
                found.add("".join(whole[first:last].split()))
    return found


def _within_another(term: str, count: int, others: dict[str, int]) -> bool:
    """Is it part of a longer word that rose as much? Then the longer one says it all."""
    return any(term != other and term in other and count <= also for other, also in others.items())
