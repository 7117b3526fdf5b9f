"""How dates and times are spelt in Korea, and nothing about which of them is the publication."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from sosik.model.instants import KST, YEARS

_YEARS = range(1990, YEARS.stop)
_CENTURY = 100

DATE = (
    r"(?<![\d.])(?P<year>(?:19|20)\d{2}|[0-3]\d(?=[.\-/]\d{2}[.\-/]\d{2}\.?\s+[0-2]?\d:[0-5]\d))\s*(?:[.\-/]|년)\s*(?P<month>1[0-2]|0?[1-9])\s*(?:[.\-/]|월)\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:\s*일)?\.?,?"
)
_WEEKDAY = r"(?:\s*[(\[]?\s*[월화수목금토일](?:요일)?\s*[)\]]?(?=[\s\d(]|오))?"
TIME = (
    r"(?:\s*[T(\[|]?\s*(?:(?P<half>오전|오후|낮|밤|AM|PM|am|pm)\s*)?(?P<hour>[01]?\d|2[0-4])\s*(?::|시)\s*"
    r"(?P<minute>[0-5]?\d)(?!\d)\s*(?:(?::|분)\s*(?P<second>[0-5]\d)(?!\d)\s*초?|분)?(?:[.,]\d{1,9}(?!\d))?"
    r"\s*(?P<late_half>AM|PM|am|pm)?\s*(?P<zone>Z\b|KST|UTC|GMT|[+-]\d{2}:?\d{2}\b)?)?"
)
MOMENT = re.compile(DATE + _WEEKDAY + TIME)
_COMPACT = re.compile(
    r"^\s*((?:19|20)\d{6})[T\s]?(?:(\d{2}):?(\d{2}):?(\d{2})?)?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$"
)
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3})?\s*$")


@dataclass(frozen=True, slots=True)
class Spelt:
    """A date as written. `clock` is None where only the day is written; `zone` is None where none is."""

    day: date
    clock: time | None = None
    zone: timezone | None = None

    @property
    def instant(self) -> datetime | None:
        """The instant, aware: without a zone it is Korean time. None where only the day is known."""
        if self.clock is None:
            return None
        return datetime.combine(self.day, self.clock, self.zone or KST).astimezone(KST)

    @property
    def korean_day(self) -> date:
        """The day in Korea."""
        instant = self.instant
        return self.day if instant is None else instant.date()

    @property
    def midnight(self) -> bool:
        """Is the clock at 00:00:00, there or in Korea, as it is where a program knew only the day?"""
        instant = self.instant
        return instant is not None and time() in (self.clock, instant.time())


def read_moment(text: str) -> Spelt | None:
    """Read the first date in a short text, such as a <meta> or an element of a date; None where there is none."""
    found = MOMENT.search(text)
    if found is not None:
        return from_match(found)
    return _compact(text) or _epoch(text) or _rfc(text)


def from_match(found: re.Match[str]) -> Spelt | None:
    """Make one from a match of MOMENT; None where the calendar has no such day."""
    try:
        year = int(found["year"])
        day = date(year if year > _CENTURY else 2000 + year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if day.year not in _YEARS:
        return None
    if found["hour"] is None:
        return Spelt(day)
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or found["late_half"] or "").lower()
    if half in ("오후", "pm", "밤", "낮") and hour < 12 and not (half == "낮" and hour in (10, 11)):
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return Spelt(day, time(hour, minute, second), read_zone(found["zone"]))


def read_zone(text: str | None) -> timezone | None:
    """Read Z, KST, +09:00 or +0900; None where there is none or it is no zone on earth."""
    if not text:
        return None
    if text in ("Z", "UTC", "GMT"):
        return timezone.utc  # noqa: UP017 - the type is timezone, which datetime.UTC is too, but says less
    if text == "KST":
        return timezone(timedelta(hours=9))
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _compact(text: str) -> Spelt | None:
    """20260302, 202603020910, 20260302091000: what programs write into attributes."""
    found = _COMPACT.match(text)
    if found is None:
        return None
    digits, hour, minute, second, zone = found.groups()
    try:
        day = datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC).date()
        clock = time(int(hour), int(minute), int(second or 0)) if hour else None
    except ValueError:
        return None
    return Spelt(day, clock, read_zone(zone)) if day.year in _YEARS else None


def _epoch(text: str) -> Spelt | None:
    found = _EPOCH.match(text)
    if found is None:
        return None
    moment = datetime.fromtimestamp(int(found.group(1)), KST)
    return Spelt(moment.date(), moment.time()) if moment.year in _YEARS else None


def _rfc(text: str) -> Spelt | None:
    """Mon, 02 Mar 2026 09:10:00 +0900: feeds, and some headers."""
    if len(text) > 60 or ":" not in text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # all four are met in CPython's parser
        return None
    moment = moment.replace(tzinfo=KST) if moment.tzinfo is None else moment
    try:
        moment = moment.astimezone(KST)
    except (OverflowError, ValueError):
        return None
    return Spelt(moment.date(), moment.time()) if moment.year in _YEARS else None
