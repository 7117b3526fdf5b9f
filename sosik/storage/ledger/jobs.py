"""Which firing of which job was run, and by whom."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sosik.model.errors import NotFound
from sosik.model.job import JobRun, JobState, Lease
from sosik.storage.ledger.job_tables import job as leases
from sosik.storage.ledger.job_tables import job_run as table
from sosik.storage.ledger.transaction import Transaction
from sosik.storage.ledger.visits import printable

_OPEN = [each.value for each in JobState if not each.over]
_NO_LEASE = {"owner": None, "until": None, "running": None}


class SqlJobs:
    """A row a job, its lease in it, and a row a run. Writers come one after the other: what was read still holds."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def register(self, job: str) -> datetime:
        """Return since when the job is known; now, where it is new or its instant lies in the future."""
        now = self._transaction.clock.now()
        since = self.since(job)
        if since is None:
            self._transaction.change(sa.insert(leases).values({"id": job, "since": now, "beat": 0, **_NO_LEASE}))
        elif since > now:
            self._transaction.change(sa.update(leases).where(leases.c.id == job).values({"since": now}))
        return now if since is None else min(since, now)

    def since(self, job: str) -> datetime | None:
        """Return since when the job is known; None where it is not."""
        found: datetime | None
        found = self._transaction.read(sa.select(leases.c.since).where(leases.c.id == job)).scalar_one_or_none()
        return found

    def newest(self, job: str, until: datetime) -> JobRun | None:
        """Return the run with the latest firing that is not after `until`."""
        return self._one(sa.select(table).where(table.c.job == job, table.c.scheduled_for <= until))

    def unfinished(self, job: str) -> JobRun | None:
        """Return the latest run that was begun and is not over."""
        return self._one(sa.select(table).where(table.c.job == job, table.c.state.in_(_OPEN)))

    def lease(self, job: str) -> Lease | None:
        """Return who runs the job at present."""
        row = self._transaction.read(sa.select(leases).where(leases.c.id == job)).mappings().first()
        if row is None or row["owner"] is None:
            return None
        return Lease(job=job, owner=row["owner"], beat=row["beat"], until=row["until"], scheduled_for=row["running"])

    def claim(
        self, job: str, scheduled_for: datetime, *, owner: str, until: datetime, instead_of: Lease | None = None
    ) -> JobRun | None:
        """Begin a run and take the job's lease; None where another was first."""
        if self._transaction.read(sa.select(leases.c.id).where(leases.c.id == job)).first() is None:
            raise NotFound("job", job, hint="it is registered by the scheduler that runs it")
        if self.lease(job) != instead_of:
            return None
        before = self._get(job, scheduled_for)
        if before is not None and before.state.over:
            return None
        deaths = 0 if before is None else before.deaths + (before.state is JobState.RUNNING)
        now = self._transaction.clock.now()
        run: dict[str, Any] = {"job": job, "scheduled_for": scheduled_for, "state": JobState.RUNNING.value}
        run |= {"owner": owner, "started": now, "ended": None, "detail": "", "deaths": deaths}
        self._transaction.upsert(table, run)
        self._lose_others(job, scheduled_for, now)
        lease = {"owner": owner, "until": until, "running": scheduled_for, "beat": leases.c.beat + 1}
        self._transaction.change(sa.update(leases).where(leases.c.id == job).values(lease))
        return self._get(job, scheduled_for)

    def renew(self, job: str, owner: str, until: datetime) -> bool:
        """Raise the beat of the lease; False where it is another's by now."""
        mine = sa.update(leases).where(leases.c.id == job, leases.c.owner == owner)
        return self._transaction.change(mine.values({"until": until, "beat": leases.c.beat + 1})) == 1

    def end(self, job: str, scheduled_for: datetime, owner: str, state: JobState, detail: str = "") -> bool:
        """Write what a run came to and give the lease back; False where it is another's by now."""
        mine = (leases.c.id == job, leases.c.owner == owner, leases.c.running == scheduled_for)
        if self._transaction.change(sa.update(leases).where(*mine).values(_NO_LEASE)) == 0:
            return False
        ended = {"state": state.value, "ended": self._transaction.clock.now(), "detail": printable(detail)}
        self._transaction.change(sa.update(table).where(*_is(job, scheduled_for)).values(ended))
        return True

    def runs(self, job: str | None = None, limit: int = 20) -> tuple[JobRun, ...]:
        """Return runs of a job or of all, the latest firing first."""
        chosen = sa.select(table) if job is None else sa.select(table).where(table.c.job == job)
        ordered = chosen.order_by(table.c.scheduled_for.desc(), table.c.job).limit(limit)
        return tuple(_read(row) for row in self._transaction.read(ordered).mappings())

    def _lose_others(self, job: str, scheduled_for: datetime, now: datetime) -> None:
        others = (table.c.job == job, table.c.state.in_(_OPEN), table.c.scheduled_for != scheduled_for)
        lost = {"state": JobState.LOST.value, "ended": now, "detail": "a later run took its place"}
        self._transaction.change(sa.update(table).where(*others).values(lost))

    def _get(self, job: str, scheduled_for: datetime) -> JobRun | None:
        return self._one(sa.select(table).where(*_is(job, scheduled_for)))

    def _one(self, statement: sa.Select[Any]) -> JobRun | None:
        row = self._transaction.read(statement.order_by(table.c.scheduled_for.desc()).limit(1)).mappings().first()
        return None if row is None else _read(row)


def _is(job: str, scheduled_for: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.job == job, table.c.scheduled_for == scheduled_for


def _read(row: sa.RowMapping) -> JobRun:
    return JobRun(**{**row, "state": JobState(row["state"])})
