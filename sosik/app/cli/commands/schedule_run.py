"""`sosik schedule run`: what is to happen by the clock."""

import signal
from types import FrameType
from typing import TYPE_CHECKING

import typer

from sosik.app.cli.output import Json
from sosik.app.cli.registry import group

if TYPE_CHECKING:
    from collections.abc import Callable


def run(as_json: Json = False) -> None:
    """Run the jobs of schedule.toml at their times, until SIGTERM or Ctrl-C.

    A run that was missed, or whose process died, is made up. Several of these may run on one ledger: each time a job
    is due, one of them runs it. A failed run is mailed to SOSIK_OPERATOR.

    Example: `SOSIK_OPERATOR=me@example.org sosik schedule run`
    """
    from sosik.app.cli.runs import show_run
    from sosik.app.flows.daily import CrawlPlan
    from sosik.app.flows.schedule import entries, run_schedule
    from sosik.app.wiring import wire

    wiring = wire(collecting=True)
    if not as_json:
        names = ", ".join(f"{each.id} ({each.cron})" for each in entries(wiring))
        typer.echo(f"Jobs: {names}. Ctrl-C ends this; `sosik schedule list` shows how they stand.", err=True)
    run_schedule(wiring, CrawlPlan(), stopped=asked_to_stop(), told=lambda each: show_run(each, as_json=as_json))


def asked_to_stop() -> "Callable[[], bool]":
    """Take over SIGTERM and SIGINT; return whether one of them has come."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return lambda: bool(asked)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "schedule", "What runs by the clock: run, list, now.").command("run")(run)
