"""Quotations: who is quoted, in which office. The words themselves are pointed to and never put into English."""

import re
from collections.abc import Iterator

from enrich.briefs.reading import Reading
from sosik.model.analysis import MentionKind

_SPEAKS = re.compile(r"말했|했다|밝혔|설명|강조|지적|평가|경고|전했|덧붙|당부|반문|물었|웃었")


def find(reading: Reading) -> Iterator[str]:
    """Give the person whose words the sentence quotes, where it names one."""
    if not reading.speech or _SPEAKS.search(reading.text) is None:
        return
    people = [each for each in reading.mentions if each.kind is MentionKind.PERSON]
    if len({each.name for each in people}) != 1:
        return
    person = people[0]
    role = reading.book.role(person.role) if person.role else None
    office = f", {role} ({person.role})" if role else ""
    yield f"Quoted: {reading.name(person)}{office}; the words stand in the Korean sentence."
