"""Events, calls and terms: what takes place, who is sought, from when to when."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import day, listed
from enrich.briefs.reading import Reading

_HELD = re.compile(r"(?:을|를)\s?(?:열었|개최했)")
_TAKES_PLACE = re.compile(r"(?:을|를)\s?(?:연다|개최한다)|(?:이|가|은|는)\s[^.]{0,30}?열린다")
_SOUGHT = re.compile(r"(?:을|를)?\s?(?:\d[^.]{0,30}까지\s)?(?:모집|공모|선발)한다")
_APPLY = re.compile(r"(?:신청|접수|원서|공모|모집)")
_TAKEN = re.compile(r"(?:까지)\s?(?:[^.]{0,24})?(?:받는다|할 수 있다|신청|접수|모집한다|공모한다|열린다)")

_DAYS = len("2026-03-09/2026-03-27")


def find(reading: Reading) -> Iterator[str]:
    """Give the event or the call that the sentence reports or announces."""
    yield from _events(reading)
    yield from _calls(reading)


def _events(reading: Reading) -> Iterator[str]:
    subjects = reading.subjects()
    held = reading.quoted(_HELD.pattern)
    if held and subjects:
        yield f"{listed(subjects)} held {held}{reading.dated()}."
        return
    coming = reading.quoted(_TAKES_PLACE.pattern)
    if coming and reading.dated():
        yield f"{coming} takes place{reading.dated()}."


def _calls(reading: Reading) -> Iterator[str]:
    for figure in reading.figures:
        if figure.unit in ("person", "company", "piece", "team", "place") and _SOUGHT.match(reading.text, figure.end):
            counted = reading.figure(figure)
            subjects = reading.subjects()
            if counted and subjects:
                verb = "are" if len(subjects) > 1 else "is"
                yield f"{listed(subjects)} {verb} looking for {counted}."
                break
    if _APPLY.search(reading.text) is None:
        return
    for each in reading.dates:
        iso = each.iso or ""
        if (
            "/" in iso
            and len(iso) == _DAYS
            and re.match(r"까지|\s", reading.text[each.end :])
            and _TAKEN.search(reading.text, each.end)
        ):
            yield f"The application period is given as {day(iso)}."
            return
    yield from _from_until(reading)


def _from_until(reading: Reading) -> Iterator[str]:
    for first, last in zip(reading.dates, reading.dates[1:], strict=False):
        between = reading.text[first.end : last.start]
        if between.strip() == "부터" and reading.text.startswith("까지", last.end) and first.iso and last.iso:
            if len(first.iso) == len(last.iso) == len("2026-03-09"):
                yield f"The application period is given as {day(f'{first.iso}/{last.iso}')}."
            return
