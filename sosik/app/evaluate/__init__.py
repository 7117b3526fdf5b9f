"""Quality figures on a gold file: one file a kind, found by its name.

A kind is a module with `NAME`, `HELP` and `evaluate(wiring, file, progress) -> Evaluation`; one whose gold needs a
second file has `cases(files)`, too, which gives each gold file with what measures it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.flows.progress import Progress
from sosik.model.errors import NotFound

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_NOT_KINDS = ("compared", "gold", "scores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a set: its value from 0 to 1, of how many things, and a 95 % interval where one was made."""

    name: str
    value: float | None  # None where there was nothing to judge
    of: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a set came to. `faults` names what was wrong, one line a row of the gold."""

    kind: str
    rows: int
    figures: tuple[Figure, ...]
    faults: tuple[str, ...] = ()


Evaluator = Callable[["Wiring", Path, Progress], Evaluation]


def kinds() -> dict[str, Evaluator]:
    """Return every kind of evaluation by its name."""
    found: dict[str, Evaluator] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name not in _NOT_KINDS:
            each = importlib.import_module(f"{__name__}.{module.name}")
            found[each.NAME] = each.evaluate
    return found


def evaluator(kind: str) -> Evaluator:
    """Return the evaluator of that kind; raises NotFound with the known ones."""
    known = kinds()
    if kind not in known:
        raise NotFound("kind of evaluation", kind, known=tuple(sorted(known)))
    return known[kind]


def cases(kind: str, files: Sequence[Path]) -> Iterator[tuple[Path, Evaluator]]:
    """Give each gold file among the files with what measures it; raises NotFound with the known kinds."""
    measure = evaluator(kind)
    paired = getattr(importlib.import_module(measure.__module__), "cases", None)
    if paired is None:
        yield from ((file, measure) for file in files)
    else:
        yield from paired(files)
