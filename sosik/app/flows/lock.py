"""Who may write: one process at a time for each purpose and data folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sosik.model.errors import Busy

_PAUSE = 0.1  # seconds between two tries


@contextmanager
def held(data: Path, purpose: str, *, patience: float = 30.0) -> Iterator[None]:
    """Hold the lock of that purpose; raises Busy, naming the holder, after `patience` seconds.

    The kernel lets go of it when the process ends, however it ends: there is no stale lock to remove by hand.
    """
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / purpose, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _wait(descriptor, data, purpose, patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, data: Path, purpose: str, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                holder = os.pread(descriptor, 20, 0).decode() or "unknown"
                raise Busy(
                    f"process {holder} is at work ({purpose}) in {data}; wait for it, or use another SOSIK_DATA"
                ) from None
            time.sleep(_PAUSE)
        else:
            return
