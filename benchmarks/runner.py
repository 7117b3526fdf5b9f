"""Finds the benchmarks and runs each in a process of its own, so that none meets what another left in memory."""

import importlib
import multiprocessing
import pkgutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from benchmarks import cases
from benchmarks.measure import Scale
from benchmarks.rows import Row
from sosik.app.flows.processes import end_with_parent

_Made = TypeVar("_Made")


def names() -> tuple[str, ...]:
    """Return the names of all benchmarks: the files in `cases`."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(cases.__path__)))


def run(name: str, scale: Scale) -> Sequence[Row]:
    """Run a benchmark in a fresh process and return its rows."""
    return fresh(_measure, name, scale)


def fresh(function: Callable[..., _Made], *given: object) -> _Made:
    """Call the function in the main thread of a fresh process; what it is given and returns is pickled."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent) as process:
        return process.submit(function, *given).result()


def _measure(name: str, scale: Scale) -> list[Row]:
    return list(importlib.import_module(f"{cases.__name__}.{name}").measure(scale))
