"""Elasticsearch: what our side costs beside the bare client, on a real server that is started for it."""

import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.corpus import documents
from benchmarks.measure import Scale, alternate, per_second, seconds
from benchmarks.processes import peak_of
from benchmarks.rows import Goal, Row
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.query import parse
from sosik.model.search import FacetField, Interval, Query
from sosik.storage.index.elastic_connection import Address, connect
from sosik.storage.index.elastic_index import ElasticIndex
from sosik.storage.index.elastic_schema import mappings, settings
from sosik.storage.index.elastic_writer import Action, upserts
from tests.servers.elasticsearch.server import Cluster, Unavailable

_FACETS = (FacetField.TOPIC, FacetField.REGION, FacetField.OUTLET, FacetField.ORGANISATION)
_QUERIES = ("인공지능", "자율주행 실증", "데이터센터", '"인공지능 반도체"', "광주 예산")
_BULK = 500  # documents of a bulk of the bare client; ours is bounded by bytes and comes to about as many
_HEAP = 1_024  # MB, of the server


def measure(scale: Scale) -> Iterator[Row]:
    """Bulk, search and memory; where the server cannot be had, rows that say so."""
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        try:
            with Cluster.started(Path(folder), heap=_HEAP) as cluster:
                yield from _Bench(cluster.urls[0], Path(folder), scale).rows()
        except Unavailable as error:
            yield Row(name="elastic", unit="", note=str(error))


class _Bench:
    """The three figures, on one server."""

    def __init__(self, url: str, folder: Path, scale: Scale) -> None:
        self._url = url
        self._folder = folder
        self._scale = scale
        self._cutter = MorphemeTermCutter(MecabTokenizer())
        self._client = connect(Address(urls=(url,), timeout=120))

    def rows(self) -> Iterator[Row]:
        """Measure, one after the other; every index is thrown away after its use."""
        yield self._bulk()
        yield self._memory()
        yield from self._search()
        self._client.close()

    def _bulk(self) -> Row:
        ready = list(documents(self._scale.of(10_000, least=200), self._cutter))
        bodies = [each for each in upserts(ready) if isinstance(each, Action)]

        def ours() -> None:
            self._index(self._client).upsert(ready)

        def baseline() -> None:
            self._feed(bodies)

        measured = [self._fresh(work, len(ready)) for work in (ours, baseline)]
        duel = alternate(measured[0], measured[1], rounds=self._scale.rounds(5))
        return Row(
            name="elastic, bulk",
            unit="documents/s",
            ours=duel.ours,
            baseline=duel.baseline,
            ratio=duel.ratio,
            goal=Goal(at_least=0.8),
            note=f"{len(ready):,} documents into an empty index; the baseline sends the same bodies, made beforehand",
        )

    def _memory(self) -> Row:
        count = self._scale.of(100_000, least=1_000)
        file = self._folder / "ready.pickle"
        file.write_bytes(pickle.dumps(list(documents(500, self._cutter))))
        self._make()
        command = (sys.executable, "-m", "benchmarks.elastic_writer", self._url, str(file), str(count))
        peak = peak_of(command, {})
        return Row(
            name="elastic, memory of the writer",
            unit="MB",
            ours=peak.together,
            goal=Goal(at_most=200),
            note=f"{count:,} documents in one call, in {peak.seconds:.0f} s",
        )

    def _search(self) -> Iterator[Row]:
        count = self._scale.of(100_000, least=200)
        client = _Timed(self._url, request_timeout=120)
        self._make()
        index = self._index(client)
        index.upsert(documents(count, self._cutter))
        client.indices.forcemerge(index="articles", max_num_segments=1)
        asked = [Query(where=parse(text), facets=_FACETS, histogram=Interval.MONTH) for text in _QUERIES]
        for each in asked:
            self._once(index, client, each)
        taken = [self._once(index, client, each) for _ in range(self._scale.of(20, least=2)) for each in asked]
        client.close()
        yield Row(
            name="elastic, added to a search",
            unit="ms/search",
            ours=median(each.ours for each in taken),
            goal=Goal(at_most=5),
            note=f"{count:,} articles, ten hits, four facets, monthly histogram",
        )
        bare = median(each.bare for each in taken)
        yield Row(
            name="elastic, added by the bare client", unit="ms/search", ours=bare, note="the same requests, unread"
        )
        took = median(each.took for each in taken)
        yield Row(name="elastic, the server's own time", unit="ms/search", ours=took)

    @staticmethod
    def _once(index: ElasticIndex, client: "_Timed", query: Query) -> "_Added":
        whole, took = client.timed(lambda: index.search(query))
        asked = client.asked
        bare, took_bare = client.timed(lambda: client.search(**asked))
        return _Added(ours=whole - took, bare=bare - took_bare, took=took)

    def _index(self, client: Elasticsearch) -> ElasticIndex:
        return ElasticIndex(client, cutter=self._cutter, reads="articles", writes="articles-write", place=self._url)

    def _make(self) -> None:
        self._client.indices.delete(index="bench-1", ignore_unavailable=True)
        self._client.indices.create(
            index="bench-1",
            mappings=mappings(self._cutter.name),
            settings=settings(1, 0),
            aliases={"articles": {}, "articles-write": {}},
        )

    def _fresh(self, work: Any, count: int) -> Any:
        def measured() -> float:
            self._make()
            return per_second(work, count)()

        return measured

    def _feed(self, bodies: Sequence[Action]) -> None:
        for start in range(0, len(bodies), _BULK):
            lines = [line for each in bodies[start : start + _BULK] for line in (each.head, each.source)]
            self._client.bulk(operations=lines, index="articles-write")  # type: ignore[arg-type]  # lines are taken too
        self._client.indices.refresh(index="articles-write")


@dataclass(frozen=True, slots=True)
class _Added:
    """Milliseconds beyond what the server says that it took: of our search, and of the bare client's."""

    ours: float
    bare: float
    took: float


class _Timed(Elasticsearch):
    """A client that adds up what the server says a search took, in milliseconds, and keeps what was asked last."""

    took = 0
    asked: Mapping[str, Any] = {}

    def search(self, **asked: Any) -> Any:
        """Search."""
        found = super().search(**asked)
        self.took += found["took"]
        self.asked = asked
        return found

    def timed(self, work: Callable[[], object]) -> tuple[float, float]:
        """Return how long the work takes, and how much of it the server says is its own; milliseconds."""
        self.took = 0
        return 1000 * seconds(work), self.took
