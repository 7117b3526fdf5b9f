"""From a home page to an outlet's file: find what announces, try it, keep what works."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.entries import Unreadable
from crawler.homepage import HomePage, read_home, sitemaps_of
from crawler.outcomes import KEPT
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.source_check import entries_of, judged
from sosik.app.flows.tasting import Taste, taste
from sosik.app.source_file import written
from sosik.catalogue.family import Family
from sosik.catalogue.readers.sources import FOLDER
from sosik.catalogue.readers.tables import ID
from sosik.model.article import Extraction
from sosik.model.capture import Capture, CaptureKind
from sosik.model.check import SourceCheck
from sosik.model.errors import Away, Refused
from sosik.model.instants import KST
from sosik.model.source import ListPages, Source, SourceKind
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

ARTICLES = 5
_NOTHING = r"(?!)"  # matches no address: a page that is looked at and not followed
_UNKNOWN = "not known"
_WORTH = 2  # addresses that a page must announce to be one that announces


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What whoever adds an outlet says of it; what is empty is found out, or left to be filled in."""

    url: str
    id: str = ""
    name: str = ""
    name_en: str = ""
    region: str = "전국"
    kind: SourceKind = SourceKind.NEWSPAPER
    delay: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The outlet as it was written to `file`, its check, and what its articles gave, by address."""

    source: Source
    file: Path
    check: SourceCheck
    articles: tuple[tuple[str, Extraction], ...]


def add_source(
    wiring: "Wiring", wish: Wish, *, proxy: str | None = None, progress: Progress = silent, local: bool = False
) -> Added:
    """Look at a home page, try what it names, and write the outlet's file.

    `local` lets it be on a private network. Raises Refused where the file is there already or nothing announces
    articles, and Away where the home page does not come.
    """
    start = _draft(wish, local=local)
    if start.id in {each.id for each in wiring.catalogue.sources() if each.home}:
        raise Refused(f"there is an outlet {start.id}; give another with --id")
    file = place_of(wiring, start.id)
    if file.exists():
        raise Refused(f"{file} is there already; remove it, or give another --id")
    home, robots = _home(wiring, start, proxy, progress)
    families = wiring.catalogue.families()
    family = _built_like(families, [home.markup])
    candidate = _candidate(start, wish, home, robots, family)
    found = taste(wiring, [candidate], articles=ARTICLES, proxy=proxy, progress=progress)[candidate.id]
    source = _in_family(_kept(candidate, found), found, families)
    if not (source.feeds or source.sitemaps or source.lists):
        raise Refused(f"nothing at {home.url} announces articles; write the file by hand (docs/how-to/add-a-source.md)")
    now = wiring.clock.now()
    check = judged(replace(found, source=source), now)
    day = now.astimezone(KST).date()
    seen = (f"home page, {day.isoformat()}", *(f"{each}: found there" for each in source.feeds[:1]))
    source = replace(source, checked=day if check.passed else None, provenance=seen)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(source), encoding="utf-8")
    return Added(source=source, file=file, check=check, articles=found.extractions)


def _built_like(families: Mapping[str, Family], pages: Sequence[str]) -> Family | None:
    """Return the family whose marks all of the pages bear; None where there is no page."""
    return next((each for each in families.values() if pages and all(each.built(page) for page in pages)), None)


def _in_family(source: Source, found: Taste, families: Mapping[str, Family]) -> Source:
    """Name the family by the articles, where the home page did not show it."""
    if source.family:
        return source
    pages = [each.body.decode("utf-8", "replace") for each in found.of_kind(CaptureKind.ARTICLE)]
    family = _built_like(families, pages)
    return source if family is None else replace(source, family=family.id, layouts=family.layouts)


def place_of(wiring: "Wiring", name: str) -> Path:
    """Return where an outlet's file is written: in the operator's catalogue, or here where there is none."""
    own = wiring.settings.catalogue
    return own / FOLDER / f"{name}.toml" if own is not None else Path(f"{name}.toml")


def _draft(wish: Wish, *, local: bool) -> Source:
    parts = urlsplit(wish.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"{wish.url!r} is no web address; begin with https:// or http://")
    name = wish.id or _id_of(parts.hostname)
    if not ID.fullmatch(name):
        raise Refused(f"{name!r} cannot be an id; give --id in small letters, digits and single hyphens")
    return Source(
        id=name,
        name=wish.name or name,
        name_en=wish.name_en or name,
        region=wish.region,
        kind=wish.kind,
        home=wish.url,
        delay=wish.delay,
        local=local,
        rights=_UNKNOWN,
    )


def _id_of(host: str) -> str:
    """Return the id that a host suggests: mudeung-sinmun for www.mudeung-sinmun.co.kr."""
    label = next((each for each in host.split(".") if each not in ("www", "m", "news", "mobile")), host)
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def _home(wiring: "Wiring", start: Source, proxy: str | None, progress: Progress) -> tuple[HomePage, bytes]:
    """Fetch home page and robots.txt by the crawler's rules, following nothing."""
    robots = urljoin(start.home, "/robots.txt")
    pages = tuple(ListPages(url=each, article=_NOTHING) for each in (start.home, robots))
    found = taste(wiring, [replace(start, lists=pages)], articles=0, proxy=proxy, progress=progress)[start.id]
    by_url = {canonical_url(each.url): each for each in found.captures}
    home = by_url.get(canonical_url(start.home))
    if home is None:
        outcomes = [each.outcome for each in found.visits if each.url == canonical_url(start.home)]
        raise Away(f"{start.home}: {outcomes[0] if outcomes else 'no answer'}")
    try:
        page = read_home(home.body, url=home.final_url)
    except Unreadable as error:
        raise Refused(f"{start.home}: {error}") from error
    said = by_url.get(canonical_url(robots))
    return page, said.body if said is not None else b""


def _candidate(start: Source, wish: Wish, home: HomePage, robots: bytes, family: Family | None) -> Source:
    """Gather everything that may announce: what pages declare, and where the family usually has it."""
    article = (family.article if family else "") or home.article
    feeds = home.feeds or tuple(urljoin(home.url, each) for each in (family.feeds if family else ()))
    lists = [_family_list(family, home.url, each) for each in (family.lists if family else ())]
    lists.append(ListPages(url=home.url, article=article))
    return replace(
        start,
        name=wish.name or home.name or start.id,
        name_en=wish.name_en or start.id,
        romanized=not wish.name_en,
        home=home.url,
        feeds=feeds,
        sitemaps=sitemaps_of(robots),
        lists=tuple(lists),
        family=family.id if family else "",
        layouts=family.layouts if family else (),
    )


def _family_list(family: Family | None, root: str, path: str) -> ListPages:
    url = urljoin(root, path)
    turned = f"{url}{'&' if '?' in path else '?'}{family.page}={{page}}" if family and family.page else ""
    return ListPages(url=url, page=turned, article=family.article if family else "")


def _kept(candidate: Source, found: Taste) -> Source:
    """Drop what did not come or announces nothing; the home page is a list only where there is nothing better."""
    worth = {canonical_url(each.url) for each in found.captures if _announces(candidate, each)}
    came = {each.url for each in found.visits if each.outcome == KEPT}
    feeds = tuple(each for each in candidate.feeds if canonical_url(each) in worth)
    sitemaps = tuple(each for each in candidate.sitemaps if canonical_url(each) in came)
    lists = tuple(each for each in candidate.lists if canonical_url(each.url) in worth)
    better = tuple(each for each in lists if each.url != candidate.home)
    return replace(candidate, feeds=feeds, sitemaps=sitemaps, lists=better if better or feeds else lists)


def _announces(source: Source, capture: Capture) -> bool:
    return capture.kind is not CaptureKind.ARTICLE and len(entries_of(source, capture)) >= _WORTH


def lacking(source: Source) -> Sequence[str]:
    """Name what an operator still has to fill in by hand."""
    open_points: Mapping[str, bool] = {
        "name_en: the outlet's own English name, if it has one (then drop romanized)": source.romanized,
        "region: the province in short form, if it is a regional outlet": source.region == "전국",
        "rights: what its terms and robots.txt say": source.rights == _UNKNOWN,
    }
    return [what for what, wanted in open_points.items() if wanted]
