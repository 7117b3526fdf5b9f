"""What a cluster of three nodes does not lose, whatever happens to it, and what is said meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from sosik.model.errors import Away, Damaged, QueryMistake, StorageFull
from sosik.model.ports.index import Index, Written
from sosik.model.query import Days, Word, parse
from sosik.model.search import Document, FacetField, Interval, Query
from sosik.storage.index.buckets import MOST_BUCKETS, day_number
from sosik.storage.index.elastic_connection import Address, connect
from sosik.storage.index.elastic_generations import ElasticGenerations
from tests.contracts.index_corpus import document
from tests.contracts.index_makers import ElasticMaker
from tests.servers.elasticsearch.server import Cluster

NODES = 3
MANY = 3_000
BULK = 10_000  # documents of nearly nothing
PAUSED = 30  # seconds
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def cluster(three_nodes: Cluster) -> Cluster:
    return three_nodes


@pytest.fixture
def maker(cluster: Cluster) -> Iterator[ElasticMaker]:
    made = ElasticMaker(cluster, replicas=1, patience=90)
    yield made
    made.close()


@pytest.fixture
def generations(maker: ElasticMaker) -> ElasticGenerations:
    made = maker.generations()
    made.begin()
    return made


@pytest.fixture
def index(generations: ElasticGenerations) -> Index:
    return generations.open(living(generations))


def living(generations: ElasticGenerations) -> str:
    name = generations.living()
    assert name is not None
    return name


def documents(count: int, *, version: int = 1, disturb: Callable[[], None] | None = None) -> Iterator[Document]:
    """Give documents of some size, and let something happen when a third of them was taken."""
    for number in range(count):
        if disturb is not None and number == count // 3:
            disturb()
        yield document(number, f"기사 {number}", "반도체 실증 " * 100, version=version)


def everything(index: Index) -> list[str]:
    return [each.article for each in index.export(Query())]


class Searching:
    """Somebody who searches all the time; keeps what was answered, and what was said in place of an answer."""

    def __init__(self, index: Index, query: Query) -> None:
        self.totals: list[int] = []
        self.errors: list[Exception] = []
        self.longest = 0.0
        self._index = index
        self._query = query
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._search)

    def _search(self) -> None:
        while not self._stopped.is_set():
            begun = time.monotonic()
            try:
                self.totals.append(self._index.search(self._query).total)
            except Away as error:
                self.errors.append(error)
            self.longest = max(self.longest, time.monotonic() - begun)

    def __enter__(self) -> "Searching":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._thread.join()


@pytest.mark.parametrize("number", range(NODES))
def test_a_node_killed_during_bulk_loses_nothing_that_was_acknowledged(
    cluster: Cluster, index: Index, number: int
) -> None:
    written: Written = index.upsert(documents(MANY, disturb=cluster.nodes[number].kill))
    assert written.refused == ()
    assert len(written.done) == MANY
    assert everything(index) == [f"{each:016x}" for each in range(MANY)]
    cluster.nodes[number].start()
    cluster.wait("green")
    assert everything(index) == [f"{each:016x}" for each in range(MANY)]


@pytest.mark.parametrize("number", range(NODES))
def test_a_node_killed_during_search_is_not_noticed(cluster: Cluster, index: Index, number: int) -> None:
    index.upsert(documents(100))
    cluster.wait("green")
    query = Query(where=parse("반도체"), facets=(FacetField.OUTLET,), histogram=Interval.MONTH)
    with Searching(index, query) as searching:
        until = time.monotonic() + 6
        time.sleep(1)
        cluster.nodes[number].kill()
        while time.monotonic() < until:
            time.sleep(0.1)
    assert searching.errors == []
    assert set(searching.totals) == {100}


@pytest.mark.parametrize("number", range(NODES))
def test_a_node_killed_during_a_swap_leaves_one_whole_generation(
    cluster: Cluster, generations: ElasticGenerations, number: int
) -> None:
    index = generations.open(living(generations))
    index.upsert(documents(50))
    following = generations.begin()
    generations.open(following).upsert(documents(80))
    cluster.wait("green")
    with Searching(index, Query(limit=1)) as searching:
        killer = threading.Thread(target=cluster.nodes[number].kill)
        killer.start()
        _until_it_works(lambda: generations.bring_to_life(following, NOW))
        killer.join()
        time.sleep(1)
    assert generations.living() == following
    assert set(searching.totals) <= {50, 80}
    assert searching.totals[-1] == 80
    assert searching.errors == []
    former = generations.former()
    assert former is not None
    assert generations.filling() is None


def _until_it_works(work: Callable[[], None]) -> None:
    for _ in range(30):
        try:
            work()
        except Away:
            time.sleep(1)
        else:
            return
    work()


def test_a_node_that_hangs_delays_and_loses_nothing(cluster: Cluster, index: Index) -> None:
    index.upsert(documents(100))
    cluster.wait("green")
    node = cluster.nodes[1]
    waker = threading.Timer(PAUSED, node.resume)

    def disturb() -> None:
        node.pause()
        waker.start()

    with Searching(index, Query(limit=1)) as searching:
        written = index.upsert(documents(MANY, version=2, disturb=disturb))
        waker.join()
    cluster.wait("green")
    assert len(written.done) == MANY
    assert written.refused == ()
    found = list(index.export(Query()))
    assert [each.article for each in found] == [f"{each:016x}" for each in range(MANY)]
    assert {each.version for each in found} == {2}
    assert set(searching.totals) <= set(range(100, MANY + 1))
    assert all("did not answer in time" in str(error) for error in searching.errors)


def test_a_full_disk_is_said_and_searches_go_on(
    cluster: Cluster, generations: ElasticGenerations, index: Index
) -> None:
    index.upsert(documents(10))
    held = next(iter(cluster.ask(cluster.nodes[0], "/*/_alias")))
    block = {"index.blocks.read_only_allow_delete": True}
    cluster.ask(cluster.nodes[0], f"/{held}/_settings", block, "PUT")
    writes: list[Callable[[], Written]] = [
        lambda: index.upsert(documents(20)),
        lambda: index.delete([(f"{0:016x}", 5)]),
    ]
    for write in writes:
        with pytest.raises(StorageFull, match="make room") as caught:
            write()
        assert "\n" not in str(caught.value)
    assert index.count() == 10
    cluster.ask(cluster.nodes[0], f"/{held}/_settings", dict.fromkeys(block), "PUT")
    assert len(index.upsert(documents(20)).done) == 20
    assert index.count() == 20


def test_a_mapping_conflict_refuses_what_conflicts_and_says_why(cluster: Cluster, maker: ElasticMaker) -> None:
    generations = maker.generations("crooked")
    generations.begin()
    (held,) = (each for each in cluster.ask(cluster.nodes[0], "/*crooked*/_alias"))
    told = cluster.ask(cluster.nodes[0], f"/{held}")[held]
    cluster.ask(cluster.nodes[0], f"/{held}", method="DELETE")
    told["mappings"]["properties"]["series"] = {"type": "long"}
    cluster.ask(cluster.nodes[0], f"/{held}", {"mappings": told["mappings"], "aliases": told["aliases"]}, "PUT")
    index = generations.open(living(generations))
    written = index.upsert([document("fits"), document("not", series="words"), document("too")])
    assert len(written.done) == 2
    ((article, version, reason),) = written.refused
    assert (article, version) == (document("not").article, 1)
    assert "series" in reason
    assert "\n" not in reason
    assert index.count() == 2


def test_one_bad_document_among_a_thousand_is_refused_alone(index: Index) -> None:
    bad = document(500, topics=["t" * 40_000])
    many = [bad if each.article == bad.article else each for each in documents(1_000)]
    written = index.upsert(iter(many))
    assert len(written.done) == 999
    assert [article for article, _, _ in written.refused] == [bad.article]
    assert "immense term" in written.refused[0][2]
    assert len(written.refused[0][2]) < 500
    assert index.count() == 999


def test_more_buckets_than_the_server_gives_is_a_mistake_of_the_query(cluster: Cluster, index: Index) -> None:
    """The server's own limit, really exceeded: one article a day for 180 years, with no more than a day each."""
    (held,) = cluster.ask(cluster.nodes[0], "/*/_alias")
    days = range(day_number(date(1900, 1, 1)), day_number(date(1900, 1, 1)) + MOST_BUCKETS + 1)
    client = connect(Address(urls=cluster.urls, timeout=60))
    for start in range(0, len(days), BULK):
        lines: list[dict[str, object]] = []
        for day in days[start : start + BULK]:
            lines += ({"index": {}}, {"live": True, "copy": False, "day": day})
        client.bulk(operations=lines, index=held)
    client.indices.refresh(index=held)
    client.close()
    with pytest.raises(QueryMistake, match="fewer days") as caught:
        index.search(Query(histogram=Interval.DAY, limit=0))
    assert str(MOST_BUCKETS) in str(caught.value)
    assert "\n" not in str(caught.value)
    some = Query(where=Days(date(2026, 1, 1), date(2026, 12, 31)), histogram=Interval.DAY, limit=0)
    assert len(index.search(some).histogram) == 365


def test_a_word_of_ten_thousand_terms_is_answered_or_a_mistake(index: Index) -> None:
    text = " ".join(f"말{number}" for number in range(10_000))
    long = document(1, "제목", text)
    index.upsert([long, document(2)])
    try:
        assert [hit.document for hit in index.search(Query(where=Word(text))).hits] == [long]
    except QueryMistake as mistake:
        assert "fewer words" in str(mistake)  # noqa: PT017  # either answer is right, but no other


def test_an_index_that_was_removed_is_not_made_by_writing_to_it(cluster: Cluster, maker: ElasticMaker) -> None:
    generations = maker.generations("gone")
    generations.begin()
    index = generations.open(living(generations))
    (held,) = (each for each in cluster.ask(cluster.nodes[0], "/*gone*/_alias"))
    cluster.ask(cluster.nodes[0], f"/{held}", method="DELETE")
    with pytest.raises(Damaged, match="sosik reindex"):
        index.upsert([document("a")])
    with pytest.raises(Damaged, match="sosik reindex"):
        index.search(Query())
    assert generations.living() is None
