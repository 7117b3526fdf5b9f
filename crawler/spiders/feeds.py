"""Articles announced by feeds."""

from collections.abc import AsyncIterator, Iterable
from functools import partial

from scrapy.http import Request, Response

from crawler.feeds import parse_feed
from crawler.spiders.discovery import DiscoverySpider
from sosik.model.capture import CaptureKind
from sosik.model.source import Source


class FeedSpider(DiscoverySpider):
    """RSS and Atom: a title and a date with every article, so it goes first."""

    name = "feeds"
    kind = CaptureKind.FEED

    def first(self, source: Source) -> Iterable[Request]:
        """Give the feeds of a source."""
        return self.discover(source, source.feeds, self.feed)

    async def feed(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed and follow it."""
        entries = await self.read(response, partial(parse_feed, url=response.url))
        for request in self.follow(self.source_of(response), entries or ()).requests:
            yield request
