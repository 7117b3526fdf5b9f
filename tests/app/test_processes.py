"""Child processes: what they return, what they raise, and that they end with their parent."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sosik.app.flows.lock import held
from sosik.app.flows.processes import Limits, in_child, mapped
from sosik.model.errors import Busy, CatalogueMistake, Later, Never, NotFound


def ready() -> None:
    """Nothing to prepare."""


def unready() -> None:
    raise CatalogueMistake(Path("topic.toml"), "wrods", "is no key", fix="Did you mean words?")


def double(number: int) -> int:
    if number < 0:
        raise NotFound("number", str(number))
    return 2 * number


def end(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def report(number: int, tell: Callable[[int], None]) -> int:
    if number < 0:
        raise NotFound("number", str(number))
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    for each in range(number):
        tell(each)
    return number * number


class Arrival:
    """Knows whether a Ctrl-C was held back when it was unpickled: while its process was being made."""

    def __init__(self, held: bool = False) -> None:
        self.held = held

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return arrive, ()


def arrive() -> Arrival:
    return Arrival(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))


def look(arrival: Arrival, tell: Callable[[object], None]) -> tuple[bool, bool]:
    return arrival.held, arrive().held


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 20])
def test_mapped_keeps_the_order(workers: int, count: int) -> None:
    made = list(mapped(double, range(count), prepare=ready, workers=workers))
    assert made == [(each, 2 * each) for each in range(count)]


@pytest.mark.parametrize(("others", "most"), [(None, 6), (1, 4)])
def test_mapped_holds_a_few_batches_only(others: int | None, most: int) -> None:
    taken: list[int] = []

    def give() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    stream = mapped(double, give(), prepare=ready, workers=2, others=others)
    next(stream)
    assert len(taken) <= most
    list(stream)
    assert len(taken) == 100


def test_a_mistake_in_a_worker_is_told_in_its_words() -> None:
    with pytest.raises(Never, match=r"topic.toml: wrods: is no key. Did you mean words\?"):
        list(mapped(double, range(5), prepare=unready, workers=2))
    with pytest.raises(Never, match="no number named '-1'"):
        list(mapped(double, range(5, -5, -1), prepare=ready, workers=2))


def test_a_killed_worker_is_told() -> None:
    with pytest.raises(Later, match="run the same command again"):
        list(mapped(end, range(8), prepare=ready, workers=2))


def test_a_child_tells_and_returns() -> None:
    told: list[int] = []
    assert in_child(report, 4, told.append) == 16
    assert told == [0, 1, 2, 3]


def test_a_ctrl_c_waits_until_a_child_is_made() -> None:
    found = []
    for run in (threading.Thread.run, threading.Thread.start):  # in the main thread, and in another
        thread = threading.Thread(target=lambda: found.append(in_child(look, Arrival(), print)))
        run(thread)
        if thread.ident is not None:
            thread.join()
    assert found == [(True, False)] * 2
    assert not arrive().held


def test_a_childs_mistake_and_a_childs_death() -> None:
    with pytest.raises(Never, match="no number named '-1'"):
        in_child(report, -1, print)
    with pytest.raises(Later, match="status -9"):
        in_child(report, 3, print)


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path, "reading"):
        with pytest.raises(Busy, match=f"process {os.getpid()} is at work"), held(tmp_path, "reading", patience=0):
            pass
        with held(tmp_path, "indexing", patience=0):
            pass
    with held(tmp_path, "reading", patience=0):
        pass


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from sosik.app.flows.lock import held\n"
        "with held(Path(sys.argv[1]), 'reading'): print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Busy, match=str(holder.pid)), held(tmp_path, "reading", patience=0):
            pass
        holder.kill()
        holder.wait()
    with held(tmp_path, "reading", patience=0):
        pass


def answer_a_sigterm(number: int, tell: Callable[[int], None]) -> int:
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    tell(number)
    while not told.is_set():
        signal.pause()
    return -number


def sleep_for_ever(number: int, tell: Callable[[int], None]) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_IGN if number else signal.SIG_DFL)
    tell(number)
    while True:
        signal.pause()


def hold(number: int, tell: Callable[[int], None]) -> int:
    held_bytes = bytearray(os.urandom(number))
    tell(len(held_bytes))
    while held_bytes:
        signal.pause()
    return number


def test_a_child_that_is_to_stop_may_answer_early() -> None:
    told: list[int] = []
    assert in_child(answer_a_sigterm, 7, told.append, stopping=lambda: bool(told)) == -7


def test_a_child_that_does_not_answer_is_ended() -> None:
    told: list[int] = []
    with pytest.raises(Later, match="status -15"):
        in_child(sleep_for_ever, 0, told.append, stopping=lambda: bool(told))


def test_a_child_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosik.app.flows.processes._PATIENCE", 0.1)
    told: list[int] = []
    with pytest.raises(Later, match="status -9"):
        in_child(sleep_for_ever, 1, told.append, stopping=lambda: bool(told))


def test_a_child_that_takes_too_long_is_ended_and_why_is_told() -> None:
    with pytest.raises(Later, match="took longer than 0:00:01 and was ended"):
        in_child(sleep_for_ever, 0, print, limits=Limits(seconds=1))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory of other processes is seen on Linux")
def test_a_child_that_holds_too_much_is_ended_and_why_is_told() -> None:
    with pytest.raises(Later, match=r"held [0-9]+ MiB, more than its 200, and was ended"):
        in_child(hold, 300 << 20, print, limits=Limits(memory=200 << 20))
