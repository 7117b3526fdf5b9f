"""Part the lines of a body from what is not its body, and keep what was cut."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from enrich.extract.blocks import Line
from enrich.extract.phrases import COPYRIGHT_LINE, END_MARK, READERS, cut_dateline, cut_tails, is_related_head, kind_of
from enrich.extract.wording import ends_sentence, hangul, letters
from sosik.model.article import Cut, CutKind


@dataclass(frozen=True, slots=True)
class Body:
    """What is left of the lines, and what was cut from them, in order."""

    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]

    @property
    def text(self) -> str:
        """The body, one paragraph a line."""
        return "\n".join(self.lines)


_SUBTITLE = re.compile(r"^[-–―─]\s?.{4,90}[^-–―─\s]\s?[-–―─]$")  # as press releases write it
_CORRECTION = re.compile("정정|반론|바로잡|추후보도|알려왔습니다")  # an article that is itself the note
_FIRST_PARAGRAPHS = 5
_ITEM = "▲"  # before captions, and before each name of a list of appointments
_LIST = 3
_FULL_STOP = re.compile(r"[.…][\"'”’」』)\]>]*$")


def _is_headline_like(link: str) -> bool:
    """A headline may end as a sentence does (…손볼 때 됐다), but without a full stop."""
    return _FULL_STOP.search(link) is None


def sift(lines: Sequence[Line], *, title: str, anchors: Set[str]) -> Body:
    """Part the body from what is not; `anchors` are the letters of the page's links."""
    listing = sum(line.text.startswith(_ITEM) for line in lines) >= _LIST
    sieve = _Sieve(letters(title), anchors, sum(hangul(line.text) for line in lines), listing=listing)
    for line in lines:
        sieve.take(line)
    return Body(tuple(sieve.kept), tuple(sieve.cuts))


class _Sieve:
    """Takes lines one after another; knows whether a list of related headlines or the end of the article came by."""

    def __init__(self, title: str, anchors: Set[str], total: int, *, listing: bool) -> None:
        self.kept: list[str] = []
        self.cuts: list[Cut] = []
        self._title = title
        self._corrects = _CORRECTION.search(title) is not None
        self._anchors = anchors
        self._total = total
        self._listing = listing
        self._seen = 0
        self._in_related = False
        self._ended = False

    def take(self, line: Line) -> None:
        text = line.text
        size = hangul(text)
        kind = line.kind if line.kind is not None and self._believable(line) else None
        if kind is None:
            kind = self._kind_by_place(line) or kind_of(text)
        if kind is CutKind.EDITOR_NOTE and self._corrects:
            kind = None
        if kind is CutKind.CAPTION and line.kind is None and self._listing and text.startswith(_ITEM):
            kind = None
        self._note_end(kind, text, size)
        if kind is not None:
            self._cut(kind, text)
        else:
            self._keep(text)
        self._seen += size

    def _believable(self, line: Line) -> bool:
        """A class name is no reason to cut a paragraph of sentences, except of captions and notices."""
        if line.kind in (CutKind.CAPTION, CutKind.NOTICE, CutKind.OTHER):
            return True
        return len(line.text) < 200

    def _kind_by_place(self, line: Line) -> CutKind | None:
        text = line.text
        if self._ended:
            return CutKind.OTHER
        if is_related_head(text):
            self._in_related = True
            return CutKind.OTHER
        bare = letters(text)
        if not self.kept and bare == self._title:
            return CutKind.OTHER
        if not self.kept and _SUBTITLE.match(text):
            return CutKind.SUBTITLE
        headline_like = not ends_sentence(text)
        linked = line.linked or bare in self._anchors
        if self._in_related:
            if headline_like or linked:
                return CutKind.OTHER
            self._in_related = False
        if linked and len(bare) >= 8 and (_is_headline_like(text) or text[:1] in "☞▶▷→■●◆·-ㆍ"):
            return CutKind.OTHER
        return None

    def _note_end(self, kind: CutKind | None, text: str, size: int) -> None:
        """After the copyright line, once most of the text has gone by, nothing of the article follows."""
        at_end = (kind is CutKind.NOTICE and COPYRIGHT_LINE.search(text)) or END_MARK.match(text) or READERS.match(text)
        if at_end and self._seen + size >= self._total * 0.4:
            self._ended = True

    def _cut(self, kind: CutKind, text: str) -> None:
        self.cuts.append(Cut(kind=kind, text=text))

    def _keep(self, text: str) -> None:
        text, tails = cut_tails(text)
        # A dateline stands in one of the first paragraphs only.
        text, heads = cut_dateline(text) if len(self.kept) < _FIRST_PARAGRAPHS else (text, [])
        self.cuts += heads + tails
        self.kept.append(text)


def span_of(text: str, title: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return where the body begins and ends in the page's text; both its length where the body is not in it."""
    head = text.find(title) + len(title) if title and title in text else 0
    start = text.find(lines[0][:_KEY], head) if lines else -1
    if start < 0 and lines:  # the title stands below the body too
        start = text.find(lines[0][:_KEY])
    if start < 0:
        return len(text), len(text)
    last = lines[-1][-_KEY:]
    end = text.find(last, start)
    return start, end + len(last) if end >= 0 else start


_KEY = 24  # characters that find a line again
