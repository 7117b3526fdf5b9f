"""A page, parsed once: every reader of the Korean layer, and trafilatura, is given this one tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from enrich.extract.wording import letters, one_line

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNSEEN = ("script", "style", "noscript", "template", "select", "textarea", "svg")
_FILE = re.compile(
    r"\.(?:hwpx?|hwp|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)\s*(?:\(.{1,20}\)|\[.{1,20}\])?\s*$", re.IGNORECASE
)
MAX_ELEMENTS = 40_000
"""Beyond this many elements a page is no article, and reading it would take minutes."""


class Unreadable(Exception):
    """The page cannot be parsed at all; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the page: its type attribute in lower case, its id, and its source."""

    type: str
    id: str
    source: str


@dataclass(frozen=True)
class Page:
    """A parsed page.

    `tree` holds no scripts or styles any more (they are in `scripts`). `metas` maps a lower-case property, name or
    itemprop to its contents, in document order, none empty.
    """

    url: str
    tree: HtmlElement
    scripts: tuple[Script, ...]
    metas: dict[str, list[str]] = field(default_factory=dict)

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the contents of these metas: first all of the first name, then of the next."""
        for name in names:
            yield from self.metas.get(name, ())

    @cached_property
    def text(self) -> str:
        """Everything visible on one line, as a reader's eye takes it in: labels next to their values."""
        body = self.tree.find("body")
        return one_line(" ".join((self.tree if body is None else body).itertext()))

    @cached_property
    def window_title(self) -> str:
        """The <title>, on one line."""
        found = self.tree.find(".//title")
        return one_line(found.text or "") if found is not None else ""

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The letters of every link's text of at least six letters: a body line equal to one is a link, not body."""
        texts = (letters("".join(anchor.itertext())) for anchor in self.tree.iter("a"))
        return frozenset(text for text in texts if len(text) >= 6)

    @property
    def files(self) -> Iterator[str]:
        """The texts of the links to files: what a press board hangs on a release."""
        for anchor in self.tree.iter("a"):
            text = anchor.text_content()
            if "." in text and len(text) < 300 and _FILE.search(text):
                yield one_line(text)


def read_page(text: str, url: str) -> Page:
    """Parse a decoded page; raises Unreadable."""
    # libxml2 stops at a NUL, and refuses text that declares an encoding unless it comes as bytes.
    data = _CONTROL.sub("", text).encode("utf-8", "replace")
    parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:  # AssertionError: lxml, where no root was built
        raise Unreadable(f"not HTML: {error}" if data.strip() else "the page is empty") from error
    _refuse_huge(tree)
    return Page(url=url, tree=tree, scripts=tuple(_take_scripts(tree)), metas=_metas(tree))


def _refuse_huge(tree: HtmlElement) -> None:
    if tree.xpath("count(//*)") > MAX_ELEMENTS:
        raise Unreadable(f"the page has more than {MAX_ELEMENTS} elements")


def _take_scripts(tree: HtmlElement) -> Iterator[Script]:
    """Take what nobody sees out of the tree: scripts are read here, and every copy of the tree is cheaper without."""
    for element in list(tree.iter(*_UNSEEN)):
        if element.tag == "script" and element.text:
            yield Script(element.get("type", "").lower(), element.get("id", ""), element.text)
        if element.getparent() is not None:
            element.drop_tree()


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content") or "")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                found.setdefault(name.strip().lower(), []).append(content)
                break
    return found


def found_by(path: etree.XPath, tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that an XPath finds (it may find other things, which are left out)."""
    found = path(tree)
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []
