"""Which firing of which job was run, and by whom."""

from datetime import datetime
from typing import Protocol

from sosik.model.job import JobRun, JobState, Lease


class Jobs(Protocol):
    """Runs of jobs, unique by job and firing, and one lease a job.

    Promises:
    - of several that claim one firing, one gets it; a firing that is over is never claimed again;
    - while a job has a lease, nothing of it can be claimed, but by whoever names that lease, last beat and all;
    - whoever lost the lease can neither renew it nor end the run.
    """

    def register(self, job: str) -> datetime:
        """Return since when the job is known: firings before that were never due. Now, where it is new.

        An instant that lies in the future (a clock was wrong) is corrected to now.
        """
        ...

    def since(self, job: str) -> datetime | None:
        """Return since when the job is known; None where it is not."""
        ...

    def newest(self, job: str, until: datetime) -> JobRun | None:
        """Return the run with the latest firing that is not after `until`."""
        ...

    def unfinished(self, job: str) -> JobRun | None:
        """Return the latest run that was begun and is not over."""
        ...

    def lease(self, job: str) -> Lease | None:
        """Return who runs the job at present."""
        ...

    def claim(
        self, job: str, scheduled_for: datetime, *, owner: str, until: datetime, instead_of: Lease | None = None
    ) -> JobRun | None:
        """Begin a run and take the job's lease; None where another was first.

        `instead_of` is the lease of a dead owner. Unfinished runs of other firings are lost thereby. Raises NotFound
        for a job that was never registered.
        """
        ...

    def renew(self, job: str, owner: str, until: datetime) -> bool:
        """Raise the beat of the lease; False where it is another's by now."""
        ...

    def end(self, job: str, scheduled_for: datetime, owner: str, state: JobState, detail: str = "") -> bool:
        """Write what a run came to and give the lease back; False where it is another's by now."""
        ...

    def runs(self, job: str | None = None, limit: int = 20) -> tuple[JobRun, ...]:
        """Return runs of a job or of all, the latest firing first."""
        ...
