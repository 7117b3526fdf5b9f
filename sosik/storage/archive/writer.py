"""One archive file while it is written: by one writer, from its creation to its end, never again."""

import errno
import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sosik.model.capture import CaptureRef
from sosik.model.errors import Damaged, SettingsMistake, StorageFull
from sosik.storage.archive.records import encode_info

# EFBIG: a limit on file sizes (ulimit -f) is a full disk to whoever meets it.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR})


@contextmanager
def archive_errors(place: Path) -> Iterator[None]:
    """Turn what the operating system says into Sosik's errors."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                f"{place}: no space left for the archive ({error.strerror}); make room, then go on"
            ) from (error)
        if error.errno in _FORBIDDEN:
            raise SettingsMistake(f"{place}: the archive cannot be written there ({error.strerror})") from error
        raise Damaged(f"{place}: {error.strerror}") from error


class ArchiveFile:
    """A file that grows by groups of records. `size` is in bytes and counts whole groups only."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.size = 0
        self._descriptor = descriptor

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make the file, which must not exist, and write its opening record; raises OSError."""
        file = cls(path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o644))
        fcntl.flock(file._descriptor, fcntl.LOCK_SH)  # says to whoever wants to remove something that it is in use
        opened = False
        try:
            file.append([encode_info(path.name)])
            sync_folder(path.parent)
            opened = True
        finally:
            if not opened:
                file.abandon()
                path.unlink(missing_ok=True)  # nothing in it was ever promised
        return file

    def append(self, records: Sequence[bytes]) -> tuple[CaptureRef, ...]:
        """Write one group of encoded captures and see it onto the disk; raises OSError with nothing promised."""
        refs: list[CaptureRef] = []
        end = self.size
        for record in records:
            self._write(record)
            refs.append(CaptureRef(file=self.path.name, offset=end, end=end + len(record)))
            end += len(record)
        os.fsync(self._descriptor)
        self.size = end
        return tuple(refs)

    def abandon(self) -> None:
        """Cut off what the last whole group did not reach, and close.

        A reader may have seen the part cut off, so no later record may ever stand there: the file ends here.
        """
        try:
            os.ftruncate(self._descriptor, self.size)
            os.fsync(self._descriptor)
        except OSError:
            # The disk has just failed; a reader passes over the rest of a record as it does after a crash.
            pass
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """See the names of a folder onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
