"""Running a job: the process around the spiders."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor

from crawler import settings as defaults
from crawler.book import Book
from crawler.crawl import Crawl
from crawler.guard import Guard
from crawler.job import CrawlJob, CrawlReport, Progress, SourceReport
from crawler.keeper import Keeper
from crawler.recovery import advance, recover
from crawler.rendering import Renderer, find_browser
from crawler.resolver import GuardedResolver
from crawler.spiders.again import AgainSpider
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.feeds import FeedSpider
from crawler.spiders.lists import ListSpider
from crawler.spiders.sitemaps import SitemapSpider
from sosik.model.errors import SosikError, StorageFull

# One after the other, not side by side: each spider has a downloader of its own, and together they would visit a host
# more often than its delay allows. Feeds first, since they tell most about an article.
STAGES: tuple[type[DiscoverySpider], ...] = (FeedSpider, SitemapSpider, ListSpider, AgainSpider)

_STOPPING = (signal.SIGTERM, signal.SIGINT)


class CrawlProcess:
    """The life of one crawl in a process of its own."""

    def __init__(self, job: CrawlJob, progress: Callable[[Progress], None]) -> None:
        self._job = job
        self._report = CrawlReport(sources={source.id: SourceReport() for source in job.sources})
        self._keeper = Keeper(job, self._report, progress)
        self._runner: AsyncCrawlerRunner | None = None
        self._crawl: Crawl | None = None

    def run(self) -> CrawlReport:
        """Crawl to the end, or to the first reason to stop."""
        job = self._job
        archive, ledger = job.open_archive(), job.open_ledger()
        book = Book(archive, ledger)
        try:
            self._report.recovered = recover(archive, ledger)
            names = [source.id for source in job.sources]
            well = {name: book.ended_well(name) for name in names}
            clock = job.make_clock()
            under_way = book.begin(names, job.span, clock.now())
            guard = Guard(job.sources, job.proxy)
            self._crawl = Crawl(
                job,
                guard=guard,
                keeper=self._keeper,
                book=book,
                clock=clock,
                ended_well=well,
                under_way=under_way,
                renderer=Renderer(find_browser(), guard=guard, limits=job.limits, user_agent=job.user_agent),
            )
            self._spin(self._crawl)
            written = self._finish()
            for source, seconds in self._crawl.told_to_wait.items():
                self._report.sources[source].retry_after = seconds
            for source, counts in self._report.sources.items():
                counts.oldest = self._crawl.oldest.get(source)
                counts.cut = self._crawl.cut.get(source, "")
            if self._report.stopped is None:
                advance(ledger, written)
                done = {name for name in names if job.span is not None and not self._report.sources[name].cut}
                book.end(names, backfilled=done)
        finally:
            book.close()
        return self._report

    def _spin(self, crawl: Crawl) -> None:
        # A Ctrl-C waits until the loop answers it: raised in a callback of Twisted's it would be logged and forgotten,
        # and where that callback is `_begin`, the loop would wait for ever for a crawl that never began.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        install_reactor(defaults.TWISTED_REACTOR)
        from twisted.internet import reactor

        loop: Any = reactor  # its types are zope interfaces, which no type checker can read
        loop.installNameResolver(GuardedResolver(loop.nameResolver, crawl.guard))
        self._runner = AsyncCrawlerRunner(settings_for(self._job))
        loop.callWhenRunning(loop.callLater, 0, self._begin, crawl, loop)  # asyncio's loop runs a moment later
        loop.run(installSignalHandlers=False)

    def _begin(self, crawl: Crawl, reactor: Any) -> None:
        loop = asyncio.get_running_loop()
        for number in _STOPPING:
            loop.add_signal_handler(number, self._stop, f"stopped by {number.name}")
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)

        def wake() -> None:
            loop.call_soon_threadsafe(self._stop, "nothing more could be kept")

        self._keeper.start(failed=wake)
        deferred_from_coro(self._stages(crawl)).addBoth(lambda result: (reactor.stop(), result)[1])

    async def _stages(self, crawl: Crawl) -> None:
        assert self._runner is not None  # noqa: S101 - set before the reactor runs
        try:
            for stage in STAGES:
                if not crawl.stopping:
                    await self._runner.crawl(stage, crawl=crawl)
        finally:
            await crawl.renderer.close()

    def _stop(self, reason: str) -> None:
        """End the crawl: answers under way are awaited and kept, requests that wait are given up.

        The spider under way ends because it is let ask for nothing more. Scrapy's own way to stop one waits for ever
        where the spider is only just starting.
        """
        if self._crawl is None or self._crawl.stopping or self._runner is None:
            return
        self._crawl.stopping = True
        self._crawl.renderer.stop()
        self._report.stopped = reason
        for crawler in self._runner.crawlers:
            if isinstance(crawler.spider, DiscoverySpider):
                crawler.spider.give_up_waiting()

    def _finish(self) -> dict[str, int]:
        try:
            return self._keeper.finish()
        except SosikError as error:
            self._report.stopped = str(error)
            self._report.full = isinstance(error, StorageFull)
            return {}


def settings_for(job: CrawlJob) -> Settings:
    """Return Scrapy's settings for a job."""
    settings = Settings()
    settings.setmodule(defaults, priority="project")
    limits = job.limits
    settings.setdict(
        {
            "USER_AGENT": job.user_agent,
            "HTTPPROXY_ENABLED": job.proxy is not None,
            "DOWNLOAD_MAXSIZE": limits.page_bytes,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_TIMEOUT": limits.timeout,
            "REDIRECT_MAX_TIMES": limits.redirects,
            "RETRY_TIMES": limits.retries,
            "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
            "CONCURRENT_REQUESTS": limits.requests_under_way,
            "CONCURRENT_REQUESTS_PER_DOMAIN": limits.requests_under_way,  # of the connection pool; Pace sets the slots
        },
        priority="cmdline",
    )
    return settings
