"""Child processes: one for a crawl, several for the steps. None of them outlives its parent, even a killed one."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from sosik.model.errors import Later, Never, Now, SosikError

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_WORTH_A_POOL = 3  # batches
_FAMILIES: dict[str, type[SosikError]] = {"never": Never, "later": Later, "now": Now}


Tell = Callable[[Any], None]
"""What a child process calls to say how far it has come."""


def in_child(function: Callable[[_Given, Tell], _Made], given: _Given, tell: Tell) -> _Made:
    """Call the function in a fresh process and return what it returns; its SosikErrors are raised here.

    Function, argument, result and what it tells must be picklable. A Ctrl-C reaches the child as well: it is waited
    for, so that it can keep what it holds. Raises Later where the process dies without an answer.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(function, given, there))
    child.start()
    there.close()
    try:
        kind, value = _listen(here, tell)
    except KeyboardInterrupt:
        with suppress(EOFError):
            _listen(here, tell)
        raise
    except EOFError:
        child.join()
        raise Later(f"the child process ended with status {child.exitcode}; run the same command again") from None
    finally:
        here.close()
    child.join()
    if kind == "made":
        made: _Made = value
        return made
    raise _FAMILIES[kind](value)


def _listen(here: Connection, tell: Tell) -> tuple[str, Any]:
    while True:
        kind, value = here.recv()
        if kind != "told":
            return kind, value
        tell(value)


def _answer(function: Callable[[_Given, Tell], _Made], given: _Given, back: Connection) -> None:
    end_with_parent()
    turn = threading.Lock()  # what is told may come from other threads

    def send(kind: str, value: object) -> None:
        with turn:
            back.send((kind, value))

    try:
        send("made", function(given, partial(send, "told")))
    except SosikError as error:
        # Sent as words: an exception whose constructor wants more than a message cannot be unpickled.
        send(_family(error), str(error))


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
) -> Iterator[tuple[_Given, _Made]]:
    """Give each batch with what the function makes of it, in order, made in `workers` processes.

    `prepare` is called once in each process. With one worker, or no more than two batches, all is done in this
    process: starting others takes longer. At most two batches a worker are held at a time. Raises Later where a
    process is killed.
    """
    coming = iter(batches)
    first = list(islice(coming, _WORTH_A_POOL))
    if len(first) < _WORTH_A_POOL or workers == 1:
        if first:
            prepare()
        for batch in _chain(first, coming):
            yield batch, function(batch)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=(prepare,)) as pool:
        under_way: deque[tuple[_Given, Future[_Made]]] = deque()
        try:
            for batch in _chain(first, coming):
                under_way.append((batch, pool.submit(_work, function, batch)))
                if len(under_way) > 2 * workers:
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
