"""Articles announced in an earlier crawl: those that could not be had then, and those that may have gone since."""

from collections.abc import Iterable

from scrapy.http import Request

from crawler.entries import Entry
from crawler.spiders.discovery import DiscoverySpider
from crawler.visits import Ask
from sosik.model.capture import CaptureKind
from sosik.model.instants import KST
from sosik.model.source import Source


class AgainSpider(DiscoverySpider):
    """The ledger announces too: what failed is asked for again, though no feed or list may name it any more.

    Recent articles are looked after, for an outlet that removes one announces nothing.
    """

    name = "again"
    kind = CaptureKind.ARTICLE

    def first(self, source: Source) -> Iterable[Request]:
        """Give the addresses of a source that were not asked for in this crawl and ought to be."""
        unfinished = self.crawl.book.unfinished(source.id)
        entries = [Entry(url=each.url) for each in unfinished if each.kind is CaptureKind.ARTICLE]
        yield from self.follow(source, entries).requests
        if self.crawl.job.until is None:
            yield from self._look_after(source)

    def _look_after(self, source: Source) -> Iterable[Request]:
        crawl, now = self.crawl, self.crawl.clock.now()
        policy = crawl.job.revisit
        recent = crawl.book.recent(source.id, (now - policy.edited_for).astimezone(KST).date())
        published = {url: at for url, at in recent if url not in crawl.asked}
        visits = crawl.book.last(published)
        worth = [url for url, visit in visits.items() if policy.worth_looking_after(published[url], visit, now)]
        for url in worth[: crawl.job.limits.unannounced]:
            crawl.asked.add(url)
            ask = Ask(source=source.id, kind=CaptureKind.ARTICLE, url=url, before=visits[url])
            yield self.ask(ask, url, self.article)
