"""From an answer to the visit that the ledger is told of."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from crawler.entries import Entry
from crawler.outcomes import KEPT, UNCHANGED, is_failure
from sosik.model.capture import Capture, CaptureKind
from sosik.model.ports.ledger import Visit
from sosik.model.run import Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked for: `url` is canonical, `before` the last visit there, `page` the number of a list page from 0.

    `post` says how it is asked; `secret` is a key within the request, which is never kept.
    """

    source: str
    kind: CaptureKind
    url: str
    before: Visit | None = None
    entry: Entry | None = None
    page: int = 0
    depth: int = 0
    post: bool = False
    secret: str = field(default="", repr=False)

    @property
    def announces(self) -> bool:
        """Is it a page that the catalogue names as announcing articles?"""
        return self.kind is not CaptureKind.ARTICLE and self.page == 0 and self.depth == 0

    def conditions(self) -> dict[str, str]:
        """Return the headers that make the request conditional on a change since the visit before."""
        headers = {}
        if self.before is not None and self.before.etag:
            headers["If-None-Match"] = self.before.etag
        if self.before is not None and self.before.last_modified:
            headers["If-Modified-Since"] = self.before.last_modified
        return headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A visit to be written, with the page where it is to be kept. `landed` is where redirects led, if elsewhere."""

    visit: Visit
    capture: Capture | None = None
    landed: str | None = None
    first: bool = False
    answered: bool = True
    announcement: Announcement | None = None


def digest_of(body: bytes) -> str:
    """Return what tells one body from another."""
    return blake2b(body, digest_size=16).hexdigest()


def lost(ask: Ask, outcome: str, at: datetime, status: int | None = None) -> Visit:
    """Return the visit of an address that gave no page.

    The validators go, so that the next request is not answered with 'not modified since' a failure; what is kept stays.
    """
    base = _base(ask, outcome, at, status)
    before = ask.before
    return base if before is None else replace(base, capture=before.capture, digest=before.digest)


def not_modified(ask: Ask, at: datetime, status: int) -> Visit:
    """Return the visit of an address that answered 304: unchanged, and after a failure still that failure."""
    before = ask.before
    if before is None:
        return _base(ask, "failed: status 304", at, status)
    outcome = before.outcome if is_failure(before.outcome) else UNCHANGED
    return replace(before, at=at, outcome=outcome, status=status)


def arrived(ask: Ask, capture: Capture, outcome: str) -> Visit:
    """Return the visit of an address that gave a page, with the outcome that reading it had.

    An outcome other than kept leaves the page kept before in its place.
    """
    base = _base(ask, outcome, capture.fetched, capture.status)
    base = replace(base, etag=capture.header("ETag"), last_modified=capture.header("Last-Modified"))
    if outcome == KEPT:
        return replace(base, digest=digest_of(capture.body))
    before = ask.before
    return base if before is None else replace(base, capture=before.capture, digest=before.digest)


def _base(ask: Ask, outcome: str, at: datetime, status: int | None) -> Visit:
    return Visit(url=ask.url, source=ask.source, kind=ask.kind, at=at, outcome=outcome, status=status)
