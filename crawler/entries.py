"""What a feed, a sitemap or a list page announces, and how its dates are read."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

from sosik.model.errors import Never
from sosik.model.instants import KST, YEARS, Provenance, Published

MAX_LINKS = 5000  # of one page: a page that announces more is not taken at its word

# Markup that feeds put into titles; <2> and <르포> are the outlet's own brackets.
_TAG = re.compile(r"</?(?:a|b|br|div|em|font|i|img|p|s|span|strong|sub|sup|u)\b[^<>]{0,300}>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LOCAL_TIME = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")


class Unreadable(Never):
    """A body that is not what it was asked for as; the message is the outcome, such as 'failed: not a feed'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address that a page announces.

    `url` is absolute. `published` and `updated` are as the page states them. `fresh` says that the page stands for
    the newest (a feed, the first list page), so that an entry without a date may be taken for a new one.
    """

    url: str
    title: str = ""
    published: Published | None = None
    updated: datetime | None = None
    fresh: bool = False

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return what is worth keeping with the capture: title and date of publication."""
        found = []
        if self.title:
            found.append(("title", self.title))
        if self.published:
            found.append(("published", self.published.iso()))
        return tuple(found)


def absolute(base: str, href: str) -> str | None:
    """Return the http address that a link on a page stands for, without its fragment, or None where it is none."""
    try:
        url = urldefrag(urljoin(base, href.strip())).url
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= 2000 else None


def plain(text: str | None) -> str:
    """Return text of a feed without markup and runs of white space."""
    if not text:
        return ""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", text))).strip()


def when(text: str | None, provenance: Provenance) -> Published | None:
    """Read a date of a feed or list: RFC 822, ISO 8601, or 2026.03.02 09:10. Without a zone it is Korean time."""
    text = (text or "").strip()
    if not text:
        return None
    local = _LOCAL_TIME.match(text)
    try:
        if local:
            found = _from_parts([int(part) for part in local.groups() if part is not None], provenance)
        else:
            found = Published.at_minute(_aware(_instant(text)), provenance)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.day.year in YEARS else None


def _from_parts(parts: list[int], provenance: Provenance) -> Published:
    if len(parts) == 3:
        return Published.on_day(date(parts[0], parts[1], parts[2]), provenance)
    year, month, day, hour, minute, second = (*parts, 0)[:6]
    return Published.at_minute(datetime(year, month, day, hour, minute, second, tzinfo=KST), provenance)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)


def _aware(moment: datetime) -> datetime:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=KST)
    return moment.astimezone(UTC)
