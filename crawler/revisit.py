"""Which known addresses are worth asking again. Other rules of politeness say how to ask; this one says whether."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.entries import Entry
from crawler.outcomes import KEPT, ROBOTS, ROBOTS_AWAY, UNCHANGED
from sosik.model.ports.ledger import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitPolicy:
    """Outlets edit articles for days. One published within `edited_for` is asked again (conditionally) in each crawl.

    What was not there, or was refused for what it is, is asked again after `patience`.
    """

    edited_for: timedelta = timedelta(days=30)
    patience: timedelta = timedelta(days=1)

    def worth_looking_after(self, published: datetime, visit: Visit, now: datetime) -> bool:
        """Say whether an article that nothing announces any more is to be asked for, to see whether it is still there.

        The older it is, the longer it is left alone: about ten times in thirty days.
        """
        age = now - published
        return age <= self.edited_for and now - visit.at >= max(self.patience, age / 3)

    def worth_asking(self, entry: Entry, visit: Visit | None, now: datetime) -> bool:
        """Say whether an announced article is to be asked for, given what is known of its address."""
        if visit is None:
            return True
        if entry.updated is not None and entry.updated > visit.at:
            return True
        if visit.outcome in (KEPT, UNCHANGED):
            published = entry.published.order if entry.published else None
            return entry.fresh if published is None else published > now - self.edited_for
        if visit.outcome.startswith("refused") and visit.outcome not in (ROBOTS, ROBOTS_AWAY):
            return visit.at < now - self.patience
        return not visit.not_there or visit.at < now - self.patience
