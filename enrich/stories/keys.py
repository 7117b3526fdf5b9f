"""Under which numbers an article is found by its like.

Two articles are compared if they share a key: a band of the fingerprint (copies), a figure, a person, a quotation, or
two words of the headline (rewrites). A key names a period of a month, so that looking for an article's like costs
the same whatever the archive holds.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

from enrich.stories.judge import WINDOW
from enrich.stories.profile import Profile

CROWD = 24  # articles under one key, at most: what more of them share does not tell events apart

_PERIOD = 32  # days
_BITS = 40
_BAND = 4  # numbers of the fingerprint
_UNDATED = 0
_MOST = {"figures": 6, "people": 5, "quotes": 4}
_TITLE_WORDS = 6
_SHORTEST_QUOTE = 3  # letters


def posted(profile: Profile) -> tuple[int, ...]:
    """Return the keys that an article is filed under."""
    period = _UNDATED if profile.day is None else profile.day // _PERIOD
    return tuple(_key(each, period) for each in _clues(profile))


def looked_up(profile: Profile) -> tuple[int, ...]:
    """Return the keys under which its like may be filed: those of every period that the window touches."""
    if profile.day is None:
        periods: Iterable[int] = (_UNDATED,)
    else:
        periods = range((profile.day - WINDOW) // _PERIOD, (profile.day + WINDOW) // _PERIOD + 1)
    clues = list(_clues(profile))
    return tuple(_key(each, period) for period in periods for each in clues)


def _clues(profile: Profile) -> Iterator[str]:
    marks = profile.fingerprint
    for place in range(0, len(marks), _BAND):
        yield f"band {place} {marks[place : place + _BAND]}"
    for name, most in _MOST.items():
        facts = [each for each in getattr(profile, name) if name != "quotes" or len(each) >= _SHORTEST_QUOTE]
        for fact in sorted(facts, key=lambda each: (-len(each), each))[:most]:
            yield f"{name} {fact}"
    for first, second in combinations(sorted(profile.title)[:_TITLE_WORDS], 2):
        yield f"title {first} {second}"


def _key(clue: str, period: int) -> int:
    return period << _BITS | int.from_bytes(blake2b(clue.encode(), digest_size=_BITS // 8).digest(), "big")
