"""What an importer finds in a file: pages and rows to take, and refusals with their reasons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from sosik.model.article import Article, article_id
from sosik.model.errors import Refused
from sosik.model.instants import Provenance, Published
from sosik.model.source import Source
from sosik.model.url import canonical_url

MAX_BYTES = 8 * 1024 * 1024  # of one page; the crawler has the same cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A saved page. `item` names it inside its file; `fetched` is None and `source` empty where the file is silent."""

    file: Path
    item: str
    url: str
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article without its page."""

    file: Path
    item: str
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that was not taken, and why."""

    file: Path
    item: str
    reason: str


Item = Page | Row | Refusal


class Outlets:
    """Finds the source that an import belongs to: the catalogue's by address or name, else the name itself."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_host: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for source in sources:
            self._by_host.setdefault(_bare_host(source.home), source.id)
            self._by_name.setdefault(source.name, source.id)

    def of(self, url: str, name: str = "") -> str:
        """Return the source id for an address (may be empty) and an outlet's name (may be empty)."""
        host = _bare_host(url)
        return self._by_host.get(host) or self._by_name.get(name) or name or host


def _bare_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return re.sub(r"^(www|m|mobile)\.", "", host)


def article_of(fields: dict[str, str], outlets: Outlets, authors: tuple[str, ...] = ()) -> Article:
    """Make an article of a row's id, title, text, published, outlet and url; raises Refused with the reason."""
    for name, value in fields.items():
        if any("\ud800" <= each <= "\udfff" for each in value):
            raise Refused(f"{name} has half a character in it (a lone surrogate)")
    title, text = (" ".join(fields.get("title", "").split()), fields.get("text", "").strip())
    if not title or not text:
        raise Refused(f"{'title' if not title else 'text'} is empty")
    url, key = fields.get("url", "").strip(), fields.get("id", "").strip()
    if url:
        try:
            url = canonical_url(url)
        except ValueError as error:
            raise Refused(f"url: {error}") from error
    if not (url or key):
        raise Refused("neither url nor id says which article it is")
    source = outlets.of(url, fields.get("outlet", "").strip())
    if not source:
        raise Refused("neither outlet nor url says where it appeared")
    return Article(
        id=article_id(source, url or key),
        source=source,
        url=url,
        title=title,
        text=text,
        authors=authors,
        published=published_of(fields.get("published", "")),
    )


_COMPACT = re.compile(r"(\d{4})[.\-/]?\s*(\d{1,2})[.\-/]?\s*(\d{1,2})\.?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def published_of(text: str) -> Published | None:
    """Read a date or time as files write it (ISO 8601, 20260302, 2026.03.02 09:10); raises Refused."""
    text = text.strip()
    if not text:
        return None
    found = _COMPACT.fullmatch(text)
    if found is None:
        try:
            return Published.from_iso(text, Provenance.IMPORTED)
        except ValueError as error:
            raise Refused(f"published is {text!r}; write 2026-03-02 or 2026-03-02T09:10:00+09:00") from error
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return Published.from_iso(day.isoformat(), Provenance.IMPORTED)
        clock = f"{int(found[4]):02d}:{found[5]}:{found[6] or '00'}"
        return Published.from_iso(f"{day.isoformat()}T{clock}", Provenance.IMPORTED)
    except ValueError as error:
        raise Refused(f"published is {text!r}: {error}") from error
