"""What a page that announces articles came to, for the outlet's health."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.entries import Entry
from crawler.visits import Ask
from sosik.model.ports.ledger import Visit
from sosik.model.run import Announcement

_TOMORROW = timedelta(days=1)


def announcement(ask: Ask, visit: Visit, entries: Sequence[Entry] | None, named: int, now: datetime) -> Announcement:
    """Sum up a page. `entries` are those that could be read, without doubles; `named` counts all it has."""
    if entries is None:
        return Announcement(url=ask.url, kind=ask.kind, outcome=visit.outcome)
    dates = [each.published.order for each in entries if each.published is not None]
    titles = [each.title for each in entries if each.title]
    return Announcement(
        url=ask.url,
        kind=ask.kind,
        outcome=visit.outcome,
        entries=max(named, len(entries)),
        addresses=len(entries),
        titled=len(titles),
        titles=len(set(titles)),
        future=sum(each > now + _TOMORROW for each in dates),
        newest=max(dates, default=None),
        oldest=min(dates, default=None),
    )
