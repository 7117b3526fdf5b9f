"""Where the body of an article is: trafilatura's answer, checked against the page's own container."""

import logging
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from enrich.extract.blocks import Line, lines_of
from enrich.extract.lines import Body, sift
from enrich.extract.page import Page, found_by
from enrich.extract.phrases import kind_of
from enrich.extract.wording import clean, ends_sentence, hangul, letters
from sosik.model.source import Layout

# Its warnings say again, on standard error, what the verdict on the page says.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_INLINE = frozenset(
    {"span", "b", "strong", "font", "em", "u", "i", "br", "p", "small", "big", "mark", "sub", "sup", "center", "h4"}
)
_PASSED_OVER = frozenset(
    {"a", "button", "option", "li", "nav", "footer", "header", "aside", "label", "title", "figcaption", "select"}
)
_BODY_NAME = re.compile(
    r"(?:article|news|story|view|board|bbs|post|entry|detail|read|art|cntn|cont)[_-]?(?:view)?[_-]?(?:body|"
    r"content|contents|cont|cnt|con|text|txt|story|area)|"
    r"^(?:content|contents|body|text)$|articlebody|dic_area|newsct",
    re.IGNORECASE,
)
_NOT_BODY_NAME = re.compile(
    r"comment|reply|relat|recommend|footer|sidebar|aside|ranking|popular|copyright|banner|menu|gnb|lnb|nav|"
    r"policy|search|login",
    re.IGNORECASE,
)
_LINKING = frozenset({"a", "nav", "footer", "button"})
_MUCH = 120  # characters: less, beside a body, is a caption and a byline run together
_BLOCK = 10
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_MIN_PIECE = 12  # Hangul syllables: shorter pieces are labels
_WITH_LONG_TEXT = etree.XPath(
    f"//*[string-length(normalize-space(text()[1])) >= {_MIN_PIECE}"
    f" or string-length(normalize-space(following-sibling::node()[1][self::text()])) >= {_MIN_PIECE}]"
)
_ENOUGH = 40  # Hangul syllables that make a body
_TOLERATED = 0.34  # of the container: what trafilatura found beside it
_REGION_SHARE = 0.95


def read_body(page: Page, *, title: str, layout: Layout | None, embedded: str) -> Body:
    """Return the body; `embedded` is the one that the page's scripts hold, "" where they hold none.

    The layout is asked first, then the container that holds most sentences, then trafilatura: the container where
    it has most of what trafilatura found, for it alone knows captions, bylines and line breaks from the markup.
    """
    by_layout = _by_layout(page, layout, title)
    if by_layout is not None:
        return by_layout
    places = _places(page.tree)
    own = sift(lines_of(places.container), title=title, anchors=page.anchors) if places else Body((), ())
    general = _by_trafilatura(page, places)
    best = own
    weight = _weight(own.lines)
    if _missing(general, own) > max(_TOLERATED * weight, _MUCH if weight > _ENOUGH else 0):
        sifted = sift(general, title=title, anchors=page.anchors)
        if _weight(sifted.lines) > weight:
            best = sifted
    if embedded and _weight(best.lines) < hangul(embedded) * 0.5:
        return sift(lines_of_fragment(embedded), title=title, anchors=frozenset())
    return best


def lines_of_fragment(markup: str) -> list[Line]:
    """Cut a body given as HTML or as plain text into lines."""
    if "<" not in markup or not re.search(r"<(?:/?[a-zA-Z]|!)", markup):
        return [Line(text) for text in clean(markup).split("\n") if text]
    # In HTML a line break is a space, unless the text has no tags that break.
    if not re.search(r"<(?:p|br|div|li|h\d)\b", markup, re.IGNORECASE):
        markup = markup.replace("\n", "<br>")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    return lines_of(root)


def select(page: Page, selector: str) -> list[HtmlElement]:
    """Return what a layout's CSS selector finds; a selector that cannot be read finds nothing."""
    path = _compiled(selector)
    return found_by(path, page.tree) if path is not None else []


@lru_cache(maxsize=512)
def _compiled(selector: str) -> etree.XPath | None:
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError):
        return None


def _by_layout(page: Page, layout: Layout | None, title: str) -> Body | None:
    if layout is None:
        return None
    for selector in layout.remove:
        for element in select(page, selector):
            if element.getparent() is not None:
                element.drop_tree()
    if not layout.body:
        return None
    lines = [line for element in select(page, layout.body) for line in lines_of(element)]
    body = sift(lines, title=title, anchors=page.anchors)
    return body if body.lines else None


def _missing(general: Sequence[Line], own: Body) -> int:
    """Count the characters of trafilatura's sentences that the container holds neither as body nor as cut.

    In sentences and blocks of them, since trafilatura may run a caption and several paragraphs together.
    """
    known = letters("".join([*own.lines, *(cut.text for cut in own.cuts)]))
    missing = 0
    for line in general:
        if letters(line.text) in known or kind_of(line.text) is not None:
            continue
        sentences = filter(ends_sentence, _BETWEEN_SENTENCES.split(line.text))
        missing += sum(_unknown(letters(sentence), known) for sentence in sentences)
    return missing


def _unknown(sentence: str, known: str) -> int:
    """Count the characters that are not known; none where most are, for trafilatura runs captions into sentences."""
    blocks = [sentence[start : start + _BLOCK] for start in range(0, len(sentence), _BLOCK)]
    unknown = sum(len(block) for block in blocks if block not in known)
    return unknown if unknown > len(sentence) // 2 else 0


def _weight(lines: Sequence[str]) -> int:
    """How much of an article this is: the syllables of lines that are sentences, and a little for other lines."""
    return sum(hangul(line) if ends_sentence(line) else hangul(line) // 3 for line in lines)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the sentences of a page are: the element that holds most of an article, and the one that holds all."""

    container: HtmlElement
    region: HtmlElement


def _places(tree: HtmlElement) -> _Places | None:
    """Find the element whose own pieces of text are most of an article; None where nothing is."""
    scores: dict[HtmlElement, float] = {}
    held: dict[HtmlElement, int] = {}
    total = 0
    for element, size in _sentences(tree):
        around = (element, *element.iterancestors())
        if any(each.tag in _LINKING for each in around):
            continue
        total += size
        holder = element
        for ancestor in around:
            held[ancestor] = held.get(ancestor, 0) + size
            if holder.tag in _INLINE:
                holder = ancestor
        _credit(scores, holder, size)
    best = max(scores, key=lambda each: scores[each] * _trust(each), default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    region = next((each for each in (best, *best.iterancestors()) if held[each] >= _REGION_SHARE * total), tree)
    return _Places(best, region)


def _credit(scores: dict[HtmlElement, float], holder: HtmlElement, size: int) -> None:
    """Credit an element with a piece of text, and those around it with a part: paragraphs may be wrapped singly."""
    for share in (1.0, 0.6, 0.3):
        if holder.tag in ("body", "html"):
            return
        scores[holder] = scores.get(holder, 0.0) + size * share
        parent = holder.getparent()
        if parent is None:
            return
        holder = parent


def _trust(element: HtmlElement) -> float:
    if element.get("itemprop") == "articleBody":
        return 2.0
    name = f"{element.get('id', '')} {element.get('class', '')}"
    if _NOT_BODY_NAME.search(name):
        return 0.4
    return 1.3 if _BODY_NAME.search(name) else 1.0


def _sentences(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Yield the pieces of text that can be body, with the element that they stand in."""
    for element in found_by(_WITH_LONG_TEXT, tree):
        if element.text and element.tag not in _PASSED_OVER and (size := hangul(element.text)) >= _MIN_PIECE:
            yield element, size
        parent = element.getparent()
        if element.tail and parent is not None and parent.tag not in _PASSED_OVER:
            size = hangul(element.tail)
            if size >= _MIN_PIECE:
                yield parent, size


def _by_trafilatura(page: Page, places: _Places | None) -> list[Line]:
    """Ask trafilatura, in its default mode, about the region that holds the page's sentences.

    It has no metadata to look for, since we have read them; menus and lists of links outside the region could only
    cost it time.
    """
    tree = page.tree if places is None or places.region.tag in ("body", "html") else _document(places.region)
    try:
        document = bare_extraction(tree, url=page.url or None)
    except (etree.LxmlError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        # Met on broken markup: trafilatura guards itself against ValueError and TypeError only.
        return []
    text = getattr(document, "text", None) or ""
    lines = (line.removeprefix("- ").removeprefix("| ").strip(" |") for line in clean(text).split("\n"))
    return [Line(line) for line in lines if line]


def _document(region: HtmlElement) -> HtmlElement:
    document = document_fromstring("<html><body></body></html>")
    document[-1].append(copy(region))
    return document
