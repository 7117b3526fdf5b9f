"""Articles announced by list pages."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from scrapy.http import Request, Response

from crawler.entries import Entry
from crawler.listpages import page_url, parse_list
from crawler.spiders.discovery import DiscoverySpider, Found
from sosik.model.capture import CaptureKind
from sosik.model.source import ListPages, Source
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from crawler.visits import Ask


class ListSpider(DiscoverySpider):
    """List pages, newest first, turned as long as they announce something new.

    A backfill, and the crawl after one that was cut off, turn them to the end. A backfill that goes on after it was cut
    off reads those pages that it had turned to from the archive: what was announced since can only have moved older
    articles to later pages.
    """

    name = "lists"
    kind = CaptureKind.LIST

    def first(self, source: Source) -> Iterable[Request]:
        """Give the first page of every list of a source."""
        thorough = self.crawl.job.until is not None or not self.crawl.ended_well[source.id]
        for pages in source.lists:
            yield from self._turn(source, pages, 0, thorough=thorough)

    async def page(self, response: Response, pages: ListPages, *, thorough: bool) -> AsyncIterator[Request]:
        """Read one page, follow it, and turn to the next."""
        ask: Ask = response.meta["ask"]
        source = self.source_of(response)
        parse = partial(parse_list, url=response.url, article=pages.article, fresh=ask.page == 0)
        entries = await self.read(response, parse, tuple)
        if not entries:
            return
        if ask.page == 0:
            for request in self._first_before(source, pages, ask):
                yield request
        found = self.follow(source, entries)
        for request in found.requests:
            yield request
        if self._goes_on(entries, found, thorough=thorough):
            async for request in self._go_on(source, pages, ask.page + 1, thorough=thorough):
                yield request

    def _first_before(self, source: Source, pages: ListPages, ask: "Ask") -> tuple[Request, ...]:
        """Follow the first page as it was, too: what it announced may stand on the second now, which is not asked."""
        since = self.crawl.under_way.get(source.id)
        body = None if since is None else self.crawl.book.turned_to([ask.url], since)
        return (
            () if body is None else self.follow(source, parse_list(body, url=ask.url, article=pages.article)).requests
        )

    async def _go_on(self, source: Source, pages: ListPages, number: int, *, thorough: bool) -> AsyncIterator[Request]:
        """Read the pages that were turned to before, and ask for the first that was not."""
        while entries := self._turned_to(source, pages, number):
            found = self.follow(source, entries)
            for request in found.requests:
                yield request
            if not self._goes_on(entries, found, thorough=thorough):
                return
            number += 1
            await asyncio.sleep(0)  # hundreds of pages may follow one another; answers are to be taken meanwhile
        for request in self._turn(source, pages, number, thorough=thorough):
            yield request

    def _turned_to(self, source: Source, pages: ListPages, number: int) -> tuple[Entry, ...]:
        """Return what a page announced when this backfill turned to it before it was cut off.

        Nothing where it did not, and of the last one neither: articles may have been taken off the list meanwhile.
        """
        since = self.crawl.under_way.get(source.id)
        addresses = (page_url(pages, number), page_url(pages, number + 1))
        keys = [canonical_url(each) for each in addresses if each is not None]
        if since is None or pages.post or len(keys) < len(addresses):
            return ()
        body = self.crawl.book.turned_to(keys, since)
        return () if body is None else parse_list(body, url=keys[0], article=pages.article)

    def _turn(self, source: Source, pages: ListPages, number: int, *, thorough: bool) -> list[Request]:
        url = page_url(pages, number)
        if url is None and pages.page:
            self.crawl.cut.setdefault(source.id, f"{pages.max_pages} pages of a list (max_pages in its file)")
        if url is None:
            return []
        callback = partial(self.page, pages=pages, thorough=thorough)
        return self.discover(source, [url], callback, page=number, post=pages.post)

    def _goes_on(self, entries: Sequence[Entry], found: Found, *, thorough: bool) -> bool:
        since = self.crawl.job.since
        days = [each.published for each in entries]
        if since is not None and all(day is not None and day.order < since for day in days):
            return False
        return thorough or found.news
