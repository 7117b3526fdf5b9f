"""Who makes an index for the contract suite: one class an engine, added to ENGINES."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from sosik.model.ports.generations import Generations
from sosik.model.ports.index import Index
from sosik.model.ports.tokenizer import TermCutter
from sosik.storage.index.elastic_connection import Address, connect
from sosik.storage.index.elastic_generations import ElasticGenerations
from sosik.storage.index.elastic_snapshots import Repository
from sosik.storage.index.tantivy_generations import TantivyGenerations
from sosik.storage.index.tantivy_index import TantivyIndex
from tests.contracts.index_corpus import CUTTER
from tests.servers.elasticsearch.server import Cluster

_numbers = itertools.count(1)


class IndexMaker(Protocol):
    """Opens indexes for one test. The same name opened twice is the same index, seen by two."""

    def open(self, name: str = "main", cutter: TermCutter = CUTTER) -> Index:
        """Open an index, empty where it is new."""
        ...

    def generations(self, name: str = "main", cutter: TermCutter = CUTTER) -> Generations:
        """Open the generations of an index."""
        ...

    def close(self) -> None:
        """Close what is open and throw the indexes away."""
        ...


class TantivyMaker:
    """Opens tantivy indexes in folders under a test's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Index] = []

    def open(self, name: str = "main", cutter: TermCutter = CUTTER) -> Index:
        index = TantivyIndex(self._folder / name, cutter=cutter, patience=0.2)
        self._open.append(index)
        return index

    def generations(self, name: str = "main", cutter: TermCutter = CUTTER) -> TantivyGenerations:
        """Return the generations of an index."""
        return TantivyGenerations(self._folder / name, cutter=cutter, snapshots=self._folder / f"{name}-copies")

    def close(self) -> None:
        for index in self._open:
            index.close()


class ElasticMaker:
    """Opens indexes on a running cluster, under names that no other test has."""

    def __init__(self, cluster: Cluster, *, shards: int = 1, replicas: int = 0, patience: float = 30.0) -> None:
        self._cluster = cluster
        self._patience = patience
        self._shards = shards
        self._replicas = replicas
        self._prefix = f"test{next(_numbers)}"
        self._open: list[ElasticGenerations] = []

    def generations(self, name: str = "main", cutter: TermCutter = CUTTER) -> ElasticGenerations:
        """Return the generations of an index."""
        address = Address(urls=self._cluster.urls)
        client, called = connect(address), f"{self._prefix}-{name}"
        copies = str(self._cluster.repository / called)
        made = ElasticGenerations(
            client,
            cutter=cutter,
            place=address.place,
            name=called,
            shards=self._shards,
            replicas=self._replicas,
            patience=self._patience,
            repository=Repository(client, name=called, location=copies, place=address.place),
        )
        self._open.append(made)
        return made

    def open(self, name: str = "main", cutter: TermCutter = CUTTER) -> Index:
        generations = self.generations(name, cutter)
        return generations.open(generations.living() or generations.begin())

    def close(self) -> None:
        for generations in self._open:
            generations.close()
        node = next(each for each in self._cluster.nodes if each.process is not None)
        for name in self._cluster.ask(node, f"/{self._prefix}-*/_alias"):
            self._cluster.ask(node, f"/{name}", method="DELETE")


def _tantivy(request: pytest.FixtureRequest) -> IndexMaker:
    return TantivyMaker(request.getfixturevalue("tmp_path"))


def _elastic(request: pytest.FixtureRequest) -> IndexMaker:
    return ElasticMaker(request.getfixturevalue("elasticsearch"))


def _elastic_in_shards(request: pytest.FixtureRequest) -> IndexMaker:
    return ElasticMaker(request.getfixturevalue("elasticsearch"), shards=3)


ENGINES: dict[str, Callable[[pytest.FixtureRequest], IndexMaker]] = {
    "tantivy": _tantivy,
    "elasticsearch": _elastic,
    "elasticsearch, 3 shards": _elastic_in_shards,
}
