"""What the demonstration server answers: a status, headers, a body, and how it is delivered."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the bytes go out: seconds before the first, seconds between chunks, and how many before hanging up.

    `cut` counts bytes of the body; NOTHING is less than that: not even a status line.
    """

    wait: float = 0.0
    drip: float = 0.0
    chunk: int = 64
    cut: int | None = None


PLAIN = Delivery()
NOTHING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `packed` is the body in gzip, for those who take it, or None where it is never packed."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    packed: bytes | None = None
    etag: str | None = None
    last_modified: datetime | None = None
    delivery: Delivery = PLAIN

    def unchanged_for(self, asked: Mapping[str, str]) -> bool:
        """Does the asker, by its If-None-Match or If-Modified-Since (keys in lower case), hold this page already?"""
        if self.status != HTTPStatus.OK:
            return False
        tags = asked.get("if-none-match")
        if tags is not None:
            held = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return self.etag is not None and self.etag.removeprefix("W/") in held
        since = asked.get("if-modified-since")
        if since is None or self.last_modified is None:
            return False
        try:
            return self.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):  # not a date, or one without a zone: as if it had not been sent
            return False

    def wire(self, *, packed: bool, unchanged: bool, with_body: bool) -> tuple[bytes, bytes]:
        """Return head and body as they go over the line."""
        status = HTTPStatus.NOT_MODIFIED if unchanged else self.status
        use_packed = packed and self.packed is not None
        body = b"" if unchanged else ((self.packed or b"") if use_packed else self.body)
        lines = [f"HTTP/1.1 {status:d} {_phrase(status)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.etag is not None:
            lines.append(f"ETag: {self.etag}")
        if self.last_modified is not None:
            lines.append(f"Last-Modified: {http_date(self.last_modified)}")
        if self.packed is not None:
            lines.append("Vary: Accept-Encoding")
        if use_packed and not unchanged:
            lines.append("Content-Encoding: gzip")
        if not unchanged:
            lines.append(f"Content-Length: {len(body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        return head, body if with_body else b""


def page(
    body: bytes, content_type: str, *, etag: bool = True, weak: bool = False, last_modified: datetime | None = None
) -> Reply:
    """Return a 200 with validators; the ETag is a digest of the body."""
    tag = f'{"W/" if weak else ""}"{hashlib.blake2b(body, digest_size=8).hexdigest()}"' if etag else None
    packed = gzip.compress(body, compresslevel=5, mtime=0)
    headers = (("Content-Type", content_type),)
    return Reply(status=200, headers=headers, body=body, packed=packed, etag=tag, last_modified=last_modified)


def notice(status: int, text: str, *headers: tuple[str, str]) -> Reply:
    """Return a short page that says what is the matter."""
    body = f"<!doctype html><html lang=ko><title>{status}</title><p>{text}</p></html>".encode()
    return Reply(status=status, headers=(("Content-Type", "text/html; charset=utf-8"), *headers), body=body)


def redirect(location: str, status: int = HTTPStatus.MOVED_PERMANENTLY) -> Reply:
    """Return a redirect to an absolute address."""
    return notice(int(status), "페이지가 옮겨졌습니다.", ("Location", location))


def http_date(instant: datetime) -> str:
    """Return an instant as HTTP writes it."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
