"""Article pages that show nothing without a browser: Chromium runs their scripts, and never touches the network.

scrapy-playwright lets the browser fetch, past our resolver, guard, robots.txt, pace and size limit. Here the page comes
as every page does, and whatever its scripts ask for is asked by the crawl, through all of its gates, and handed in.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scrapy.http import Response

from crawler.failures import DOWNLOAD_ERRORS, Turned
from crawler.guard import Guard
from crawler.job import Limits
from crawler.outcomes import NO_BROWSER, STOPPED, TIMEOUT, TOO_LARGE
from sosik.model.capture import Capture

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Playwright, Route

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    # No name and no address leads anywhere, the proxy's included: what is not handed in does not come.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--js-flags=--max-old-space-size=512",
)
_ENVIRONMENT = ("PATH", "HOME", "LANG", "TMPDIR")  # no key of ours is the browser's business
_FETCHED = frozenset({"script", "xhr", "fetch"})
_HOP = frozenset({"content-length", "content-encoding", "transfer-encoding", "connection", "set-cookie"})
_STALE = frozenset({"content-type", "etag", "last-modified"})  # of the shell, not of what it became
_CACHE_BYTES = 32 * 1024 * 1024
_CLOSING = 5.0  # seconds that a tab gets to close, before the browser itself is ended
# What is kept is UTF-8, whatever the shell said it was, and read by somebody whose browser runs scripts.
_TIDY = """() => {
    for (const each of document.querySelectorAll('meta[charset], meta[http-equiv="content-type" i], noscript'))
        each.remove();
    return document.documentElement.outerHTML.length;
}"""

Fetch = Callable[[str], Awaitable[Response]]
"""Asks for a part of a page through all gates of the crawl; raises one of DOWNLOAD_ERRORS."""


def find_browser() -> str | None:
    """Return the path of the system's Chromium, or None where there is none or the extra `browser` is not installed."""
    if find_spec("playwright") is None:
        return None
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class _Part:
    status: int
    headers: dict[str, str]
    body: bytes


class Renderer:
    """The one browser of a crawl, started when the first page needs it. One page at a time."""

    def __init__(self, browser: str | None, *, guard: Guard, limits: Limits, user_agent: str) -> None:
        self._path = browser
        self._guard = guard
        self._limits = limits
        self._user_agent = user_agent
        self._one = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._scripts: dict[str, _Part] = {}
        self._stopped = False

    @property
    def refusal(self) -> str | None:
        """The outcome of every page that needs a browser, where there is none."""
        return NO_BROWSER if self._path is None else None

    async def render(self, capture: Capture, fetch: Fetch) -> Capture:
        """Return the page as its scripts made it, in UTF-8; raises Turned. `fetch` brings what the scripts ask for."""
        from playwright.async_api import Error

        visit = _Visit(capture, fetch, guard=self._guard, limits=self._limits, scripts=self._scripts)
        async with self._one:
            if self._stopped:
                raise Turned(STOPPED)
            try:
                async with asyncio.timeout(self._limits.render_time + _CLOSING):
                    body = await self._run(visit)
            except TimeoutError as error:
                await self._end_browser()
                raise Turned(TIMEOUT) from error
            except Error as error:
                await self._end_browser()
                raise Turned("failed: browser") from error
        if len(body) > self._limits.page_bytes:
            raise Turned(TOO_LARGE)
        kept = [(name, value) for name, value in capture.headers if name.lower() not in _STALE]
        return replace(
            capture,
            body=body,
            headers=(*kept, ("Content-Type", "text/html; charset=utf-8")),
            hints=(*capture.hints, ("rendered", "chromium")),
        )

    def stop(self) -> None:
        """Take no more pages, those that wait included."""
        self._stopped = True

    async def close(self) -> None:
        """End the browser, if there is one."""
        await self._end_browser()
        if self._playwright is not None:
            await self._playwright.stop()
            self._playwright = None

    async def _run(self, visit: "_Visit") -> bytes:
        browser = await self._start()
        context = await browser.new_context(
            user_agent=self._user_agent,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            service_workers="block",
            accept_downloads=False,
        )
        try:
            await context.route("**/*", visit.answer)
            return await visit.read(await context.new_page())
        finally:
            visit.over = True
            async with asyncio.timeout(_CLOSING):
                await context.close()

    async def _start(self) -> "Browser":
        if self._browser is not None and self._browser.is_connected():
            return self._browser
        from playwright.async_api import async_playwright

        if self._playwright is None:
            self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._path,
            args=list(_ARGUMENTS),
            chromium_sandbox=os.geteuid() != 0,  # root cannot have one
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            handle_sigint=False,  # the crawl ends it, in its own time
            handle_sigterm=False,
            handle_sighup=False,
        )
        return self._browser

    async def _end_browser(self) -> None:
        browser, self._browser = self._browser, None
        if browser is None:  # without the extra `browser` there is not even playwright's Error
            return
        from playwright.async_api import Error

        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSING):
                await browser.close()


class _Visit:
    """One page in the browser: what it may ask for, and when it is done."""

    def __init__(
        self, capture: Capture, fetch: Fetch, *, guard: Guard, limits: Limits, scripts: dict[str, _Part]
    ) -> None:
        self._capture = capture
        self._fetch = fetch
        self._guard = guard
        self._limits = limits
        self._scripts = scripts
        self._begun = False
        self._asked = 0
        self._bytes = 0
        self._under_way = 0
        self.over = False

    async def read(self, page: "Page") -> bytes:
        """Open the page and return its DOM; raises Turned, and playwright's Error."""
        from playwright.async_api import TimeoutError as Late

        loop = asyncio.get_running_loop()
        until = loop.time() + self._limits.render_time
        try:
            await page.goto(self._capture.final_url, wait_until="commit", timeout=self._limits.render_time * 1000)
            for state in ("load", "networkidle"):
                left = max(1.0, (until - loop.time()) * 1000)
                await page.wait_for_load_state(state, timeout=left)
        except Late as late:
            # One that only its timers keep busy has shown what it has; one that still waits for us has not.
            if self._under_way or not self._begun:
                raise Turned(TIMEOUT) from late
        if await page.evaluate(_TIDY) > self._limits.page_bytes:
            raise Turned(TOO_LARGE)
        return (await page.content()).encode("utf-8", "replace")

    async def answer(self, route: "Route") -> None:
        """Hand in what a page asks for, or refuse it."""
        from playwright.async_api import Error

        with suppress(Error):  # the page may be gone by the time that its part comes
            await self._answer(route)

    async def _answer(self, route: "Route") -> None:
        request = route.request
        kind, url = request.resource_type, request.url
        if kind == "document":
            # "aborted" leaves the page as it stands; any other reason would put an error page in its place.
            await (route.abort("aborted") if self._begun else self._hand_in_page(route))
        elif kind == "stylesheet":
            await route.fulfill(status=200, content_type="text/css", body="")  # scripts may wait for it to load
        elif kind not in _FETCHED or request.method != "GET" or not self._may_ask(url):
            await route.abort("blockedbyclient")
        elif (part := await self._part(url, kind)) is not None:
            await route.fulfill(status=part.status, headers=part.headers, body=part.body)
        else:
            await route.abort("failed")

    async def _hand_in_page(self, route: "Route") -> None:
        self._begun = True
        media = self._capture.header("Content-Type") or "text/html"
        await route.fulfill(status=200, headers={"Content-Type": media}, body=self._capture.body)

    def _may_ask(self, url: str) -> bool:
        if self.over or self._asked >= self._limits.render_parts or self._bytes >= self._limits.page_bytes:
            return False
        return self._guard.verdict_on_part(self._capture.source, self._capture.final_url, url) is None

    async def _part(self, url: str, kind: str) -> _Part | None:
        known = self._scripts.get(url)
        if known is not None:
            return known
        self._asked += 1
        self._under_way += 1
        try:
            response = await self._fetch(url)
        except DOWNLOAD_ERRORS:
            return None
        finally:
            self._under_way -= 1
        part = _Part(response.status, _headers(response), response.body)
        self._bytes += len(part.body)
        room = _CACHE_BYTES - _bytes(self._scripts.values())
        if kind == "script" and part.status == 200 and len(part.body) <= room:
            self._scripts[url] = part
        return part


def _bytes(parts: Iterable[_Part]) -> int:
    return sum(len(each.body) for each in parts)


def _headers(response: Response) -> dict[str, str]:
    named = ((name.decode("latin-1"), values) for name, values in response.headers.items())
    return {name: b", ".join(values).decode("latin-1") for name, values in named if name.lower() not in _HOP}
