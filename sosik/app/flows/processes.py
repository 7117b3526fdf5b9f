"""Child processes: one for a crawl, several for the steps. None of them outlives its parent, even a killed one."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from sosik.model.errors import Later, Never, Now, SosikError

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_WORTH_A_POOL = 3  # batches
_LOOK = 0.2  # seconds between two looks at a child
_PATIENCE = 10.0  # seconds that a child which is to stop has for that
_FAMILIES: dict[str, type[SosikError]] = {"never": Never, "later": Later, "now": Now}


Tell = Callable[[Any], None]
"""What a child process calls to say how far it has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child process may take: seconds of time, and bytes of memory (seen on Linux only). None: no limit."""

    seconds: float | None = None
    memory: int | None = None


def never() -> bool:
    """Say that nobody asks to stop."""
    return False


def in_child(
    function: Callable[[_Given, Tell], _Made],
    given: _Given,
    tell: Tell,
    *,
    limits: Limits | None = None,
    stopping: Callable[[], bool] = never,
) -> _Made:
    """Call the function in a fresh process and return what it returns; its SosikErrors are raised here.

    Function, argument, result and what it tells must be picklable. A Ctrl-C reaches the child as well: it is waited
    for, so that it can keep what it holds. Once `stopping` says so, the child gets a SIGTERM, on which it may answer
    early, and is killed after ten seconds. Raises Later where the process dies without an answer or passes a limit.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(function, given, there))
    with _no_interruption():
        child.start()
    there.close()
    guard = _Guard(child, limits or Limits(), stopping)
    try:
        kind, value = _listen(here, tell, guard)
    except KeyboardInterrupt:
        with suppress(EOFError):
            _listen(here, tell, guard)
        raise
    except EOFError:
        child.join()
        why = guard.passed or f"the child process ended with status {child.exitcode}"
        raise Later(f"{why}; run the same command again") from None
    finally:
        here.close()
    child.join()
    if guard.passed:
        raise Later(f"{guard.passed}; run the same command again")
    if kind == "made":
        made: _Made = value
        return made
    raise _FAMILIES[kind](value)


def _listen(here: Connection, tell: Tell, guard: "_Guard") -> tuple[str, Any]:
    while True:
        while not here.poll(_LOOK):
            guard.look()
        guard.look()
        kind, value = here.recv()
        if kind != "told":
            return kind, value
        tell(value)


class _Guard:
    """Ends a child that passes a limit or is to stop. `passed` says which limit it was."""

    def __init__(self, child: BaseProcess, limits: Limits, stopping: Callable[[], bool]) -> None:
        self.passed = ""
        self._child = child
        self._limits = limits
        self._stopping = stopping
        self._began = time.monotonic()
        self._looked = self._began
        self._kill_at: float | None = None

    def look(self) -> None:
        """Look at the child, some times a second at most."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        if self._kill_at is not None:
            if now >= self._kill_at:
                self._child.kill()
            return
        longest, most = self._limits.seconds, self._limits.memory
        if longest is not None and now - self._began > longest:
            self.passed = f"the child process took longer than {timedelta(seconds=longest)} and was ended"
        elif most is not None and (held := _resident(self._child.pid)) > most:
            self.passed = f"the child process held {held >> 20} MiB, more than its {most >> 20}, and was ended"
        if self.passed or self._stopping():
            self._child.terminate()
            self._kill_at = now + _PATIENCE


def _resident(process: int | None) -> int:
    """Return how many bytes of memory a process holds; 0 where that cannot be seen."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Hold a Ctrl-C back while a process is made: half a process tells of its end in a traceback.

    The new process begins with Ctrl-C blocked, and lets it in by `_let_interruptions_in` when it can answer one.
    """
    resource_tracker.ensure_running()  # the first process would start it, and that lets SIGINT in again
    held: list[int] = []
    answers = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, lambda number, _frame: held.append(number)) if answers else None
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        if answers:
            signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt


def _let_interruptions_in() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _answer(function: Callable[[_Given, Tell], _Made], given: _Given, back: Connection) -> None:
    turn = threading.Lock()  # what is told may come from other threads

    def send(kind: str, value: object) -> None:
        # A parent that was interrupted no longer listens; it ends, and this process with it.
        with turn, suppress(BrokenPipeError):
            back.send((kind, value))

    end_with_parent()
    try:
        _let_interruptions_in()
        send("made", function(given, partial(send, "told")))
    except SosikError as error:
        # Sent as words: an exception whose constructor wants more than a message cannot be unpickled.
        send(_family(error), str(error))
    except KeyboardInterrupt:  # before the function takes it over; the parent, which got it as well, tells the user
        sys.exit(128 + signal.SIGINT)


def _family(error: SosikError) -> str:
    for name, family in _FAMILIES.items():
        if isinstance(error, family):
            return name
    return "never"


def end_with_parent() -> None:
    """End this process when its parent ends: a pool's workers would wait for ever for a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


_unready: list[SosikError] = []  # why this process cannot work


def _prepare(prepare: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's to answer
    _let_interruptions_in()
    end_with_parent()
    try:
        prepare()
    except SosikError as error:
        # Told with the first batch: an initializer that raises breaks the pool, and nobody hears why.
        _unready.append(_plain(error))


def _work(function: Callable[[_Given], _Made], given: _Given) -> _Made:
    if _unready:
        raise _unready[0]
    try:
        return function(given)
    except SosikError as error:
        raise _plain(error) from None


def _plain(error: SosikError) -> SosikError:
    """The error in a form that can be unpickled: its constructor wants a message and nothing else."""
    return _FAMILIES[_family(error)](str(error))


def mapped(
    function: Callable[[_Given], _Made],
    batches: Iterable[_Given],
    *,
    prepare: Callable[[], None],
    workers: int,
    others: int | None = None,
) -> Iterator[tuple[_Given, _Made]]:
    """Give each batch with what the function makes of it, in order, made in `workers` processes.

    `prepare` is called once in each process. With one worker, or no more than two batches, all is done in this
    process: starting others takes longer. `others` is how many are started instead of `workers`, where this process
    has enough to do itself. At most two batches a process are held at a time. Raises Later where one is killed.
    """
    coming = iter(batches)
    first = list(islice(coming, _WORTH_A_POOL))
    if len(first) < _WORTH_A_POOL or workers == 1:
        if first:
            prepare()
        for batch in _chain(first, coming):
            yield batch, function(batch)
        return
    processes = workers if others is None else others
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(prepare,)) as pool:
        under_way: deque[tuple[_Given, Future[_Made]]] = deque()
        try:
            for batch in _chain(first, coming):
                with _no_interruption():  # it may start a worker
                    under_way.append((batch, pool.submit(_work, function, batch)))
                if len(under_way) > 2 * processes:
                    done, future = under_way.popleft()
                    yield done, future.result()
            while under_way:
                done, future = under_way.popleft()
                yield done, future.result()
        except BrokenProcessPool as error:
            raise Later("a worker process was killed (memory?); run the same command again") from error
        finally:
            for _, future in under_way:
                future.cancel()


def _chain(first: list[_Given], rest: Iterator[_Given]) -> Iterator[_Given]:
    yield from first
    yield from rest
