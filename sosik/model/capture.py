"""Pages as they came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaptureKind(StrEnum):
    """What the crawler asked for; only articles are extracted."""

    ARTICLE = "article"
    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A fetched page with its headers.

    `url` is what was asked for, `final_url` what answered after redirects. `body` is decompressed but otherwise the
    bytes of the wire, in whatever encoding. `fetched` is aware, in UTC. `hints` is what the page that announced it
    said (a feed's title and date), as strings: `title`, `published` (ISO 8601); `rendered` there names the browser
    whose scripts made the body, which is then no longer that of the wire.
    """

    source: str
    kind: CaptureKind
    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime
    request_headers: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, in whatever case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CaptureRef:
    """Where the archive keeps a capture. `end` is the offset of the first byte after it: a reader's cursor."""

    file: str
    offset: int
    end: int


Cursor = Mapping[str, int]
"""How far a reader has come: archive file → offset of the first byte not yet read."""
