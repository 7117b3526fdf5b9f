"""Servers that are started once for all tests that need them."""

from collections.abc import Iterator

import pytest

from tests.servers.elasticsearch.server import Cluster, Unavailable


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One node of a real Elasticsearch; where it cannot be had, one line says what is missing."""
    try:
        with Cluster.started(tmp_path_factory.mktemp("elasticsearch")) as cluster:
            yield cluster
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def _three_started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    try:
        with Cluster.started(tmp_path_factory.mktemp("three"), nodes=3, heap=384) as cluster:
            yield cluster
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def three_nodes(_three_started: Cluster) -> Iterator[Cluster]:
    """A cluster of three nodes, to be killed and paused; it is made whole again for the next test."""
    yield _three_started
    _three_started.mend()
