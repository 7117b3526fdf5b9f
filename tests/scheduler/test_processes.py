"""Real scheduler processes on one ledger, with a clock that the tests move."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sosik.model.job import JobRun, JobState
from sosik.storage.ledger.sql import SqlLedger
from tests.scheduler.clocks import START, FileClock

PATIENCE = 60.0  # seconds
WORKER = Path(__file__).parent / "worker.py"
FIRST = START + timedelta(minutes=30)
HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)


class Stage:
    """A folder with a clock, a ledger and a log, and the schedulers that were started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FileClock(folder / "clock")
        self.clock.move_to(START)
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, mode: str = "quick") -> subprocess.Popen[bytes]:
        root = WORKER.parents[2]
        command = [sys.executable, str(WORKER), str(self.folder), name, mode]
        child = subprocess.Popen(command, cwd=root, env={"PYTHONPATH": str(root)}, stderr=subprocess.PIPE)
        self.started.append(child)
        self.wait(lambda: f"up {name}" in self.log())
        return child

    def log(self) -> list[str]:
        file = self.folder / "log"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def begun(self) -> list[tuple[datetime, str]]:
        words = [line.split() for line in self.log() if line.startswith("begin ")]
        return [(datetime.fromisoformat(when), name) for _, when, name in words]

    def runs(self) -> list[JobRun]:
        ledger = SqlLedger(f"sqlite:///{self.folder}/ledger.sqlite3", clock=self.clock)
        ledger.migrate()
        with ledger.read() as unit:
            found = unit.jobs.runs("hourly")
        ledger.close()
        return sorted(found, key=lambda each: each.scheduled_for)

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            for child in self.started:
                assert child.poll() in (None, 0, -signal.SIGKILL), child.communicate()[1].decode()
            assert time.monotonic() < end, self.log()
            time.sleep(0.02)

    def wait_for(self, *states: JobState) -> None:
        self.wait(lambda: [each.state for each in self.runs()] == list(states))

    def stop(self, child: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> None:
        child.send_signal(number)
        _, told = child.communicate(timeout=PATIENCE)
        assert (child.returncode, told.decode()) == (0, "")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    for child in stage.started:
        with child:
            child.kill()


def test_of_two_schedulers_one_runs_each_firing(stage: Stage) -> None:
    both = [stage.start("a"), stage.start("b")]
    for number in range(1, 7):
        stage.clock.move_to(FIRST + (number - 1) * HOUR)
        stage.wait_for(*[JobState.DONE] * number)
    for child in both:
        stage.stop(child)
    assert [firing for firing, _ in stage.begun()] == [FIRST + number * HOUR for number in range(6)]
    assert Counter(line.split()[0] for line in stage.log()) == {"up": 2, "begin": 6, "end": 6, "told": 6}


def test_a_scheduler_killed_in_the_middle_is_followed_by_the_other_one(stage: Stage) -> None:
    victim = stage.start("victim", "deaf")
    stage.clock.move_to(FIRST)
    stage.wait(lambda: len(stage.begun()) == 1)
    heir = stage.start("heir")
    stage.clock.move(timedelta(minutes=5))
    victim.kill()
    stage.wait_for(JobState.DONE)
    [run] = stage.runs()
    assert (run.owner, run.deaths, run.detail) == ("heir", 1, "done by heir")
    stage.stop(heir)
    assert stage.begun() == [(FIRST, "victim"), (FIRST, "heir")]


def test_killed_alone_and_started_again_it_makes_the_run_up_once(stage: Stage) -> None:
    victim = stage.start("victim", "deaf")
    stage.clock.move_to(FIRST)
    stage.wait(lambda: len(stage.begun()) == 1)
    victim.kill()
    both = [stage.start("a"), stage.start("b")]
    stage.wait_for(JobState.DONE)
    for child in both:
        stage.stop(child)
    assert len(stage.begun()) == 2
    assert stage.runs()[0].deaths == 1


def test_what_was_missed_while_nobody_was_there_is_made_up_once(stage: Stage) -> None:
    stage.stop(stage.start("before"))
    stage.clock.move_to(FIRST + 5 * HOUR + timedelta(minutes=20))
    both = [stage.start("a"), stage.start("b")]
    stage.wait_for(JobState.DONE)
    stage.clock.move_to(FIRST + 6 * HOUR)
    stage.wait_for(JobState.DONE, JobState.DONE)
    for child in both:
        stage.stop(child)
    assert [firing for firing, _ in stage.begun()] == [FIRST + 5 * HOUR, FIRST + 6 * HOUR]


def test_what_is_too_late_to_be_made_up_is_on_record_and_told(stage: Stage) -> None:
    stage.stop(stage.start("before"))
    stage.clock.move_to(FIRST + timedelta(minutes=50))
    late = stage.start("late")
    stage.wait_for(JobState.MISSED)
    stage.wait(lambda: "told missed late" in stage.log())
    stage.clock.move_to(FIRST + HOUR)
    stage.wait_for(JobState.MISSED, JobState.DONE)
    stage.stop(late)
    assert "0:50:00 late" in stage.runs()[0].detail


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_hands_the_run_back_and_the_next_one_makes_it_up(stage: Stage, number: signal.Signals) -> None:
    first = stage.start("first", "hold")
    stage.clock.move_to(FIRST)
    stage.wait(lambda: len(stage.begun()) == 1)
    stage.stop(first, number)
    [run] = stage.runs()
    assert (run.state, run.deaths) == (JobState.HANDED_BACK, 0)
    second = stage.start("second")
    stage.wait_for(JobState.DONE)
    stage.stop(second)
    assert stage.begun() == [(FIRST, "first"), (FIRST, "second")]
    assert stage.runs()[0].deaths == 0


def test_a_clock_that_jumps_runs_nothing_twice_and_stops_nothing(stage: Stage) -> None:
    both = [stage.start("a"), stage.start("b")]
    stage.clock.move_to(FIRST)
    stage.wait_for(JobState.DONE)
    stage.clock.move_to(START - timedelta(days=1))
    stage.clock.move_to(FIRST)
    stage.clock.move_to(START + timedelta(days=400, minutes=30))
    stage.wait(lambda: len(stage.runs()) == 2)
    stage.clock.move_to(FIRST + HOUR)
    stage.wait(lambda: len(stage.begun()) == 3)
    for child in both:
        stage.stop(child)
    assert [firing for firing, _ in stage.begun()] == [FIRST, FIRST + timedelta(days=400), FIRST + HOUR]


def test_a_live_run_is_not_taken_over_when_the_clock_jumps(stage: Stage) -> None:
    holder = stage.start("holder", "hold")
    stage.clock.move_to(FIRST)
    stage.wait(lambda: len(stage.begun()) == 1)
    other = stage.start("other")
    stage.clock.move(timedelta(minutes=20))
    with SqlWatch(stage) as watch:
        beats = watch.beat()
        stage.wait(lambda: watch.beat() >= beats + 12)  # three lives of the lease
    assert [name for _, name in stage.begun()] == ["holder"]
    stage.stop(other)
    stage.stop(holder)


class SqlWatch:
    """Reads the beat of the job's lease."""

    def __init__(self, stage: Stage) -> None:
        self._ledger = SqlLedger(f"sqlite:///{stage.folder}/ledger.sqlite3", clock=stage.clock)

    def beat(self) -> int:
        with self._ledger.read() as unit:
            lease = unit.jobs.lease("hourly")
        assert lease is not None
        return lease.beat

    def __enter__(self) -> "SqlWatch":
        return self

    def __exit__(self, *_: object) -> None:
        self._ledger.close()
