"""Changes: what rose or fell from one figure to another."""

import re
from collections.abc import Iterator

from enrich.briefs.reading import Reading

_UP = re.compile(r"(?:으로|로)\s?(?:[가-힣]{1,4}\s)?(?:늘|증가|올랐|오른|올라|높아|높였|확대|넓)")
_DOWN = re.compile(r"(?:으로|로)\s?(?:[가-힣]{1,4}\s)?(?:줄|감소|떨어|낮아|낮췄|낮춘|내려|짧아)")
_WHAT = re.compile(r"([가-힣]{2,10}(?:\s[가-힣]{2,8})?)(?:은|는|이|가|을|를|도)\s$")


def find(reading: Reading) -> Iterator[str]:
    """Give each change whose subject has an English name."""
    for before, after in zip(reading.figures, reading.figures[1:], strict=False):
        if before.unit != after.unit or not re.fullmatch(r"에서\s", reading.text[before.end : after.start]):
            continue
        what = _WHAT.search(reading.text[: before.start])
        name = _english(reading, what[1]) if what else None
        first, second = reading.figure(before), reading.figure(after)
        if name is None or first is None or second is None:
            continue
        for pattern, verb in ((_UP, "rose"), (_DOWN, "fell")):
            if pattern.match(reading.text, after.end):
                yield f"{name[0].upper()}{name[1:]} {verb} from {first} to {second}."


def _english(reading: Reading, korean: str) -> str | None:
    """The longest ending of the words that is known: 생산 불량률 → defect rate."""
    words = korean.split()
    return next(
        (each for each in (reading.book.gloss(" ".join(words[start:])) for start in range(len(words))) if each), None
    )
