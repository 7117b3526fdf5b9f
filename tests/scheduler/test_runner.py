"""One runner, step by step."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.firings import Firings
from scheduler.runner import MAX_DEATHS, Runner
from scheduler.timetable import Timetable
from scheduler.work import Firing, Interrupted, Job
from sosik.demo.clock import DemoClock
from sosik.model.errors import Away, Busy, StorageFull
from sosik.model.job import JobRun, JobState
from sosik.storage.ledger.sql import SqlLedger
from tests.scheduler.clocks import START, Steady

LEASE = 30.0
DAY = timedelta(days=1)


@dataclass
class Bench:
    """Runners on one ledger, and a job that does what the test says."""

    ledger: SqlLedger
    clock: DemoClock
    steady: Steady = field(default_factory=Steady)
    told: list[JobRun] = field(default_factory=list)
    begun: list[Firing] = field(default_factory=list)
    trouble: Exception | None = None

    def work(self, firing: Firing) -> str:
        self.begun.append(firing)
        if self.trouble is not None:
            raise self.trouble
        return "done well"

    def job(self, grace: timedelta = timedelta(hours=20)) -> Job:
        return Job(id="daily", firings=Firings("30 5 * * *"), grace=grace, work=self.work)

    def runner(self, owner: str = "a") -> Runner:
        runner = Runner(self.ledger, self.clock, owner=owner, told=self.told.append, lease=LEASE, steady=self.steady)
        runner.register(self.job())
        return runner

    def claim_and_die(self, owner: str = "dead") -> None:
        """Leave a run behind as a killed runner does."""
        with self.ledger.write() as unit:
            now = self.clock.now()
            lease = unit.jobs.lease("daily")
            assert unit.jobs.claim("daily", FIRST, owner=owner, until=now, instead_of=lease)


FIRST = START + timedelta(minutes=30)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    clock = DemoClock(START)
    ledger = SqlLedger(f"sqlite:///{tmp_path}/ledger.sqlite3", clock=clock)
    ledger.migrate()
    yield Bench(ledger, clock)
    ledger.close()


def test_nothing_is_due_before_its_time(bench: Bench) -> None:
    runner, job = bench.runner(), bench.job()
    assert not runner.has_due(job)
    assert runner.attend(job) is None
    bench.clock.move_to(FIRST - timedelta(seconds=1))
    assert not runner.has_due(job)
    bench.clock.move_to(FIRST)
    assert runner.has_due(job)


def test_a_run_is_recorded_with_what_it_came_to(bench: Bench) -> None:
    runner = bench.runner()
    bench.clock.move_to(FIRST)
    run = runner.attend(bench.job())
    assert run is not None
    assert (run.scheduled_for, run.state, run.detail, run.owner) == (FIRST, JobState.DONE, "done well", "a")
    assert bench.told == [run]
    assert runner.attend(bench.job()) is None
    assert len(bench.begun) == 1


@pytest.mark.parametrize(
    ("trouble", "detail"),
    [
        (Away("the outlet sleeps"), "the outlet sleeps"),
        (StorageFull("no room"), "no room"),
        (KeyError("x"), "a fault in Sosik: KeyError: 'x'"),
    ],
)
def test_a_failure_is_recorded_and_told_and_not_repeated(bench: Bench, trouble: Exception, detail: str) -> None:
    runner = bench.runner()
    bench.clock.move_to(FIRST)
    bench.trouble = trouble
    run = runner.attend(bench.job())
    assert run is not None
    assert (run.state, run.detail) == (JobState.FAILED, detail)
    assert bench.told == [run]
    assert not runner.has_due(bench.job())
    bench.clock.move_to(FIRST + DAY)
    assert runner.has_due(bench.job())


def test_interrupted_work_is_handed_back_and_done_by_the_next(bench: Bench) -> None:
    bench.clock.move_to(FIRST - DAY)
    first, second = bench.runner("a"), bench.runner("b")
    bench.clock.move_to(FIRST)
    bench.trouble = Interrupted()
    run = first.attend(bench.job())
    assert run is not None
    assert (run.state, run.detail) == (JobState.HANDED_BACK, "asked to stop")
    first.stop()
    bench.trouble = None
    assert not first.has_due(bench.job())
    run = second.attend(bench.job())
    assert run is not None
    assert (run.state, run.scheduled_for, run.owner, run.deaths) == (JobState.DONE, FIRST, "b", 0)


def test_handed_back_for_too_long_is_missed(bench: Bench) -> None:
    runner = bench.runner()
    bench.clock.move_to(FIRST)
    bench.trouble = Interrupted()
    runner.attend(bench.job())
    bench.clock.move_to(FIRST + timedelta(hours=21))
    run = bench.runner("b").attend(bench.job())
    assert run is not None
    assert (run.state, len(bench.begun)) == (JobState.MISSED, 1)


def test_a_silent_lease_is_taken_over_after_it_was_watched(bench: Bench) -> None:
    runner, job = bench.runner(), bench.job()
    bench.clock.move_to(FIRST)
    bench.claim_and_die()
    bench.clock.move_to(FIRST + timedelta(hours=5))  # however far the clock goes
    for seconds in (0.0, LEASE / 2, LEASE - 0.1):
        bench.steady.seconds = seconds
        assert not runner.has_due(job)
    bench.steady.seconds = LEASE
    run = runner.attend(job)
    assert run is not None
    assert (run.state, run.scheduled_for, run.deaths) == (JobState.DONE, FIRST, 1)


def test_a_beat_begins_the_watch_anew(bench: Bench) -> None:
    runner, job = bench.runner(), bench.job()
    bench.clock.move_to(FIRST)
    bench.claim_and_die("alive")
    assert not runner.has_due(job)
    bench.steady.seconds = LEASE
    with bench.ledger.write() as unit:
        assert unit.jobs.renew("daily", "alive", FIRST)
    assert not runner.has_due(job)
    bench.steady.seconds = 2 * LEASE - 0.1
    assert not runner.has_due(job)


def test_a_run_over_which_everybody_dies_is_given_up(bench: Bench) -> None:
    job = bench.job()
    runner = bench.runner()
    bench.clock.move_to(FIRST)
    for number in range(MAX_DEATHS):
        bench.claim_and_die(f"dead {number}")
    assert not runner.has_due(job)
    bench.steady.seconds = LEASE
    run = runner.attend(job)
    assert run is not None
    assert (run.state, run.detail) == (JobState.FAILED, "given up: 3 runners died over it")
    assert bench.begun == []


def test_a_firing_that_came_while_the_run_before_was_dying_takes_its_place(bench: Bench) -> None:
    runner, job = bench.runner(), bench.job()
    bench.clock.move_to(FIRST)
    bench.claim_and_die()
    bench.clock.move_to(FIRST + DAY)
    assert not runner.has_due(job)
    bench.steady.seconds = LEASE
    assert runner.attend(job) is not None
    with bench.ledger.read() as unit:
        states = [(each.scheduled_for, each.state) for each in unit.jobs.runs("daily")]
    assert states == [(FIRST + DAY, JobState.DONE), (FIRST, JobState.LOST)]


def test_now_runs_at_any_time_and_each_time_is_a_run(bench: Bench) -> None:
    runner = bench.runner()
    first, second = runner.run_now(bench.job()), runner.run_now(bench.job())
    assert first.scheduled_for == START < second.scheduled_for
    assert [each.state for each in (first, second)] == [JobState.DONE, JobState.DONE]


def test_now_is_refused_while_somebody_runs_it(bench: Bench) -> None:
    runner = bench.runner()
    bench.claim_and_die("alive")
    over = threading.Event()

    def beat() -> None:
        while not over.wait(0.05):
            with bench.ledger.write() as unit:
                unit.jobs.renew("daily", "alive", FIRST)

    beating = threading.Thread(target=beat)
    beating.start()
    try:
        with pytest.raises(Busy, match="run by alive already"):
            runner.run_now(bench.job())
    finally:
        over.set()
        beating.join()


def test_whoever_lost_the_lease_is_told_to_stop_and_records_nothing(bench: Bench) -> None:
    clock = bench.clock
    taken = threading.Event()

    def work(firing: Firing) -> str:
        with bench.ledger.write() as unit:
            lease = unit.jobs.lease("daily")
            assert unit.jobs.claim("daily", firing.scheduled_for, owner="b", until=clock.now(), instead_of=lease)
        while not firing.stopping():
            taken.wait(0.01)
        return "too late"

    runner = Runner(bench.ledger, clock, owner="a", told=bench.told.append, lease=0.2)
    job = Job(id="daily", firings=Firings("30 5 * * *"), grace=DAY, work=work)
    runner.register(job)
    clock.move_to(FIRST)
    run = runner.attend(job)
    assert run is not None
    assert (run.owner, run.state) == ("b", JobState.RUNNING)
    assert bench.told == []


def test_a_ledger_that_cannot_be_written_stops_the_timetable(bench: Bench) -> None:
    bench.trouble = None

    def told(run: JobRun) -> None:
        raise StorageFull("no room for the ledger")

    runner = Runner(bench.ledger, bench.clock, owner="a", told=told, lease=LEASE)
    timetable = Timetable([bench.job()], runner, bench.clock)
    runner.register(bench.job())
    bench.clock.move_to(FIRST)
    with pytest.raises(StorageFull, match="no room for the ledger"):
        timetable.run(lambda: False)


def test_the_timetable_looks_at_once_when_it_is_woken(bench: Bench) -> None:
    runner = Runner(bench.ledger, bench.clock, owner="a", told=bench.told.append, lease=10_000)
    timetable = Timetable([bench.job()], runner, bench.clock)
    runner.register(bench.job())
    over = threading.Event()
    thread = threading.Thread(target=timetable.run, args=(over.is_set,))
    thread.start()
    try:
        for number in range(3):
            bench.clock.move_to(FIRST + number * DAY)
            while len(bench.told) == number:
                timetable.wakeup()
                over.wait(0.01)
    finally:
        over.set()
        thread.join()
    assert [each.scheduled_for for each in bench.told] == [FIRST + number * DAY for number in range(3)]
