"""Articles announced by feeds."""

import os
from collections.abc import AsyncIterator, Iterable
from functools import partial
from urllib.parse import quote

from scrapy.http import Request, Response

from crawler.feeds import parse_feed
from crawler.outcomes import NO_KEY
from crawler.spiders.discovery import DiscoverySpider
from crawler.visits import Ask, Finding, lost
from sosik.model.capture import CaptureKind
from sosik.model.source import Feed, Source


class FeedSpider(DiscoverySpider):
    """RSS and Atom: a title and a date with every article, so it goes first."""

    name = "feeds"
    kind = CaptureKind.FEED

    def first(self, source: Source) -> Iterable[Request]:
        """Give the feeds of a source, or the pages that must be asked before."""
        yield from self.discover(source, source.feeds, self.feed)
        for feed in source.special_feeds:
            yield from self._special(source, feed)

    async def feed(self, response: Response, names: tuple[tuple[str, str], ...] = ()) -> AsyncIterator[Request]:
        """Read a feed and follow it."""
        parse = partial(parse_feed, url=response.url, names=names)
        entries = await self.read(response, parse, tuple)
        for request in self.follow(self.source_of(response), entries or ()).requests:
            yield request

    def cookies(self, response: Response, then: Request) -> Request:
        """Take the cookies of a page with which a feed is asked for. What the page says is not read."""
        pairs = [each.decode("latin-1").partition(";")[0] for each in response.headers.getlist("Set-Cookie")]
        then.headers["Cookie"] = "; ".join(pairs)
        return then

    def _special(self, source: Source, feed: Feed) -> Iterable[Request]:
        secret = os.environ.get(feed.key, "") if feed.key else ""
        key = quote(secret, safe="%")  # keys are handed out escaped and unescaped
        callback = partial(self.feed, names=feed.names)
        for request in self.discover(source, [feed.url], callback, post=feed.post, secret=key):
            ask: Ask = request.meta["ask"]
            if feed.key and not key:
                self.crawl.keeper.take(
                    Finding(visit=lost(ask, NO_KEY.format(feed.key), self.crawl.clock.now()), answered=False)
                )
                continue
            wanted = request.replace(url=feed.url.replace("{key}", key)) if key else request
            yield self._after(feed.cookie_from, wanted) if feed.cookie_from else wanted

    def _after(self, page: str, wanted: Request) -> Request:
        """Make the request for a page whose cookies the wanted one needs; where it fails, the feed has failed."""
        meta = {key: wanted.meta[key] for key in ("ask", "source", "proxy")}
        callback = partial(self.cookies, then=wanted)
        return Request(page, callback=callback, errback=self.lost, meta=meta, priority=10, dont_filter=True)
