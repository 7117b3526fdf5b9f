"""A capture as WARC records: request and response, with what HTTP has no place for in header fields of our own.

The stored HTTP header says what is true of the stored body (no Content-Encoding, the length that it has), so that any
replay tool can show the page; the header as it came is kept beside it as JSON, which carries every character.
"""

import json
import re
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote, urlsplit

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from sosik.model.capture import Capture, CaptureKind
from sosik.model.errors import Damaged
from sosik.storage.archive.members import compress, compress_to

VERSION = "WARC/1.1"  # 1.1 lets WARC-Date carry microseconds

SOURCE = "Sosik-Source"
KIND = "Sosik-Kind"
URL = "Sosik-Url"
FINAL_URL = "Sosik-Final-Url"
STATUS = "Sosik-Status"
HEADERS = "Sosik-Headers"
REQUEST_HEADERS = "Sosik-Request-Headers"
HINTS = "Sosik-Hints"
LENGTH = "Sosik-Body-Length"
REMOVED = "Sosik-Removed"
_REMOVED_AT = "1970-01-01T00:00:00Z"  # when it was is in the ledger; equal removals give equal bytes

# Headers that are no longer true of a decompressed body; renamed as other archives rename them.
_UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"
_TOKEN = "!#$%&'*+.^`|~"  # noqa: S105 - RFC 9110's name for the characters of a header name
_VISIBLE = re.compile(r"[\t\x20-\x7e]*")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")

Pairs = tuple[tuple[str, str], ...]


def encode_info(name: str) -> bytes:
    """Return the gzip member that opens an archive file and says what the file is."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=VERSION)
    info = {"software": "sosik", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    return compress(out.getvalue())


def encode(capture: Capture) -> bytes:
    """Return the two gzip members of a capture, request first: where the response is whole, all of it is.

    Raises ValueError where `fetched` has no time zone.
    """
    if capture.fetched.tzinfo is None:
        raise ValueError("a capture's instant needs a time zone")
    response_id = StatusAndHeadersParser.make_warc_id()
    request = _member("request", capture, _request_head(capture), b"", [("WARC-Concurrent-To", response_id)])
    own = [
        ("WARC-Record-ID", response_id),
        (SOURCE, _text(capture.source)),
        (KIND, _text(capture.kind)),
        (URL, _text(capture.url)),
        (FINAL_URL, _text(capture.final_url)),
        (STATUS, str(capture.status)),
        (HEADERS, _text(capture.headers)),
        (REQUEST_HEADERS, _text(capture.request_headers)),
        (HINTS, _text(capture.hints)),
        (LENGTH, str(len(capture.body))),
    ]
    return request + _member("response", capture, _response_head(capture), capture.body, own)


def encode_removed(name: str, length: int) -> bytes:
    """Return one gzip member of exactly `length` bytes that says that something was removed from the file `name`.

    It is as long as what stood there, so that whatever follows stays where it is. Raises ValueError where `length` is
    too small; no capture is.
    """
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=VERSION)
    note = b"taken down"
    fields = {"WARC-Date": _REMOVED_AT, "WARC-Record-ID": "<urn:sosik:removed>", REMOVED: "yes"}
    record = writer.create_warc_record(
        "urn:sosik:removed",
        "metadata",
        payload=BytesIO(note),
        length=len(note),
        warc_content_type="text/plain",
        warc_headers_dict=fields,
    )
    writer.write_record(record)
    return compress_to(out.getvalue(), length)


def is_removed(data: bytes) -> bool:
    """Is a record what stands in the place of something removed?"""
    return re.search(rb"^Sosik-Removed:", data[:4096], re.MULTILINE) is not None


def record_type(data: bytes) -> str:
    """Return the WARC-Type of a record, or an empty string where there is none."""
    found = re.search(rb"^WARC-Type:[ \t]*([a-z]+)", data[:4096], re.MULTILINE)
    return found[1].decode("ascii") if found else ""


def decode(response: bytes, *, where: str) -> Capture:
    """Return the capture that a response record of ours holds; raises Damaged, naming `where`."""
    try:
        record = ArcWarcRecordLoader().parse_record_stream(BytesIO(response), known_format="warc", no_record_parse=True)
        fields = dict(record.rec_headers.headers)
        block = record.raw_stream.read()
        if len(block) != int(fields["Content-Length"]):
            raise Damaged(f"{where}: {len(block)} of {fields['Content-Length']} bytes could be read")
        _, _, body = block.partition(b"\r\n\r\n")
        if len(body) != int(fields[LENGTH]):
            raise Damaged(f"{where}: {len(body)} of {fields[LENGTH]} bytes of the page could be read")
        return Capture(
            source=json.loads(fields[SOURCE]),
            kind=CaptureKind(json.loads(fields[KIND])),
            url=json.loads(fields[URL]),
            final_url=json.loads(fields[FINAL_URL]),
            status=int(fields[STATUS]),
            headers=read_pairs(fields[HEADERS]),
            body=body,
            fetched=datetime.fromisoformat(fields["WARC-Date"]).astimezone(UTC),
            request_headers=read_pairs(fields[REQUEST_HEADERS]),
            hints=read_pairs(fields[HINTS]),
        )
    except (ArchiveLoadFailed, EOFError, KeyError, ValueError) as error:
        raise Damaged(f"{where}: not a record of this archive ({error})") from error


def read_pairs(field: str) -> Pairs:
    """Read a header field that holds pairs of strings; raises ValueError."""
    return tuple((name, value) for name, value in json.loads(field))


def _text(value: str | Pairs) -> str:
    # JSON in ASCII: any string that Python can hold, lone surrogates among them, in one line of any WARC reader.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _member(kind: str, capture: Capture, head: StatusAndHeaders, body: bytes, own: list[tuple[str, str]]) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=VERSION)
    date = capture.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    writer.write_record(
        writer.create_warc_record(
            _ascii_url(capture.final_url),
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict={**dict(own), "WARC-Date": date},
            http_headers=head,
        )
    )
    return compress(out.getvalue())


def _response_head(capture: Capture) -> StatusAndHeaders:
    headers = [_true_header(name, value) for name, value in capture.headers]
    headers.append(("Content-Length", str(len(capture.body))))
    return StatusAndHeaders(_status_line(capture.status), headers, protocol="HTTP/1.1")


def _true_header(name: str, value: str) -> tuple[str, str]:
    name, value = _header_name(name), _header_value(value)
    return (f"{_ORIGINAL}{name}", value) if name.lower() in _UNTRUE else (name, value)


def _request_head(capture: Capture) -> StatusAndHeaders:
    parts = urlsplit(_ascii_url(capture.final_url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [(_header_name(name), _header_value(value)) for name, value in capture.request_headers]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc))
    return StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _header_name(name: str) -> str:
    return quote(name.encode("utf-8", "surrogatepass"), safe=_TOKEN) or "X-Empty"


def _header_value(value: str) -> str:
    return value if _VISIBLE.fullmatch(value) else quote(value.encode("utf-8", "surrogatepass"), safe=_PRINTABLE)


def _ascii_url(url: str) -> str:
    return quote(url.encode("utf-8", "surrogatepass"), safe="%/:?#[]@!$&'()*+,;=-._~")
