"""Every date of the English is one of the cited Korean, resolved against the day of publication."""

import re
from collections.abc import Iterator
from datetime import date

from enrich.briefs.checks.finding import Finding, block, warn
from enrich.briefs.english.dates import Day, read_days, read_weekdays
from enrich.briefs.source import Evidence, Passage

_PUBLISHED = re.compile(r"\b(?:published|reported|article|report|edition)\b", re.IGNORECASE)
_DAYS = "월화수목금토일"


def check_dates(evidence: Evidence) -> Iterator[Finding]:
    """Give what is wrong with the dates of a statement."""
    own = evidence.published if _PUBLISHED.search(evidence.statement) else None
    for day in read_days(evidence.statement):
        if _is(day, own) or _stands_in(day, evidence.cited):
            continue
        elsewhere = next(
            (
                each.number
                for each in evidence.sentences
                if each.number not in evidence.cites and _stands_in(day, Passage([each.text], evidence.published))
            ),
            None,
        )
        place = f" (sentence {elsewhere} has it)" if elsewhere else ""
        known = _known(evidence.cited)
        yield block(f"“{day.surface}” is no date of the cited sentences{known}{place}")
    yield from _weekdays(evidence)


def _known(cited: Passage) -> str:
    dates = ", ".join(dict.fromkeys(each.iso or "" for each in cited.dates))
    return f"; they say {dates}" if dates else ""


def _is(day: Day, published: date | None) -> bool:
    return published is not None and (
        day.year in (None, published.year) and day.month in (None, published.month) and day.day in (None, published.day)
    )


def _stands_in(day: Day, passage: Passage) -> bool:
    if day.month is None:
        return day.year in passage.years
    return any(_fits(day, iso) for each in passage.dates for iso in _ends(each.iso or ""))


def _ends(iso: str) -> list[str]:
    first, _, last = iso.partition("/")
    return [first, last] if last else [first]


def _fits(day: Day, iso: str) -> bool:
    parts: list[int | None] = [int(each) for each in iso.split("-")]
    year, month, number = [*parts, None, None][:3]
    return (day.year is None or day.year == year) and day.month == month and (day.day is None or day.day == number)


def _weekdays(evidence: Evidence) -> Iterator[Finding]:
    cited = evidence.cited
    written = {
        _DAYS.index(each)
        for each in re.findall(rf"([{_DAYS}])요일|\(([{_DAYS}])\)", cited.text)
        for each in each
        if each
    }
    days = [iso for each in cited.dates for iso in _ends(each.iso or "")]
    dated = {date.fromisoformat(each).weekday() for each in days if len(each) == len("2026-03-02")}
    for name, number in read_weekdays(evidence.statement):
        if number not in written | dated:
            said = f"{name} is not the day of the week of any date in the cited sentences"
            yield block(said) if written | dated else warn(said)
