"""The instants that a cron line names, in Korea."""

from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped] # it publishes no types

from sosik.model.instants import KST

_TICK = timedelta(microseconds=1)
_FIRST_LOOK = timedelta(hours=1)


class Firings:
    """The instants of a cron line of five fields. Raises ValueError for what is no cron line."""

    def __init__(self, cron: str) -> None:
        self.cron = cron
        # The zone is said here: without it a trigger takes UTC, whatever the scheduler's own zone is.
        self._trigger = CronTrigger.from_crontab(cron, timezone=KST)

    def next(self, after: datetime) -> datetime | None:
        """Return the first firing after that instant, in UTC; None where none ever comes."""
        found: datetime | None = self._trigger.get_next_fire_time(None, (after + _TICK).astimezone(KST))
        return None if found is None else found.astimezone(UTC)

    def newest(self, *, after: datetime, until: datetime) -> datetime | None:
        """Return the last firing after `after` and not after `until`; None where there is none between them."""
        if self._upto(after, until) is None:
            return None
        # Looked for from the end backwards, further each time: between the two there may be years of minutes.
        look = _FIRST_LOOK
        found = None
        while found is None:
            start = max(after, until - look)
            found = self._upto(start, until)
            look *= 2
        while (later := self._upto(found, until)) is not None:
            found = later
        return found

    def _upto(self, after: datetime, until: datetime) -> datetime | None:
        found = self.next(after)
        return found if found is not None and found <= until else None
