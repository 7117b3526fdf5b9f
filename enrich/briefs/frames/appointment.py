"""Appointments: who took which office."""

import re
from collections.abc import Iterator

from enrich.briefs.reading import Reading
from sosik.model.analysis import MentionKind

_APPOINTED = re.compile(r"(?:취임|임명|선임|위촉|내정|선출)(했|됐|되었)")
_VERBS = {"취임": "took office", "임명": "was appointed", "선임": "was appointed", "위촉": "was appointed"}
_VERBS |= {"내정": "was nominated", "선출": "was elected"}


def find(reading: Reading) -> Iterator[str]:
    """Give the appointment that the sentence reports."""
    match = _APPOINTED.search(reading.text)
    if match is None:
        return
    for each in reading.mentions:
        role = reading.book.role(each.role) if each.kind is MentionKind.PERSON else None
        if role and re.match(r"[^.]{0,30}?(?:이|가|은|는|을|를)\s", reading.text[each.end :]):
            verb = _VERBS[match[0][:2]]
            yield f"{reading.name(each)} {verb} as {role} ({each.role}){reading.dated()}."
            return
