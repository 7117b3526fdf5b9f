"""Articles announced in an earlier crawl that could not be had then."""

from collections.abc import Iterable

from scrapy.http import Request

from crawler.entries import Entry
from crawler.spiders.discovery import DiscoverySpider
from sosik.model.capture import CaptureKind
from sosik.model.source import Source


class AgainSpider(DiscoverySpider):
    """The ledger announces too: what failed is asked for again, though no feed or list may name it any more."""

    name = "again"
    kind = CaptureKind.ARTICLE

    def first(self, source: Source) -> Iterable[Request]:
        """Give the addresses of a source that failed for a passing reason and were not asked for in this crawl."""
        unfinished = self.crawl.book.unfinished(source.id)
        entries = [Entry(url=each.url) for each in unfinished if each.kind is CaptureKind.ARTICLE]
        return self.follow(source, entries).requests
