"""What the writer makes of a busy server and of lost connections: it tells again what was not acknowledged."""

from collections.abc import Iterator

import pytest

from sosik.model.errors import Away, SosikError
from sosik.model.search import Document
from sosik.storage.index.elastic_connection import Address, connect
from sosik.storage.index.elastic_index import ElasticIndex
from tests.contracts.index_corpus import CUTTER, document
from tests.contracts.index_makers import ElasticMaker
from tests.servers.elasticsearch.server import Cluster
from tests.servers.elasticsearch.stumbling import ITEMS, LOST_AFTER, LOST_BEFORE, Stumbling, stumbling

MANY = 1_200  # documents: three bulks


@pytest.fixture
def before(elasticsearch: Cluster) -> Iterator[Stumbling]:
    with stumbling(elasticsearch.nodes[0].http) as server:
        yield server


@pytest.fixture
def maker(elasticsearch: Cluster) -> Iterator[ElasticMaker]:
    made = ElasticMaker(elasticsearch)
    yield made
    made.close()


@pytest.fixture
def straight(maker: ElasticMaker) -> ElasticIndex:
    """The index, asked past what stumbles."""
    generations = maker.generations()
    return generations.open(generations.begin())


@pytest.fixture
def patience() -> float:
    """Seconds that the writer goes on trying."""
    return 30.0


@pytest.fixture
def index(before: Stumbling, straight: ElasticIndex, elasticsearch: Cluster, patience: float) -> Iterator[ElasticIndex]:
    (held,) = (name for name in Cluster.ask(elasticsearch.nodes[0], "/test*-main-v1/_alias"))
    name = held.removesuffix("-v1")
    place = f"http://127.0.0.1:{before.server_port}"
    client = connect(Address(urls=(place,)))
    yield ElasticIndex(client, cutter=CUTTER, reads=name, writes=f"{name}-write", place=place, patience=patience)
    client.close()


def documents() -> list[Document]:
    return [document(number) for number in range(MANY)]


@pytest.mark.parametrize("trouble", [429, 502, 503, 504, ITEMS, LOST_BEFORE, LOST_AFTER])
def test_it_tries_again_until_all_is_there_once(
    index: ElasticIndex, straight: ElasticIndex, before: Stumbling, trouble: int | str
) -> None:
    before.plan = [trouble] * 4
    written = index.upsert(documents())
    assert written.refused == ()
    assert sorted(written.done) == [(each.article, 1) for each in documents()]
    assert straight.count() == MANY
    assert before.bulks >= 3 + 4


@pytest.mark.parametrize("patience", [0.5])
@pytest.mark.parametrize("trouble", [429, ITEMS, LOST_BEFORE])
def test_what_lasts_is_said_after_a_while_and_nothing_counts_as_done(
    index: ElasticIndex, straight: ElasticIndex, before: Stumbling, trouble: int | str
) -> None:
    before.plan = [trouble] * 1_000
    with pytest.raises(Away) as caught:
        index.upsert(documents())
    assert "\n" not in str(caught.value)
    assert straight.count() == 0


def test_no_second_try_where_the_key_may_not(index: ElasticIndex, before: Stumbling) -> None:
    before.plan = [403]
    with pytest.raises(SosikError, match="may not"):
        index.upsert([document("a")])
    assert before.bulks == 1
