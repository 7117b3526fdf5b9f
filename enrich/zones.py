"""Where in an article something stands: title, lead, body, or what is no part of the story at all."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Zone(IntEnum):
    """The parts of an article, by how much they say about what it is about."""

    NOISE = 0  # navigation, phone and file lines, copyright, neighbouring headlines, the title said again
    NOTE = 1  # footnotes, tables, what stands after the story
    BODY = 2
    LEAD = 3
    TITLE = 4


_SENTENCE_END = re.compile(r"[다요죠음함됨임것]\.(?!\d)|[다]$|[.!?][\"”’』」)]*$")
_CONTACT = re.compile(r"☎|\(?0\d{1,2}[-).]\s?\d{3,4}[-.]\d{4}|\b\d{3,4}-\d{4}\b|[\w.]+@[\w-]+\.\w+")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|hwpx?|pdf|zip|pptx?|docx?|xlsx?)\b", re.IGNORECASE)
_NOTICE = re.compile(
    r"무단\s?전재|재배포\s?금지|저작권자|copyright|ⓒ|공공누리|만족도 조사"
    r"|개인정보\s?(?:처리|취급|보호)\s?방침|구독하기|기사\s?제보",
    re.IGNORECASE,
)
_NEIGHBOURS = re.compile(
    r"^\W*(?:관련\s?(?:기사|뉴스|글)|많이\s?본|인기\s?(?:기사|뉴스)|주요\s?뉴스|추천\s?(?:기사|뉴스)|핫\s?이슈"
    r"|이\s?시각|다른\s?기사|최신\s?(?:기사|뉴스)|이전\s?(?:글|기사)|다음\s?(?:글|기사)|함께\s?보면|랭킹\s?뉴스)\W*"
)
_NOTE = re.compile(r"^\s*(?:\*|※|＊|<|【|\[?참고)")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEAD_SENTENCES = 2
_LEAD_CHARACTERS = 350
_HEADING_CHARACTERS = 12
_CONTACT_LINE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of one article: each begins at its border and goes on to the next."""

    borders: tuple[int, ...]
    zones: tuple[Zone, ...]

    def at(self, place: int) -> Zone:
        """Return the zone of a character of title, newline and text."""
        return self.zones[bisect_right(self.borders, place) - 1]


@lru_cache(maxsize=4)  # each step of an article's analysis asks for the same ones
def zones_of(title: str, text: str) -> Zones:
    """Return the zones of an article."""
    borders, zones = [0], [Zone.TITLE]
    place = len(title) + 1
    lines = text.split("\n")
    title_letters = _letters(title)
    sentences = [number for number, line in enumerate(lines) if _is_sentence(line)]
    first, last = (sentences[0], sentences[-1]) if sentences else (0, len(lines) - 1)
    lead = _Lead()
    ended = False
    for number, line in enumerate(lines):
        ended = ended or (number > first and _NEIGHBOURS.match(line) is not None)
        if ended or _is_noise(line, title_letters):
            zone = Zone.NOISE
        elif number < first:
            zone = Zone.LEAD if _is_heading(line) else Zone.NOISE
        elif number > last:
            zone = Zone.NOISE
        elif _NOTE.match(line):
            zone = Zone.NOTE
        else:
            zone = lead.zone(line)
        borders.append(place)
        zones.append(zone)
        if zone is Zone.LEAD and number >= first and lead.end < len(line):
            borders.append(place + lead.end)
            zones.append(Zone.BODY)
        place += len(line) + 1
    return Zones(tuple(borders), tuple(zones))


class _Lead:
    """The first sentences of the story, handed line after line."""

    def __init__(self) -> None:
        self.end = 0  # where the lead ends in the line seen last
        self._sentences = 0
        self._characters = 0

    def zone(self, line: str) -> Zone:
        """Return the zone in which the line begins."""
        if not line.strip():
            return Zone.BODY
        if self._sentences >= _LEAD_SENTENCES or self._characters >= _LEAD_CHARACTERS:
            return Zone.BODY
        self.end = len(line)
        for sentence in _SENTENCE_END.finditer(line):
            self._sentences += 1
            if self._sentences >= _LEAD_SENTENCES or self._characters + sentence.end() >= _LEAD_CHARACTERS:
                self.end = sentence.end()
                break
        self._characters += self.end
        return Zone.LEAD


def _is_sentence(line: str) -> bool:
    return len(line) > _HEADING_CHARACTERS and _SENTENCE_END.search(line) is not None and not _is_aside(line)


def _is_aside(line: str) -> bool:
    """Is it a line about the page, not about the story?"""
    if _NOTICE.search(line) or _FILE.search(line):
        return len(line) < _CONTACT_LINE_CHARACTERS
    return len(line) < _CONTACT_LINE_CHARACTERS and _CONTACT.search(line) is not None


def _is_noise(line: str, title_letters: str) -> bool:
    """Is it blank, about the page, or the title (or a part of it) said again?"""
    return _is_aside(line) or (len(line) < 2 * len(title_letters) + 2 and _letters(line) in title_letters)


def _is_heading(line: str) -> bool:
    """Is a line above the story a subtitle, not navigation?"""
    return ">" not in line and len(line.strip()) >= _HEADING_CHARACTERS


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)
