"""APScheduler: wakes up at the firings of jobs, and now and then for what was left undone."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor  # type: ignore[import-untyped] # it publishes no types
from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped] # as above
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped] # as above
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped] # as above

from scheduler.heartbeat import BEATS
from scheduler.runner import Runner
from scheduler.work import Job
from sosik.model.errors import Later, Now
from sosik.model.instants import KST
from sosik.model.ports.clock import Clock

_JUMP = 1.0  # seconds by which a clock may run apart from the steady one between two looks
_TURN = 0.1  # seconds
_log = logging.getLogger(__name__)


class _ClockTrigger(BaseTrigger):  # type: ignore[misc] # its base publishes no types
    """The firings of a job, told to APScheduler, which knows the computer's clock only, as so much time from now."""

    def __init__(self, job: Job, clock: Clock) -> None:
        self._job = job
        self._clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the next firing, by the computer's clock."""
        here = self._clock.now()
        firing = self._job.firings.next(here)
        return None if firing is None else now + (firing - here)


class Timetable:
    """Has a runner attend jobs at their times, until it is stopped.

    What was missed before the start, left undone by a dead runner, or came due while the clock jumped is seen at the
    start and at every look; `wakeup` looks at once.
    """

    def __init__(
        self, jobs: Sequence[Job], runner: Runner, clock: Clock, *, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._jobs = tuple(jobs)
        self._runner = runner
        self._clock = clock
        self._steady = steady
        self._hurry = threading.Event()
        self._failure: Now | None = None
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(max(1, len(self._jobs)))},
            job_defaults={"coalesce": True, "max_instances": 1},
            timezone=KST,
        )

    def wakeup(self) -> None:
        """Look now: the clock was moved."""
        self._hurry.set()

    def run(self, stopped: Callable[[], bool]) -> None:
        """Attend jobs until `stopped`, which is asked several times a second; then hand back what is under way.

        Raises Now where nothing can be kept any more.
        """
        for job in self._jobs:
            self._runner.register(job)
            self._scheduler.add_job(
                self._attend,
                _ClockTrigger(job, self._clock),
                args=[job],
                id=job.id,
                misfire_grace_time=max(1, int(job.grace.total_seconds())),
            )
        self._scheduler.start()
        try:
            while not stopped() and self._failure is None:
                before = self._clock.now(), self._steady()
                self._look()
                self._wait(stopped)
                if self._jumped(*before):
                    self._set_anew()
        finally:
            self._runner.stop()
            self._scheduler.shutdown(wait=True)
        if self._failure is not None:
            raise self._failure

    def _wait(self, stopped: Callable[[], bool]) -> None:
        """Wait for the next look. In short turns: whoever handles a signal may set a flag, but no event."""
        until = self._steady() + self._runner.lease / BEATS
        while not stopped() and self._steady() < until:
            if self._hurry.wait(_TURN):
                self._hurry.clear()
                return

    def _look(self) -> None:
        """Attend at once whatever is due."""
        for job in self._jobs:
            try:
                due = self._runner.has_due(job)
            except Later as error:
                _log.warning("%s: %s", job.id, error)
                continue
            if due:
                self._scheduler.modify_job(job.id, next_run_time=datetime.now(KST))

    def _attend(self, job: Job) -> None:
        try:
            self._runner.attend(job)
        except Later as error:  # the next look comes soon
            _log.warning("%s: %s", job.id, error)
        except Now as error:
            self._failure = error
            self.wakeup()

    def _jumped(self, clock: datetime, steady: float) -> bool:
        apart = (self._clock.now() - clock) - timedelta(seconds=self._steady() - steady)
        return abs(apart) > timedelta(seconds=_JUMP)

    def _set_anew(self) -> None:
        """Tell APScheduler the firings by the clock as it stands now."""
        for job in self._jobs:
            self._scheduler.reschedule_job(job.id, trigger=_ClockTrigger(job, self._clock))
        self._scheduler.wakeup()
