"""What the Archive seam promises, on every implementation."""

import itertools
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.errors import Damaged, NotFound
from sosik.model.ports.archive import Archive
from sosik.storage.archive.warc import WarcArchive
from tests.storage.samples import HandClock, capture

Opener = Callable[[], Archive]


@pytest.fixture(params=["warc"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the same archive, each time as another process would."""
    opened: list[Archive] = []

    def open_one() -> Archive:
        kinds: dict[str, Opener] = {"warc": lambda: WarcArchive(tmp_path / "archive", clock=HandClock())}
        opened.append(kinds[request.param]())
        return opened[-1]

    yield open_one
    for archive in opened:
        archive.close()


@pytest.fixture
def archive(opener: Opener) -> Archive:
    return opener()


STRANGE = {
    "plain": capture(),
    "empty body": capture(body=b""),
    "every byte": capture(body=bytes(range(256)) * 300),
    "body that looks like headers": capture(body=b"\r\n\r\nWARC/1.1\r\nContent-Length: 3\r\n\r\n" * 3),
    "large": capture(body=os.urandom(3_000_000)),
    "Korean address": capture(url="http://한글.test/기사?제목=광주 AI&x=100%"),
    "upper-case scheme": capture(url="HTTP://it-life.test/"),
    "hints": replace(capture(), hints=(("title", "모두의 AI 광주 ⑩끝\n둘째 줄"), ("published", "2026-03-02"))),
    "redirected": replace(capture(), url="http://a.test/1", final_url="http://b.test/2", status=404),
    "odd status": replace(capture(), status=299),
    "no headers": replace(capture(), headers=(), request_headers=()),
    "feed": replace(capture(), kind=CaptureKind.FEED, source="한국-신문"),
    "other zone": replace(capture(), fetched=datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=9)))),
    "strange headers": replace(
        capture(),
        headers=(
            ("Set-Cookie", "a=1"),
            ("set-cookie", "a=2"),
            ("X-제목", "광주"),
            ("X Space:", " padded "),
            ("", "nameless"),
            ("X-Split", "a\r\nInjected: yes\r\n\r\nbody"),
            ("X-Half", "\ud800\x00\x7f"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Length", "17"),
        ),
        request_headers=(("사용자", "소식"),),
    ),
}


@pytest.mark.parametrize("name", list(STRANGE))
def test_what_was_put_is_given_back_exactly(archive: Archive, name: str) -> None:
    (ref,) = archive.put([STRANGE[name]])
    assert archive.get(ref) == STRANGE[name]
    assert archive.get(ref).fetched.tzinfo is UTC
    assert list(archive.walk({})) == [(ref, STRANGE[name])]


def test_a_group_is_kept_in_order_with_refs_that_meet(archive: Archive) -> None:
    captures = [capture(number) for number in range(40)]
    refs = archive.put(captures)
    assert [archive.get(ref) for ref in refs] == captures
    assert all(before.end == after.offset for before, after in itertools.pairwise(refs))
    assert list(archive.walk({})) == list(zip(refs, captures, strict=True))


def test_nothing_put_is_nothing_kept(archive: Archive) -> None:
    assert archive.put([]) == ()
    assert list(archive.walk({})) == []


def test_a_reader_goes_on_from_its_cursor(archive: Archive) -> None:
    refs = archive.put([capture(number) for number in range(5)])
    cursor = {refs[1].file: refs[1].end}
    assert [ref for ref, _ in archive.walk(cursor)] == list(refs[2:])
    assert list(archive.walk({refs[-1].file: refs[-1].end})) == []


def test_a_reader_sees_what_arrives_later(opener: Opener) -> None:
    writer, reader = opener(), opener()
    (first,) = writer.put([capture(1)])
    cursor = {first.file: first.end}
    assert list(reader.walk(cursor)) == []
    (second,) = writer.put([capture(2)])
    assert list(reader.walk(cursor)) == [(second, capture(2))]


def test_two_writers_never_share_a_file(opener: Opener) -> None:
    one, other = opener(), opener()
    refs = [ref for number in range(6) for ref in (one if number % 2 else other).put([capture(number)])]
    assert {ref.file for ref in refs[::2]}.isdisjoint({ref.file for ref in refs[1::2]})
    assert sorted(ref for ref, _ in opener().walk({})) == sorted(refs)


def test_another_opening_leaves_old_files_as_they_are(opener: Opener) -> None:
    first = opener()
    (old,) = first.put([capture(1)])
    first.close()
    (new,) = opener().put([capture(2)])
    assert new.file != old.file
    assert opener().get(old) == capture(1)


def test_a_closed_archive_can_still_be_read(archive: Archive) -> None:
    (ref,) = archive.put([capture()])
    archive.close()
    assert archive.get(ref) == capture()
    assert [found for found, _ in archive.walk({})] == [ref]


def test_an_empty_archive_has_nothing(archive: Archive) -> None:
    assert list(archive.walk({})) == []
    archive.close()


@pytest.mark.parametrize("file", ["20260302T001000123456Z-1-abcd-00001.warc.gz", "../ledger.db", "/etc/passwd", ""])
def test_a_ref_to_no_file_is_not_found(archive: Archive, file: str) -> None:
    archive.put([capture()])
    with pytest.raises(NotFound):
        archive.get(CaptureRef(file=file, offset=0, end=10))


def test_a_ref_to_no_record_is_damaged(archive: Archive) -> None:
    (ref,) = archive.put([capture()])
    for offset, end in [(ref.offset + 1, ref.end), (ref.offset, ref.end - 1), (ref.end, ref.end + 50)]:
        with pytest.raises(Damaged, match=ref.file):
            archive.get(CaptureRef(file=ref.file, offset=offset, end=end))


def test_a_naive_instant_is_refused_and_nothing_is_kept(archive: Archive) -> None:
    with pytest.raises(ValueError, match="time zone"):
        archive.put([capture(1), replace(capture(2), fetched=datetime(2026, 3, 2))])  # noqa: DTZ001 - the mistake tested
    assert list(archive.walk({})) == []


def test_captures_cross_process_borders(archive: Archive) -> None:
    (ref,) = archive.put([capture()])
    again: Capture = pickle.loads(pickle.dumps(archive.get(ref)))
    assert again == capture()
