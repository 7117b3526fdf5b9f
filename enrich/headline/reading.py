"""The grammar of Korean headlines: which series a headline belongs to, and which part of it it is.

Outlets mark a part by a number in many shapes and many places:

    [남도의 전력망]⑳ 제목               a bracket, then the number
    제목 [모두의 배움터②]                the number inside the bracket, before or after the headline
    [로봇의 하루 2026] 〈3〉 제목         the number in a bracket of its own
    [청년이 떠난 공단中], (하), <상>      one of three or of two, the last of which ends the series
    <5·끝>, ⑩끝, (마지막회)              the end
    물길 리포트 ⑥ 제목                  no bracket at all

and much looks like a part that is none: lists (①… ②… ③…), countdowns ([박람회 G-30]), editions (제17회 …), ages
(홍길동(52)), the stock market's 上. The headline is read on a copy with brackets unified one for one; no compatibility
normalisation is done, for it would turn ① into 1 before it is read.
"""

import re
import unicodedata

from enrich.headline.marks import (
    AFTER_GENRE,
    BRACKETS,
    DASHED,
    ENCLOSED,
    ENDED,
    ENDING,
    HYPHENED,
    LEADING,
    LISTED,
    MIDDLE,
    OPEN,
    OWN,
    ROUND,
    TAIL,
    Group,
    Part,
    groups_of,
    is_list,
    own_part,
    part_of,
    with_its_last_bracket,
)
from enrich.headline.names import (
    BEFORE_CHINA,
    COLUMNS,
    COUNTDOWN,
    COUNTED_SO,
    EDITION,
    FEATURE,
    GENRE_PREFIX,
    LECTURE,
    PERSON,
    RANKED,
    STRONG,
    is_label,
    is_name_without_bracket,
    marker_of,
    without_genre,
)
from sosik.model.analysis import HeadlineKind, SeriesMarker

# No headline is longer (characters): what is, is a text, and bad input may not cost time.
_LONGEST = 400
# A number that closes a longer headline than this (characters) counts the bracket at its head: [이름] 긴 제목이 온다②.
_LONGEST_NAME = 15
# The short name that closes a headline with its number, after a sign: 제목 | 이름③, 제목…이름 (3), 제목 -이름 ⑤.
_AFTER_A_SIGN = re.compile(r".*\S(?:\s*(?:[|│…]|\.{3})\s*|\s/\s|\s[-–—](?=\S))(?P<name>[^\s|│…/.-].{2,14})$")
# A bracket right after a number that leads is no name if it is as short (characters): ①[광주] 제목.
_SHORTEST_NAME = 3
# A whole headline of a plain name and its part, after a genre: [진단] 이름 下; the stock market's 上 follows a comma.
_CLOSING = re.compile(r"\s*(?P<name>[^,…\"“”'‘’\[\]<>]{4,25}) (?P<part>[上下])")
# A season or a book of a series counts its own parts: [이름] 시즌2 ③, [이름] 2부 그 밤 ③.
_LEVEL = re.compile(r"(?:시즌|season)\s?\d{1,2}$|제?\s?\d{1,2}부(?:\s|$)", re.IGNORECASE)
_LEVEL_BESIDE = re.compile(r"\s*(?P<level>(?:시즌|season)\s?\d{1,2}|제?\s?\d{1,2}부)(?=[\s(<\[])", re.IGNORECASE)
_STOCKS = re.compile(r"주$|증시|코스피|코스닥|종목")
_SITE = re.compile(r"\s+-\s+(?::: )?[^\[\]()<>]{2,20}(?: ::)?$")


def read_headline(headline: str) -> SeriesMarker:
    """Return what a headline says of the series it belongs to.

    Kind NONE or LABEL has no series; COLUMN is a standing title, SERIES a numbered feature (or one whose bracket
    says that it is a feature: [창간 기획-…]). 하 and 下 end a series by themselves.
    """
    if len(headline) > 3 * _LONGEST:  # Three letters a syllable, where they are not composed.
        return SeriesMarker(kind=HeadlineKind.NONE)
    text = with_its_last_bracket(unicodedata.normalize("NFC", headline).translate(BRACKETS).strip())
    if len(text) > _LONGEST or is_list(text):
        return SeriesMarker(kind=HeadlineKind.NONE)
    groups = groups_of(text)
    found = (
        _inside_a_group(text, groups)
        or _beside_a_group(text, groups)
        or _number_first(text, groups)
        or _after_a_name(text, groups)
        or _counted_after_a_genre(text, groups)
        or _before_a_hyphen(text)
        or _feature_without_number(groups)
    )
    if found is not None:
        return found
    return _without_part(text, groups)


def _at_an_edge(text: str, groups: list[Group], group: Group) -> bool:
    """Do only other brackets stand before it, or nothing but brackets, a part and the site's name after it?"""
    before, after = text[: group.start], text[group.end :]
    for other in groups:
        before = before.replace(text[other.start : other.end], " ", 1) if other.end <= group.start else before
        after = after.replace(text[other.start : other.end], " ", 1) if other.start >= group.end else after
    after = _SITE.sub("", after).strip()
    return not before.strip() or not after or OPEN.fullmatch(after) is not None


def _inside_a_group(text: str, groups: list[Group]) -> SeriesMarker | None:
    """[모두의 배움터②], [반도체의 물길 12부], <물값 개편①>."""
    for group in groups:
        if not _at_an_edge(text, groups, group) or own_part(group) is not None:
            continue
        found = _name_and_part(group.content)
        if found is not None and not (group.open == "(" and not found[1].circled):
            return marker_of(*found, inside=True)
    return None


def _name_and_part(content: str) -> tuple[str, Part] | None:
    if COUNTDOWN.search(content) or EDITION.match(content):
        return None
    tail = _name_and_tail(content)
    if tail is not None:
        return tail
    other = ENDING.match(content) or MIDDLE.match(content)
    return None if other is None else (other["name"], part_of(other))


def _name_and_tail(content: str) -> tuple[str, Part] | None:
    """Read a name that its part ends: 배움터②, 물길 12부, 셈법下."""
    tail = TAIL.match(content)
    if tail is None or not tail["name"].strip():
        return None
    name = tail["name"].strip()
    if tail["boxed"]:
        own = OWN.fullmatch(tail["boxed"])
        if own is None or not any(own.groups()):
            return None
        return name, part_of(own)
    if tail["spaced"] and (RANKED.search(name) or (len(name) < 6 and not tail["end"])):
        return None
    if STRONG.search(content) and not LECTURE.search(name):
        return None
    if tail["hanja"] == " 中" and (len(name) < 4 or BEFORE_CHINA.search(name)):
        return None
    if tail["hyphened"] and not (re.search(r"[가-힣Ⅰ-Ⅹ]$", name) or _LEVEL.search(name)):
        return None
    return name, part_of(tail)


def _beside_a_group(text: str, groups: list[Group]) -> SeriesMarker | None:
    """[남도의 전력망]⑳, [섬사람](18), [느린 항구] (상), 제목[물값은 누가]②."""
    for index, group in enumerate(groups):
        if group.open == "(" or own_part(group) is not None or not _at_an_edge(text, groups, group):
            continue
        level = _LEVEL_BESIDE.match(text, group.end)
        part = _part_at(text, level.end(), groups[index + 1 :]) if level else None
        if level and part is not None:
            return marker_of(f"{group.content} {level['level']}", part)
        part = _part_at(text, group.end, groups[index + 1 :]) or _round_at(text, group)
        if part is not None:
            return marker_of(group.content, part)
    return None


def _round_at(text: str, group: Group) -> Part | None:
    """Read a count that may be one of anything, unless the bracket before it is a name of several words."""
    if group.start or " " not in group.content or COUNTED_SO.search(group.content) or is_label(group.content):
        return None
    match = ROUND.match(text, group.end)
    return None if match is None else part_of(match)


def _part_at(text: str, position: int, following: list[Group]) -> Part | None:
    """Read the part that stands right at a position, white space passed over."""
    while position < len(text) and text[position].isspace():
        position += 1
    if following and following[0].start == position:
        return own_part(following[0])
    match = OPEN.match(text, position) or LISTED.match(text, position)
    return None if match is None else part_of(match)


def _number_first(text: str, groups: list[Group]) -> SeriesMarker | None:
    """② 제목 [다시 여는 포구], ②[다시 여는 포구] 제목, [②다시 여는 포구] 제목: the number leads."""
    within = LEADING.match(groups[0].content) if len(groups) == 1 and groups[0].open != "(" else None
    if within is not None and _at_an_edge(text, groups, groups[0]) and not is_label(within["name"]):
        return marker_of(within["name"], part_of(within))
    match = OPEN.match(text)
    if match is None or not match["circled"]:
        return None
    for group in groups:
        closes = group.end == len(text) and group.open in "[<"
        leads = group.start == match.end() and group.open == "[" and len(group.content) > _SHORTEST_NAME
        if (closes or leads) and own_part(group) is None and not is_label(group.content):
            return marker_of(group.content, part_of(match))
    return SeriesMarker(kind=HeadlineKind.LABEL, installment=part_of(match).number)


def _after_a_name(text: str, groups: list[Group]) -> SeriesMarker | None:
    """[특집] 봄 바다가 온다! ② 제목, 섬 일지(157) 제목, [기획] 긴 이름 (하)."""
    start = _end_of_leading_groups(groups, text)
    led = start > 0
    for position, part in _open_parts(text, groups, start):
        if led and part.final and part.number is None and part.label is None:
            return marker_of(groups[0].content, part)
        name = text[start:position].strip(" -–—:·,")
        if not name:
            continue
        after = _AFTER_A_SIGN.match(name) if not led and _ends_at(text, position) else None
        name = name if after is None else after["name"]
        if led and _LEVEL.match(name):
            return marker_of(f"{groups[0].content} {name}", part)
        if led and part.circled and position + 1 == len(text) and len(name) > _LONGEST_NAME:
            own = not is_label(groups[0].content)
            return marker_of(groups[0].content, part) if own else marker_of(name, part)
        if part.circled or is_name_without_bracket(name, part, led=led, at_end=_ends_at(text, position)):
            return marker_of(name, part)
    closing = _CLOSING.fullmatch(text, start) if led and not _STOCKS.search(groups[0].content) else None
    return None if closing is None else marker_of(closing["name"], part_of(closing))


def _counted_after_a_genre(text: str, groups: list[Group]) -> SeriesMarker | None:
    """[연재] 섬으로 간 의사 7회 - 제목."""
    start = _end_of_leading_groups(groups, text)
    match = AFTER_GENRE.match(text, start) if start and FEATURE.search(groups[0].content) else None
    if match is None or COUNTED_SO.search(match["name"]):
        return None
    return marker_of(match["name"], part_of(match))


def _before_a_hyphen(text: str) -> SeriesMarker | None:
    """골목의 온도-4 제목."""
    match = HYPHENED.match(text)
    if match is None or " " not in match["name"]:
        return None
    return marker_of(match["name"], part_of(match))


def _end_of_leading_groups(groups: list[Group], text: str) -> int:
    end = 0
    for group in groups:
        if text[end : group.start].strip() or group.open == "(":
            break
        end = group.end
    return end


def _open_parts(text: str, groups: list[Group], start: int) -> list[tuple[int, Part]]:
    """Return parts outside any name's bracket, with where they begin, left to right."""
    found = [
        (position, part_of(match))
        for position in range(start, len(text))
        if text[position] in ENCLOSED
        and not any(group.start < position < group.end for group in groups)
        and (match := OPEN.match(text, position)) is not None
    ]
    found += [(match.start(), part_of(match)) for form in (DASHED, ENDED) for match in form.finditer(text, start)]
    for group in groups:
        own = own_part(group) if group.start >= start else None
        if own is not None:
            found.append((group.start, own))
    return sorted(found, key=lambda each: each[0])


def _ends_at(text: str, position: int) -> bool:
    """Does nothing but a closed bracket, or an open part, stand from there to the end?"""
    closed = re.fullmatch(r"[\[<(][^\[\]<>()]*[\])>]\s*", text[position:])
    return closed is not None or OPEN.fullmatch(text, position) is not None


def _feature_without_number(groups: list[Group]) -> SeriesMarker | None:
    """[창간 기획-바다가 학교다] 제목: the bracket itself says that it is a feature of several parts."""
    for group in groups:
        if group.open == "[" and GENRE_PREFIX.match(group.content):
            return SeriesMarker(kind=HeadlineKind.SERIES, series=without_genre(group.content))
    return None


def _without_part(text: str, groups: list[Group]) -> SeriesMarker:
    """Tell a standing title from a genre where there is no number."""
    for group in groups:
        if group.open == "(" or not _at_an_edge(text, groups, group):
            continue
        if is_label(group.content):
            return SeriesMarker(kind=HeadlineKind.LABEL)
        if COLUMNS.search(group.content) or PERSON.search(group.content):
            return SeriesMarker(kind=HeadlineKind.COLUMN, series=group.content)
        if group.open == "[":
            return SeriesMarker(kind=HeadlineKind.LABEL)
    return SeriesMarker(kind=HeadlineKind.NONE)
