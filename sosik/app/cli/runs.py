"""How runs of jobs are shown."""

import sys
from datetime import datetime
from typing import Any

from sosik.app.cli.output import console, print_json
from sosik.model.instants import KST
from sosik.model.job import JobRun


def in_korea(instant: datetime | None) -> str | None:
    """Return an instant as every edge shows it."""
    return None if instant is None else instant.astimezone(KST).isoformat(timespec="seconds")


def run_object(run: JobRun) -> dict[str, Any]:
    """Return a run as JSON shows it."""
    return {
        "job": run.job,
        "scheduled_for": in_korea(run.scheduled_for),
        "state": run.state.value,
        "started": in_korea(run.started),
        "ended": in_korea(run.ended),
        "owner": run.owner,
        "deaths": run.deaths,
        "detail": run.detail,
    }


def show_run(run: JobRun, *, as_json: bool) -> None:
    """Print a run, at once: what runs for months is read while it runs."""
    if as_json:
        print_json(run_object(run))
    else:
        when = f"{run.scheduled_for.astimezone(KST):%Y-%m-%d %H:%M}"
        console().print(f"{run.job:<12}{when}  {run.state.value:<12}{run.detail}", markup=False)
    sys.stdout.flush()
