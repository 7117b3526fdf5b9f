"""WARC files that others wrote: whole ones, odd ones, broken ones."""

import gzip
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sosik.model.capture import Capture, CaptureKind
from sosik.model.errors import NotFound
from sosik.storage.archive.foreign import Unread, read_warc
from sosik.storage.archive.warc import WarcArchive
from tests.storage.samples import HandClock, capture

PAGE = "<html><h1>광주 인공지능</h1></html>".encode() * 50
Headers = Iterable[tuple[str, str]]


class Maker:
    """Makes WARC files as other tools do."""

    def __init__(self, *, packed: bool = True) -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)

    def response(
        self, number: int = 1, body: bytes = PAGE, headers: Headers = (), status: str = "200 OK", **fields: str
    ) -> "Maker":
        record = self.writer.create_warc_record(
            f"http://other.test/{number}",
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, list(headers), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2026-03-02T00:10:00Z"}
            | {k.replace("_", "-"): v for k, v in fields.items()},
        )
        self.writer.write_record(record)
        return self

    def other(self, kind: str, uri: str = "http://other.test/1") -> "Maker":
        payload = BytesIO(b"GET / HTTP/1.1\r\nHost: other.test\r\n\r\n")
        record = self.writer.create_warc_record(uri, kind, payload=payload, length=len(payload.getvalue()))
        self.writer.write_record(record)
        return self

    def save(self, folder: Path, *, cut: int = 0) -> Path:
        path = folder / "other.warc"
        data = self.out.getvalue()
        path.write_bytes(data[: len(data) - cut])
        return path


def captures(answers: Iterable[Capture | Unread]) -> list[Capture]:
    return [each for each in answers if isinstance(each, Capture)]


def only(path: Path, **limits: int) -> Capture | Unread:
    (answer,) = read_warc(path, **limits)
    return answer


@pytest.mark.parametrize("packed", [True, False])
def test_responses_become_captures_and_the_rest_is_passed_over(tmp_path: Path, packed: bool) -> None:
    maker = Maker(packed=packed).other("request").response(1, headers=[("X-A", "광주"), ("X-A", "2")])
    maker.other("metadata").other("warcinfo").response(2, status="404 Not Found")
    assert list(read_warc(maker.save(tmp_path))) == [
        Capture(
            source="",
            kind=CaptureKind.ARTICLE,
            url="http://other.test/1",
            final_url="http://other.test/1",
            status=200,
            headers=(("X-A", "%EA%B4%91%EC%A3%BC"), ("X-A", "2")),
            body=PAGE,
            fetched=datetime(2026, 3, 2, 0, 10, tzinfo=UTC),
        ),
        Capture(
            source="",
            kind=CaptureKind.ARTICLE,
            url="http://other.test/2",
            final_url="http://other.test/2",
            status=404,
            headers=(),
            body=PAGE,
            fetched=datetime(2026, 3, 2, 0, 10, tzinfo=UTC),
        ),
    ]


def test_content_that_no_web_server_sent_is_named(tmp_path: Path) -> None:
    maker = Maker(packed=True).other("resource").other("conversion").other("response", "dns:other.test")
    found = [(each.item, each.reason) for each in read_warc(maker.save(tmp_path)) if isinstance(each, Unread)]
    assert [reason for _, reason in found] == [
        "a resource record: not what a server answered",
        "a conversion record: not what a server answered",
        "not asked for over HTTP",
    ]
    assert found[2][0] == "dns:other.test"


def test_a_file_in_one_gzip_member_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(Maker(packed=False).response(1).response(2).out.getvalue()))
    assert len(captures(read_warc(path))) == 2


def test_a_file_of_our_own_gives_its_captures_back(tmp_path: Path) -> None:
    archive = WarcArchive(tmp_path, clock=HandClock())
    (ref,) = archive.put([capture(url="http://한글.test/기사?제목=광주 AI")])
    archive.close()
    found = only(tmp_path / ref.file)
    assert isinstance(found, Capture)
    assert (found.source, found.url, found.headers) == ("it-life", archive.get(ref).url, capture().headers)
    assert found.body == capture().body


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_short_gives_what_is_whole_and_one_reason(tmp_path: Path, packed: bool) -> None:
    maker = Maker(packed=packed).response(1)
    first = len(maker.out.getvalue())
    data = maker.response(2).out.getvalue()
    path = tmp_path / "cut.warc"
    # The four bytes that end a plain record (two line ends) carry nothing: without them the record is still whole.
    for length in range(first + 1, len(data) - (0 if packed else 4), 7):
        path.write_bytes(data[:length])
        *pages, reason = read_warc(path)
        assert all(isinstance(page, Capture) and page.body == PAGE for page in pages)
        assert len(pages) in (1, 2)  # 2 where the compression's checksum alone is cut off
        assert isinstance(reason, Unread)
        assert "cut short" in reason.reason or "not a WARC record" in reason.reason


def test_damage_in_the_compression_is_one_reason(tmp_path: Path) -> None:
    path = Maker().response(1).response(2).save(tmp_path)
    data = bytearray(path.read_bytes())
    data[-100] ^= 0xFF
    path.write_bytes(data)
    page, reason = read_warc(path)
    assert isinstance(page, Capture)
    assert isinstance(reason, Unread)
    assert "compression is damaged" in reason.reason or "cut short" in reason.reason


CODINGS = {
    "gzip": ("gzip", gzip.compress(PAGE)),
    "x-gzip in capitals": ("X-GZIP", gzip.compress(PAGE)),
    "deflate": ("deflate", zlib.compress(PAGE)),
    "raw deflate": ("deflate", zlib.compress(PAGE, wbits=-15)),
    "gzip that was unpacked": ("gzip", PAGE),
    "identity": ("identity", PAGE),
}


@pytest.mark.parametrize("name", list(CODINGS))
@pytest.mark.parametrize("chunked", [True, False])
def test_bodies_are_unpacked(tmp_path: Path, name: str, chunked: bool) -> None:
    coding, body = CODINGS[name]
    headers = [("Content-Encoding", coding)]
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:30], body[30:])) + b"0\r\n\r\n"
    found = only(Maker().response(1, body, headers).save(tmp_path))
    assert isinstance(found, Capture)
    assert found.body == PAGE


BROKEN = {
    "cut short": ([("Content-Encoding", "gzip")], gzip.compress(PAGE)[:-20], "cut short"),
    "damaged": ([("Content-Encoding", "gzip")], gzip.compress(PAGE)[:-8] + b"checksum", "damaged"),
    "unknown coding": ([("Content-Encoding", "zpaq")], PAGE, "zpaq"),
    "bomb": ([("Content-Encoding", "gzip")], gzip.compress(bytes(50_000_000)), "larger than 100000 bytes"),
    "too large": ([], b"x" * 100_001, "larger than 100000 bytes"),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_page_that_cannot_be_read_is_a_reason_and_the_next_is_read(tmp_path: Path, name: str) -> None:
    headers, body, reason = BROKEN[name]
    path = Maker().response(1, body, headers).response(2).save(tmp_path)
    bad, good = read_warc(path, max_body=100_000)
    assert isinstance(bad, Unread)
    assert bad.item == "http://other.test/1"
    assert reason in bad.reason
    assert isinstance(good, Capture)
    assert good.body == PAGE


def test_fields_that_make_no_sense_are_reasons(tmp_path: Path) -> None:
    maker = Maker().response(1, WARC_Date="yesterday").response(2, status="OK").response(3, Sosik_Kind="{]")
    reasons = [each.reason for each in read_warc(maker.save(tmp_path)) if isinstance(each, Unread)]
    assert len(reasons) == 3
    for reason, word in zip(reasons, ["WARC-Date", "HTTP status", "Sosik"], strict=True):
        assert word in reason


def test_a_revisit_says_where_its_page_is(tmp_path: Path) -> None:
    maker = Maker()
    maker.writer.write_record(
        maker.writer.create_revisit_record(
            "http://other.test/1", "sha1:A", "http://other.test/0", "2026-03-01T00:00:00Z"
        )
    )
    answer = only(maker.save(tmp_path))
    assert isinstance(answer, Unread)
    assert "revisit" in answer.reason


@pytest.mark.parametrize(
    "data", [b"", b"<html>no WARC</html>", b"\x1f\x8b\x08\0junk", b"\0" * 1000, b"WARC/1.0\r\n\r\n"]
)
def test_what_is_no_warc_is_one_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(data)
    assert isinstance(only(path), Unread)


def test_no_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(read_warc(tmp_path / "nothing.warc"))


def test_arc_files_are_read(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 0 Other\nURL IP-address Archive-date Content-type Archive-length\n"
    arc = b"filedesc://other.arc 0.0.0.0 20260302001000 text/plain %d\n%s\n" % (len(version), version)
    arc += b"http://other.test/1 192.0.2.1 20260302001000 text/html %d\n%s\n" % (len(page), page)
    path = tmp_path / "other.arc"
    path.write_bytes(arc)
    found = captures(read_warc(path))
    assert [(each.url, each.body, each.fetched.year) for each in found] == [("http://other.test/1", PAGE, 2026)]
