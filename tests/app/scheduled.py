"""`sosik schedule run` as a process of the tests: python scheduled.py CLOCK PROXY, settings from the environment.

All is real but for the time, which is what the file CLOCK says, and the outlet, which is of the demonstration.
"""

import sys
from dataclasses import replace
from pathlib import Path

from sosik.app.cli.commands.schedule_run import asked_to_stop
from sosik.app.cli.runs import show_run
from sosik.app.flows.daily import CrawlPlan
from sosik.app.flows.schedule import run_schedule
from sosik.app.wiring import wire
from sosik.demo.outlets import IT_LIFE, demo_sources
from tests.scheduler.clocks import FileClock

LEASE = 2.0  # seconds


def main() -> None:
    wiring = replace(wire(), clock=FileClock(Path(sys.argv[1])))
    plan = CrawlPlan(sources=tuple(each for each in demo_sources() if each.id == IT_LIFE.id), proxy=sys.argv[2])
    run_schedule(wiring, plan, stopped=asked_to_stop(), told=lambda run: show_run(run, as_json=True), lease=LEASE)


if __name__ == "__main__":  # children of this process import the module again
    main()
