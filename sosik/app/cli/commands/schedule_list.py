"""`sosik schedule list`: how jobs stand."""

from typing import TYPE_CHECKING

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group

if TYPE_CHECKING:
    from sosik.app.flows.schedule import Standing


def list_jobs(as_json: Json = False) -> None:
    """List the jobs of schedule.toml: when they are due next, their last run, and who runs them now.

    Example: `sosik schedule list`
    """
    from sosik.app.cli.runs import in_korea, run_object
    from sosik.app.flows.schedule import list_jobs as standings
    from sosik.app.wiring import wire

    for each in standings(wire()):
        if not as_json:
            _print(each)
            continue
        running = each.lease and {"owner": each.lease.owner, "until": in_korea(each.lease.until)}
        print_json(
            {
                "job": each.job.id,
                "does": each.job.does,
                "cron": each.job.cron,
                "next": in_korea(each.next),
                "running": running,
                "last": run_object(each.last) if each.last else None,
            }
        )


def _print(standing: "Standing") -> None:
    from sosik.model.instants import KST

    out, job, last = console(), standing.job, standing.last
    due = f"{standing.next.astimezone(KST):%Y-%m-%d %H:%M}" if standing.next else "never"
    out.print(f"{job.id:<12}{job.cron:<16}next {due} in Korea", markup=False)
    if standing.lease:
        out.print(f"            being run by {standing.lease.owner}", markup=False)
    if last:
        when = f"{last.scheduled_for.astimezone(KST):%Y-%m-%d %H:%M}"
        out.print(f"            last {when} {last.state.value}: {last.detail or '…'}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "schedule", "What runs by the clock: run, list, now.").command("list")(list_jobs)
