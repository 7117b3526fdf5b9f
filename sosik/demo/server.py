"""The demonstration server: an HTTP proxy for the made-up outlets, which also answers by Host header."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self, cast
from urllib.parse import urlsplit

from sosik.demo.faults import Faults
from sosik.demo.outlets import OUTLETS, Outlet
from sosik.demo.reply import PLAIN, Reply, notice, page
from sosik.demo.site import Site, make_environment
from sosik.demo.texts import DemoArticle, read_articles
from sosik.model.ports.clock import Clock

_MAX_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that was answered. `outlet` is empty where no outlet has that host; header names are lower case."""

    outlet: str
    method: str
    url: str
    target: str
    status: int
    headers: Mapping[str, str]


class Newsstand:
    """All outlets at once: finds who answers an address, keeps the request log."""

    def __init__(self, sites: Mapping[str, Site], *, clock: Clock, faults: Faults) -> None:
        self._sites = sites
        self._clock = clock
        self._faults = faults
        self.log: deque[Request] = deque()

    def answer(self, method: str, address: str, headers: Mapping[str, str]) -> Reply:
        """Answer a request in absolute form, or in origin form with a Host header; log it."""
        host, target = _split(address, headers)
        site = self._sites.get(host)
        if site is not None:
            reply = site.answer(target, self._clock.now()) if method in ("GET", "HEAD") else notice(405, "GET, HEAD")
            reply = self._faults.apply(site.outlet.id, target, reply)
        elif host in ("127.0.0.1", "localhost"):
            reply = self._front()
        else:
            reply = notice(502, "그런 신문은 없습니다.")
        self.log.append(
            Request(
                outlet="" if site is None else site.outlet.id,
                method=method,
                url=f"http://{host}{target}",
                target=target,
                status=304 if reply.unchanged_for(headers) else reply.status,
                headers=headers,
            )
        )
        return reply

    def render_all(self) -> int:
        """Render every article page now shown, so that a measurement does not pay for it; return how many."""
        now = self._clock.now()
        count = 0
        for site in self._sites.values():
            for path in site.paths(now):
                site.answer(path, now)
                count += 1
        return count

    def _front(self) -> Reply:
        items = "".join(f"<li>{site.outlet.name} {host}</li>" for host, site in self._sites.items())
        body = f"<!doctype html><html lang=ko><title>소식 시연 신문</title><ul>{items}</ul></html>"
        return page(body.encode(), "text/html; charset=utf-8")


class DemoServer:
    """Serves the demonstration newspapers on 127.0.0.1 from a thread of its own, until the context is left.

    `proxy` is what a crawler sets as its HTTP proxy. `port` 0 takes any free one. `articles` are those written out
    for `outlets`, unless others are given; each must belong to one of `outlets`. `faults` may be changed while it
    runs; `clock` is read at every request.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        articles: Iterable[DemoArticle] | None = None,
        outlets: Iterable[Outlet] = OUTLETS,
        faults: Faults | None = None,
        port: int = 0,
    ) -> None:
        self.faults = Faults() if faults is None else faults
        served = tuple(outlets)
        if articles is None:
            ids = {outlet.id for outlet in served}
            articles = [each for each in read_articles() if each.outlet in ids]
        self._newsstand = newsstand(articles, served, clock=clock, faults=self.faults)
        self._wanted_port = port
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    @property
    def proxy(self) -> str:
        """The server's address as a proxy: http://127.0.0.1:PORT."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request answered since the start or the last `forget_requests`, in order."""
        return tuple(self._newsstand.log)

    def forget_requests(self) -> None:
        """Empty the request log."""
        self._newsstand.log.clear()

    def render_all(self) -> int:
        """Render every article page now shown; call it before the first request of a measurement."""
        return self._newsstand.render_all()

    def __enter__(self) -> Self:
        started: threading.Event = threading.Event()
        failed: list[OSError] = []
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(started, failed)), name="demo-newspapers", daemon=True
        )
        self._thread.start()
        started.wait()
        if failed:
            self._thread.join()
            raise failed[0]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join()

    async def _serve(self, started: threading.Event, failed: list[OSError]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        connections: set[_Connection] = set()
        try:
            server = await self._loop.create_server(
                lambda: _Connection(self._newsstand, connections), "127.0.0.1", self._wanted_port, backlog=512
            )
        except OSError as error:
            failed.append(error)
            started.set()
            return
        self._port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await self._stop.wait()
            for connection in tuple(connections):
                connection.close()


def newsstand(articles: Iterable[DemoArticle], outlets: Iterable[Outlet], *, clock: Clock, faults: Faults) -> Newsstand:
    """Join articles and outlets; raises ValueError for an article of an outlet that is not there."""
    environment = make_environment()
    outlets = tuple(outlets)
    by_outlet: dict[str, list[DemoArticle]] = {outlet.id: [] for outlet in outlets}
    for article in articles:
        if article.outlet not in by_outlet:
            raise ValueError(f"article {article.number} is of an outlet that is not there: {article.outlet!r}")
        by_outlet[article.outlet].append(article)
    sites = {outlet.host: Site(outlet, by_outlet[outlet.id], environment) for outlet in outlets}
    return Newsstand(sites, clock=clock, faults=faults)


def _split(address: str, headers: Mapping[str, str]) -> tuple[str, str]:
    if address.startswith("/"):
        return headers.get("host", "").partition(":")[0].lower(), address
    if address.startswith("http://"):
        host, slash, rest = address[len("http://") :].partition("/")
        return host.partition(":")[0].lower(), f"/{rest}" if slash else "/"
    parts = urlsplit(address)
    return (parts.hostname or "").lower(), parts.path or "/"


class _Connection(asyncio.Protocol):
    """One keep-alive connection; answers are sent in the order of the requests."""

    def __init__(self, newsstand: Newsstand, peers: "set[_Connection]") -> None:
        self._newsstand = newsstand
        self._peers = peers
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._slow: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._peers.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._peers.discard(self)
        if self._slow is not None:
            self._slow.cancel()

    def close(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._go_on()

    def _go_on(self) -> None:
        transport = self._transport
        while transport is not None and self._slow is None and not transport.is_closing():
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > _MAX_HEAD:
                    transport.abort()
                return
            head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
            self._answer(transport, head)

    def _answer(self, transport: asyncio.Transport, head: bytes) -> None:
        first, *rest = head.decode("latin-1").split("\r\n")
        words = first.split(" ")
        if len(words) != 3:
            transport.abort()
            return
        method, address, version = words
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        reply = self._newsstand.answer(method, address, headers)
        start, body = reply.wire(
            packed="gzip" in headers.get("accept-encoding", ""),
            unchanged=reply.unchanged_for(headers),
            with_body=method != "HEAD",
        )
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        ends = has_body or version == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
        if reply.delivery is PLAIN:
            transport.writelines((start, body))
            if ends:
                transport.close()
            return
        self._slow = asyncio.get_running_loop().create_task(self._deliver(transport, start, body, reply, ends=ends))

    async def _deliver(
        self, transport: asyncio.Transport, start: bytes, body: bytes, reply: Reply, *, ends: bool
    ) -> None:
        delivery = reply.delivery
        if delivery.wait:
            await asyncio.sleep(delivery.wait)
        transport.write(start)
        if delivery.drip:
            for place in range(0, len(body), delivery.chunk):
                transport.write(body[place : place + delivery.chunk])
                await asyncio.sleep(delivery.drip)
        else:
            transport.write(body if delivery.cut is None else body[: delivery.cut])
        self._slow = None
        if ends or delivery.cut is not None:
            transport.close()
        else:
            self._go_on()


def article_addresses(articles: Iterable[DemoArticle], at: datetime, outlets: Iterable[Outlet] = OUTLETS) -> list[str]:
    """Return the canonical address of every article shown at that instant."""
    by_id = {outlet.id: outlet for outlet in outlets}
    return [by_id[each.outlet].url_of(each) for each in articles if each.as_of(at) is not None]
