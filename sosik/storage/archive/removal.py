"""Captures taken down. Every other record stays at its place, so that no ref and no cursor has to be rewritten.

The file is copied with a record of the same length in the place of each capture removed, seen onto the disk, and put in
the place of the old one in one step: a kill leaves the one file or the other. The copy left by a kill is removed by the
next removal from that file.
"""

import fcntl
import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from sosik.model.capture import CaptureRef
from sosik.model.errors import Busy, Damaged
from sosik.storage.archive.members import read_members
from sosik.storage.archive.records import encode_removed, is_removed, record_type
from sosik.storage.archive.writer import sync_folder

_SUFFIX = ".removing"


def remove_from(path: Path, refs: Collection[CaptureRef]) -> int:
    """Remove captures from one file and return how many there were; raises Busy where the file is being written.

    A ref that is no capture's raises Damaged, and then the file stays as it was.
    """
    copy = path.with_name(path.name + _SUFFIX)
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"{path}: a crawl or an import is writing it; try again when it is over") from error
        copy.unlink(missing_ok=True)
        present = [each for each in sorted(refs) if _is_there(file, each)]
        if not present:
            return 0
        with copy.open("w+b") as other:
            file.seek(0)
            shutil.copyfileobj(file, other)
            for ref in present:
                other.seek(ref.offset)
                other.write(encode_removed(path.name, ref.end - ref.offset))
            other.flush()
            os.fsync(other.fileno())
        copy.chmod(path.stat().st_mode & 0o777)
        copy.replace(path)
        sync_folder(path.parent)
    return len(present)


def _is_there(file: BinaryIO, ref: CaptureRef) -> bool:
    kinds = []
    for member in read_members(file, ref.offset, name=ref.file):
        if member.end > ref.end:
            break
        if is_removed(member.data):
            return False
        kinds.append(record_type(member.data))
        if member.end == ref.end and kinds[-1] == "response" and set(kinds[:-1]) <= {"request"}:
            return True
    raise Damaged(f"{ref.file}:{ref.offset}: no whole capture is there")
