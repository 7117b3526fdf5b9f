"""When it was published: what metadata state, weighed against what the page prints."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from htmldate import find_date
from lxml import etree

from enrich.extract.embedded import Embedded
from enrich.extract.lines import span_of
from enrich.extract.page import Page
from enrich.extract.spellings import MOMENT, Spelt, from_match, read_moment
from sosik.model.instants import KST, Provenance, Published

_META_PUBLISHED = (
    "article:published_time", "datepublished", "dd:published_time", "dable:published_time", "og:regdate",
    "nextweb:createdate", "pubdate", "publishdate", "article:published", "published_time", "og:article:published_time",
    "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "date", "regdate",
    "parsely-pub-date", "sailthru.date", "publish-date",
    "og:published_time", "by_date", "cxenseparse:recs:publishtime", "recs:publishtime",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time",
    "datemodified",
    "dd:modified_time",
    "og:updated_time",
    "nextweb:moddate",
    "lastmod",
)
_DATE_ATTRIBUTES = ("data-date-time", "data-published-time", "data-published", "data-publish-date", "data-regdate")
_FIRST = (
    r"(?:기사\s?입력|최초\s?입력|최초\s?등록|입력|등록|송고|작성|게시|발행|보도|배포|게재|날짜|등록일|작성일|"
    r"게시일|보도일|배포일|출고|방송|생성|published)"
)
_APPROVED = r"(?:기사\s?승인|승인)"
_CHANGED = r"(?:최종\s?수정|최종\s?업데이트|기사\s?수정|수정|업데이트|변경|갱신|updated|modified)"
_BEFORE = re.compile(
    rf"(?:(?P<first>{_FIRST})|(?P<approved>{_APPROVED})|(?P<changed>{_CHANGED}))\s?(?:일시|일자|시간|시각|일|"
    rf"날짜|됨)?\s*[:：|l=)\]>]?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s?(?:(?P<first>{_FIRST})|(?P<approved>{_APPROVED})|(?P<changed>{_CHANGED}))", re.IGNORECASE)
_URL_DAY = re.compile(r"(?<!\d)(20\d{2})[/\-.]?(0[1-9]|1[0-2])[/\-.]?(0[1-9]|[12]\d|3[01])(?=\d{0,12}(?!\d))")
_KOREAN_OFFSET = timedelta(hours=9)
_MINUTE = timedelta(minutes=1)
_SLACK = timedelta(hours=1)  # between an outlet's clock and ours
_MAX_PRINTED = 40
_GAP = 16  # characters between dates that stand in a row
_ABOVE = 60  # characters above the title in which a date may be the article's, and not today's
_BELOW = 300  # and below the body
_EDITED_BELOW = 60  # further down, "last updated" speaks of the site


_IMPRINT = re.compile(
    r"(?:등록|신고|사업자)\s?(?:등록)?\s?번호|발행인|편집인|창간|제호|대표전화|통신판매|인터넷신문|정기간행물"
)
_IMPRINT_AROUND = 60  # characters: an imprint says when the outlet was registered


class Label(IntEnum):
    """What the page says that a printed date is; lower is nearer to the first publication."""

    FIRST = 0
    APPROVED = 1
    NONE = 2
    CHANGED = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A date among the words of the page.

    `near` where it stands beside the title or the body; `early` where above the title, as today's date does.
    """

    spelt: Spelt
    label: Label
    near: bool
    early: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """When it was published, and when edited afterwards; None where the page does not say."""

    published: Published | None
    modified: Published | None


def read_times(
    page: Page,
    embedded: Embedded,
    *,
    title: str,
    lines: Sequence[str],
    chosen: str = "",
    hint: str = "",
    fetched: datetime | None = None,
) -> Times:
    """Weigh all that the page says; `fetched` (aware) bounds it from above, and is never an answer itself."""
    limit = _Limit(fetched)
    printed = [each for each in _printed(page.text, title, lines) if limit.allows(each.spelt)]
    stated = [(spelt, source) for spelt, source in _stated(page, embedded) if limit.allows(spelt)]
    layout = read_moment(chosen) if chosen else None
    if layout is not None and limit.allows(layout):
        published: Published | None = _made(layout, Provenance.PRINTED)
    else:
        published = _weigh(stated, printed, page.url) or _fallback(page, hint, limit)
    return Times(published, _modified(page, embedded, printed, published, limit))


class _Limit:
    """Distrusts days and instants that lie after the page was fetched."""

    def __init__(self, fetched: datetime | None) -> None:
        self._latest = None if fetched is None else fetched.astimezone(KST) + _SLACK

    def allows(self, spelt: Spelt) -> bool:
        if self._latest is None:
            return True
        instant = spelt.instant
        return spelt.day <= self._latest.date() if instant is None else instant <= self._latest


def _made(spelt: Spelt, provenance: Provenance) -> Published:
    instant = spelt.instant
    return Published.on_day(spelt.day, provenance) if instant is None else Published.at_minute(instant, provenance)


def _stated(page: Page, embedded: Embedded) -> Iterator[tuple[Spelt, Provenance]]:
    """Yield what metadata state, the most reliable kind first."""
    sources: list[tuple[Iterable[str], Provenance]] = [
        (page.meta(_META_PUBLISHED[0]), Provenance.META),
        (embedded.published, Provenance.JSON_LD),
        (page.meta(*_META_PUBLISHED[1:]), Provenance.META),
        (_attributes(page), Provenance.META),
    ]
    for texts, provenance in sources:
        for text in texts:
            spelt = read_moment(text)
            if spelt is not None:
                yield spelt, provenance


def _attributes(page: Page) -> Iterator[str]:
    for element in page.tree.iter("time", "span", "em", "p"):
        if element.tag == "time" and element.get("datetime"):
            yield element.get("datetime", "")
            return
        for name in _DATE_ATTRIBUTES:
            if element.get(name):
                yield element.get(name, "")
                return


def _printed(text: str, title: str, lines: Sequence[str]) -> list[Printed]:
    """Find the dates among the page's words: labelled ones anywhere, others only between title and body."""
    start, end = span_of(text, title, lines)
    head = max(text.find(title, 0, start), 0) if title else 0
    found: list[Printed] = []
    for spelt, label, at in _labelled(text):
        around = max(at - _IMPRINT_AROUND, 0), at + _IMPRINT_AROUND
        if spelt.clock is None and _IMPRINT.search(text, *around):
            continue
        before = head - _ABOVE <= at <= start
        after = end <= at <= end + (_EDITED_BELOW if label is Label.CHANGED else _BELOW)
        if label is not Label.NONE or before:
            found.append(Printed(spelt, label, before or after, at < head))
        if len(found) >= _MAX_PRINTED:
            break
    return found


def _labelled(text: str) -> Iterator[tuple[Spelt, Label, int]]:
    """Yield every date with its label and its place.

    Dates that stand in a row are labelled all before (입력 … 수정 …) or all after (… 송고 … 업데이트).
    """
    row: list[re.Match[str]] = []
    for match in MOMENT.finditer(text):
        if row and match.start() - row[-1].end() > _GAP:
            yield from _labelled_row(text, row)
            row = []
        row.append(match)
    yield from _labelled_row(text, row)


def _labelled_row(text: str, row: Sequence[re.Match[str]]) -> Iterator[tuple[Spelt, Label, int]]:
    if not row:
        return
    before = [_label(_BEFORE.search(text, max(match.start() - 14, 0), match.start())) for match in row]
    after = [_label(_AFTER.match(text, match.end())) for match in row]
    labels = after if before[0] is Label.NONE and after[-1] is not Label.NONE else before
    for match, label in zip(row, labels, strict=True):
        spelt = from_match(match)
        if spelt is not None:
            yield spelt, label, match.start()


def _label(found: re.Match[str] | None) -> Label:
    if found is None:
        return Label.NONE
    if found["first"]:
        return Label.FIRST
    return Label.APPROVED if found["approved"] else Label.CHANGED


def _weigh(stated: Sequence[tuple[Spelt, Provenance]], printed: Sequence[Printed], url: str) -> Published | None:
    """Return the stated time that the page confirms; the printed one where it contradicts; either where alone."""
    shown = sorted(
        (each for each in printed if each.label is not Label.CHANGED),
        key=lambda each: (not each.near, each.label, each.early),
    )
    first = _finest(shown)
    if not stated:
        return _made(first.spelt, Provenance.PRINTED) if first is not None else None
    for spelt, provenance in stated:
        if any(_same_minute(spelt, each.spelt) for each in shown):
            return _made(spelt, provenance)
    spelt, provenance = _first_of_url_day(stated, url)
    if first is not None and _prints_better(spelt, first):
        return _made(first.spelt, Provenance.PRINTED)
    if spelt.midnight:  # a program that knew only the day
        return Published.on_day(spelt.korean_day, provenance)
    return _made(spelt, provenance)


def _finest(shown: Sequence[Printed]) -> Printed | None:
    """The first printed date, or one of the same day that has the minute."""
    if not shown:
        return None
    first = shown[0]
    if first.spelt.clock is not None:
        return first
    return next((each for each in shown if each.spelt.clock is not None and each.spelt.day == first.spelt.day), first)


def _prints_better(stated: Spelt, printed: Printed) -> bool:
    instant, other = stated.instant, printed.spelt.instant
    if instant is None:
        return other is not None and (printed.label is not Label.NONE or printed.spelt.day == stated.day)
    if other is None:  # only a day is printed: it tells a value in UTC that was labelled Korean
        gap = instant - datetime.combine(printed.spelt.day, datetime.min.time(), KST)
        return (
            printed.near and not stated.midnight and printed.spelt.day != instant.date() and abs(gap) <= _KOREAN_OFFSET
        )
    if abs(abs(instant - other) - _KOREAN_OFFSET) < _MINUTE or stated.midnight:
        return True
    return printed.label is Label.FIRST and printed.near


def _same_minute(one: Spelt, other: Spelt) -> bool:
    if one.instant is None or other.instant is None:
        return False
    return _minute(one.instant) == _minute(other.instant)


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _first_of_url_day(stated: Sequence[tuple[Spelt, Provenance]], url: str) -> tuple[Spelt, Provenance]:
    """Where metadata disagree on the day, the address often knows; the same clock with and without Z is one case."""
    found = _URL_DAY.search(url)
    if found is not None:
        digits = "".join(found.groups())
        for spelt, provenance in stated:
            if spelt.korean_day.strftime("%Y%m%d") == digits and spelt.clock is not None:
                return spelt, provenance
    with_minute = [each for each in stated if each[0].clock is not None and not each[0].midnight]
    first = stated[0]
    same_day = [each for each in with_minute if each[0].korean_day == first[0].korean_day]
    return first if first in with_minute or not same_day else same_day[0]


def _fallback(page: Page, hint: str, limit: _Limit) -> Published | None:
    """The feed's date, then the address's, then htmldate's; the last two know a day only."""
    hinted = read_moment(hint) if hint else None
    if hinted is not None and limit.allows(hinted):
        return _made(hinted, Provenance.FEED)
    found = _URL_DAY.search(page.url)
    if found is not None:
        spelt = read_moment("-".join(found.groups()))
        if spelt is not None and limit.allows(spelt):
            return Published.on_day(spelt.day, Provenance.URL)
    return _by_htmldate(page, limit)


def _by_htmldate(page: Page, limit: _Limit) -> Published | None:
    try:
        text = find_date(
            page.tree,
            extensive_search=False,
            original_date=True,
            outputformat="%Y-%m-%dT%H:%M:%S%z",
            deferred_url_extractor=True,
            url=page.url or None,
        )
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, etree.LxmlError):
        return None  # all of these are met on broken markup
    spelt = read_moment(text) if text else None
    if spelt is None or not limit.allows(spelt):
        return None
    return Published.on_day(spelt.day, Provenance.META) if spelt.midnight else _made(spelt, Provenance.META)


def _modified(
    page: Page, embedded: Embedded, printed: Sequence[Printed], published: Published | None, limit: _Limit
) -> Published | None:
    """Return the last edit; None where the page names none that is after publication."""
    shown = [(each.spelt, Provenance.PRINTED) for each in printed if each.label is Label.CHANGED and each.near]
    sources = (
        (page.meta(*_META_MODIFIED[:1]), Provenance.META),
        (embedded.modified, Provenance.JSON_LD),
        (page.meta(*_META_MODIFIED[1:]), Provenance.META),
    )
    stated = [(spelt, kind) for texts, kind in sources for text in texts if (spelt := read_moment(text)) is not None]
    for spelt, provenance in (*shown, *stated):
        if limit.allows(spelt) and not spelt.midnight and _is_after(_made(spelt, provenance), published):
            return _made(spelt, provenance)
    return None


def _is_after(edit: Published, published: Published | None) -> bool:
    if published is None:
        return True
    if edit.instant is None or published.instant is None:
        return edit.day > published.day
    return _minute(edit.instant) > _minute(published.instant)
