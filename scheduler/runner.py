"""Claims what is due of a job, runs it under a lease, and records what became of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.heartbeat import Heartbeat
from scheduler.work import Firing, Interrupted, Job
from sosik.model.errors import Busy, Later, SosikError
from sosik.model.job import JobRun, JobState, Lease
from sosik.model.ports.clock import Clock
from sosik.model.ports.ledger import Ledger, UnitOfWork

MAX_DEATHS = 3  # runners that may die over one run before it is given up
_WRITE_TRIES = 10
_PAUSE = 0.05  # seconds between two looks at another's lease


@dataclass(frozen=True, slots=True)
class _Due:
    """A firing to attend, and the lease of a dead runner that is taken over for it."""

    scheduled_for: datetime
    instead_of: Lease | None


class Runner:
    """Runs jobs, each firing once among all the runners on one ledger.

    `owner` is a name that no other runner has, `lease` how many seconds a runner may be silent before others take it
    for dead: they watch its beats, each by a clock that never jumps. `told` hears of every run that is over.
    Safe to call from several threads.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        *,
        owner: str,
        told: Callable[[JobRun], None],
        lease: float = 60.0,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.lease = lease
        self._ledger = ledger
        self._clock = clock
        self._owner = owner
        self._told = told
        self._steady = steady
        self._stop = threading.Event()
        self._seen: dict[str, tuple[Lease, float]] = {}
        self._at_work: dict[str, threading.Lock] = {}

    def stop(self) -> None:
        """Ask the work under way to stop; it is handed back."""
        self._stop.set()

    def register(self, job: Job) -> None:
        """Make a job known; from now on its firings are due."""
        self._at_work.setdefault(job.id, threading.Lock())
        with self._ledger.write() as unit:
            unit.jobs.register(job.id)

    def has_due(self, job: Job) -> bool:
        """Is there anything for this runner to do of the job now?"""
        if self._stop.is_set() or self._at_work[job.id].locked():
            return False
        with self._ledger.read() as unit:
            return self._due(unit, job) is not None

    def attend(self, job: Job) -> JobRun | None:
        """Run what is due of the job, if anything is and nobody else runs it; return the run once it is over."""
        lock = self._at_work[job.id]
        if self._stop.is_set() or not lock.acquire(blocking=False):
            return None
        try:
            with self._ledger.read() as unit:
                due = self._due(unit, job)
            return None if due is None else self._take(job, due)
        finally:
            lock.release()

    def run_now(self, job: Job) -> JobRun:
        """Run a job at once, whatever its times; raises Busy where it is running already."""
        self.register(job)
        with self._ledger.read() as unit:
            lease = unit.jobs.lease(job.id)
        if lease is not None and not self._proves_dead(lease):
            raise Busy(f"the job {job.id} is being run by {lease.owner} already")
        now = self._clock.now()
        while True:  # a clock that stands still would give the same name to two runs
            with self._ledger.read() as unit:
                newest = unit.jobs.newest(job.id, now)
            if newest is None or newest.scheduled_for != now:
                break
            now += timedelta(microseconds=1)
        run = self._claim(job, _Due(now, lease))
        if run is None:
            raise Busy(f"the job {job.id} has just been begun by another process")
        return self._run(job, run)

    def _due(self, unit: UnitOfWork, job: Job) -> _Due | None:
        """Say what to attend: the newest firing that nobody attended, else a run that was left undone."""
        lease = unit.jobs.lease(job.id)
        if lease is not None and not self._silent(lease):
            return None
        now = self._clock.now()
        newest = unit.jobs.newest(job.id, now)
        since = unit.jobs.since(job.id) if newest is None else newest.scheduled_for
        firing = None if since is None else job.firings.newest(after=since, until=now)
        if firing is not None:
            return _Due(firing, lease)
        undone = unit.jobs.unfinished(job.id)
        return None if undone is None else _Due(undone.scheduled_for, lease)

    def _take(self, job: Job, due: _Due) -> JobRun | None:
        late = self._clock.now() - due.scheduled_for
        run = self._claim(job, due)
        if run is None:
            return None
        if late > job.grace:
            return self._end(run, JobState.MISSED, f"{_words(late)} late, which is too late to make it up")
        if run.deaths >= MAX_DEATHS:
            return self._end(run, JobState.FAILED, f"given up: {run.deaths} runners died over it")
        return self._run(job, run)

    def _claim(self, job: Job, due: _Due) -> JobRun | None:
        until = self._clock.now() + timedelta(seconds=self.lease)
        with self._ledger.write() as unit:
            return unit.jobs.claim(job.id, due.scheduled_for, owner=self._owner, until=until, instead_of=due.instead_of)

    def _run(self, job: Job, run: JobRun) -> JobRun:
        with Heartbeat(self._ledger, self._clock, job=job.id, owner=self._owner, lease=self.lease) as heart:
            firing = Firing(
                job=job.id, scheduled_for=run.scheduled_for, stopping=lambda: self._stop.is_set() or heart.lost
            )
            try:
                state, detail = JobState.DONE, job.work(firing)
            except Interrupted as stop:
                state, detail = JobState.HANDED_BACK, str(stop) or "asked to stop"
            except SosikError as error:
                state, detail = JobState.FAILED, str(error)
            except Exception as error:  # noqa: BLE001 - a fault of the work is recorded and told like any failure
                state, detail = JobState.FAILED, f"a fault in Sosik: {type(error).__name__}: {error}"
        return self._end(run, state, detail)

    def _end(self, run: JobRun, state: JobState, detail: str) -> JobRun:
        for tries_left in reversed(range(_WRITE_TRIES)):
            try:
                with self._ledger.write() as unit:
                    mine = unit.jobs.end(run.job, run.scheduled_for, self._owner, state, detail)
                    ended = unit.jobs.newest(run.job, run.scheduled_for)
                break
            except Later:
                if not tries_left:
                    raise
                time.sleep(_PAUSE)
        assert ended is not None  # noqa: S101 - it was claimed, and rows of runs are never removed
        if mine:
            self._told(ended)
        return ended

    def _silent(self, lease: Lease) -> bool:
        """Has this lease shown no beat for as long as it lasts, watched by a clock that never jumps?"""
        watched = self._seen.get(lease.job)
        if watched is None or watched[0] != lease:
            self._seen[lease.job] = (lease, self._steady())
            return False
        return self._steady() - watched[1] >= self.lease

    def _proves_dead(self, lease: Lease) -> bool:
        """Watch a lease until it shows a beat or has been silent for too long."""
        while not self._silent(lease):
            time.sleep(_PAUSE)
            with self._ledger.read() as unit:
                if unit.jobs.lease(lease.job) != lease:
                    return False
        return True


def _words(span: timedelta) -> str:
    return str(timedelta(seconds=round(span.total_seconds())))
