"""Where on a page its sentences are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from enrich.extract.page import found_by
from enrich.extract.wording import ends_sentence, hangul

_INLINE = frozenset(
    {"span", "b", "strong", "font", "em", "u", "i", "br", "p", "small", "big", "mark", "sub", "sup", "center", "h4"}
)
_INLINE_OR_LINK = _INLINE - {"p", "center", "h4"} | {"a"}
_PASSED_OVER = frozenset(
    {
        "a",
        "button",
        "option",
        "li",
        "nav",
        "footer",
        "header",
        "aside",
        "label",
        "title",
        "figcaption",
        "select",
        "address",
    }
)
_BODY_NAME = re.compile(
    r"(?:article|news|story|view|board|bbs|post|entry|detail|read|art|cntn|cont)[_-]?(?:view)?[_-]?(?:body|"
    r"content|contents|cont|cnt|con|text|txt|story|area)|"
    r"^(?:content|contents|body|text)$|articlebody|dic_area|newsct",
    re.IGNORECASE,
)
_NOT_BODY_NAME = re.compile(
    r"comment|reply|relat|recommend|footer|sidebar|aside|ranking|popular|copyright|banner|menu|gnb|lnb|nav|"
    r"policy|search|login|(?:^|[\s_-])(?:utils?|tools?|tts|font_?size)(?:$|[\s_-])",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    "등록번호|발행인|편집인|사업자등록|대표전화|통신판매"
)  # long, at the foot of every page, and no article
_LINKING = frozenset({"a", "nav", "footer", "button"})
_MIN_PIECE = 12  # Hangul syllables: shorter pieces are labels
_WITH_LONG_TEXT = etree.XPath(
    f"//*[string-length(normalize-space(text()[1])) >= {_MIN_PIECE}"
    f" or string-length(normalize-space(following-sibling::node()[1][self::text()])) >= {_MIN_PIECE}]"
)
_REGION_SHARE = 0.95
ENOUGH = 40
"""Hangul syllables that make a body."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the sentences of a page are: the element that holds most of an article, and the one that holds all."""

    container: HtmlElement
    region: HtmlElement


def find_places(tree: HtmlElement) -> Places | None:
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
            if holder.tag in _INLINE or (holder is element and holder.tag == "div" and _is_paragraph(holder)):
                holder = ancestor
        _credit(scores, holder, size)
    best = max(scores, key=lambda each: scores[each] * _trust(each), default=None)
    if best is None or scores[best] < ENOUGH:
        return None
    region = next((each for each in (best, *best.iterancestors()) if held[each] >= _REGION_SHARE * total), tree)
    return Places(best, region)


def _is_paragraph(element: HtmlElement) -> bool:
    """Is this <div> a paragraph: no blocks or line breaks in it, and beside it another that ends a sentence?"""
    if any(child.tag == "br" or child.tag not in _INLINE_OR_LINK for child in element):
        return False
    return any(
        other is not None and other.tag == "div" and len(other) == 0 and ends_sentence((other.text or "").strip())
        for other in (element.getprevious(), element.getnext())
    )


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
        text = element.text
        if text and element.tag not in _PASSED_OVER and not _IMPRINT.search(text):
            size = hangul(text)
            if size >= _MIN_PIECE:
                yield element, size
        parent = element.getparent()
        if element.tail and parent is not None and parent.tag not in _PASSED_OVER:
            size = hangul(element.tail)
            if size >= _MIN_PIECE and not _IMPRINT.search(element.tail):
                yield parent, size
