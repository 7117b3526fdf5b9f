"""One event or two: what a pair of articles shares, in points, and what sets look-alikes apart.

Points are given for the wording (0 to 5), the headlines, and each fact that both name; enough of them make one event.
Before that, look-alikes are sorted out: releases made from one template share their wording, and differ in who, where,
when and how much.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from enrich.stories.profile import HeadlineName, Profile, unpacked
from sosik.model.story import StoryKind

ENOUGH = 2.75  # points that make one event
ENOUGH_SOON = 2.25  # … of two reports within two days
WINDOW = 14  # days between two articles on one event, at most

_WORDING = 10.0  # points for shared pairs of words: one for a tenth of them
_WORDING_MOST = 5.0
_COPIED = 0.30  # shared pairs from which one text was made from the other, or both from a third
_REWORDED = 0.15  # … and from which it was, if most of many facts are the same
_MANY, _MOST_OF_THEM = 8, 0.6
_VERBATIM = 0.80
_SUMS = 2  # shared figures that no two events have
_TEMPLATE = 0.30  # shared pairs from which a template is to be feared
_HEADLINE = 2.0
# Reports of one event come within days; what looks alike and comes later is the next of its kind.
_SOON = 2  # days
_SAME_DAY = 1.0  # points for telling, so soon, of what happened on one day
_SAME_DAY_HEADLINES = 0.4  # … if the headlines agree by this much; by less, the points are less
_HEADLINE_WORD = 0.25  # points for each word that both headlines have, so soon, after the first two
_HEADLINE_WORDS_MOST = 0.75
_UNKNOWN_PERSON = 2.5  # points that a person in one headline costs whom the other article does not know
_OTHER_NUMBERS = 0.5  # points that it costs if each headline has a number that the other article does not have
_SAME_OUTLET = (
    2.0  # times as many points: an outlet reports an event once, and its house style is alike in all it prints
)
_PER_DAY = 0.1  # points that a day between them costs, after the first

_FACTS = (  # what it is, points each, at most
    ("figures", 0.5, 2.0),
    ("people", 0.6, 1.2),
    ("officials", 0.2, 0.4),
    ("dates", 0.4, 0.8),
    ("quotes", 0.5, 1.5),
    ("organisations", 0.15, 0.6),
)
_SHOWN = 3  # facts that a reason names
_LONG_FACT = 20  # characters
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a pair came to. `kind` is None for two events; `wording` is the share of pairs of words, 0 to 1.

    Articles too far apart in time are not compared: their `wording` is 0.
    """

    kind: StoryKind | None
    points: float
    wording: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """What a pair has in common and what not: days between, wording, facts, and names that the other does not know."""

    gap: int
    wording: float
    share: float
    known: float
    here: list[HeadlineName]
    there: list[HeadlineName]

    def again(self, one: Profile, other: Profile) -> bool:
        """Is it an outlet that fills in its own template on another day?"""
        return one.source == other.source and self.gap > 0 and self.wording >= _TEMPLATE


def judge(one: Profile, other: Profile) -> Verdict:
    """Say whether two articles report one event, and why. The same whichever comes first."""
    gap = days_between(one, other)
    if gap > WINDOW:
        return Verdict(kind=None, points=0.0, wording=0.0, reason=f"{gap} days lie between them")
    wording = overlap(one, other)
    share, known = agreement(one, other)
    here, there = strangers(one, other), strangers(other, one)
    meeting = _Meeting(gap=gap, wording=wording, share=share, known=known, here=here, there=there)
    apart = _set_apart(one, other, meeting)
    if apart:
        return Verdict(kind=None, points=0.0, wording=wording, reason=apart)
    points = min(_WORDING * wording, _WORDING_MOST) + _of_headlines(one, other, gap)
    points -= _PER_DAY * max(gap - 1, 0)
    points -= _UNKNOWN_PERSON * any(each.person for each in (*here, *there))
    points -= _OTHER_NUMBERS * (_unknown_number(one, other) and _unknown_number(other, one))
    shared: list[str] = []
    for name, each, most in _FACTS:
        common = getattr(one, name) & getattr(other, name)
        if common:
            points += min(each * len(common), most)
            shared.append(shown(min(common, key=lambda fact: (-len(fact), fact))))
    kind = _kind(meeting) if points >= _enough(one, other, gap) else None
    return Verdict(kind=kind, points=points, wording=wording, reason=_reason(wording, shared))


def overlap(one: Profile, other: Profile) -> float:
    """Return the cosine of the sets of word pairs, 0 to 1."""
    ceiling = min(one.ceiling, other.ceiling)
    first, second = _set_below(one.pairs, one.ceiling, ceiling), _below(other.pairs, other.ceiling, ceiling)
    if not first or not second:
        return 0.0
    return len(first.intersection(second)) / math.sqrt(len(first) * len(second))


def headlines(one: Profile, other: Profile) -> float:
    """Return how much of each headline the other article's opening has, the lesser of the two, 0 to 1."""
    if not one.title or not other.title:
        return 0.0
    return min(len(one.title & other.lead) / len(one.title), len(other.title & one.lead) / len(other.title))


def _of_headlines(one: Profile, other: Profile, gap: int) -> float:
    """Return the points for headlines that tell of one thing, and of one day."""
    agreed = headlines(one, other)
    points = _HEADLINE * agreed
    if gap <= _SOON and not one.is_opinion and not other.is_opinion:
        words = max(len(one.title & other.title) - 2, 0)
        points += min(_HEADLINE_WORD * words, _HEADLINE_WORDS_MOST)
        if not one.days.isdisjoint(other.days):
            points += _SAME_DAY * min(agreed / _SAME_DAY_HEADLINES, 1.0)
    return points


def _enough(one: Profile, other: Profile, gap: int) -> float:
    """Return the points that this pair needs to be of one event."""
    announced = gap == 0 and one.is_flash != other.is_flash  # an outlet's flash, and its report
    if one.source == other.source and not announced:
        return ENOUGH * _SAME_OUTLET
    return ENOUGH_SOON if gap <= _SOON and not one.is_opinion and not other.is_opinion else ENOUGH


def days_between(one: Profile, other: Profile) -> int:
    """Return the days between publications; none where a day is not known."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0


@lru_cache(maxsize=4)  # an article is compared with many, one after the other
def _set_below(packed: bytes, own: int, ceiling: int) -> frozenset[int]:
    return frozenset(_below(packed, own, ceiling))


def _below(packed: bytes, own: int, ceiling: int) -> Sequence[int]:
    pairs = unpacked(packed)
    return pairs if own <= ceiling else [each for each in pairs if each < ceiling]


def _kind(meeting: _Meeting) -> StoryKind:
    if meeting.wording >= _VERBATIM:
        return StoryKind.VERBATIM
    many = meeting.known >= _MANY and meeting.share >= _MOST_OF_THEM
    made_from_one = meeting.wording >= _COPIED or (meeting.wording >= _REWORDED and many)
    return StoryKind.PRESS_RELEASE_REWRITE if made_from_one else StoryKind.SAME_EVENT


def _set_apart_by_names(one: Profile, other: Profile, meeting: _Meeting) -> str:
    """Return whom or what each headline is about, where that makes two events, or nothing."""
    share, known = meeting.share, meeting.known
    here, there = meeting.here, meeting.there
    if here and there and not (known >= 3 and share >= 0.8):
        return f"one is about {here[0].called[0]}, the other about {there[0].called[0]}"
    if (here or there) and meeting.again(one, other) and share < 0.9:
        return f"an outlet's next report, about {(here or there)[0].called[0]}"
    return ""


def _set_apart(one: Profile, other: Profile, meeting: _Meeting) -> str:
    """Return why two look-alikes are two events, or nothing."""
    share, known, wording = meeting.share, meeting.known, meeting.wording
    by_names = _set_apart_by_names(one, other, meeting)
    if by_names:
        return by_names
    if known >= 3 and share < 0.15 and wording >= _REWORDED:
        return "like wording with other figures, dates and people"
    few = known >= 2 and share < 0.34 and not _same_sums(one, other)
    if few and wording >= _REWORDED and _own_headlines(one, other):
        return "like wording with other headlines and facts"
    if wording < _TEMPLATE or known < 2:
        return ""
    if share < 0.3 or (meeting.again(one, other) and share < 0.7):
        return "the same wording with other figures, dates and people: a template"
    here_numbers = one.headline_numbers - other.numbers
    if here_numbers and other.headline_numbers - one.numbers and share < 0.6:
        return f"the same wording with another number in the headline: {min(here_numbers)}"
    return ""


def agreement(one: Profile, other: Profile) -> tuple[float, float]:
    """Return how much of the facts that both sides could share they do share (0 to 1), and how many facts that is."""
    shared = possible = 0.0
    for name, weight in (("figures", 1.0), ("counts", 0.5), ("people", 1.0), ("officials", 0.5), ("dates", 1.0)):
        first, second = getattr(one, name), getattr(other, name)
        shared += weight * len(first & second)
        possible += weight * min(len(first), len(second))
    possible += bool(one.days and other.days and one.days.isdisjoint(other.days))
    return (shared / possible if possible else 1.0), possible


def _unknown_number(one: Profile, other: Profile) -> bool:
    return not one.headline_numbers <= other.numbers


def _same_sums(one: Profile, other: Profile) -> bool:
    """Do both name two figures that are hardly the same by chance?"""
    return len(one.figures & other.figures) >= _SUMS


def _own_headlines(one: Profile, other: Profile) -> bool:
    return has_own_words(one, other) and has_own_words(other, one)


def has_own_words(one: Profile, other: Profile) -> bool:
    """Has one's headline a word that the other article never uses?"""
    known = set(unpacked(other.words))
    return any(word < other.words_ceiling and word not in known for word in one.title)


def strangers(one: Profile, other: Profile) -> list[HeadlineName]:
    """Return the names in one's headline that the other article does not know under any of their forms."""
    return [each for each in one.headline_names if not _knows(other, each)]


def _knows(profile: Profile, name: HeadlineName) -> bool:
    if any(each in profile.names for each in name.called) or _within(name.called[0], profile.names):
        return True
    if any(each in profile.listed for each in name.called):
        return False  # one of several in a row is not whom an article is about
    if name.pairs:
        return _has_all(name.pairs, profile.pairs, profile.ceiling)
    return _has_all(name.words, profile.words, profile.words_ceiling)


def _has_all(wanted: Sequence[int], packed: bytes, ceiling: int) -> bool:
    """Does the sample hold all that it could hold of these?"""
    there = [each for each in wanted if each < ceiling]
    return bool(there) and set(there).issubset(unpacked(packed))


def _within(name: str, names: frozenset[str]) -> bool:
    """Is it part of another name, or another of it? 부산교육청 and 부산시교육청 are not told apart by this."""
    return any(name in each or (len(each) > 1 and each in name) for each in names)


def shown(fact: str) -> str:
    """Return a fact as people read it: 2.8 billion KRW for 2800000000 KRW, and of a long quotation its beginning."""
    number, _, unit = fact.partition(" ")
    if unit and number.isdigit():
        for size, word in _LARGE:
            if int(number) >= size:
                return f"{int(number) / size:.10g} {word} {unit}"
    return fact if len(fact) <= _LONG_FACT else f"{fact[:_LONG_FACT]}…"


def _reason(wording: float, shared: list[str]) -> str:
    facts = ", ".join(shared[:_SHOWN])
    return f"{wording:.0%} of the wording is the same" + (f"; both name {facts}" if facts else "")
