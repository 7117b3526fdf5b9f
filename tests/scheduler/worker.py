"""A scheduler process of the tests: python worker.py FOLDER NAME MODE.

Its job, due at half past every hour, writes a line when it begins and one when it ends. In the mode `hold` it goes on
until it is asked to stop, in the mode `deaf` for ever.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from scheduler.firings import Firings
from scheduler.runner import Runner
from scheduler.timetable import Timetable
from scheduler.work import Firing, Interrupted, Job
from sosik.storage.ledger.sql import SqlLedger
from tests.scheduler.clocks import FileClock

LEASE = 1.0  # seconds


def main() -> None:
    folder, name, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    clock = FileClock(folder / "clock")
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: asked.append(got))

    def work(firing: Firing) -> str:
        say(folder, f"begin {firing.scheduled_for.isoformat()} {name}")
        while mode != "quick":
            if mode == "hold" and firing.stopping():
                raise Interrupted("asked to stop")
            time.sleep(0.01)
        say(folder, f"end {firing.scheduled_for.isoformat()} {name}")
        return f"done by {name}"

    ledger = SqlLedger(f"sqlite:///{folder}/ledger.sqlite3", clock=clock)
    ledger.migrate()
    runner = Runner(
        ledger, clock, owner=name, told=lambda run: say(folder, f"told {run.state.value} {name}"), lease=LEASE
    )
    job = Job(id="hourly", firings=Firings("30 * * * *"), grace=timedelta(minutes=40), work=work)
    up: list[str] = []

    def stopped() -> bool:
        """Asked for the first time when the job is on record: what is missed from then on is made up."""
        if not up:
            up.append(name)
            say(folder, f"up {name}")
        return bool(asked)

    Timetable([job], runner, clock).run(stopped)
    ledger.close()


def say(folder: Path, line: str) -> None:
    """Add a line to the log, whole, however many processes write to it."""
    descriptor = os.open(folder / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


if __name__ == "__main__":
    main()
