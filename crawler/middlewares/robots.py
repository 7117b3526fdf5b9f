"""robots.txt, also for requests that wait together on a new host (Scrapy 2.19's own middleware lets those through)."""

import asyncio
from collections import defaultdict

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import DOWNLOAD_ERRORS, Turned, tls_trouble
from crawler.guard import host_of
from crawler.middlewares.access import crawl_of, pace_of
from crawler.outcomes import PRIVATE, ROBOTS, ROBOTS_AWAY, STOPPED

_MAX_BYTES = 512 * 1024  # RFC 9309 asks for 500 KiB at least


class RobotsGateMiddleware(RobotsTxtMiddleware):
    """Asks each host once, under a lock of its own, and keeps the answer for the run.

    A missing file (4xx) allows everything. A server error or no answer allows nothing in this run: the outlet may be
    forbidding what it cannot say. Its Crawl-delay holds where it is longer than the source's, up to a cap.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def process_request(self, request: Request, spider: object = None) -> None:
        """Raise Turned where the host's robots.txt forbids the address, or cannot be read."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.robot_parser(request)
        if isinstance(rules, RobotParser) and not rules.allowed(request.url, crawl_of(self.crawler).job.robot_name):
            raise Turned(ROBOTS)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, or None where there are none."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = crawl_of(self.crawler).robots
        if origin not in known:
            async with self._locks[origin]:
                if origin not in known:
                    known[origin] = await self._fetch(origin, request)
        rules = known[origin]
        if isinstance(rules, str):
            raise Turned(rules)
        self._slow_down(request, rules)
        return rules

    async def _fetch(self, origin: str, request: Request) -> RobotParser | str | None:
        ask = Request(
            f"{origin}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "source": request.meta["source"], "proxy": request.meta.get("proxy")},
            callback=NO_CALLBACK,
        )
        try:
            answer = await self.crawler.engine.download_async(ask)
        except Turned as turned:
            return turned.outcome if turned.outcome in (PRIVATE, STOPPED) else ROBOTS_AWAY
        except DOWNLOAD_ERRORS as error:
            return tls_trouble(error) or ROBOTS_AWAY  # it says more, and asking the pages would come to the same
        return self._read(answer)

    def _read(self, answer: Response) -> RobotParser | str | None:
        if answer.status >= 500 or answer.status == 429:
            return ROBOTS_AWAY
        if answer.status != 200:
            return None
        return ProtegoRobotParser.from_crawler(self.crawler, answer.body[:_MAX_BYTES])

    def _slow_down(self, request: Request, rules: RobotParser | None) -> None:
        if not isinstance(rules, ProtegoRobotParser):
            return
        job = crawl_of(self.crawler).job
        asked = rules.crawl_delay(job.robot_name)
        if asked:
            pace_of(self.crawler).slow_down(host_of(request.url), min(asked, job.limits.crawl_delay_cap))
