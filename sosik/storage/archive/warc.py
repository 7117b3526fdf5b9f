"""The archive in WARC files, through warcio."""

import os
import re
import secrets
import threading
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC
from pathlib import Path

from sosik.model.capture import Capture, CaptureRef, Cursor
from sosik.model.errors import Damaged, NotFound
from sosik.model.ports.clock import Clock
from sosik.storage.archive.members import read_members
from sosik.storage.archive.records import decode, encode, is_removed, record_type
from sosik.storage.archive.removal import remove_from
from sosik.storage.archive.writer import ArchiveFile, archive_errors

_NAME = re.compile(r"\d{8}T\d{12}Z-\d+-[0-9a-f]+-\d{5}\.warc\.gz")
MAX_BYTES = 256 * 1024 * 1024


class WarcArchive:
    """Keeps captures as pairs of gzip members in files of at most about `max_bytes`.

    A file belongs to one archive object in one process: its name carries the UTC time of its creation, the process
    and a random part. A file ends when it is full, when the archive is closed, and when a write failed.

    One object may be used by several threads, and after a fork by both processes.
    """

    def __init__(self, folder: Path, *, clock: Clock, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._clock = clock
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._file: ArchiveFile | None = None
        self._owner = (0, "")  # process and random part that name the files of this object
        self._made = 0
        self._last_time = ""

    def put(self, captures: Sequence[Capture]) -> tuple[CaptureRef, ...]:
        """Keep the captures as one group; raises StorageFull, and then none of it is kept."""
        records = [encode(capture) for capture in captures]
        if not records:
            return ()
        with self._lock, archive_errors(self._folder):
            file = self._file_to_write()
            kept = False
            try:
                refs = file.append(records)
                kept = True
            finally:
                if not kept:
                    self._file = None
                    file.abandon()
            if file.size >= self._max_bytes:
                self._finish()
            return refs

    def get(self, ref: CaptureRef) -> Capture:
        """Return a kept capture; raises NotFound where there is no such file, Damaged where it cannot be read."""
        where = f"{ref.file}:{ref.offset}"
        path = self._folder / ref.file
        if not _NAME.fullmatch(ref.file) or not path.is_file():
            raise NotFound("archive file", ref.file, hint=f"looked in {self._folder}")
        with archive_errors(path), path.open("rb") as file:
            for member in read_members(file, ref.offset, name=ref.file):
                if member.end > ref.end:
                    break
                if is_removed(member.data):
                    raise NotFound("capture", where, hint="it was taken down")
                if record_type(member.data) == "response":
                    return decode(member.data, where=where)
        raise Damaged(f"{where}: no whole capture is there")

    def walk(self, after: Cursor) -> Iterator[tuple[CaptureRef, Capture]]:
        """Give every capture after the cursor, file by file in order of their creation."""
        for name in self._names():
            yield from self._walk_file(name, after.get(name, 0))

    def remove(self, refs: Collection[CaptureRef]) -> int:
        """Remove captures for good; raises Busy where a file that holds one is being written."""
        removed = 0
        with self._lock, archive_errors(self._folder):
            self._finish()
            for name in sorted({each.file for each in refs}):
                path = self._folder / name
                if _NAME.fullmatch(name) and path.is_file():
                    removed += remove_from(path, {each for each in refs if each.file == name})
        return removed

    def close(self) -> None:
        """Finish the file being written. A capture put later begins another one."""
        with self._lock, archive_errors(self._folder):
            self._finish()

    def _names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if _NAME.fullmatch(path.name))

    def _walk_file(self, name: str, offset: int) -> Iterator[tuple[CaptureRef, Capture]]:
        path = self._folder / name
        with archive_errors(path):
            if path.stat().st_size <= offset:
                return
            file = path.open("rb")
        with file:
            start = offset
            for member in read_members(file, offset, name=name):
                if record_type(member.data) == "response":
                    ref = CaptureRef(file=name, offset=start, end=member.end)
                    yield ref, decode(member.data, where=f"{name}:{start}")
                elif record_type(member.data) == "request":
                    start = member.start

    def _file_to_write(self) -> ArchiveFile:
        if self._owner[0] != os.getpid():
            # First use, or the child of a fork: a file that the parent writes is left to it.
            self._owner = (os.getpid(), secrets.token_hex(4))
            self._file = None
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = ArchiveFile.create(self._folder / self._next_name())
        return self._file

    def _next_name(self) -> str:
        # Names sort in order of creation, even where the clock stands still or is set back.
        now = self._clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self._last_time = max(now, self._last_time)
        self._made += 1
        process, chance = self._owner
        return f"{self._last_time}-{process}-{chance}-{self._made:05d}.warc.gz"

    def _finish(self) -> None:
        if self._file is not None and self._owner[0] == os.getpid():
            self._file.close()
        self._file = None
