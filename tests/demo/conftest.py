import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from sosik.demo.clock import DemoClock
from sosik.demo.server import DemoServer
from sosik.demo.texts import DemoArticle, read_articles


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Answer]


@pytest.fixture(scope="session")
def articles() -> tuple[DemoArticle, ...]:
    return read_articles()


@pytest.fixture
def clock() -> DemoClock:
    return DemoClock()


@pytest.fixture
def server(articles: tuple[DemoArticle, ...], clock: DemoClock) -> Iterator[DemoServer]:
    with DemoServer(clock=clock, articles=articles) as running:
        yield running


@pytest.fixture
def get(server: DemoServer) -> Iterator[Get]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)

    def ask(url: str, *, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, url, headers={"Accept-Encoding": "identity"} | named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    yield ask
    connection.close()
