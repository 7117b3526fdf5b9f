"""HTTP/1.1 on a local port, as much of it as a crawler needs: GET and HEAD, connections that stay, ordered delivery."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self, cast

from sosik.demo.reply import NOTHING, PLAIN, Reply

Answerer = Callable[[str, str, Mapping[str, str]], Reply]
"""Takes method, address as it was asked for, and headers (names in lower case)."""

_MAX_HEAD = 64 * 1024


class Listener:
    """Listens on 127.0.0.1 in a thread of its own until the context is left; `port` 0 takes any free one.

    Entering raises OSError where the port cannot be had. The answerer is called in that thread only.
    """

    def __init__(self, answer: Answerer, *, port: int = 0) -> None:
        self.port = port
        self._answerer = answer
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        started = threading.Event()
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
                lambda: _Connection(self._answerer, connections), "127.0.0.1", self.port, backlog=512
            )
        except OSError as error:
            failed.append(error)
            started.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await self._stop.wait()
            for connection in tuple(connections):
                connection.close()


class _Connection(asyncio.Protocol):
    """One keep-alive connection; answers are sent in the order of the requests."""

    def __init__(self, answer: Answerer, peers: "set[_Connection]") -> None:
        self._answerer = answer
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
        reply = self._answerer(method, address, headers)
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
        if delivery.cut == NOTHING:
            transport.abort()
            return
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
