"""Where the body of an article is: trafilatura's answer, checked against the page's own container."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from enrich.extract.blocks import Line, lines_of
from enrich.extract.lines import Body, sift
from enrich.extract.page import Page
from enrich.extract.wording import clean, ends_sentence, hangul
from sosik.model.source import Layout

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
_MIN_PIECE = 12  # Hangul syllables: shorter pieces are labels
_ENOUGH = 40  # Hangul syllables that make a body
_CONTAINER_SHARE = 0.75


def read_body(page: Page, *, title: str, layout: Layout | None, embedded: str) -> Body:
    """Return the body; `embedded` is the one that the page's scripts hold, "" where they hold none.

    The layout is asked first, then the container that holds most sentences, then trafilatura: the container where
    it has most of what trafilatura found, for it alone knows captions, bylines and line breaks from the markup.
    """
    by_layout = _by_layout(page, layout, title)
    if by_layout is not None:
        return by_layout
    own = _own(page, title)
    general = _by_trafilatura(page, title)
    best = own if own.lines and _weight(own) >= _CONTAINER_SHARE * _weight(general) else general
    if embedded and _weight(best) < hangul(embedded) * 0.5:
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
    try:
        found = CSSSelector(selector, translator="html")(page.tree)
    except (etree.XPathError, SyntaxError, ValueError):  # cssselect's own errors are SyntaxErrors
        return []
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


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


def _own(page: Page, title: str) -> Body:
    container = _container(page.tree)
    if container is None:
        return Body((), ())
    return sift(lines_of(container), title=title, anchors=page.anchors)


def _weight(body: Body) -> int:
    """How much of an article this is: the syllables of lines that are sentences, and a little for other lines."""
    return sum(hangul(line) if ends_sentence(line) else hangul(line) // 3 for line in body.lines)


def _container(tree: HtmlElement) -> HtmlElement | None:
    """Return the element whose own pieces of text are most of an article, or None where nothing is."""
    scores: dict[HtmlElement, float] = {}
    for element, size in _sentences(tree):
        holder = element
        while holder.tag in _INLINE and holder.getparent() is not None:
            holder = holder.getparent()
        for share in (1.0, 0.6, 0.3):
            if holder is None or holder.tag in ("body", "html"):
                break
            scores[holder] = scores.get(holder, 0.0) + size * share
            holder = holder.getparent()
    if not scores:
        return None
    best = max(scores, key=lambda each: scores[each] * _trust(each))
    return best if scores[best] >= _ENOUGH else None


def _trust(element: HtmlElement) -> float:
    if element.get("itemprop") == "articleBody":
        return 2.0
    name = f"{element.get('id', '')} {element.get('class', '')}"
    if _NOT_BODY_NAME.search(name):
        return 0.4
    return 1.3 if _BODY_NAME.search(name) else 1.0


def _sentences(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Yield the pieces of text that can be body, with the element that they stand in."""
    for element in tree.iter():
        tag = element.tag
        if element.text and tag not in _PASSED_OVER and len(element.text) >= _MIN_PIECE:
            size = hangul(element.text)
            if size >= _MIN_PIECE:
                yield element, size
        if element.tail and len(element.tail) >= _MIN_PIECE:
            parent = element.getparent()
            size = hangul(element.tail)
            if size >= _MIN_PIECE and parent is not None and parent.tag not in _PASSED_OVER:
                yield parent, size


def _by_trafilatura(page: Page, title: str) -> Body:
    """Ask trafilatura, in its default mode; it has no metadata to look for, since we have read them."""
    try:
        document = bare_extraction(page.tree, url=page.url or None)
    except (etree.LxmlError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        # Met on broken markup: trafilatura guards itself against ValueError and TypeError only.
        return Body((), ())
    text = getattr(document, "text", None) or ""
    lines = [Line(line.removeprefix("- ").removeprefix("| ").strip(" |")) for line in clean(text).split("\n")]
    return sift([line for line in lines if line.text], title=title, anchors=page.anchors)
