"""WARC files: rotation, what a crash leaves, damage, a full disk, and what other tools make of them."""

import gzip
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from sosik.model.capture import CaptureRef
from sosik.model.errors import Damaged, SettingsMistake, StorageFull
from sosik.storage.archive.members import compress
from sosik.storage.archive.warc import WarcArchive
from tests.storage.samples import HandClock, capture


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def archive(tmp_path: Path, clock: HandClock) -> Iterator[WarcArchive]:
    archive = WarcArchive(tmp_path / "archive", clock=clock, max_bytes=20_000)
    yield archive
    archive.close()


def file_of(tmp_path: Path, ref: CaptureRef) -> Path:
    return tmp_path / "archive" / ref.file


def test_a_full_file_is_followed_by_another(archive: WarcArchive, clock: HandClock, tmp_path: Path) -> None:
    refs: list[CaptureRef] = []
    for number in range(12):
        refs += archive.put([capture(number, body=os.urandom(5_000))])
        clock.move(timedelta(seconds=-1))
    files = list(dict.fromkeys(ref.file for ref in refs))
    assert len(files) > 2
    assert files == sorted(files), "walked in order of creation, though the clock was set back"
    assert [ref for ref, _ in archive.walk({})] == refs
    assert all(path.stat().st_size < 30_000 for path in (tmp_path / "archive").iterdir())


def test_a_file_is_named_by_time_process_and_chance(archive: WarcArchive, tmp_path: Path, clock: HandClock) -> None:
    (ref,) = archive.put([capture()])
    assert ref.file.startswith(f"20260302T001000123456Z-{os.getpid()}-")
    (other,) = WarcArchive(tmp_path / "archive", clock=clock).put([capture()])
    assert other.file != ref.file


def test_a_record_cut_short_is_passed_over(archive: WarcArchive, tmp_path: Path) -> None:
    refs = archive.put([capture(number) for number in range(3)])
    path = file_of(tmp_path, refs[0])
    whole = path.read_bytes()
    assert len(whole) == refs[2].end
    for length in range(refs[1].end, refs[2].end):
        path.write_bytes(whole[:length])
        assert [ref for ref, _ in archive.walk({})] == list(refs[:2])
        with pytest.raises(Damaged):
            archive.get(refs[2])


@pytest.mark.parametrize("rest", [b"\0" * 5000, b"\x1f\x8b\x08\0" + b"\xff" * 5000, b"noise" * 2000])
def test_what_the_power_cut_left_is_passed_over(archive: WarcArchive, tmp_path: Path, rest: bytes) -> None:
    refs = archive.put([capture(number) for number in range(3)])
    path = file_of(tmp_path, refs[0])
    path.write_bytes(path.read_bytes()[: refs[1].end + 20] + rest)
    assert [ref for ref, _ in archive.walk({})] == list(refs[:2])


def test_damage_between_whole_records_is_said(archive: WarcArchive, tmp_path: Path) -> None:
    refs = archive.put([capture(number, body=os.urandom(2_000)) for number in range(3)])
    path = file_of(tmp_path, refs[0])
    broken = bytearray(path.read_bytes())
    broken[refs[1].end - 500] ^= 0xFF
    path.write_bytes(broken)
    walk = archive.walk({})
    assert next(walk)[0] == refs[0]
    with pytest.raises(Damaged, match=refs[0].file):
        next(walk)
    with pytest.raises(Damaged):
        archive.get(refs[1])
    assert archive.get(refs[2]).url == capture(2).url
    assert [ref for ref, _ in archive.walk({refs[1].file: refs[1].end})] == [refs[2]]


def test_a_body_shorter_than_its_record_says_is_damaged(archive: WarcArchive, tmp_path: Path) -> None:
    # warcio gives such a body without a word; here every checksum of gzip is right.
    (ref,) = archive.put([capture(body=b"x" * 5_000)])
    path = file_of(tmp_path, ref)
    data = path.read_bytes()
    plain = gzip.decompress(data[ref.offset : ref.end])
    start = plain.index(b"WARC/1.1", 10)
    pair = compress(plain[:start]) + compress(plain[start:-1_000])
    path.write_bytes(data[: ref.offset] + pair)
    with pytest.raises(Damaged, match="bytes"):
        archive.get(CaptureRef(file=ref.file, offset=ref.offset, end=ref.offset + len(pair)))


def test_other_tools_read_the_files(archive: WarcArchive, tmp_path: Path) -> None:
    (ref,) = archive.put([capture(body="본문".encode() * 100)])
    with file_of(tmp_path, ref).open("rb") as file:
        records = [
            (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"), each.content_stream().read(), each)
            for each in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, *_ in records] == ["warcinfo", "request", "response"]
    _, url, body, response = records[2]
    assert (url, body) == (capture().url, "본문".encode() * 100)
    assert response.http_headers.get_header("Content-Length") == "600"
    assert response.http_headers.get_header("Content-Encoding") is None
    assert response.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert response.rec_headers.get_header("WARC-Concurrent-To") is None
    assert records[1][3].rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header(
        "WARC-Record-ID"
    )


def test_foreign_files_in_the_folder_are_left_alone(archive: WarcArchive, tmp_path: Path) -> None:
    (ref,) = archive.put([capture()])
    (tmp_path / "archive" / "notes.warc.gz").write_bytes(b"not ours")
    assert [found for found, _ in archive.walk({})] == [ref]


def test_a_fork_leaves_the_parents_file_to_the_parent(tmp_path: Path) -> None:
    # In a process of its own, since this one may have threads.
    command = [sys.executable, "-m", "tests.storage.writers", "fork", str(tmp_path)]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    before, child, after = run.stdout.split()
    assert before == after
    assert child != before
    assert len(list(WarcArchive(tmp_path, clock=HandClock()).walk({}))) == 3


def fill(archive: WarcArchive) -> list[CaptureRef]:
    """Write groups until there is no room."""
    refs: list[CaptureRef] = []
    for number in range(1000):
        try:
            refs += archive.put([capture(number * 3 + place, body=os.urandom(50_000)) for place in range(3)])
        except StorageFull:
            return refs
    raise AssertionError("the disk was never full")


def test_a_full_disk_keeps_what_was_promised_and_nothing_else(small_disk: Path, clock: HandClock) -> None:
    archive = WarcArchive(small_disk / "archive", clock=clock)
    (small_disk / "ballast").write_bytes(b"x" * 500_000)
    refs = fill(archive)
    assert len(refs) > 3
    assert [ref for ref, _ in archive.walk({})] == refs
    with pytest.raises(StorageFull):
        archive.put([capture(5000, body=os.urandom(500_000))])
    assert [ref for ref, _ in archive.walk({})] == refs
    assert all(path.stat().st_size > 0 for path in (small_disk / "archive").iterdir())
    (small_disk / "ballast").unlink()
    refs += archive.put([capture(6000)])
    assert [ref for ref, _ in archive.walk({})] == refs
    archive.close()


def test_a_limit_on_file_sizes_is_a_full_disk(tmp_path: Path, clock: HandClock) -> None:
    archive = WarcArchive(tmp_path / "archive", clock=clock)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, hard))
    try:
        refs = fill(archive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [ref for ref, _ in archive.walk({})] == refs
    (later,) = archive.put([capture(5000)])
    assert later.file != refs[-1].file, "where a group was cut off, no other record may stand"
    archive.close()


def test_a_folder_that_cannot_be_one_is_a_mistake_of_settings(tmp_path: Path, clock: HandClock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsMistake, match="file"):
        WarcArchive(tmp_path / "file" / "archive", clock=clock).put([capture()])
