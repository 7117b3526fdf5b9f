"""What the spiders of one crawl share."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crawler.book import Book
from crawler.entries import Entry
from crawler.guard import Guard
from crawler.job import CrawlJob
from crawler.keeper import Keeper
from crawler.rendering import Renderer
from sosik.model.ports.clock import Clock

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.robotstxt import RobotParser


class Crawl:
    """One crawl, in all its stages: no address is asked for twice, no robots.txt neither.

    `ended_well` says of each source whether its last crawl came to its end; `under_way` holds, for those whose backfill
    was cut off and goes on now, since when.
    `told_to_wait` holds the longest wait in seconds that a source asked for and did not get; those in `closed` said so
    of us (429) and are left alone for the rest of the crawl.
    `robots` holds, by origin, the rules, None where everything is allowed, or the outcome where nothing is.
    """

    def __init__(
        self,
        job: CrawlJob,
        *,
        guard: Guard,
        keeper: Keeper,
        book: Book,
        clock: Clock,
        ended_well: Mapping[str, bool],
        under_way: Mapping[str, "datetime"],
        renderer: Renderer,
    ) -> None:
        self.job = job
        self.guard = guard
        self.keeper = keeper
        self.book = book
        self.clock = clock
        self.ended_well = ended_well
        self.under_way = under_way
        self.renderer = renderer
        self.sources = {source.id: source for source in job.sources}
        self.asked: set[str] = set()
        self.articles_asked: dict[str, int] = dict.fromkeys(self.sources, 0)
        self.robots: dict[str, RobotParser | str | None] = {}
        self.told_to_wait: dict[str, float] = {}
        self.closed: set[str] = set()
        self.oldest: dict[str, datetime] = {}
        self.cut: dict[str, str] = {}
        self.stopping = False

    def see(self, source: str, entries: Iterable[Entry]) -> None:
        """Note how far back the announcements of a source go."""
        dates = [each.published.order for each in entries if each.published is not None]
        if dates:
            self.oldest[source] = min(*dates, self.oldest.get(source, dates[0]))

    def wait(self, source: str, seconds: float, *, leave: bool) -> None:
        """Note that a source asks for a longer wait than a crawl has; `leave`: ask it for nothing more."""
        self.told_to_wait[source] = max(seconds, self.told_to_wait.get(source, 0.0))
        if leave:
            self.closed.add(source)
