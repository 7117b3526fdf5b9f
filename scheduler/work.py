"""What the scheduler is handed: jobs, and what they do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.firings import Firings


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One time that a job is due. Work asks `stopping` now and then, and raises Interrupted once it is true."""

    job: str
    scheduled_for: datetime
    stopping: Callable[[], bool]


class Interrupted(Exception):
    """The work was asked to stop before it was done; whoever comes next makes it up."""


Work = Callable[[Firing], str]
"""Does what a job does and returns in a few words what it came to; raises SosikError where it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: when it is due, how late it is still made up, and what it does."""

    id: str
    firings: Firings
    grace: timedelta
    work: Work
