"""Openings and building work: what opens, was opened, begun or completed, and when."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import listed
from enrich.briefs.reading import Reading

_NOUN = r"[^.“”]{0,24}?"
_OPENS = re.compile(rf"(?:을|를|이|가)\s{_NOUN}(?:연다|문을 연다|개관한다|개소한다|열린다)")
_OPENED = re.compile(rf"(?:을|를|이|가)\s{_NOUN}(?:문을 열었|개관했|개소했|개원했)")
_CEREMONY = re.compile(r"\s?(?:의\s)?(착공식|준공식|개소식|개관식|출범식|기공식)(?:을|를)\s?(?:열었|개최했|가졌)")
_CEREMONIES = {
    "착공식": "groundbreaking ceremony", "기공식": "groundbreaking ceremony", "준공식": "completion ceremony",
    "개소식": "opening ceremony", "개관식": "opening ceremony", "출범식": "launch ceremony",
}  # fmt: skip


def find(reading: Reading) -> Iterator[str]:
    """Give the opening that the sentence reports or announces."""
    ceremony = _CEREMONY.search(reading.text)
    thing = reading.quoted(_CEREMONY.pattern)
    if ceremony is not None and thing is not None and reading.subjects():
        kind = _CEREMONIES[ceremony[1]]
        yield f"{listed(reading.subjects())} held a {kind} for {thing}{reading.dated()}."
        return
    if not reading.dated():
        return
    for pattern, verb in ((_OPENED, "opened"), (_OPENS, "is to open")):
        thing = reading.quoted(pattern.pattern)
        if thing is not None:
            yield f"{thing} {verb}{reading.dated()}."
            return
