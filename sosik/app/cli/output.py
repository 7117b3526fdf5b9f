"""What commands print: JSON for programs, lines for people, progress on standard error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.flows.progress import Progress, silent

if TYPE_CHECKING:
    from rich.console import Console

    from sosik.app.flows.index import IndexReport

Json = Annotated[
    bool, typer.Option("--json", help="Print JSON (JSON Lines for lists); errors are {“error”: …} on standard error.")
]


def print_json(value: object) -> None:
    """Print one JSON object on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def console() -> "Console":
    """Return where people read: standard output, without colour where it is not a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


@contextmanager
def progress_bars(*, shown: bool = True) -> Iterator[Progress]:
    """Give a Progress that draws a bar for each kind of work on standard error.

    Nothing is drawn where standard error is not a terminal, so that logs stay readable.
    """
    if not shown or not sys.stderr.isatty():
        yield silent
        return
    from rich import progress
    from rich.console import Console

    columns: tuple[Any, ...] = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, progress.TaskID] = {}

        def tell(what: str, done: int, total: int | None = None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


def complain(message: str, *, as_json: bool, key: str = "error", **more: object) -> None:
    """Say on standard error, in one line, what is wrong with one of many items; the others go on."""
    line = json.dumps({key: message, **more}, ensure_ascii=False) if as_json else f"sosik: {message}"
    sys.stderr.write(line + "\n")


def tell_what_waits(report: "IndexReport", *, as_json: bool) -> None:
    """Say what the index was not told: it is away, or refused some articles. Both stay work for the next indexing."""
    if report.waiting:
        complain(report.waiting, as_json=as_json)
    for article, reason in report.refused:
        complain(f"the index refused article {article}: {reason}", as_json=as_json, article=article)
