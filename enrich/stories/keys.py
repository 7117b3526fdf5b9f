"""Under which numbers an article is found by its like.

Two articles are compared if they share a key: a band of the fingerprint (copies), a figure, a person, a quotation, a
place, or two words of the headline (rewrites and other reports). A key names a period of a month, so that looking for
an article's like costs the same whatever the archive holds.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from enrich.stories.judge import WINDOW
from enrich.stories.profile import Profile

CROWD = 12  # articles under one key, at most: what more of them share does not tell events apart
RARE = 4  # articles under a key that is rare enough to stand alone

_PERIOD = 32  # days: longer ones fill their keys
_BITS = 40
_TITLE, _FACTS, _BANDS = 0, 1, 16  # what a clue is: the first number of each sort
_BAND = 16  # bytes of the fingerprint: four numbers
_SPREAD = 0x9E3779B1  # odd, so that no two words come to the same
_MOST = {"figures": 6, "people": 5, "quotes": 4, "places": 3}
_TITLE_WORDS = 6
_SHORTEST_QUOTE = 3  # letters


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that an article is filed under, and those under which its like may be: of every period it may touch."""

    posted: tuple[int, ...]
    looked_up: tuple[int, ...]


def keys_of(profile: Profile) -> Keys:
    """Return the keys of an article."""
    clues = list(_clues(profile))
    if profile.day is None:
        posted = tuple(clues)
        return Keys(posted, posted)
    own = profile.day // _PERIOD
    periods = range((profile.day - WINDOW) // _PERIOD, (profile.day + WINDOW) // _PERIOD + 1)
    return Keys(
        posted=tuple(own << _BITS | clue for clue in clues),
        looked_up=tuple(period << _BITS | clue for period in periods for clue in clues),
    )


def _clues(profile: Profile) -> Iterator[int]:
    """Give 32 bits of each thing that its like may share, below eight that say what it is."""
    marks = struct.pack(f"<{len(profile.fingerprint)}I", *profile.fingerprint)
    for number, start in enumerate(range(0, len(marks), _BAND), start=_BANDS):
        yield number << 32 | crc32(marks[start : start + _BAND])
    for number, (name, most) in enumerate(_MOST.items(), start=_FACTS):
        facts = [each for each in getattr(profile, name) if name != "quotes" or len(each) >= _SHORTEST_QUOTE]
        for fact in sorted(facts, key=lambda each: (-len(each), each))[:most]:
            yield number << 32 | crc32(fact.encode())
    for first, second in combinations(sorted(profile.title)[:_TITLE_WORDS], 2):
        yield _TITLE << 32 | (first * _SPREAD ^ second) & 0xFFFFFFFF
