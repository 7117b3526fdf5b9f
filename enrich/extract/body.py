"""Where the body of an article is: trafilatura's answer, checked against the page's own container."""

import logging
import re
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from itertools import islice

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from enrich.extract.blocks import Line, lines_of
from enrich.extract.lines import Body, sift
from enrich.extract.page import Page, found_by
from enrich.extract.phrases import kind_of
from enrich.extract.places import ENOUGH, Places, find_places
from enrich.extract.wording import clean, ends_sentence, hangul, letters
from sosik.model.source import Layout

# Its warnings say again, on standard error, what the verdict on the page says.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MUCH = 120  # characters: less, beside a body, is a caption and a byline run together
_LITTLE = 50  # characters: less is not worth widening the container for
_BLOCK = 10
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_TOLERATED = 0.34  # of the container: what trafilatura found beside it
_PART = 0.1  # of the container: what is worth looking around it for
_STEPS_OUT = 3


def read_body(page: Page, *, title: str, layout: Layout | None, embedded: str) -> Body:
    """Return the body; `embedded` is the one that the page's scripts hold, "" where they hold none.

    The layout is asked first, then the container that holds most sentences, then trafilatura: the container where
    it has most of what trafilatura found, for it alone knows captions, bylines and line breaks from the markup.
    """
    by_layout = _by_layout(page, layout, title)
    if by_layout is not None:
        return by_layout
    places = find_places(page.tree)
    own = sift(lines_of(places.container), title=title, anchors=page.anchors) if places else Body((), ())
    general = _by_trafilatura(page, places)
    if places and _missing(general, own):
        general = _marked(general, places)
    best = _widened(own, general, places, page, title) if places else own
    weight = _weight(best.lines)
    if _missing(general, best) > max(_TOLERATED * weight, _MUCH if weight > ENOUGH else 0):
        sifted = sift(general, title=title, anchors=page.anchors)
        if _weight(sifted.lines) > weight:
            best = sifted
    if embedded and _weight(best.lines) < hangul(embedded) * 0.5:
        return sift(lines_of_fragment(embedded), title=title, anchors=frozenset())
    return best


def _widened(own: Body, general: Sequence[Line], places: Places, page: Page, title: str) -> Body:
    """Take the element around the container instead, where trafilatura found a good part of the body beside it.

    A body is sometimes cut in two by an advertisement; what is around it must not be much more than that.
    """
    weight = _weight(own.lines)
    least = max(_PART * weight, _LITTLE)
    missing = _missing(general, own)
    for ancestor in islice(places.container.iterancestors(), _STEPS_OUT):
        if missing < least or ancestor.tag in ("body", "html"):
            break
        wider = sift(lines_of(ancestor), title=title, anchors=page.anchors)
        if _weight(wider.lines) > weight + missing * 1.3:
            break
        if _missing(general, wider) < least <= (_weight(wider.lines) - weight) * 2:
            return wider
    return own


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
        if line.kind is not None or letters(line.text) in known or kind_of(line.text) is not None:
            continue
        sentences = filter(ends_sentence, _BETWEEN_SENTENCES.split(line.text))
        missing += sum(_unknown(letters(sentence), known) for sentence in sentences)
    return missing


def _marked(general: Sequence[Line], places: Places) -> list[Line]:
    """Say of trafilatura's lines what the markup says of them: it finds text in the tools around an article too."""
    aside = {letters(line.text): line.kind for line in lines_of(places.region) if line.kind is not None}
    return [Line(line.text, aside.get(letters(line.text))) for line in general]


def _unknown(sentence: str, known: str) -> int:
    """Count the characters that are not known; none where most are, for trafilatura runs captions into sentences."""
    blocks = [sentence[start : start + _BLOCK] for start in range(0, len(sentence), _BLOCK)]
    unknown = sum(len(block) for block in blocks if block not in known)
    return unknown if unknown > len(sentence) // 2 else 0


def _weight(lines: Sequence[str]) -> int:
    """How much of an article this is: the syllables of lines that are sentences, and a little for other lines."""
    return sum(hangul(line) if ends_sentence(line) else hangul(line) // 3 for line in lines)


def _by_trafilatura(page: Page, places: Places | None) -> list[Line]:
    """Ask trafilatura, in its default mode, about the region that holds the page's sentences.

    Readers' comments are not asked for, and no metadata, since we have read them; menus and lists of links outside
    the region could only cost it time.
    """
    tree = page.tree if places is None or places.region.tag in ("body", "html") else _document(places.region)
    try:
        document = bare_extraction(tree, url=page.url or None, include_comments=False)
    except (etree.LxmlError, AttributeError, LookupError, ArithmeticError, RecursionError, AssertionError):
        # Met on broken markup: trafilatura guards itself against ValueError and TypeError only.
        return []
    text = getattr(document, "text", None) or ""
    lines = (line.removeprefix("- ").removeprefix("| ").strip(" |") for line in clean(text).split("\n"))
    return [Line(line) for line in lines if line]


def _document(region: HtmlElement) -> HtmlElement:
    document = document_fromstring("<html><body></body></html>")
    document[-1].append(copy(region))
    return document
