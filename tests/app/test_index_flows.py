"""Indexing, rebuilding and copies by the flows, on both engines."""

import itertools
import socket
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sosik.app.flows import index as indexing
from sosik.app.flows.ask import living_index
from sosik.app.flows.index import FORMER_IS_KEPT, index_pending
from sosik.app.flows.reindex import go_back, reindex
from sosik.app.flows.snapshots import list_snapshots, restore, take_snapshot
from sosik.app.flows.status import index_status
from sosik.app.reading import open_reader
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.model.errors import Away, Damaged, Mismatch, NotFound, Refused, SettingsMistake
from sosik.model.query import Everything
from sosik.model.search import Interval, Query
from tests.servers.elasticsearch.server import Cluster
from tests.servers.elasticsearch.stumbling import stumbling
from tests.storage.samples import HandClock, analysis, article

COUNT = 40
_numbers = itertools.count(1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["tantivy", "elasticsearch"])
def wiring(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[Wiring]:
    """A ledger of 40 articles that no index was told of."""
    settings = Settings(data=tmp_path / "data", workers=1)
    cluster: Cluster | None = None
    if request.param == "elasticsearch":
        cluster = request.getfixturevalue("elasticsearch")
        name = f"flows{next(_numbers)}"
        settings = on_cluster(settings, cluster.urls[0], name, str(cluster.repository / name))
    made = Wiring(settings, clock)
    write(made, range(COUNT))
    yield made
    if cluster is not None:
        for each in Cluster.ask(cluster.nodes[0], f"/{name}-*/_alias"):
            Cluster.ask(cluster.nodes[0], f"/{each}", method="DELETE")


def on_cluster(settings: Settings, url: str, name: str, copies: str = "") -> Settings:
    chosen = {
        "index": "elasticsearch",
        "elasticsearch_url": url,
        "elasticsearch_name": name,
        "elasticsearch_replicas": 0,
        "index_snapshots": copies,
    }
    return settings.model_copy(update=chosen)


@pytest.fixture(autouse=True)
def _nothing_is_analysed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The analyses here are made up; that a rebuild makes stale ones anew is tested with the tokenizers."""
    monkeypatch.setattr("sosik.app.flows.reindex.analyse_stale", lambda wiring, progress: 0)


def write(wiring: Wiring, numbers: range, *, title: str = "제목", minutes: int = 0) -> list[str]:
    """Write articles and their analyses to the ledger; return their ids."""
    with wiring.ledger() as ledger, ledger.write() as unit:
        put = [unit.articles.put(article(number, title=title, minutes=minutes))[0] for number in numbers]
        for each in put:
            unit.analyses.put(analysis(each))
    return [each.id for each in put]


def titles(wiring: Wiring) -> dict[str, str]:
    with living_index(wiring) as index:
        return {each.article: each.title for each in index.export(Query())}


def test_everything_is_indexed_once_and_changes_follow(wiring: Wiring) -> None:
    with pytest.raises(NotFound, match="sosik reindex"), living_index(wiring):
        pass
    assert index_pending(wiring).written == COUNT
    assert index_pending(wiring).written == 0
    (edited,) = write(wiring, range(3, 4), title="고친 제목", minutes=9)
    assert index_pending(wiring).written == 1
    assert titles(wiring)[edited] == "고친 제목"
    status = index_status(wiring)
    assert (status["documents"], status["articles"], status["pending"]) == (COUNT, COUNT, 0)


def test_a_rebuild_takes_over_and_the_former_comes_back_with_what_it_missed(wiring: Wiring, clock: HandClock) -> None:
    index_pending(wiring)
    first = index_status(wiring)["generation"]
    report = reindex(wiring)
    assert (report.documents, report.written, report.refused, report.resumed) == (COUNT, COUNT, (), False)
    assert 0 < report.compared <= COUNT
    assert index_status(wiring)["former"] == first != report.generation

    (edited,) = write(wiring, range(5, 6), title="그 뒤", minutes=9)
    index_pending(wiring)
    clock.move(FORMER_IS_KEPT - timedelta(minutes=1))
    index_pending(wiring)
    assert go_back(wiring) == first
    assert titles(wiring)[edited] == "그 뒤"
    with pytest.raises(NotFound, match="a day"):
        go_back(wiring)


def test_the_former_is_removed_after_a_day(wiring: Wiring, clock: HandClock) -> None:
    index_pending(wiring)
    reindex(wiring)
    clock.move(FORMER_IS_KEPT)
    index_pending(wiring)
    assert index_status(wiring)["former"] is None
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.index_work.generations() == (index_status(wiring)["generation"],)


def test_a_rebuild_that_was_cut_short_is_gone_on_with(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_BATCH", 8)
    index_pending(wiring)
    living = index_status(wiring)["generation"]

    def stop(what: str, done: int, total: int | None = None) -> None:
        if done >= COUNT // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(wiring, progress=stop)
    status = index_status(wiring)
    assert status["generation"] == living
    begun = status["filling"]
    assert begun is not None

    (edited,) = write(wiring, range(1, 2), title="그 사이", minutes=9)
    assert index_pending(wiring).written == 1  # the living one is kept up to date meanwhile
    assert titles(wiring)[edited] == "그 사이"
    report = reindex(wiring)
    assert (report.resumed, report.generation, report.documents) == (True, begun, COUNT)
    assert report.written < COUNT
    assert titles(wiring)[edited] == "그 사이"


def test_an_index_that_is_not_what_the_ledger_holds_is_not_swapped_in(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_pending(wiring)
    living = index_status(wiring)["generation"]
    fill = indexing.fill

    def fill_and_lose(wiring: Wiring, *given: object) -> object:
        report = fill(wiring, *given)  # type: ignore[arg-type]  # passed on as they came
        with wiring.generations() as generations:
            name = generations.filling()
            assert name is not None
            with closing(generations.open(name)) as index:
                index.delete([(each.article, each.version) for each in list(index.export(Query()))[:1]])
        return report

    monkeypatch.setattr("sosik.app.flows.reindex.fill", fill_and_lose)
    with pytest.raises(Damaged, match=f"3[89] articles and the ledger {COUNT}"):
        reindex(wiring)
    assert index_status(wiring)["generation"] == living
    monkeypatch.setattr("sosik.app.flows.reindex.fill", fill)
    assert reindex(wiring).documents == COUNT


def test_the_index_of_another_ledger_is_not_taken_away_by_itself(wiring: Wiring, tmp_path: Path) -> None:
    index_pending(wiring)
    other = replace(wiring, settings=wiring.settings.model_copy(update={"ledger_url": f"sqlite:///{tmp_path}/other"}))
    (only,) = write(other, range(77, 78))
    if wiring.settings.index == "tantivy":  # a folder is the ledger's beside it
        index_pending(other)
    else:  # a cluster may be a team's
        with pytest.raises(Mismatch, match="SOSIK_ELASTICSEARCH_NAME"):
            index_pending(other)
        assert len(titles(wiring)) == COUNT
        reindex(other)
    assert list(titles(other)) == [only]


def test_a_copy_comes_back_without_what_the_ledger_lost_and_with_what_it_gained(wiring: Wiring, tmp_path: Path) -> None:
    index_pending(wiring)
    name = take_snapshot(wiring)
    assert list_snapshots(wiring) == (name,)
    other = replace(wiring, settings=wiring.settings.model_copy(update={"ledger_url": f"sqlite:///{tmp_path}/other"}))
    kept = [*write(other, range(1, 20)), *write(other, range(60, 62), title="새 제목")]
    report = restore(other, name)
    assert (report.documents, report.removed) == (len(kept), COUNT - 19)
    assert sorted(titles(other)) == sorted(kept)
    with pytest.raises(NotFound, match=name):
        restore(other, "no-such")


def test_copies_go_to_a_bucket_where_settings_say_so(tmp_path: Path, elasticsearch: Cluster, clock: HandClock) -> None:
    """As far as the server of the tests goes, which knows no S3."""
    node, name = elasticsearch.nodes[0], f"flows{next(_numbers)}"
    settings = on_cluster(Settings(data=tmp_path / "data", workers=1), node.url, name, "s3://bucket/some/path")
    write(Wiring(settings, clock), range(1))
    index_pending(Wiring(settings, clock))
    with pytest.raises(Refused, match=r"type \[s3\] does not exist"):
        take_snapshot(Wiring(settings, clock))
    with pytest.raises(SettingsMistake, match="SOSIK_INDEX_SNAPSHOTS"):
        take_snapshot(Wiring(on_cluster(settings, node.url, name, "ftp://host/path"), clock))
    for each in Cluster.ask(node, f"/{name}-*/_alias"):
        Cluster.ask(node, f"/{each}", method="DELETE")


def test_what_is_refused_stays_work_and_the_rest_goes_on(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_BATCH", 8)
    make = type(wiring.document_maker()).make
    bad = write(wiring, range(3))

    def make_bad(self: object, unit: object, name: str, version: int) -> object:
        made = make(self, unit, name, version)  # type: ignore[arg-type]  # passed on as they came
        return made and replace(made, english="반쪽 \ud800") if name in bad else made

    monkeypatch.setattr(type(wiring.document_maker()), "make", make_bad)
    report = index_pending(wiring)
    assert sorted(each for each, _ in report.refused) == sorted(bad)
    assert report.written == COUNT - len(bad)
    assert index_status(wiring)["pending"] == len(bad)
    monkeypatch.undo()
    assert index_pending(wiring).written == len(bad)
    assert index_status(wiring)["pending"] == 0


def test_a_dashboard_keeps_one_connection_and_sees_what_becomes_of_the_index(
    tmp_path: Path, elasticsearch: Cluster, clock: HandClock
) -> None:
    node, name = elasticsearch.nodes[0], f"flows{next(_numbers)}"
    wiring = Wiring(on_cluster(Settings(data=tmp_path / "data", workers=1), node.url, name), clock)
    write(wiring, range(COUNT))
    with open_reader(wiring) as reader:
        with pytest.raises(NotFound, match="sosik reindex"):
            reader.search(Query())
        index_pending(wiring)
        opened = connections(elasticsearch)
        for _ in range(5):
            assert reader.search(Query()).total == COUNT
            assert [row.count for row in reader.trend(Everything(), interval=Interval.MONTH, by=None)] == [COUNT]
            assert len(reader.sources()) > 1
        assert connections(elasticsearch) - opened == 1  # the one that asked for this figure

        write(wiring, range(COUNT, COUNT + 1))
        assert reader.search(Query()).total == COUNT
        reindex(wiring)
        assert reader.search(Query()).total == COUNT + 1
        (living,) = Cluster.ask(node, f"/_alias/{name}")
        (told,) = Cluster.ask(node, f"/{living}/_mapping").values()
        made_by = told["mappings"]["_meta"]
        for meta, refused in (({"sosik": {**made_by["sosik"], "cutter": "another"}}, True), (made_by, False)):
            Cluster.ask(node, f"/{living}/_mapping", {"_meta": meta}, "PUT")
            with pytest.raises(Mismatch, match="sosik reindex") if refused else nullcontext():
                reader.search(Query())
    for each in Cluster.ask(node, f"/{name}-*/_alias"):
        Cluster.ask(node, f"/{each}", method="DELETE")


def test_a_dashboard_answers_again_when_its_server_is_back(
    tmp_path: Path, elasticsearch: Cluster, clock: HandClock
) -> None:
    node, name = elasticsearch.nodes[0], f"flows{next(_numbers)}"
    settings = on_cluster(Settings(data=tmp_path / "data", workers=1), node.url, name)
    write(Wiring(settings, clock), range(3))
    index_pending(Wiring(settings, clock))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open_reader(Wiring(on_cluster(settings, f"http://127.0.0.1:{port}", name), clock)) as reader:
        for _ in range(2):
            with pytest.raises(Away, match=str(port)):
                reader.search(Query())
            assert reader.stories(3) == ()  # the ledger's part goes on
            with stumbling(node.http, port):
                assert reader.search(Query()).total == 3
    for each in Cluster.ask(node, f"/{name}-*/_alias"):
        Cluster.ask(node, f"/{each}", method="DELETE")


def connections(cluster: Cluster) -> int:
    """Return how many connections the server has ever taken."""
    (node,) = Cluster.ask(cluster.nodes[0], "/_nodes/stats/http")["nodes"].values()
    return int(node["http"]["total_opened"])


def test_an_index_that_refuses_everything_is_damaged(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_BATCH", 8)
    monkeypatch.setattr(indexing, "_MOST_REFUSED", 10)
    make = type(wiring.document_maker()).make

    def make_bad(self: object, unit: object, name: str, version: int) -> object:
        made = make(self, unit, name, version)  # type: ignore[arg-type]  # passed on as they came
        return made and replace(made, english="반쪽 \ud800")

    monkeypatch.setattr(type(wiring.document_maker()), "make", make_bad)
    with pytest.raises(Damaged, match="sosik reindex"):
        index_pending(wiring)


def test_while_it_is_away_work_waits_and_searches_fail_at_once(
    tmp_path: Path, elasticsearch: Cluster, clock: HandClock
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    name = f"flows{next(_numbers)}"
    there = Wiring(on_cluster(Settings(data=tmp_path / "data"), elasticsearch.urls[0], name), clock)
    away = Wiring(on_cluster(there.settings, nowhere, name), clock)
    write(there, range(5))
    index_pending(there)
    write(away, range(5, 9))
    report = index_pending(away)
    assert (report.written, report.refused) == (0, ())
    assert nowhere in report.waiting
    with pytest.raises(Away, match=nowhere), living_index(away):
        pass
    with pytest.raises(Away, match=nowhere):
        reindex(away)
    assert index_pending(there).written == 4
    assert len(titles(there)) == 9
    for each in Cluster.ask(elasticsearch.nodes[0], f"/{name}-*/_alias"):
        Cluster.ask(elasticsearch.nodes[0], f"/{each}", method="DELETE")
