"""How politely a host is visited: the one place that touches Scrapy's download slots."""

from collections import deque
from time import monotonic
from typing import Any

from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Request
from twisted.python.failure import Failure

from crawler.failures import Turned
from crawler.outcomes import STOPPED

PART = "part of a page"  # in the meta of a request that a page in the browser waits for
_LEAST = 0.001  # seconds: a slot without a delay cannot be paused


class _Line(deque[tuple[Request, Any]]):
    """Requests that wait for a host: parts of a page before pages, which would only wait in the browser for theirs."""

    def append(self, waiting: tuple[Request, Any]) -> None:
        if waiting[0].meta.get(PART):
            self.appendleft(waiting)
        else:
            super().append(waiting)


class Pace:
    """Delay and concurrency by host, on one spider's downloader."""

    def __init__(self, downloader: Downloader) -> None:
        self._downloader = downloader
        self._known: set[str] = set()

    def ensure(self, host: str, *, delay: float, concurrency: int) -> None:
        """Give a host its pace, once: before the first request to it gets a slot."""
        if host in self._known:
            return
        self._known.add(host)
        self._downloader.per_slot_settings[host] = {"concurrency": concurrency, "delay": delay}
        slot = self._downloader.slots.get(host)
        if slot is not None:
            slot.delay, slot.concurrency = delay, concurrency

    def slow_down(self, host: str, delay: float) -> None:
        """Raise the delay of a host to what its robots.txt asks for; never lowers it."""
        settings = self._downloader.per_slot_settings.setdefault(host, {})
        settings["delay"] = max(delay, settings.get("delay", 0.0))
        slot = self._downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, delay)

    def parts_first(self, host: str) -> None:
        """Let what pages in the browser wait for be asked first on a host; the delay stays as it is."""
        slot = self._downloader.slots.get(host)
        if slot is not None and not isinstance(slot.queue, _Line):
            slot.queue = _Line(slot.queue)

    def pause(self, request: Request, seconds: float) -> None:
        """Let no request start on that request's host for a while; those that wait there wait on."""
        slot = self._downloader.slots.get(str(request.meta.get(Downloader.DOWNLOAD_SLOT)))
        if slot is None:
            return
        slot.delay = max(slot.delay, _LEAST)
        # Scrapy starts the next request a delay after `lastseen`.
        slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)

    def give_up_waiting(self) -> None:
        """Turn away every request that waits for its host: a crawl that is to end does not sit out the delays."""
        for slot in self._downloader.slots.values():
            self._empty(slot, STOPPED)

    def turn_away(self, request: Request, outcome: str) -> None:
        """Turn away every request that waits for the same host as this one."""
        slot = self._downloader.slots.get(str(request.meta.get(Downloader.DOWNLOAD_SLOT)))
        if slot is not None:
            self._empty(slot, outcome)

    @staticmethod
    def _empty(slot: Slot, outcome: str) -> None:
        waiting = list(slot.queue)
        slot.queue.clear()
        for _, answer in waiting:
            answer.errback(Failure(Turned(outcome)))  # type: ignore[no-untyped-call]  # Twisted's Failure has no types
