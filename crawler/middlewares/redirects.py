"""Redirects: few, within the outlet's own site, and to nothing that was visited in this crawl."""

from typing import Any

from scrapy.core.downloader import Downloader
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Request, Response

from crawler.failures import Turned
from crawler.guard import host_of
from crawler.middlewares.access import crawl_of
from crawler.visits import Ask
from sosik.model.url import canonical_url


class GuardedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects with reasons. Every target goes through all gates again, robots.txt included."""

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        """Follow a redirect, or raise Turned."""
        followed = super().process_response(request, response)
        if followed is response and response.status in (301, 302, 303, 307, 308):
            where = response.headers.get("Location")
            raise Turned("refused: not an http address" if where else "failed: redirect to nowhere")
        return followed

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        crawl = crawl_of(self.crawler)
        verdict = crawl.guard.verdict(request.meta["source"], redirected.url)
        if verdict is not None:
            raise Turned(verdict)
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise Turned("failed: too many redirects")
        ask = request.meta.get("ask")
        if isinstance(ask, Ask):
            self._claim(crawl.asked, redirected.url, ask, request)
        onward = super()._redirect(redirected, request, reason)
        if host_of(redirected.url) != host_of(request.url):
            onward.meta.pop(Downloader.DOWNLOAD_SLOT, None)  # it is paced as the host it goes to
        return onward

    @staticmethod
    def _claim(asked: set[str], url: str, ask: Ask, request: Request) -> None:
        """Take the target as asked for. One that an earlier request of this chain took is a loop, and is counted."""
        target = canonical_url(url)
        own = {ask.url, *(canonical_url(each) for each in request.meta.get("redirect_urls", ()))}
        own.add(canonical_url(request.url))
        if target in asked and target not in own:
            raise Turned("refused: redirects to a page already visited")
        asked.add(target)
