"""Compressed answers: never more bytes than the limit, and never half a page taken for a whole one."""

import zlib
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.failures import Turned
from crawler.outcomes import TOO_LARGE

_GZIP_OR_ZLIB = 47  # zlib's word for: look which of the two it is
_RAW = -15
_MEMBER = b"\x1f\x8b"


class UnpackingMiddleware:
    """Asks for gzip and deflate, and unpacks them. (Scrapy's own takes a gzip file cut short for a whole one.)"""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one; Scrapy's way."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what can be unpacked."""
        request.headers.setdefault("Accept-Encoding", "gzip, deflate")

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer unpacked; raises Turned where it is too large, cut short or packed otherwise."""
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        packings = [name.strip() for name in named.split(",") if name.strip() not in ("", "identity")]
        if not packings or not response.body:
            return response
        body = response.body
        for packing in reversed(packings):
            if packing not in ("gzip", "x-gzip", "deflate"):
                raise Turned("failed: unknown compression")
            body = unpack(body, self._max_bytes)
        unpacked = response.replace(body=body)
        del unpacked.headers["Content-Encoding"]
        return unpacked


def unpack(body: bytes, max_bytes: int) -> bytes:
    """Unpack gzip (of several members, too), zlib or raw deflate; raises Turned."""
    try:
        return _inflate(body, max_bytes, _GZIP_OR_ZLIB)
    except zlib.error:
        pass
    try:
        return _inflate(body, max_bytes, _RAW)
    except zlib.error as error:
        raise Turned("failed: broken compression") from error


def _inflate(body: bytes, max_bytes: int, wbits: int) -> bytes:
    parts: list[bytes] = []
    room = max_bytes
    while body:
        unpacker = zlib.decompressobj(wbits=wbits)
        part = unpacker.decompress(body, room + 1)
        room -= len(part)
        if room < 0:
            raise Turned(TOO_LARGE)
        parts.append(part)
        if not unpacker.eof:
            raise Turned("failed: cut short")
        # Another member may follow; anything else behind the end is padding.
        body = unpacker.unused_data if unpacker.unused_data.startswith(_MEMBER) else b""
    return b"".join(parts)
