"""What the ledger and the archive know of addresses, as the spiders ask it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime

from crawler.outcomes import KEPT, UNCHANGED
from sosik.model.errors import Never, Now
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import Ledger, Visit

_CLEAN, _BEGAN, _FROM, _TO = "clean", "began", "from", "to"  # the last three in seconds since 1970
_MOST_RECENT = 1000
_TURNED_TO = (KEPT, UNCHANGED)

Span = tuple[datetime, datetime]
"""From when until before when articles are wanted that a backfill looks for."""


class Book:
    """Reads what earlier crawls left; used from the reactor's thread only."""

    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        self._archive = archive
        self._ledger = ledger

    def last(self, urls: Iterable[str]) -> dict[str, Visit]:
        """Return the last visits of canonical addresses, in one look."""
        with self._ledger.read() as unit:
            found = {url: unit.visits.get(url) for url in urls}
        return {url: visit for url, visit in found.items() if visit is not None}

    def unfinished(self, source: str) -> tuple[Visit, ...]:
        """Return the addresses of a source whose last visit failed before any page of theirs was kept."""
        with self._ledger.read() as unit:
            return tuple(
                each for each in unit.visits.known(source) if each.outcome.startswith("failed") and not each.capture
            )

    def closed(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those canonical addresses that were taken down."""
        with self._ledger.read() as unit:
            return unit.takedowns.closed(urls)

    def recent(self, source: str, since: date) -> tuple[tuple[str, datetime], ...]:
        """Return address and publication of the articles of a source since a day, newest first."""
        with self._ledger.read() as unit:
            found = unit.articles.recent(source, since, _MOST_RECENT)
        return tuple((each.url, each.published.order) for each in found if each.published is not None)

    def body(self, visit: Visit) -> bytes | None:
        """Return the page kept at a visit, or None where there is none (any more)."""
        if visit.capture is None:
            return None
        try:
            return self._archive.get(visit.capture).body
        except (Never, Now):  # taken down, or damaged: the page is asked for again some day, and nothing hangs on it
            return None

    def ended_well(self, source: str) -> bool:
        """Did the last crawl of a source come to its end? One that was cut off may have left list pages unturned."""
        with self._ledger.read() as unit:
            return unit.cursors.get(_consumer(source)).get(_CLEAN) == 1

    def begin(self, sources: Iterable[str], span: Span | None, now: datetime) -> dict[str, datetime]:
        """Note that crawls of these sources begin, a backfill with its span.

        Return, for each source whose backfill of the same span has not come to its end yet, since when that is under
        way. Other crawls may come between.
        """
        wanted = {} if span is None else {_FROM: int(span[0].timestamp()), _TO: int(span[1].timestamp())}
        under_way = {}
        with self._ledger.write() as unit:
            for source in sources:
                noted = unit.cursors.get(_consumer(source))
                if wanted and _BEGAN in noted and wanted.items() <= noted.items():
                    under_way[source] = datetime.fromtimestamp(noted[_BEGAN], UTC)
                elif wanted:
                    noted = {_BEGAN: int(now.timestamp()), **wanted}
                unit.cursors.put(_consumer(source), {**noted, _CLEAN: 0})
        return under_way

    def end(self, sources: Iterable[str], *, backfilled: Collection[str]) -> None:
        """Note that crawls of these sources came to their end, and the backfills of some."""
        with self._ledger.write() as unit:
            for source in sources:
                noted = {} if source in backfilled else unit.cursors.get(_consumer(source))
                unit.cursors.put(_consumer(source), {**noted, _CLEAN: 1})

    def turned_to(self, urls: Sequence[str], since: datetime) -> bytes | None:
        """Return the page kept at the first of these addresses if all were turned to since then, else None."""
        visits = [visit for visit in self.last(urls).values() if visit.at >= since and visit.outcome in _TURNED_TO]
        return self.body(visits[0]) if urls and len(visits) == len(urls) else None

    def close(self) -> None:
        """Let go of files and connections."""
        self._archive.close()
        self._ledger.close()


def _consumer(source: str) -> str:
    return f"crawler:{source}"
