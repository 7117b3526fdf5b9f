"""Designations and selections: what became a special zone, how many were chosen."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import listed
from enrich.briefs.reading import Reading
from sosik.model.analysis import Mention, MentionKind

_DESIGNATES = re.compile(r"(?:으로|로)\s(?:추가\s|새로\s)?(?:지정|선정)했")
_DESIGNATED = re.compile(r"(?:으로|로)\s(?:지정|선정)(?:됐|되었|된\s|돼)")
_CHOSEN = re.compile(r"(?:을|를)\s?(?:최종\s)?선정했|\s?(?:이|가)\s(?:최종\s)?(?:선정됐|뽑혔)")
_KINDS = (MentionKind.REGION, MentionKind.PLACE, MentionKind.ORGANISATION)


def find(reading: Reading) -> Iterator[str]:
    """Give the designation or the selection that the sentence reports as done."""
    yield from _designated(reading)
    yield from _designates(reading)
    for figure in reading.figures:
        after = reading.text[figure.end :]
        match = re.match(rf"\s?{figure.counts}", after) if figure.counts else re.match("", after)
        if match and _CHOSEN.match(after, match.end()):
            counted = reading.figure(figure)
            if counted:
                yield f"{counted[0].upper()}{counted[1:]} were selected{reading.dated()}."


def _designates(reading: Reading) -> Iterator[str]:
    """X designated a place as a zone."""
    match = _DESIGNATES.search(reading.text)
    subjects = reading.subjects()
    if match is None or not subjects:
        return
    programme = _programme_before(reading, match.start())
    if programme is None:
        return
    inside = [each for each in reading.mentions if each.kind is MentionKind.PLACE and each.end <= programme.start]
    places = list(dict.fromkeys(reading.name(each) for each in inside))
    if places and re.search(r"[을를]\s", reading.text[inside[-1].end : programme.start + 1]):
        zone = reading.name(programme)
        yield f"{listed(subjects)} designated an area at {listed(places)} as {_article(zone)}{reading.dated()}."


def _programme_before(reading: Reading, end: int) -> Mention | None:
    programmes = (each for each in reading.mentions if each.kind is MentionKind.PROGRAMME and each.end == end)
    return next(programmes, None)


def _article(zone: str) -> str:
    """A zone with its article; a name keeps its capital and goes without."""
    return zone if zone[0].isupper() else f"{'an' if zone[0] in 'aeiou' else 'a'} {zone}"


def _designated(reading: Reading) -> Iterator[str]:
    match = _DESIGNATED.search(reading.text)
    if match is None:
        return
    programme = _programme_before(reading, match.start())
    if programme is None:
        return
    for each in reading.mentions:
        if each.kind in _KINDS and re.match(r"(?:이|가|은|는)\s", reading.text[each.end :]):
            yield f"{reading.name(each)} was designated as {_article(reading.name(programme))}{reading.dated()}."
            return
