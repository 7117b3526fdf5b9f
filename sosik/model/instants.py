"""Time as Sosik sees it: instants in UTC inside, Asia/Seoul at every edge, and days that are not midnights."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")
YEARS = range(1900, 2101)  # of publications; programs write 0001-01-01 and 9999-12-31 for "none"
_Day = TypeVar("_Day", bound=date)


class Precision(StrEnum):
    """How exactly a publication time is known."""

    MINUTE = "minute"
    DAY = "day"


class Provenance(StrEnum):
    """Where a publication time was read. Never the time of fetching: that says nothing about publication."""

    META = "meta"  # a <meta> or <time> element of the page
    JSON_LD = "json-ld"  # schema.org data of the page, or the article object of a script-only page
    PRINTED = "printed"  # words on the page: 입력 2026.03.02 09:10
    FEED = "feed"
    SITEMAP = "sitemap"
    URL = "url"
    IMPORTED = "imported"  # stated by the file that was imported


@dataclass(frozen=True, slots=True, kw_only=True, order=False)
class Published:
    """When an article was published.

    `day` is the day in Korea. `instant` is the minute in UTC, or None where only the day is known; its Korean day is
    always `day`.
    """

    day: date
    instant: datetime | None
    provenance: Provenance

    def __post_init__(self) -> None:
        if self.instant is None:
            return
        if self.instant.tzinfo is None:
            raise ValueError("a publication instant needs a time zone")
        if self.instant.astimezone(KST).date() != self.day:
            raise ValueError(f"{self.instant.isoformat()} is not on {self.day.isoformat()} in Korea")

    @classmethod
    def at_minute(cls, instant: datetime, provenance: Provenance) -> "Published":
        """Make one from an aware instant; seconds are kept."""
        if instant.tzinfo is None:
            raise ValueError("a publication instant needs a time zone")
        instant = instant.astimezone(UTC)
        return cls(day=instant.astimezone(KST).date(), instant=instant, provenance=provenance)

    @classmethod
    def on_day(cls, day: date, provenance: Provenance) -> "Published":
        """Make one from a day of which no hour is known."""
        return cls(day=day, instant=None, provenance=provenance)

    @classmethod
    def from_iso(cls, text: str, provenance: Provenance) -> "Published":
        """Read the form that `iso` writes; raises ValueError, as it does for a year in which nothing was published.

        An instant without a zone is taken as Korean time.
        """
        if len(text) == len("2026-03-02"):
            return cls.on_day(_of_our_time(date.fromisoformat(text)), provenance)
        instant = _of_our_time(datetime.fromisoformat(text))
        return cls.at_minute(instant if instant.tzinfo else instant.replace(tzinfo=KST), provenance)

    @property
    def precision(self) -> Precision:
        """MINUTE where the instant is known."""
        return Precision.DAY if self.instant is None else Precision.MINUTE

    @property
    def month(self) -> str:
        """The month in Korea, as 2026-03."""
        return f"{self.day.year:04d}-{self.day.month:02d}"

    @property
    def order(self) -> datetime:
        """An instant to sort by only: of a day without an hour it is the day's start in Korea."""
        if self.day == date.min:  # earlier versions kept it; it began in Korea before there are instants
            return self.instant or datetime.min.replace(tzinfo=UTC)
        return self.instant or start_of_day(self.day)

    def iso(self) -> str:
        """The form that every edge shows: 2026-03-02T09:10:00+09:00, or 2026-03-02 where only the day is known."""
        return self.day.isoformat() if self.instant is None else self.instant.astimezone(KST).isoformat()


def _of_our_time(day: _Day) -> _Day:
    if day.year not in YEARS:
        raise ValueError(f"nothing was published in the year {day.year}")
    return day


def start_of_day(day: date) -> datetime:
    """The first instant of a Korean day, in UTC."""
    return datetime.combine(day, time(), KST).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first instant after a Korean day, in UTC."""
    return start_of_day(day + timedelta(days=1))
