"""Work that runs by the clock: what was due when, who runs it, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    HANDED_BACK = "handed-back"  # its runner was asked to stop; another makes it up
    LOST = "lost"  # its runner died; a later run took its place
    MISSED = "missed"  # nobody was there in time, and it is too late to make it up

    @property
    def over(self) -> bool:
        """Will nothing more become of it?"""
        return self not in (JobState.RUNNING, JobState.HANDED_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """One firing of a job, unique by (job, scheduled_for), however many schedulers there are.

    `deaths` counts the runners that died over it. `detail` says what it came to, or why it failed.
    """

    job: str
    scheduled_for: datetime
    state: JobState
    owner: str
    started: datetime
    ended: datetime | None = None
    detail: str = ""
    deaths: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who runs a job at present. The owner raises `beat` as long as it lives.

    Whether it still does is seen by watching: clocks jump and differ, so that `until` is for people to read.
    """

    job: str
    owner: str
    beat: int
    until: datetime
    scheduled_for: datetime
