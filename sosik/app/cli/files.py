"""Files that users name, and standard input under the name -."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sosik.model.errors import NotFound, Refused


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a file for reading bytes; raises NotFound or Refused with a line for the user."""
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except FileNotFoundError as error:
        raise NotFound("file", str(file)) from error
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}") from error
    with stream:
        yield stream


def read_whole(file: Path, limit: int = 64 * 1024 * 1024) -> bytes:
    """Return the bytes of a file; raises NotFound, and Refused beyond the limit."""
    with opened(file) as stream:
        body = stream.read(limit + 1)
    if len(body) > limit:
        raise Refused(f"{file} is larger than {limit >> 20} MiB")
    return body
