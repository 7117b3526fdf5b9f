"""How the name of an organisation stands in a text: as a body or as a venue, a source, or a part of another."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from enrich.entities.form import Form
from sosik.model.analysis import Mention, MentionKind

_ROOM = re.compile(r" ?(?:[대중소]?회의실|대?강당|의원회관|소통관|컨벤션홀|다목적홀|체육관|운동장|\d{1,2}층)")
_HALL = re.compile(r" [가-힣A-Za-z0-9]{1,8}(?:관|홀|빌딩|타워|호텔)에서 ")
_STAGE = re.compile(r"(?:에서)? (?:의결|심의|통과|본회의|상임위|예결위|예산|비준|동의|국정감사)|의원")
_LEGISLATURE = "국회"
_TO_BE = re.compile(r"['’」]?(?:을|를)? ?(?:유치|구축|건립|신설)")
_BUILT = re.compile(r"['’」]?(?:을|를)? ?(?:준공|완공|착공)")
_BRAND = re.compile(r"(?:플랫폼|서비스|브랜드|솔루션|앱) ?['‘“「]$")
_SOURCE = re.compile(r", ?(?:\d{4}|['’‘]\d\d)")
_HELD_IN = re.compile(r"(?:센터|관|교육원|학교|허브)$")
_THERE = re.compile(r"에서")
_TAKES_PLACE = re.compile(r"에서 (?:열|개최)")
_PART = re.compile(
    r"(?:연구소|연구원|대학원|교육원|센터|사업단|추진단|지원단|박물관|미술관|기술원|본부|지사|지부|지점|부설기관)$"
)
_PARENT = re.compile(r"(?P<link>| 산하| 부설| 소속|부설| 내) $")
_SUPERVISES = re.compile(r"(?:[부처청시도군구]|위원회)$")  # bodies under these are bodies of their own
_LINK = 4
_SHORT = 3  # syllables of the name of a group of firms
_NAME = 4
_GROUP = "그룹"
_OF_A_REGION = "도시군구"
_COUNCIL = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?:(?P<of>[도시군구]) ?(?P<body>의회|농업기술센터|보건소)|(?P<office>농업기술센터))"
    r"(?= |[은는이가와과의에도]|,)"
)


def bodies_only(mentions: Iterable[Mention], text: str) -> list[Mention]:
    """Return the mentions without organisations that are sources or parts; `mentions` are in order.

    A venue is given as a place, a shortened name as what the article calls it elsewhere.
    """
    several = list(mentions)
    built = {each.name for each in several if each.entry is None and _BUILT.match(text, each.end)}
    kept: list[Mention] = []
    for mention in several:
        if mention.name in built:
            continue
        if mention.kind is MentionKind.ORGANISATION:
            if _is_source(mention, text) or _is_part(mention, kept[-1] if kept else None, text):
                continue
            if _ROOM.match(text, mention.end) or _HALL.match(text, mention.end):
                kept.append(dataclasses.replace(mention, kind=MentionKind.PLACE))
                continue
        kept.append(mention)
    return _in_full(_houses_as_places(kept, text), text)


def _is_source(mention: Mention, text: str) -> bool:
    """Is it no body of the story: a source (한국은행, 2024), a byline (서울=연합뉴스), a brand, something yet to be?"""
    if mention.name == _LEGISLATURE and _STAGE.match(text, mention.end) is not None:
        return True
    if text[mention.start - 1 : mention.start] == "=":
        return True
    if mention.entry is None and (
        _TO_BE.match(text, mention.end) or _BRAND.search(text[max(mention.start - 8, 0) : mention.start])
    ):
        return True
    return text[mention.start - 1 : mention.start] == "(" and _SOURCE.match(text, mention.end) is not None


def _is_part(mention: Mention, before: Mention | None, text: str) -> bool:
    """Is it a unit of the organisation before it: 한빛대 감성연구소, 한빛재단 부설 남도센터?"""
    if mention.entry is not None or before is None or before.kind is not MentionKind.ORGANISATION:
        return False
    if not _PART.search(mention.name) or mention.start - before.end > _LINK:
        return False
    link = _PARENT.fullmatch(text, before.end, mention.start)
    return link is not None and not (_SUPERVISES.search(before.name))


def _houses_as_places(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Give the houses that are named only as where something was done as places."""
    acting = {
        each.name for each in mentions if not (_THERE if each.entry is None else _TAKES_PLACE).match(text, each.end)
    }
    return [
        dataclasses.replace(each, kind=MentionKind.PLACE)
        if each.kind is MentionKind.ORGANISATION and each.name not in acting and _HELD_IN.search(each.name)
        else each
        for each in mentions
    ]


def _in_full(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Give a shortened name as the longer one that the article has, if only one is meant."""
    bodies = [each for each in mentions if each.kind is MentionKind.ORGANISATION]
    full = {each.name: each for each in bodies}
    ending, beginning = _by_parts(full)
    surfaces: dict[str, str] = {}  # the longest of each
    for each in bodies:
        surfaces[each.name] = max(surfaces.get(each.name, ""), text[each.start : each.end], key=len)
    in_title = text.find("\n")
    longer: dict[str, Mention] = {}
    for name, body in full.items():
        surface = surfaces[name]
        meant: list[str] = []
        if body.entry is None and len(name) >= _NAME:
            meant = ending[name]
        elif len(surface) <= _SHORT and (name == f"{surface}{_GROUP}" or _only_before(bodies, name, in_title)):
            meant = [each for each in beginning[surface] if each != name]
        if len(meant) == 1:
            longer[name] = full[meant[0]]
    return [
        dataclasses.replace(each, name=longer[each.name].name, entry=longer[each.name].entry)
        if each.kind is MentionKind.ORGANISATION and each.name in longer
        else each
        for each in mentions
    ]


def _by_parts(names: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the names by what they end in and by what they begin with."""
    ending: dict[str, list[str]] = defaultdict(list)
    beginning: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for cut in range(1, len(name) - _NAME + 1):
            ending[name[cut:]].append(name)
        for cut in range(1, min(_SHORT + 1, len(name))):
            beginning[name[:cut]].append(name)
    return ending, beginning


def _only_before(bodies: Iterable[Mention], name: str, end: int) -> bool:
    return all(each.start < end for each in bodies if each.name == name)


def councils(mentions: Iterable[Mention], text: str) -> Iterator[Form]:
    """Give 도의회, 군 농업기술센터 as the council or office of the only province or city that acts in the article."""
    acting: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind is MentionKind.ORGANISATION and mention.name[-1] in _OF_A_REGION:
            acting.setdefault(mention.name[-1], set()).add(mention.name)
    for match in _COUNCIL.finditer(text):
        named = acting.get(match["of"], set()) if match["of"] else acting.get("시", set()) | acting.get("군", set())
        if len(named) == 1:
            yield Form(f"{next(iter(named))}{match['body'] or match['office']}", match.start(), match.end())
