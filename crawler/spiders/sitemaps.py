"""Articles announced by sitemaps."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from crawler.entries import Entry
from crawler.sitemaps import Sitemap, parse_sitemap
from crawler.spiders.discovery import DiscoverySpider
from sosik.model.capture import CaptureKind
from sosik.model.source import Source

if TYPE_CHECKING:
    from crawler.visits import Ask

_DEEPEST = 2  # an index of indexes; nobody needs more, and a loop would


class SitemapSpider(DiscoverySpider):
    """Sitemaps, their indexes, and news sitemaps."""

    name = "sitemaps"
    kind = CaptureKind.SITEMAP

    def first(self, source: Source) -> Iterable[Request]:
        """Give the sitemaps of a source."""
        return self.discover(source, source.sitemaps, self.sitemap)

    async def sitemap(self, response: Response) -> AsyncIterator[Request]:
        """Read a sitemap or an index and follow it."""
        sitemap = await self.read(response, partial(parse_sitemap, url=response.url), _entries)
        if sitemap is None:
            return
        source = self.source_of(response)
        ask: Ask = response.meta["ask"]
        if ask.depth < _DEEPEST:
            urls = [each.url for each in sitemap.sitemaps if self._recent(each)][: self.crawl.job.limits.sitemaps]
            for request in self.discover(source, urls, self.sitemap, depth=ask.depth + 1):
                yield request
        for request in self.follow(source, _articles(source, sitemap)).requests:
            yield request

    def _recent(self, sitemap: Entry) -> bool:
        since = self.crawl.job.since
        return since is None or sitemap.updated is None or sitemap.updated >= since


def _entries(sitemap: Sitemap) -> Sequence[Entry]:
    return sitemap.entries


def _articles(source: Source, sitemap: Sitemap) -> Iterable[Entry]:
    """Keep what may be an article: all of a news sitemap; else what the source's lists call one, if it has any."""
    if sitemap.news:
        return sitemap.entries
    patterns = [re.compile(pages.article) for pages in source.lists]
    if patterns:
        return [each for each in sitemap.entries if any(pattern.search(each.url) for pattern in patterns)]
    return [each for each in sitemap.entries if urlsplit(each.url).path not in ("", "/")]
