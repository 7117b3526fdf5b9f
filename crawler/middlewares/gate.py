"""The first gate: addresses that may not be visited, and the pace of those that may."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.failures import Turned
from crawler.guard import host_of
from crawler.middlewares.access import crawl_of, pace_of
from crawler.outcomes import PRIVATE, STOPPED, WAIT
from crawler.visits import Ask
from sosik.model.capture import CaptureKind


class GateMiddleware:
    """Turns away other sites, private addresses and schemes; names that resolve to private ones come back as such."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one; Scrapy's way."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Turned for an address that may not be visited; otherwise see to the pace of its host."""
        crawl = crawl_of(self._crawler)
        if crawl.stopping:
            raise Turned(STOPPED)
        source = crawl.sources[request.meta["source"]]
        if source.id in crawl.closed:
            raise Turned(WAIT)
        ask = request.meta.get("ask")
        if source.render and isinstance(ask, Ask) and ask.kind is CaptureKind.ARTICLE and crawl.renderer.refusal:
            raise Turned(crawl.renderer.refusal)
        verdict = crawl.guard.verdict(source.id, request.url)
        if verdict is not None:
            raise Turned(verdict)
        pace_of(self._crawler).ensure(host_of(request.url), delay=source.delay, concurrency=source.concurrency)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Name a refused resolution what it is, not an unknown host."""
        if not isinstance(exception, Turned) and crawl_of(self._crawler).guard.was_refused(request.url):
            raise Turned(PRIVATE) from exception
