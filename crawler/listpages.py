"""Pages that list articles: bytes in, entries out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from crawler.entries import MAX_LINKS, Entry, Unreadable, absolute, when
from crawler.headlines import headline_pattern
from crawler.xml import text_of
from sosik.model.instants import Provenance, Published
from sosik.model.source import ListPages
from sosik.model.url import canonical_url

_ROWS = frozenset({"li", "tr", "article", "dl", "section"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")
_LEAST_TITLE = 6  # characters: 더보기, 사진, [12] are no titles
_MAX_ROW = 1500  # characters: an ancestor with more is the list, not the row
_DATE = re.compile(r"(?<!\d)(20\d{2}[-./]\s?\d{1,2}[-./]\s?\d{1,2})(?!\d)(?:\.?\s+(\d{1,2}:\d{2})(?!\d))?")
_SPACE = re.compile(r"\s+")
_NOTHING = r"(?!)"


def parse_list(body: bytes, *, url: str, article: str = "", fresh: bool = False) -> tuple[Entry, ...]:
    """Return the links of a list page whose address matches the regular expression `article`, in order.

    Without `article` they are the links that look like headlines, as `headline_pattern` finds them. The title is the
    heading inside a link where there is one, else the first link's text that is more than a word; the date, where one
    stands in the same row, is taken with the precision it has. Raises Unreadable where there is no page at all.
    """
    root = parse_page(body)
    links = list(links_of(root, url))
    pattern = re.compile(article or headline_pattern(((text_of(a), target) for a, target in links), url) or _NOTHING)
    found: dict[str, Entry] = {}
    for anchor, target in links:
        if not pattern.search(target):
            continue
        key = canonical_url(target)
        before = found.get(key, Entry(url=target))
        title = before.title if len(before.title) >= _LEAST_TITLE else _title(anchor) or before.title
        found[key] = replace(before, title=title, published=before.published or _row_date(anchor), fresh=fresh)
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def page_url(pages: ListPages, number: int) -> str | None:
    """Return the address of the n-th page of a list, counted from 0, or None where there is no such page."""
    if number == 0:
        return pages.url
    if not pages.page or number >= pages.max_pages:
        return None
    return pages.page.replace("{page}", str(pages.first_page + number))


def parse_page(body: bytes) -> html.HtmlElement:
    """Return the root of a page in whatever encoding; raises Unreadable where there is none."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(decoded_page(body).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("failed: not a page") from error
    return root


def decoded_page(body: bytes) -> str:
    """Of the encodings Korean lists come in, UTF-8 is the one that cannot be mistaken; what is not UTF-8 is CP949."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp949", "replace")


def links_of(root: html.HtmlElement, url: str) -> Iterator[tuple[etree._Element, str]]:
    """Give the links of a page with their absolute addresses."""
    base = next((each.get("href") for each in root.iter("base") if each.get("href")), None)
    here = absolute(url, base) or url if base else url
    for anchor in root.iter("a"):
        target = absolute(here, anchor.get("href") or "")
        if target is None:
            continue
        try:
            canonical_url(target)
        except ValueError:
            continue
        yield anchor, target


def _title(anchor: etree._Element) -> str:
    heading = next((each for each in anchor.iter(*_HEADINGS)), anchor)
    return _SPACE.sub(" ", text_of(heading)).strip()


def _row_date(anchor: etree._Element) -> Published | None:
    for ancestor in anchor.iterancestors():
        if ancestor.tag not in _ROWS and ancestor.tag != "div":
            continue
        text = text_of(ancestor)
        if len(text) > _MAX_ROW:
            return None
        dates = _DATE.findall(text)
        if dates:
            # Two days in one row: it holds several articles, or an event's date; neither says when this was published.
            days = {day for day, _ in dates}
            return when(" ".join(dates[0]).replace(". ", ".").strip(), Provenance.PRINTED) if len(days) == 1 else None
        if ancestor.tag in _ROWS:
            return None
    return None
