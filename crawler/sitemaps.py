"""Sitemaps, indexes of sitemaps and news sitemaps: bytes in, entries out."""

import zlib
from dataclasses import dataclass

from lxml import etree

from crawler.entries import MAX_LINKS, Entry, Unreadable, absolute, plain, when
from crawler.xml import children, local_name, parse_xml
from sosik.model.instants import Provenance, Published

_MAX_BYTES = 8 * 1024 * 1024
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap names: pages, and other sitemaps where it is an index. `news`: every page is an article."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    news: bool = False


def parse_sitemap(body: bytes, *, url: str) -> Sitemap:
    """Return what a sitemap names, newest first. `body` may be a gzip file (sitemap.xml.gz).

    Raises Unreadable for what is not a sitemap, for XML bombs and for what is too large once unpacked.
    """
    root = parse_xml(_unpacked(body), kind="sitemap")
    name = local_name(root)
    if name == "sitemapindex":
        found, _ = _read(root, "sitemap", url)
        return Sitemap(sitemaps=found)
    if name == "urlset":
        found, news = _read(root, "url", url)
        return Sitemap(entries=found, news=news)
    raise Unreadable("failed: not a sitemap")


def _read(root: etree._Element, wanted: str, base: str) -> tuple[tuple[Entry, ...], bool]:
    found: dict[str, Entry] = {}
    news = 0
    for name, element in children(root):
        if name != wanted or len(found) >= MAX_LINKS:
            continue
        entry, is_news = _entry(element, base)
        if entry is not None:
            found.setdefault(entry.url, entry)
            news += is_news
    ordered = sorted(found.values(), key=lambda each: each.published.order.timestamp() if each.published else 0.0)
    return tuple(reversed(ordered)), bool(found) and news == len(found)


def _entry(element: etree._Element, base: str) -> tuple[Entry | None, bool]:
    loc, title, is_news = "", "", False
    published: Published | None = None
    changed: Published | None = None
    for name, child in children(element):
        if name == "loc":
            loc = (child.text or "").strip()
        elif name == "lastmod":
            changed = when(child.text, Provenance.SITEMAP)
        elif name == "news":
            is_news = True
            inner = {key: each.text for key, each in children(child)}
            title = plain(inner.get("title"))
            published = when(inner.get("publication_date"), Provenance.SITEMAP)
    target = absolute(base, loc) if loc else None
    if target is None:
        return None, False
    entry = Entry(url=target, title=title, published=published or changed, updated=changed.instant if changed else None)
    return entry, is_news


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain_body = unpacker.decompress(body, _MAX_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("failed: broken gzip") from error
    if len(plain_body) > _MAX_BYTES:
        raise Unreadable("refused: too large")
    if not unpacker.eof:
        raise Unreadable("failed: broken gzip")
    return plain_body
