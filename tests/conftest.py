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
