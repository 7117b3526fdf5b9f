"""Designations and selections: what became a special zone, how many were chosen."""

import re
from collections.abc import Iterator

from enrich.briefs.reading import Reading
from sosik.model.analysis import MentionKind

_DESIGNATED = re.compile(r"(?:으로|로)\s(?:지정|선정)(?:됐|되었|된\s|돼)")
_CHOSEN = re.compile(r"(?:을|를)\s?(?:최종\s)?선정했|\s?(?:이|가)\s(?:최종\s)?(?:선정됐|뽑혔)")
_KINDS = (MentionKind.REGION, MentionKind.PLACE, MentionKind.ORGANISATION)


def find(reading: Reading) -> Iterator[str]:
    """Give the designation or the selection that the sentence reports as done."""
    yield from _designated(reading)
    for figure in reading.figures:
        after = reading.text[figure.end :]
        match = re.match(rf"\s?{figure.counts}", after) if figure.counts else re.match("", after)
        if match and _CHOSEN.match(after, match.end()):
            counted = reading.figure(figure)
            if counted:
                yield f"{counted[0].upper()}{counted[1:]} were selected{reading.dated()}."


def _designated(reading: Reading) -> Iterator[str]:
    match = _DESIGNATED.search(reading.text)
    if match is None:
        return
    programme = next(
        (each for each in reading.mentions if each.kind is MentionKind.PROGRAMME and each.end == match.start()), None
    )
    if programme is None:
        return
    for each in reading.mentions:
        if each.kind in _KINDS and re.match(r"(?:이|가|은|는)\s", reading.text[each.end :]):
            yield f"{reading.name(each)} was designated as {reading.name(programme)}{reading.dated()}."
            return
