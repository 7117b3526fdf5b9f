"""`sosik schedule now`: a job at once."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json
from sosik.app.cli.registry import group


def now(
    job: Annotated[str, typer.Argument(help="The job's name in schedule.toml: daily, mail …")],
    as_json: Json = False,
) -> None:
    """Run one job at once, whatever its times, and record it like any run; exit status 1 where it failed.

    Example: `sosik schedule now daily`
    """
    from sosik.app.cli.commands.schedule_run import asked_to_stop
    from sosik.app.cli.runs import show_run
    from sosik.app.flows.daily import CrawlPlan
    from sosik.app.flows.schedule import run_job_now
    from sosik.app.wiring import wire
    from sosik.model.job import JobState

    wiring = wire(collecting=True)
    run = run_job_now(
        wiring,
        job,
        CrawlPlan(),
        stopped=asked_to_stop(),
        told=lambda each: show_run(each, as_json=as_json),
    )
    if run.state is not JobState.DONE:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "schedule", "What runs by the clock: run, list, now.").command("now")(now)
