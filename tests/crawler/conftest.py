from collections.abc import Iterator
from pathlib import Path

import pytest

from sosik.demo.clock import DemoClock
from sosik.demo.outlets import demo_sources
from sosik.demo.server import DemoServer
from sosik.model.source import Source
from tests.crawler.support import Room


@pytest.fixture
def clock() -> DemoClock:
    return DemoClock()


@pytest.fixture
def room(tmp_path: Path, clock: DemoClock) -> Room:
    made = Room(tmp_path, clock)
    made.migrate()
    return made


@pytest.fixture
def demo(clock: DemoClock) -> Iterator[DemoServer]:
    with DemoServer(clock=clock) as server:
        yield server


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    return {each.id: each for each in demo_sources()}
