"""Keeps a lease alive while its run goes on."""

import threading
from datetime import timedelta
from types import TracebackType
from typing import Self

from sosik.model.errors import Later, Now
from sosik.model.ports.clock import Clock
from sosik.model.ports.ledger import Ledger

BEATS = 4  # in the life of a lease


class Heartbeat:
    """Renews a lease from a thread of its own, until the context is left; `lost` once another has it.

    A ledger that does not answer for a moment is asked again at the next beat. `lease` is in seconds.
    """

    def __init__(self, ledger: Ledger, clock: Clock, *, job: str, owner: str, lease: float) -> None:
        self._ledger = ledger
        self._clock = clock
        self._job = job
        self._owner = owner
        self._lease = lease
        self._over = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-of-{job}", daemon=True)

    @property
    def lost(self) -> bool:
        """Is the lease another's by now?"""
        return self._lost.is_set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._lease / BEATS):
            if not self._renewed():
                self._lost.set()
                return

    def _renewed(self) -> bool:
        until = self._clock.now() + timedelta(seconds=self._lease)
        try:
            with self._ledger.write() as unit:
                return unit.jobs.renew(self._job, self._owner, until)
        except (Later, Now):  # the run meets a full disk by itself, and says so better
            return True
