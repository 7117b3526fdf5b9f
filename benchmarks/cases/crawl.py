"""A crawl that archives, beside a bare Scrapy spider that downloads the same pages and keeps nothing."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Scale, alternate, seconds
from benchmarks.rows import Goal, Row
from benchmarks.runner import fresh
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.demo.outlets import demo_sources
from sosik.demo.process import DemoProcess


@dataclass(frozen=True, slots=True)
class _Crawled:
    urls: tuple[str, ...]
    per_second: float


def measure(scale: Scale) -> Iterator[Row]:
    """Pages a second, each crawl in a fresh process and from an empty folder; starting the process is not counted."""
    count = scale.of(2000, least=10)
    with DemoProcess(generated=count, rendered=True) as server:
        pages = fresh(_crawl, server.proxy).urls
        duel = alternate(
            lambda: fresh(_crawl, server.proxy).per_second,
            lambda: fresh(_download, server.proxy, pages),
            rounds=scale.rounds(5),
        )
    yield Row(
        name="crawl",
        unit="pages/s",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=Goal(at_least=0.8),
        note=f"{len(pages):,} pages: {count:,} generated articles, the written ones, feeds, sitemaps and lists",
    )


def _crawl(proxy: str) -> _Crawled:
    """Crawl into a folder of its own; the addresses are read from the archive afterwards."""
    import crawler.process  # noqa: F401 - loads Scrapy before the clock runs
    from crawler.job import CrawlJob, run_crawl

    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        wiring = Wiring(Settings(data=Path(folder)), DemoClock())
        wiring.open_ledger().close()  # its tables are made
        job = CrawlJob(
            sources=demo_sources(),
            open_archive=wiring.open_archive,
            open_ledger=wiring.open_ledger,
            make_clock=wiring.get_clock,
            proxy=proxy,
        )
        taken = seconds(lambda: run_crawl(job))
        with wiring.archive() as archive:
            urls = tuple(capture.final_url for _, capture in archive.walk({}))
    return _Crawled(urls, len(urls) / taken)


def _download(proxy: str, urls: Sequence[str]) -> float:
    """Download the pages and forget them; return how many came in a second."""
    from collections.abc import AsyncIterator

    import scrapy
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response

    from crawler.job import Limits

    came: list[int] = []

    class Bare(scrapy.Spider):
        """Asks for every address and looks at nothing."""

        name = "bare"

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for url in urls:
                yield scrapy.Request(url, meta={"proxy": proxy}, dont_filter=True)

        def parse(self, response: Response) -> None:
            came.append(len(response.body))

    process = CrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": Limits().requests_under_way,  # as ours, and as demo_sources() allow a host
            "CONCURRENT_REQUESTS_PER_DOMAIN": max(each.concurrency for each in demo_sources()),
        }
    )
    process.crawl(Bare)
    taken = seconds(process.start)
    if len(came) != len(urls):
        raise AssertionError(f"{len(came)} of {len(urls)} pages came")
    return len(came) / taken
