"""What the Archive seam promises, on every implementation."""

import gzip
import itertools
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.errors import Busy, Damaged, NotFound
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


# Captures taken down


def test_what_is_removed_is_gone_and_the_others_stay_where_they_are(opener: Opener, tmp_path: Path) -> None:
    archive = opener()
    captures = [capture(number, body=f"<p>{number} 이름-{number}</p>".encode() * 50) for number in range(6)]
    refs = archive.put(captures)
    archive.close()
    assert archive.remove([refs[1], refs[4]]) == 2
    for reader in (archive, opener()):
        assert [ref for ref, _ in reader.walk({})] == [refs[0], refs[2], refs[3], refs[5]]
        assert [reader.get(refs[number]) for number in (0, 2, 3, 5)] == [captures[number] for number in (0, 2, 3, 5)]
        for number in (1, 4):
            with pytest.raises(NotFound, match="taken down"):
                reader.get(refs[number])
        # A cursor in front of, inside and behind what was removed.
        assert [ref for ref, _ in reader.walk({refs[0].file: refs[0].end})] == [refs[2], refs[3], refs[5]]
        assert [ref for ref, _ in reader.walk({refs[1].file: refs[1].end})] == [refs[2], refs[3], refs[5]]
    for file in (tmp_path / "archive").iterdir():
        with gzip.open(file) as whole:
            said = whole.read().decode("utf-8", "replace")
        assert "이름-0" in said
        assert "이름-1" not in said
        assert "idxno=4" not in said
    assert opener().remove([refs[1], refs[4]]) == 0


def test_a_file_that_is_being_written_is_not_touched(opener: Opener) -> None:
    writer, other = opener(), opener()
    refs = writer.put([capture(1), capture(2)])
    with pytest.raises(Busy, match=refs[0].file):
        other.remove([refs[0]])
    assert other.get(refs[0]) == capture(1)
    (later,) = writer.put([capture(3)])
    assert writer.remove([refs[0]]) == 1, "the writer itself ends its file first"
    (last,) = writer.put([capture(4)])
    assert last.file != later.file
    assert [found for _, found in other.walk({})] == [capture(2), capture(3), capture(4)]


def test_only_whole_captures_are_removed(archive: Archive) -> None:
    first, second = archive.put([capture(1), capture(2)])
    archive.close()
    for wrong in (replace(first, offset=first.offset + 1), replace(first, end=second.end), replace(first, offset=0)):
        with pytest.raises(Damaged):
            archive.remove([wrong])
    assert archive.remove([CaptureRef(file="../x", offset=0, end=9)]) == 0
    assert len(list(archive.walk({}))) == 2
