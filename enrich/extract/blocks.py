"""From a piece of HTML to its lines, with what the markup itself says of them: caption, link, byline."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from enrich.extract.wording import one_line
from sosik.model.article import CutKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body, on one line. `kind` is why the markup says that it is no body, or None.

    `linked` where all of it stands in links.
    """

    text: str
    kind: CutKind | None = None
    linked: bool = False


_BREAKING = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "tbody", "h1", "h2", "h3", "h4", "h5",
     "h6", "section", "article", "header", "footer", "blockquote", "figure", "figcaption", "hr", "pre", "address",
     "center", "aside", "main", "caption", "thead"}
)  # fmt: skip
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "button", "select", "textarea", "nav", "footer", "svg",
     "video", "audio", "object", "embed", "input", "head", "title", "ins"}
)  # fmt: skip
_KIND_OF_TAG = {"figcaption": CutKind.CAPTION, "aside": CutKind.OTHER, "caption": CutKind.CAPTION}


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _tokens(*words: str) -> re.Pattern[str]:
    """Match one of the words as a whole part of a class or id (`photo_caption`, `article-copyright`)."""
    return re.compile(rf"(?:^|[\s_\-])(?:{'|'.join(words)})(?=$|[\s_\-\d])")


_CLASS_KINDS = (
    (
        CutKind.CAPTION,
        _tokens(
            "captions?|img_?desc|img-desc|photo_?desc|img_txt|photo_txt|desc_img|photo_info|photo_?journal|photo_?text|pic_?desc|vod_?desc|figcaption|txt_caption|cap"
        ),
    ),
    (
        CutKind.BYLINE,
        _tokens("bylines?|reporters?|journalists?|journalistcard|writers?|reporter_area|authors?|profile"),
    ),
    (CutKind.NOTICE, _tokens("copyrights?|copy_right|copy|jebo|kogl|ccl")),
    (CutKind.ATTACHMENT, _tokens("attach|attached|attachments?|files?|filelist|addfile|download")),
    (
        CutKind.OTHER,
        _tokens(
            "sns|share|social|relate|related|relation|relnews|recommend|ads?|adv|advert|banners?|comments?|replys?|tags?|"
            "keywords?|hashtags?|utils?|font_?size|ranking|rank|popular|subscribe|subscription|like|emotion|feedback|"
            "video_?player|player|translation|breadcrumb|blind|sr-only|hidden|hide|dable|taboola|skip|print|paging|pagination|satisfaction|poll|survey|"
            "btns?|buttons?|layer|popup|bookmark|scrap|tts|aside|sidebar|toolbar|promotion|newsletter|donation|sponsor"
        ),
    ),
)
_SUMMARY = _tokens("(?:ai|auto)?_?summary(?:box)?|summarize")
_SAYS_SUMMARY = re.compile(r"^\W*(?:AI\W{0,3}|본문\s?|세\s?줄\s?|3줄\s?|핵심\s?|자동\s?)*요약")
_PICTURE = _tokens(
    "(?:article|news|view|end|editor|center|content)?_?(?:photos?|images?|img|pics?|thumb)(?:_?(?:box|wrap|area|org|frame))?"
)
_LONGEST_CAPTION = 220  # characters beside a picture, in an element of its own
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_OF_BODY = 0.5


def lines_of(root: HtmlElement) -> list[Line]:
    """Cut an element into lines at block tags and <br>; empty lines are left out."""
    writer = _Writer(_length(root), frozenset(_with_line_breaks(root)))
    writer.walk(root)
    return writer.lines


def _with_line_breaks(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements in which a line break of the source is one: <pre>, and white-space: pre-line."""
    for element in root.iter():
        if element.tag == "pre" or "pre-" in element.get("style", ""):
            yield from element.iter()


def _length(root: HtmlElement) -> int:
    return sum(len(text) - text.count(" ") - text.count("\n") - text.count("\t") for text in root.itertext())


class _Writer:
    """Gathers pieces of text into lines while walking, with a stack: pages nest deeper than Python recurses."""

    def __init__(self, total: int, preformatted: Set[HtmlElement]) -> None:
        self.lines: list[Line] = []
        self._total = total
        self._preformatted = preformatted
        self._pieces: list[str] = []
        self._kind: CutKind | None = None
        self._links = 0
        self._unlinked = False

    def walk(self, root: HtmlElement) -> None:
        stack: list[tuple[HtmlElement, bool, CutKind | None]] = [(root, False, None)]
        while stack:
            element, leaving, kind = stack.pop()
            if leaving:
                self._links -= element.tag == "a"
                self._switch(kind, element.tag in _BREAKING)
                self._take(element.tail, element.getparent())
                continue
            if element is not root:
                stack.append((element, True, kind))
                self._links += element.tag == "a"
                if not _is_read(element):
                    continue
            inner = kind if element is root else kind or self._kind_of(element)
            self._switch(inner, element.tag in _BREAKING)
            if element.tag in ("td", "th"):
                self._pieces.append(" ")
            self._take(element.text, element)
            stack.extend((child, False, inner) for child in reversed(element))
        self._break()

    def _kind_of(self, element: HtmlElement) -> CutKind | None:
        if element.tag in _KIND_OF_TAG:
            return _KIND_OF_TAG[element.tag]
        label = f"{element.get('class', '')} {element.get('id', '')}".strip()
        if not label:
            return None
        found = _kind_of_label(label) or _kind_by_content(element, label)
        # A wrapper of most of the body keeps its body, whatever it is called.
        if found is not None and _length(element) > self._total * _MOST_OF_BODY:
            return None
        return found

    def _switch(self, kind: CutKind | None, breaking: bool) -> None:
        if breaking or kind is not self._kind:
            self._break()
        self._kind = kind

    def _take(self, text: str | None, holder: HtmlElement | None) -> None:
        if not text:
            return
        self._unlinked = self._unlinked or (not self._links and not text.isspace())
        if holder not in self._preformatted:
            self._pieces.append(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self._pieces.append(line)

    def _break(self) -> None:
        text = one_line("".join(self._pieces), entities=False)
        self._pieces.clear()
        if text:
            self.lines.append(Line(text, self._kind, not self._unlinked))
        self._unlinked = False


def _is_read(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("hidden") is not None:
        return False
    style = element.get("style")
    return not (style and _HIDDEN.search(style))


def _kind_by_content(element: HtmlElement, label: str) -> CutKind | None:
    """Look into an element whose label alone says too little: a machine's summary, a picture with its caption."""
    doubt = _doubt_of_label(label)
    if doubt is CutKind.CAPTION and next(element.iter("img"), None) is not None:
        return CutKind.CAPTION if _length(element) <= _LONGEST_CAPTION else None
    if doubt is CutKind.OTHER and _SAYS_SUMMARY.search("".join(element.itertext())):
        return CutKind.OTHER
    return None


@lru_cache(maxsize=4096)
def _doubt_of_label(label: str) -> CutKind | None:
    spread = _HUMP.sub("_", label).lower()
    if _SUMMARY.search(spread):
        return CutKind.OTHER
    return CutKind.CAPTION if _PICTURE.search(spread) else None


@lru_cache(maxsize=4096)
def _kind_of_label(label: str) -> CutKind | None:
    spread = _HUMP.sub("_", label).lower()
    return next((kind for kind, pattern in _CLASS_KINDS if pattern.search(spread)), None)
