"""What the home page and the robots.txt of an outlet say of where its articles are announced."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.entries import absolute, plain
from crawler.guard import host_of, site_of
from crawler.headlines import headline_pattern
from crawler.listpages import decoded_page, links_of, parse_page
from crawler.xml import text_of

_FEED_TYPES = ("rss", "atom", "rdf", "xml")
_FEED_LINK = re.compile(r"(?:/rss|/feeds?|/atom)(?:[/.?]|$)|\.(?:rss|atom|rdf)$|rss[^/]*\.xml$", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST = 8
_SECTIONS = frozenset(
    {"", "홈", "메인", "뉴스", "전체", "종합", "속보", "최신기사", "최신뉴스", "전체기사", "보도자료", "HOME"}
)
_TAIL = re.compile(r"\s*[|:·\-–—]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What a home page says: the outlet's name, feeds, the pattern of its headlines ("" where none stand out)."""

    url: str
    name: str
    feeds: tuple[str, ...]
    article: str
    markup: str


def read_home(body: bytes, *, url: str) -> HomePage:
    """Read a home page. `url` is where redirects ended. Raises Unreadable where there is no page at all.

    Feeds are those that the page declares, then those that it links to on its own site; none of them was asked for.
    """
    root = parse_page(body)
    links = [(text_of(anchor), target) for anchor, target in links_of(root, url)]
    site = site_of(host_of(url))
    linked = (target for _, target in links if _FEED_LINK.search(target) and site_of(host_of(target)) == site)
    return HomePage(
        url=url,
        name=_name(root),
        feeds=tuple(dict.fromkeys((*_declared(root, url), *linked)))[:_MOST],
        article=headline_pattern(links, url) or "",
        markup=decoded_page(body),
    )


def sitemaps_of(robots: bytes) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, those of news first."""
    found = dict.fromkeys(_SITEMAP.findall(robots.decode("utf-8", "replace")))
    web = [each for each in found if each.startswith(("http://", "https://"))]
    return tuple(sorted(web, key=lambda each: "news" not in each.lower()))[:_MOST]


def _declared(root: etree._Element, url: str) -> Iterator[str]:
    for link in root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and _is_feed(link.get("type")):
            target = absolute(url, link.get("href") or "")
            if target is not None:
                yield target


def _is_feed(media: str | None) -> bool:
    return any(each in (media or "").lower() for each in _FEED_TYPES)


def _name(root: etree._Element) -> str:
    metas = {
        (each.get("property") or each.get("name") or "").lower(): each.get("content") for each in root.iter("meta")
    }
    title = next((text_of(each) for each in root.iter("title")), "")
    return plain(metas.get("og:site_name")) or _shortest(_TAIL.split(plain(title)))


def _shortest(parts: Iterable[str]) -> str:
    """Of a title such as 'paper | all its news', the name is the shorter part; what every outlet has is no name."""
    return min((each.strip() for each in parts if each.strip() not in _SECTIONS), key=len, default="")
