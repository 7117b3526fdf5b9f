"""Looking at outlets: is it there, does it announce, can its articles be read?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.entries import Entry, Unreadable
from crawler.feeds import parse_feed
from crawler.listpages import parse_list
from crawler.outcomes import KEPT, ROBOTS, ROBOTS_AWAY
from crawler.sitemaps import parse_sitemap
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.tasting import Taste, taste
from sosik.model.article import Extraction
from sosik.model.capture import Capture, CaptureKind
from sosik.model.check import SourceCheck
from sosik.model.errors import Refused
from sosik.model.instants import KST
from sosik.model.source import Source
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from datetime import datetime

    from sosik.app.wiring import Wiring

ARTICLES = 3
_ALLOWED, _REFUSED, _NO_ANSWER = "allowed", "refused", "no answer"


def check_sources(
    wiring: "Wiring",
    sources: Sequence[Source],
    *,
    proxy: str | None = None,
    progress: Progress = silent,
) -> tuple[SourceCheck, ...]:
    """Fetch robots.txt, everything that announces, and three articles of each outlet; note in the ledger what came.

    Raises Refused where there is nothing to look at.
    """
    if not sources:
        raise Refused("no outlet to check; `sosik sources list` shows all")
    tastes = taste(wiring, sources, articles=ARTICLES, proxy=proxy, progress=progress)
    now = wiring.clock.now()
    checks = tuple(judged(tastes[each.id], now) for each in sources)
    with wiring.ledger() as ledger, ledger.write() as unit:
        for each in checks:
            unit.checks.put(each)
    return checks


def passed_checks(wiring: "Wiring") -> dict[str, SourceCheck]:
    """Return the last checks that passed, by outlet, as far as there is a ledger; none is made for the question."""
    settings = wiring.settings
    if not (settings.ledger_url or settings.data.is_dir()):
        return {}
    with wiring.ledger() as ledger, ledger.read() as unit:
        return {each.source: each for each in unit.checks.newest() if each.passed}


def with_checks(wiring: "Wiring") -> tuple[Source, ...]:
    """Return every outlet, `checked` being the day of the last check that passed, by file or by ledger."""
    passed = passed_checks(wiring)
    return tuple(
        replace(each, checked=passed[each.id].at.astimezone(KST).date()) if each.id in passed else each
        for each in wiring.catalogue.sources()
    )


def judged(found: Taste, at: "datetime") -> SourceCheck:
    """Sum up what a look at an outlet gave."""
    named = dict(_announced(found))
    addresses = {each.url: each.outcome for each in found.visits if each.kind is not CaptureKind.ARTICLE}
    complete = sum(not missing(each) for _, each in found.extractions)
    return SourceCheck(
        source=found.source.id,
        at=at,
        reachable=bool(found.captures),
        robots=_robots([each.outcome for each in found.visits]),
        announced=len(named),
        dated=sum(each.published is not None for each in named.values()),
        fetched=len(found.extractions),
        complete=complete,
        charsets=tuple(sorted({each.charset for _, each in found.extractions if each.charset})),
        addresses=addresses,
        problems=tuple(_problems(found, addresses, len(named))),
    )


def missing(extraction: Extraction) -> tuple[str, ...]:
    """Name what an article lacks of title, text and day of publication."""
    if extraction.error is not None:
        return (extraction.error,)
    has = {"no title": extraction.title, "no text": extraction.text, "no date": extraction.published}
    return tuple(name for name, value in has.items() if not value)


def entries_of(source: Source, capture: Capture) -> tuple[Entry, ...]:
    """Return the articles that a page announces; none where it is no such page."""
    try:
        if capture.kind is CaptureKind.FEED:
            names = next((each.names for each in source.special_feeds if each.names and _same(each.url, capture)), ())
            return parse_feed(capture.body, url=capture.final_url, names=names)
        if capture.kind is CaptureKind.SITEMAP:
            return parse_sitemap(capture.body, url=capture.final_url).entries
        article = next((each.article for each in source.lists if _same(each.url, capture)), "")
        return parse_list(capture.body, url=capture.final_url, article=article)
    except Unreadable:
        return ()


def _same(url: str, capture: Capture) -> bool:
    return canonical_url(url) == canonical_url(capture.url)


def _announced(found: Taste) -> Iterator[tuple[str, Entry]]:
    for capture in found.captures:
        if capture.kind is CaptureKind.ARTICLE:
            continue
        for entry in entries_of(found.source, capture):
            try:
                yield canonical_url(entry.url), entry
            except ValueError:
                continue


def _robots(outcomes: Sequence[str]) -> str:
    if any(each == ROBOTS_AWAY for each in outcomes):
        return _NO_ANSWER
    return _REFUSED if any(each == ROBOTS for each in outcomes) else _ALLOWED


def _problems(found: Taste, addresses: dict[str, str], named: int) -> Iterator[str]:
    for url, outcome in addresses.items():
        if outcome != KEPT:
            yield f"{url}: {outcome}"
    if not addresses:
        yield "the file names nothing that announces articles"
    elif not named and KEPT in addresses.values():
        yield "nothing that came announces an article: give feeds, or [[lists]] with an `article` pattern"
    for visit in found.visits:
        if visit.kind is CaptureKind.ARTICLE and visit.outcome != KEPT:
            yield f"{visit.url}: {visit.outcome}"
    for url, extraction in found.extractions:
        lacks = missing(extraction)
        if lacks:
            yield f"{url}: {', '.join(lacks)}"
