"""What every spider does: ask with manners, judge the answer, hand the page over, follow what it announces."""

import asyncio
import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeVar

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from crawler.announcing import announcement
from crawler.crawl import Crawl
from crawler.entries import Entry, Unreadable
from crawler.failures import Turned, outcome_of
from crawler.guard import host_of
from crawler.outcomes import KEPT, STOPPED, UNCHANGED, WAIT
from crawler.pace import PART, Pace
from crawler.visits import Ask, Finding, arrived, digest_of, lost, not_modified
from sosik.model.capture import Capture, CaptureKind
from sosik.model.errors import Refused
from sosik.model.ports.ledger import Visit
from sosik.model.run import Announcement
from sosik.model.source import Source
from sosik.model.url import canonical_url

_Read = TypeVar("_Read")
_WORDS = ("html", "xml", "text/", "json")  # of media types that a page, a feed or a sitemap may have
_NAMED = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_PACKED_SITEMAP = ("gzip", "octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Which of a page's entries are asked for, and whether any of all was never visited before."""

    requests: tuple[Request, ...]
    news: bool


class DiscoverySpider(Spider):
    """Base of the spiders. They run one after the other in one crawl and share a `Crawl`."""

    kind: CaptureKind

    def __init__(self, *, crawl: Crawl, crawler: Crawler) -> None:
        super().__init__()
        self.crawl = crawl
        self._crawler_of_this = crawler
        self._pace: Pace | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one for a crawl; raises Refused where Scrapy was started by hand."""
        crawl = kwargs.get("crawl")
        if not isinstance(crawl, Crawl):
            raise Refused("crawls are started with `sosik crawl`, which hands over archive and ledger")
        spider = cls(crawl=crawl, crawler=crawler)
        spider._set_crawler(crawler)
        return spider

    @property
    def pace(self) -> Pace:
        """The pace of the hosts that this spider visits; there is none before the engine runs."""
        if self._pace is None:
            self._pace = Pace(self._crawler_of_this.engine.downloader)
        return self._pace

    def give_up_waiting(self) -> None:
        """Turn away every request that waits for its host."""
        if self._pace is not None:  # else none has been made
            self._pace.give_up_waiting()

    @abstractmethod
    def first(self, source: Source) -> Iterable[Request]:
        """Give the requests that a source's discovery begins with."""

    async def start(self) -> AsyncIterator[Any]:
        """Give the first requests of every source."""
        for source in self.crawl.job.sources:
            for request in self.first(source):
                yield request

    def ask(self, ask: Ask, url: str, callback: Callable[..., Any]) -> Request:
        """Make the request for what is asked, conditional where the visit before allows it."""
        return Request(
            url,
            callback=callback,
            errback=self.lost,
            method="POST" if ask.post else "GET",
            headers=ask.conditions(),
            priority=0 if ask.kind is CaptureKind.ARTICLE else 10,
            meta={"ask": ask, "source": ask.source, "proxy": self.crawl.job.proxy},
            dont_filter=True,  # `Crawl.asked` is the filter: it spans all spiders and knows canonical addresses
        )

    def discover(self, source: Source, urls: Iterable[str], callback: Callable[..., Any], **more: Any) -> list[Request]:
        """Make the requests for pages that announce articles, each once in a crawl. `more` goes to Ask."""
        wanted = {key: url for url in urls if (key := _key(url)) is not None and key not in self.crawl.asked}
        self.crawl.asked |= wanted.keys()
        before = self.crawl.book.last(wanted)
        return [
            self.ask(Ask(source=source.id, kind=self.kind, url=key, before=before.get(key), **more), url, callback)
            for key, url in wanted.items()
        ]

    def follow(self, source: Source, entries: Iterable[Entry]) -> Found:
        """Make the requests for those announced articles that are new or worth asking again."""
        crawl, entries = self.crawl, tuple(entries)
        crawl.see(source.id, entries)
        wanted = {key: each for each in entries if (key := _key(each.url)) is not None and key not in crawl.asked}
        wanted = {key: each for key, each in wanted.items() if self._within(each)}
        closed = crawl.book.closed(wanted)
        wanted = {key: each for key, each in wanted.items() if key not in closed}
        before = crawl.book.last(wanted)
        now = crawl.clock.now()
        requests = []
        for key, entry in wanted.items():
            visit = before.get(key)
            if not crawl.job.revisit.worth_asking(entry, visit, now):
                continue
            if crawl.articles_asked[source.id] >= crawl.job.limits.articles:
                crawl.cut[source.id] = f"{crawl.job.limits.articles} articles a crawl"
                break
            crawl.articles_asked[source.id] += 1
            crawl.asked.add(key)
            ask = Ask(source=source.id, kind=CaptureKind.ARTICLE, url=key, before=visit, entry=entry)
            requests.append(self.ask(ask, entry.url, self.article))
        return Found(requests=tuple(requests), news=len(before) < len(wanted))

    async def article(self, response: Response) -> None:
        """Take the answer to a request for an article."""
        ask: Ask = response.meta["ask"]
        if response.status != 200:
            await self._hand_over(ask, response, self._no_page(ask, response))
            return
        capture = self._capture(ask, response)
        outcome = _judge(ask, capture)
        if outcome == KEPT and self.source_of(response).render:
            try:
                capture = await self._rendered(capture)
            except Turned as turned:
                self._give_up(ask, turned.outcome)
                return
            outcome = _judge(ask, capture)
        await self._hand_over(ask, response, arrived(ask, capture, outcome), capture)

    async def read(
        self, response: Response, parse: Callable[[bytes], _Read], shown: Callable[[_Read], Sequence[Entry]]
    ) -> _Read | None:
        """Take the answer to a request for a page that announces, and return what `parse` makes of it.

        A page that has not changed is read again as the archive has it: what it announced may not all have been
        fetched. None where there is nothing to be read. `shown` gives the entries, by which the page is judged.
        """
        ask: Ask = response.meta["ask"]
        if response.status == 304:
            visit = not_modified(ask, self.crawl.clock.now(), 304)
            body = self.crawl.book.body(ask.before) if ask.before is not None else None
            again = _try(parse, body) if body else None
            announced = self._announced(ask, visit, None if again is None else shown(again), body)
            await self._hand_over(ask, response, visit, announced=announced)
            return again
        if response.status != 200:
            visit = self._no_page(ask, response)
            await self._hand_over(ask, response, visit, announced=self._announced(ask, visit))
            return None
        capture = self._capture(ask, response)
        outcome, found = _judge(ask, capture), None
        if outcome in (KEPT, UNCHANGED):
            try:
                found = parse(capture.body)
            except Unreadable as problem:
                outcome = str(problem)
        visit = arrived(ask, capture, outcome)
        announced = self._announced(ask, visit, None if found is None else shown(found), capture.body)
        await self._hand_over(ask, response, visit, capture, announced=announced)
        return found

    def lost(self, failure: Failure) -> None:
        """Take a request that got no answer, or was turned away."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        ask: Ask = request.meta["ask"]
        error = failure.value
        self._give_up(ask, outcome_of(error) if error is not None else "failed: unknown")

    def source_of(self, response: Response) -> Source:
        """Return the source that a response belongs to."""
        return self.crawl.sources[response.meta["source"]]

    def _give_up(self, ask: Ask, outcome: str) -> None:
        if outcome == STOPPED:
            return
        visit = lost(ask, outcome, self.crawl.clock.now())
        self.crawl.keeper.take(Finding(visit=visit, answered=False, announcement=self._announced(ask, visit)))

    async def _rendered(self, capture: Capture) -> Capture:
        """Return the page as a browser shows it; raises Turned, also where the crawl or the visit ended meanwhile."""
        crawl = self.crawl
        rendered = await crawl.renderer.render(capture, partial(self._part, capture.source))
        if crawl.stopping or capture.source in crawl.closed:
            raise Turned(STOPPED if crawl.stopping else WAIT)
        return rendered

    async def _part(self, source: str, url: str) -> Response:
        self.pace.parts_first(host_of(url))
        # A redirect is not followed: its target's port would not be looked at.
        meta = {"source": source, "proxy": self.crawl.job.proxy, PART: True, "dont_redirect": True}
        request = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        return await self._crawler_of_this.engine.download_async(request)

    def _announced(
        self, ask: Ask, visit: Visit, entries: Sequence[Entry] | None = None, body: bytes | None = None
    ) -> Announcement | None:
        if not ask.announces:
            return None
        named = len(_NAMED.findall(body)) if body and ask.kind is CaptureKind.FEED else 0
        return announcement(ask, visit, entries, named, self.crawl.clock.now())

    def _within(self, entry: Entry) -> bool:
        job = self.crawl.job
        if entry.published is None:
            return True
        order = entry.published.order
        return (job.since is None or order >= job.since) and (job.until is None or order < job.until)

    def _no_page(self, ask: Ask, response: Response) -> Visit:
        now = self.crawl.clock.now()
        if response.status == 304:
            return not_modified(ask, now, 304)
        return lost(ask, f"failed: status {response.status}", now, response.status)

    def _capture(self, ask: Ask, response: Response) -> Capture:
        request = response.request
        asked = request.meta.get("redirect_urls", [request.url])[0] if request is not None else response.url
        sent = [(name, value) for name, value in _pairs(request) if name != "Cookie"] if request is not None else ()
        return Capture(
            source=ask.source,
            kind=ask.kind,
            url=_without(ask.secret, asked),
            final_url=_without(ask.secret, response.url),
            status=response.status,
            headers=tuple(_pairs(response)),
            body=response.body,
            fetched=self.crawl.clock.now(),
            request_headers=tuple(sent),
            hints=ask.entry.hints() if ask.entry is not None else (),
        )

    async def _hand_over(
        self,
        ask: Ask,
        response: Response,
        visit: Visit,
        capture: Capture | None = None,
        *,
        announced: Announcement | None = None,
    ) -> None:
        keeper = self.crawl.keeper
        while keeper.full:
            await asyncio.sleep(0.005)
        landed = _key(_without(ask.secret, response.url)) if "redirect_urls" in response.meta else ask.url
        keeper.take(
            Finding(
                visit=visit,
                capture=capture if visit.outcome == KEPT else None,
                landed=landed if landed not in (None, ask.url) and response.status in (200, 304) else None,
                first=ask.before is None or ask.before.capture is None,
                announcement=announced,
            )
        )


def _judge(ask: Ask, capture: Capture) -> str:
    """Say what an answer with a page comes to, before it is read."""
    if not capture.body.strip():
        return "failed: empty page"
    media = (capture.header("Content-Type") or "").partition(";")[0].strip().lower()
    allowed = _WORDS + _PACKED_SITEMAP if ask.kind is CaptureKind.SITEMAP else _WORDS
    if media and not any(word in media for word in allowed):
        return "refused: not a page"
    if ask.before is not None and ask.before.digest == digest_of(capture.body):
        return UNCHANGED
    return KEPT


def _try(parse: Callable[[bytes], _Read], body: bytes) -> _Read | None:
    try:
        return parse(body)
    except Unreadable:
        return None


def _key(url: str) -> str | None:
    try:
        return canonical_url(url)
    except ValueError:
        return None


def _without(secret: str, url: str) -> str:
    """Return an address as it may be kept: an API's key is not for the archive."""
    return url.replace(secret, "{key}") if secret else url


def _pairs(message: Request | Response) -> Iterator[tuple[str, str]]:
    """Give the headers as they came, except for those that spoke of the compression that is gone."""
    for name, values in message.headers.items():
        key = name.decode("latin-1")
        if isinstance(message, Response) and key.lower() in ("content-length", "transfer-encoding"):
            continue
        for value in values:
            yield key, value.decode("latin-1")
