"""The demonstration server: an HTTP proxy for the made-up outlets, which also answers by Host header."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from sosik.demo.faults import Faults
from sosik.demo.listener import Listener
from sosik.demo.newsstand import Request, open_newsstand
from sosik.demo.outlets import OUTLETS, Outlet
from sosik.demo.texts import DemoArticle, read_articles
from sosik.model.ports.clock import Clock


class DemoServer:
    """Serves the demonstration newspapers on 127.0.0.1 from a thread of its own, until the context is left.

    `proxy` is what a crawler sets as its HTTP proxy. `port` 0 takes any free one. `articles` are those written out
    for `outlets`, unless others are given; each must belong to one of `outlets`. `faults` may be changed while it
    runs; `clock` is read at every request. This is where the demonstration is put together: what it joins knows
    nothing of it.
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
        served = tuple(outlets)
        if articles is None:
            ids = {outlet.id for outlet in served}
            articles = [each for each in read_articles() if each.outlet in ids]
        self.faults = Faults() if faults is None else faults
        self._newsstand = open_newsstand(articles, served, clock=clock, faults=self.faults)
        self._listener = Listener(self._newsstand.answer, port=port)

    @property
    def proxy(self) -> str:
        """The server's address as a proxy: http://127.0.0.1:PORT."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._listener.port

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
        self._listener.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.__exit__(kind, error, trace)
