"""Articles announced by sitemaps."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from crawler.entries import Entry
from crawler.sitemaps import Sitemap, parse_sitemap
from crawler.spiders.discovery import DiscoverySpider
from sosik.model.capture import CaptureKind
from sosik.model.source import Source
from sosik.model.url import canonical_url

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
        for request in self._follow(source, sitemap, ask.depth):
            yield request

    def _follow(self, source: Source, sitemap: Sitemap, depth: int) -> Iterator[Request]:
        if depth < _DEEPEST:
            parts = [each for each in sitemap.sitemaps if self._recent(each)][: self.crawl.job.limits.sitemaps]
            had = {each.url: body for each in parts if (body := self._had(source, each)) is not None}
            for url, body in had.items():
                yield from self._follow(source, parse_sitemap(body, url=url), depth + 1)
            rest = [each.url for each in parts if each.url not in had]
            yield from self.discover(source, rest, self.sitemap, depth=depth + 1)
        yield from self.follow(source, _articles(source, sitemap)).requests

    def _had(self, source: Source, part: Entry) -> bytes | None:
        """Return what a backfill that was cut off had of a part of the index, unless that was edited since."""
        since = self.crawl.under_way.get(source.id)
        try:
            key = canonical_url(part.url)
        except ValueError:
            return None
        if since is None or key in self.crawl.asked:
            return None
        since = max(since, part.updated) if part.updated is not None else since
        body = self.crawl.book.turned_to([key], since)
        if body is not None:
            self.crawl.asked.add(key)
        return body

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
