"""RSS 0.9 to 2.0 and Atom: bytes in, entries out."""

from collections.abc import Mapping, Sequence

from lxml import etree

from crawler.entries import MAX_LINKS, Entry, Unreadable, absolute, plain, when
from crawler.xml import children, local_name, parse_xml, text_of
from sosik.model.instants import Provenance

_ROOTS = frozenset({"rss", "rdf", "feed"})
_PUBLISHED = ("pubdate", "published", "date", "issued")
_UPDATED = ("updated", "modified")


def parse_feed(body: bytes, *, url: str, names: Sequence[tuple[str, str]] = ()) -> tuple[Entry, ...]:
    """Return the entries of a feed, in its order and without doubles; an empty feed is no mistake.

    `names` are those of an API's answer: how it calls an element, and what RSS calls it. Raises Unreadable for what is
    not a feed (a home page, an error page) and for XML bombs.
    """
    root = parse_xml(body, kind="feed")
    if local_name(root) not in _ROOTS and not names:
        raise Unreadable("failed: not a feed")
    in_rss = {name.lower(): meant.lower() for name, meant in names}
    found: dict[str, Entry] = {}
    for element in root.iter(etree.Element):
        name = local_name(element)
        if in_rss.get(name, name) not in ("item", "entry"):
            continue
        entry = _entry(element, url, in_rss)
        if entry is not None:
            found.setdefault(entry.url, entry)
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def _entry(element: etree._Element, base: str, in_rss: Mapping[str, str]) -> Entry | None:
    texts: dict[str, str] = {}
    link = ""
    for given, child in children(element):
        name = in_rss.get(given, given)
        if name == "link":
            link = link or _link(child)
        elif name != "guid" or child.get("isPermaLink", "true").lower() == "true":
            texts.setdefault(name, text_of(child))
    href = link or texts.get("guid", "")
    target = absolute(base, href) if href.strip() else None
    if target is None:
        return None
    published = next((at for name in _PUBLISHED if (at := when(texts.get(name), Provenance.FEED))), None)
    updated = next((at for name in _UPDATED if (at := when(texts.get(name), Provenance.FEED))), None)
    return Entry(
        url=target,
        title=plain(texts.get("title")),
        published=published or updated,
        updated=updated.instant if updated else None,
        fresh=True,
    )


def _link(element: etree._Element) -> str:
    """Return where an RSS or Atom link leads: only an alternate one leads to the article itself."""
    href = element.get("href")
    if href is None:
        return (element.text or "").strip()
    return href.strip() if element.get("rel", "alternate") == "alternate" else ""
