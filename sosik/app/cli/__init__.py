"""The command line. Every file of `commands/` is one command; a new command is a new file there."""

import errno
import json
import os
import sys
from typing import TextIO

from sosik.model.errors import QueryMistake, Refused, SosikError, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR})


def main() -> None:
    """Run the command line, and turn every error that Sosik raises on purpose into one line and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    sys.argv[1:] = [os.fsencode(each).decode("utf-8", "surrogateescape") for each in sys.argv[1:]]
    from sosik.app.cli.registry import build

    try:
        build()()
    except SosikError as error:
        _tell(error)
        sys.exit(1)
    except OSError as error:  # a disk may be full, or a folder closed, wherever anything is written
        _tell(_of_the_disk(error))
        sys.exit(1)


def _of_the_disk(error: OSError) -> SosikError:
    """Return what the user can mend; raises the error again where it is no matter of disk and rights."""
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        return StorageFull(f"{place}no space left on the disk; make room, then go on")
    if error.errno in _CLOSED:
        return Refused(f"{place}{error.strerror}; SOSIK_DATA must be a folder that may be written to")
    raise error


def _write_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell(error: SosikError) -> None:
    if "--json" in sys.argv[1:]:
        sys.stderr.write(json.dumps({"error": str(error)}, ensure_ascii=False) + "\n")
        return
    sys.stderr.write(f"sosik: {error}\n")
    if isinstance(error, QueryMistake):
        sys.stderr.write(error.pointing() + "\n")
