"""Launches: who started, presented or released what that has a name."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import listed
from enrich.briefs.reading import Reading

_NOUN = r"\s?(?:사업|서비스|프로그램|과정|제도|계획|대회|펀드|시스템|지원사업)?"
_COMING = r"(?:시작한다|시행한다|도입한다|운영한다)"
_VERBS = (
    (re.compile(rf"{_NOUN}(?:을|를)\s?(?:내놓았|내놨|발표했|공개했|선보였)"), "presented"),
    (re.compile(rf"{_NOUN}(?:을|를)\s?(?:시작했|개시했|가동했)"), "started"),
    (re.compile(rf"{_NOUN}(?:을|를)\s?(?:출시했)"), "released"),
    (re.compile(rf"{_NOUN}(?:을|를)\s?(?:개발했)"), "developed"),
    (re.compile(rf"{_NOUN}(?:을|를)\s?(?:\d+월\s?\d+일부터\s)?{_COMING}"), "is to introduce"),
)  # fmt: skip


def find(reading: Reading) -> Iterator[str]:
    """Give what the sentence says was launched, or is to be."""
    subjects = reading.subjects()
    if not subjects:
        return
    for pattern, verb in _VERBS:
        thing = reading.quoted(pattern.pattern)
        if thing is not None:
            if len(subjects) > 1:
                verb = verb.replace("is to", "are to")
            yield f"{listed(subjects)} {verb} {thing}{reading.dated() or reading.announced()}."
            return
