"""WARC and ARC files that others wrote: whatever of them is whole."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from sosik.model.capture import Capture, CaptureKind
from sosik.model.errors import NotFound
from sosik.storage.archive.records import FINAL_URL, HEADERS, HINTS, KIND, SOURCE, URL, read_pairs

_CHUNK = 1 << 16
_GZIP = 31
_MAGIC = b"\x1f\x8b"
MAX_BODY = 8 * 1024 * 1024
_CONTENT = ("resource", "conversion")  # the other kinds hold no content: requests, notes about records
_MAX_BLOCK = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A record that gives no capture, or the end of a file that ends too early. `item` is an address or a place."""

    item: str
    reason: str


class _Problem(Exception):
    """Why a record gives no capture."""


def read_warc(path: Path, *, max_body: int = MAX_BODY) -> Iterator[Capture | Unread]:
    """Give a capture for every response in a WARC or ARC file, gzip or plain, and a reason for each that is unreadable.

    `source` is empty in captures of others: a WARC file does not say it. A file cut short gives what is whole, then
    one reason. `max_body` bounds a page after decompression, in bytes. Raises NotFound where there is no such file.
    """
    if not path.is_file():
        raise NotFound("file", str(path))
    with path.open("rb") as file:
        plain = _Plain(file)
        yield from _records(BufferedReader(plain), plain, max_body)


class _Plain:
    """The file without its gzip members, as a stream; `problem` says where it could not go on."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = file.read(_CHUNK)
        self._packed = self._waiting.startswith(_MAGIC)
        self._inflate = zlib.decompressobj(_GZIP)
        self._begun = False  # is a member open?
        self.problem = ""

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, and none at the end."""
        if not self._packed:
            data, self._waiting = self._waiting[:size], self._waiting[size:]
            return data or self._file.read(size)
        data = b""
        while not data and self._fill():
            data = self._unpack(size)
        return data

    def _fill(self) -> bool:
        if self.problem:
            return False
        if not self._waiting:
            self._waiting = self._file.read(_CHUNK)
        if not self._waiting and self._begun:
            self.problem = "the file is cut short"
        return bool(self._waiting)

    def _unpack(self, size: int) -> bytes:
        try:
            data = self._inflate.decompress(self._waiting, size)
        except zlib.error as error:
            self.problem = f"the compression is damaged ({error})"
            return b""
        self._begun = not self._inflate.eof
        self._waiting = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._waiting = self._inflate.unused_data
            self._inflate = zlib.decompressobj(_GZIP)
        return data


def _records(stream: BufferedReader, plain: _Plain, max_body: int) -> Iterator[Capture | Unread]:
    # HTTP headers are read later, from the whole block: warcio fails on records that have no address.
    loader = ArcWarcRecordLoader(arc2warc=True)
    number = 0
    while line := stream.readline():
        if not line.strip():
            continue
        number += 1
        try:
            record = loader.parse_record_stream(stream, statusline=line, no_record_parse=True)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError) as error:
            reason = plain.problem or f"not a WARC record ({str(error)[:80]!r})"
            yield Unread(item=f"record {number}", reason=f"{reason}; nothing after it was read")
            return
        if not str(record.rec_headers.get_header("Content-Length", "")).strip().isdecimal():
            reason = plain.problem or "the file is cut short, or a record has no readable Content-Length"
            yield Unread(item=_item(record, number), reason=f"{reason}; nothing after it was read")
            return
        block, missing = _block(record)
        if missing:
            reason = plain.problem or "the file is cut short"
            yield Unread(item=_item(record, number), reason=f"{reason}: {missing} bytes of the record are missing")
            return
        if (answer := _answer(record, number, block, max_body)) is not None:
            yield answer
    if plain.problem:
        yield Unread(item=f"after record {number}", reason=plain.problem)
    elif number == 0:
        yield Unread(item="file", reason="the file is empty")


def _block(record: ArcWarcRecord) -> tuple[bytes | None, int]:
    """The rest of a record (None where it is too large to be held), and how many bytes the file lacks of it."""
    stream = record.raw_stream
    pieces: list[bytes] = []
    held = 0
    while data := stream.read(_CHUNK):
        held += len(data)
        if held <= _MAX_BLOCK:
            pieces.append(data)
    block = b"".join(pieces) if held <= _MAX_BLOCK else None
    return block, getattr(stream, "limit", 0)  # a LimitReader counts down; warcio itself never looks


def _item(record: ArcWarcRecord, number: int) -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or f"record {number}"


def _answer(record: ArcWarcRecord, number: int, block: bytes | None, max_body: int) -> Capture | Unread | None:
    item = _item(record, number)
    if record.rec_type is None:
        return Unread(item=item, reason="a record without WARC-Type")
    if record.rec_type == "revisit":
        return Unread(item=item, reason="a revisit record: the page itself is in an earlier record")
    if record.rec_type in _CONTENT:
        return Unread(item=item, reason=f"a {record.rec_type} record: not what a server answered")
    if record.rec_type != "response":
        return None
    if not item.startswith(("http:", "https:")):
        return Unread(item=item, reason="not asked for over HTTP")
    if block is None:
        return Unread(item=item, reason=f"the record is larger than {_MAX_BLOCK} bytes")
    try:
        return _capture(record, item, block, max_body)
    except _Problem as problem:
        return Unread(item=item, reason=str(problem))
    except (ValueError, TypeError) as error:
        return Unread(item=item, reason=f"a header field named Sosik-… that is not ours ({error})")


def _capture(record: ArcWarcRecord, url: str, block: bytes, max_body: int) -> Capture:
    fields = dict(record.rec_headers.headers)
    stream = BytesIO(block)
    try:
        head = StatusAndHeadersParser([], verify=False).parse(stream)
    except EOFError as error:
        raise _Problem("no HTTP header") from error
    headers = tuple((str(name), str(value)) for name, value in head.headers)
    return Capture(
        source=_own(fields, SOURCE, ""),
        kind=CaptureKind(_own(fields, KIND, CaptureKind.ARTICLE)),
        url=_own(fields, URL, url),
        final_url=_own(fields, FINAL_URL, url),
        status=_status(head),
        headers=read_pairs(fields[HEADERS]) if HEADERS in fields else headers,
        body=_body(head, stream.read(), max_body),
        fetched=_fetched(fields),
        hints=read_pairs(fields[HINTS]) if HINTS in fields else (),
    )


def _own(fields: Mapping[str, str], name: str, otherwise: str) -> str:
    return str(json.loads(fields[name])) if name in fields else otherwise


def _status(head: StatusAndHeaders) -> int:
    code = str(head.get_statuscode())
    if not code.isdecimal():
        raise _Problem(f"no HTTP status: {code[:40]!r}")
    return int(code)


def _fetched(fields: Mapping[str, str]) -> datetime:
    text = fields.get("WARC-Date", "")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Problem(f"no readable WARC-Date: {text[:40]!r}") from error
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _body(head: StatusAndHeaders, block: bytes, max_body: int) -> bytes:
    body = block
    if str(head.get_header("Transfer-Encoding", "")).lower() == "chunked":
        # Many tools store the body without its chunks and leave the header; warcio lets those through.
        body = ChunkedDataReader(BytesIO(block)).read()
    encoding = str(head.get_header("Content-Encoding", "")).strip().lower()
    body = _unpacked(body, encoding, max_body)
    if len(body) > max_body:
        raise _Problem(f"the page is larger than {max_body} bytes")
    return body


def _unpacked(body: bytes, encoding: str, max_body: int) -> bytes:
    if encoding in ("", "identity") or not body:
        return body
    if encoding in ("gzip", "x-gzip"):
        # Stored unpacked under the header of the packed body: common, and no fault of the page.
        return _inflated(body, _GZIP, max_body) if body.startswith(_MAGIC) else body
    if encoding == "deflate":
        zlib_header = len(body) > 1 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflated(body, 15 if zlib_header else -15, max_body)
    if encoding == "br" and encoding in BufferedReader.get_supported_decompressors():
        return bytes(BufferedReader(BytesIO(body), decomp_type="br").read(max_body + 1))
    raise _Problem(f"the page is compressed as {encoding[:40]!r}, which cannot be read")


def _inflated(body: bytes, window: int, max_body: int) -> bytes:
    inflate = zlib.decompressobj(window)
    try:
        data = inflate.decompress(body, max_body + 1)
    except zlib.error as error:
        raise _Problem(f"the page's compression is damaged ({error})") from error
    if not inflate.eof and len(data) <= max_body:
        raise _Problem("the compressed page is cut short")
    return data
