"""Where pages are kept."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from sosik.model.capture import Capture, CaptureRef, Cursor


class Archive(Protocol):
    """Keeps captures for ever, in the order of their arrival, and is read like a log.

    Promises:
    - `put` returns when every capture given is on disk (fsync), or raises and none of its refs is valid;
    - `get` gives the same capture, byte for byte;
    - `walk` gives what was put, in order within a file; a record cut short by a crash is passed over, never given;
    - one writer to a file: two archives opened on one folder never write into the same file;
    - a capture's ref stays valid as long as it is not taken down;
    - when `remove` returns, the bytes of those captures are in no file any more; all other refs and cursors stay valid.
    """

    def put(self, captures: Sequence[Capture]) -> tuple[CaptureRef, ...]:
        """Keep the captures; raises StorageFull where the disk is full."""
        ...

    def get(self, ref: CaptureRef) -> Capture:
        """Return a kept capture; raises NotFound where it was removed or there is no such file, Damaged where it
        cannot be read.
        """
        ...

    def walk(self, after: Cursor) -> Iterator[tuple[CaptureRef, Capture]]:
        """Give every capture after the cursor, file by file in order of their creation."""
        ...

    def remove(self, refs: Collection[CaptureRef]) -> int:
        """Remove captures for good, and return how many there were; one that is not there any more is passed over.

        Raises Busy where a file that holds one is being written.
        """
        ...

    def close(self) -> None:
        """Finish the file being written. A closed archive can still be read."""
        ...
