"""Reads the dates of an English sentence: 15 April 2026, April 15, from 9 to 27 March, in early 2027, Monday."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): number for number, name in enumerate(MONTHS, 1)
}
# "may" in small letters is a verb.
_MONTH = "|".join([*MONTHS, *(f"{name[:3]}\\.?" for name in MONTHS if name != "May"), "Sept\\.?"])
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_TO = r"\s?(?:-|–|—|to|and|through|until)\s?"
_DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?\b)"
    rf"|\b(?:(?P<d1>{_DAY})(?:{_TO}(?P<d1b>{_DAY}))?\s(?:of\s)?(?P<m1>{_MONTH})(?:,?\s(?P<y1>{_YEAR}))?)\b"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>{_DAY})(?:{_TO}(?P<d2b>{_DAY}))?(?!\d|,\d|\s(?:percent|companies|people|Democra|National|Memorial|Uprising|Foundation|Movement|Archives))(?:,?\s(?P<y2>{_YEAR}))?\b"
    rf"|\b(?P<m3>{_MONTH})(?:,?\s(?P<y3>{_YEAR}))?(?!\w|\s18\s[A-Z])"
    rf"|\b(?:the\s)?(?P<half>first|second)\shalf\sof\s(?P<y4>{_YEAR})\b"
    rf"|\b(?P<y5>{_YEAR})(?:{_TO}(?P<y5b>{_YEAR}))?\b(?!\s(?:won|companies|people|people|units|places))"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})s?\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A date of an English sentence; what it does not say is None."""

    surface: str
    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


def read_days(text: str) -> Iterator[Day]:
    """Give the dates of an English sentence; a range gives its two ends."""
    for match in _DATE.finditer(text):
        yield from _days(match)


def read_weekdays(text: str) -> Iterator[tuple[str, int]]:
    """Give the weekdays that a sentence names, with their numbers from Monday, 0."""
    for match in _WEEKDAY.finditer(text):
        yield match[0], WEEKDAYS.index(match[1])


def _days(match: re.Match[str]) -> Iterator[Day]:
    start, end, surface = match.start(), match.end(), match[0]
    if match["iso"]:
        parts = [int(each) for each in match["iso"].split("-")]
        yield Day(surface, parts[0], parts[1], parts[2] if len(parts) > 2 else None, start, end)
        return
    if match["y5"]:
        for year in filter(None, (match["y5"], match["y5b"])):
            yield Day(surface, int(year), None, None, start, end)
        return
    if match["half"]:
        yield Day(surface, int(match["y4"]), 1 if match["half"] == "first" else 7, None, start, end)
        return
    for form in ("1", "2", "3"):
        if match[f"m{form}"]:
            year = int(match[f"y{form}"]) if match[f"y{form}"] else None
            month = _NUMBER[match[f"m{form}"].rstrip(".").lower()[:3]]
            days = [match[f"d{form}"], match[f"d{form}b"]] if form != "3" else [None]
            for written in days if days == [None] else filter(None, days):
                day = int(re.sub(r"\D", "", written)) if written else None
                yield Day(surface, year, month, day, start, end)
            return
