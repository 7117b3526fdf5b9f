"""What `schedule.toml` names, joined to what is done: each run in a process of its own, within limits."""

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from scheduler.firings import Firings
from scheduler.runner import Runner
from scheduler.timetable import Timetable
from scheduler.work import Firing, Interrupted, Job
from sosik.app.flows.daily import CrawlPlan, DayReport, run_daily, run_sending
from sosik.app.flows.operator import tell_operator
from sosik.app.flows.processes import Limits, Tell, in_child
from sosik.catalogue.job import Job as Entry
from sosik.catalogue.readers.schedule import read_schedule
from sosik.model.alert import DeliveryOutcome
from sosik.model.errors import Later, NotFound
from sosik.model.job import JobRun, Lease
from sosik.model.ports.ledger import Ledger

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

LEASE = 60.0  # seconds
_SHARE_OF_CRAWL = 0.75  # of a job's time: what was crawled is to be read, too
Told = Callable[[JobRun], None]
Doing = Callable[["Wiring", CrawlPlan, Callable[[], bool]], DayReport]


def _daily(wiring: "Wiring", plan: CrawlPlan, stopping: Callable[[], bool]) -> DayReport:
    return run_daily(wiring, plan, stopping=stopping)


def _send(wiring: "Wiring", plan: CrawlPlan, stopping: Callable[[], bool]) -> DayReport:
    return run_sending(wiring, stopping=stopping)


DOINGS: Mapping[str, Doing] = {"daily": _daily, "send": _send}
"""What `does` may name in schedule.toml."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What a job's own process is given."""

    wiring: "Wiring"
    plan: CrawlPlan
    does: str


def entries(wiring: "Wiring") -> tuple[Entry, ...]:
    """Return the jobs of the catalogue; raises CatalogueMistake."""
    return read_schedule(wiring.catalogue.folders, DOINGS)


def run_schedule(
    wiring: "Wiring",
    plan: CrawlPlan,
    *,
    stopped: Callable[[], bool],
    told: Told,
    lease: float = LEASE,
) -> None:
    """Run jobs at their times until `stopped` says so; what is under way is then handed back to whoever comes next.

    `told` hears of every run that is over. Raises Now where nothing can be kept any more.
    """
    jobs = _jobs(wiring, plan)
    with wiring.ledger() as ledger:
        runner = _runner(wiring, ledger, told, lease)
        Timetable(jobs, runner, wiring.clock).run(stopped)


def run_job_now(
    wiring: "Wiring", name: str, plan: CrawlPlan, *, stopped: Callable[[], bool], told: Told, lease: float = LEASE
) -> JobRun:
    """Run one job at once, whatever its times; raises NotFound, and Busy where it is being run already."""
    jobs = {each.id: each for each in _jobs(wiring, plan)}
    if name not in jobs:
        raise NotFound("job", name, known=tuple(jobs))
    with wiring.ledger() as ledger:
        runner = _runner(wiring, ledger, told, lease)
        over = threading.Event()
        watcher = threading.Thread(target=_pass_on, args=(stopped, runner, over), daemon=True)
        watcher.start()
        try:
            return runner.run_now(jobs[name])
        finally:
            over.set()
            watcher.join()


def _pass_on(stopped: Callable[[], bool], runner: Runner, over: threading.Event) -> None:
    while not over.wait(0.1):
        if stopped():
            runner.stop()
            return


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands: when it is due next, its last run, and who runs it now."""

    job: Entry
    next: datetime | None
    last: JobRun | None
    lease: Lease | None


def list_jobs(wiring: "Wiring") -> tuple[Standing, ...]:
    """Return how every job stands."""
    now = wiring.clock.now()
    with wiring.ledger() as ledger, ledger.read() as unit:
        return tuple(
            Standing(
                each,
                Firings(each.cron).next(now),
                next(iter(unit.jobs.runs(each.id, 1)), None),
                unit.jobs.lease(each.id),
            )
            for each in entries(wiring)
        )


def _runner(wiring: "Wiring", ledger: Ledger, told: Told, lease: float) -> Runner:
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    return Runner(ledger, wiring.clock, owner=owner, told=partial(_tell, wiring, told), lease=lease)


def _tell(wiring: "Wiring", told: Told, run: JobRun) -> None:
    told(run)
    delivery = tell_operator(wiring, run)
    if delivery is not None and delivery.outcome is not DeliveryOutcome.SENT:
        sys.stderr.write(f"sosik: the operator could not be told: {delivery.outcome.value}, {delivery.detail}\n")


def _jobs(wiring: "Wiring", plan: CrawlPlan) -> tuple[Job, ...]:
    return tuple(
        Job(id=each.id, firings=Firings(each.cron), grace=each.grace, work=partial(_work, wiring, plan, each))
        for each in entries(wiring)
    )


def _work(wiring: "Wiring", plan: CrawlPlan, entry: Entry, firing: Firing) -> str:
    """Do what a job does in a process of its own; raises Interrupted, and Later for what failed."""
    seconds = entry.limit.total_seconds()
    plan = replace(plan, limits=Limits(seconds=seconds * _SHARE_OF_CRAWL, memory=entry.memory))
    try:
        report = in_child(
            _run_task,
            _Task(wiring, plan, entry.does),
            _ignore,
            limits=Limits(seconds=seconds),
            stopping=firing.stopping,
        )
    except Later as error:
        if firing.stopping():
            raise Interrupted("asked to stop") from error
        raise
    if report.stopped:
        raise Interrupted("asked to stop")
    if report.failures:
        raise Later(report.summary)
    return report.summary


def _ignore(told: object) -> None:
    """Nobody watches how far a scheduled run has come."""


def _run_task(task: _Task, tell: Tell) -> DayReport:
    """Run in the job's process: a SIGTERM asks it to stop, a Ctrl-C at the terminal is its parent's to answer."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return DOINGS[task.does](task.wiring, task.plan, lambda: bool(asked))
