"""The demonstration on a real Elasticsearch prints what it prints on the embedded index."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sosik.app.cli.commands.demo import SEARCHES
from tests.conftest import COMMAND, environment
from tests.servers.elasticsearch.server import Cluster

NAME = "demonstration"


@pytest.fixture(scope="module")
def demonstration(
    elasticsearch: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, str], str]]:
    """The environment of a data folder whose demonstration was indexed by Elasticsearch, and what that printed."""
    made = environment(
        tmp_path_factory.mktemp("demo-elasticsearch") / "data",
        SOSIK_INDEX="elasticsearch",
        SOSIK_ELASTICSEARCH_URL=elasticsearch.urls[0],
        SOSIK_ELASTICSEARCH_NAME=NAME,
        SOSIK_ELASTICSEARCH_REPLICAS="0",
    )
    yield made, run(made, "demo", "--no-serve")
    for each in Cluster.ask(elasticsearch.nodes[0], f"/{NAME}-*/_alias"):
        Cluster.ask(elasticsearch.nodes[0], f"/{each}", method="DELETE")


@pytest.fixture(scope="module")
def on_cluster(demonstration: tuple[dict[str, str], str]) -> dict[str, str]:
    return demonstration[0]


@pytest.fixture(scope="module")
def embedded(finished_demo: Path) -> dict[str, str]:
    return environment(finished_demo)


def run(made: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=made,
        cwd=Path(made["SOSIK_DATA"]).parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(made: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(made, *arguments, "--json").splitlines()]


@pytest.mark.parametrize("query", [*SEARCHES, "topic:ai-cluster", "from:2026-02 -교통"])
def test_searches_are_the_same(embedded: dict[str, str], on_cluster: dict[str, str], query: str) -> None:
    one, other = (lines(made, "search", query, "--limit", "100") for made in (embedded, on_cluster))
    assert one
    # Scores differ by what either engine still counts of the articles' earlier versions, so equals may change places.
    scores = [[hit.pop("score") for hit in found] for found in (one, other)]
    assert sorted(map(str, one)) == sorted(map(str, other))
    for ours, theirs in zip(*scores, strict=True):
        assert theirs == pytest.approx(ours, rel=0.2, abs=0.01)


@pytest.mark.parametrize("split", [(), ("--by", "topic"), ("--by", "region")])
def test_trends_are_the_same(embedded: dict[str, str], on_cluster: dict[str, str], split: tuple[str, ...]) -> None:
    one, other = (lines(made, "trends", *split) for made in (embedded, on_cluster))
    assert one == other
    assert len(one) >= 6


def test_the_demonstration_prints_the_same(demonstration: tuple[dict[str, str], str], tmp_path: Path) -> None:
    printed = run(environment(tmp_path / "data"), "demo", "--no-serve")
    assert all(f"Search: {query}" in printed for query in SEARCHES)
    assert "Articles by month" in printed
    assert _without_paths(demonstration[1]) == _without_paths(printed)


def _without_paths(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if not line.startswith(("Alert: ", "Data: "))]


def test_a_second_demonstration_adds_nothing_and_prints_the_same(
    embedded: dict[str, str], on_cluster: dict[str, str]
) -> None:
    printed = run(on_cluster, "demo", "--no-serve")
    assert "0 new, 0 revised" in printed
    for query in SEARCHES:
        assert f"Search: {query}" in printed
    status = json.loads(run(on_cluster, "index", "status", "--json"))
    assert (status["index"], status["pending"]) == ("elasticsearch", 0)
    assert status["documents"] == json.loads(run(embedded, "index", "status", "--json"))["documents"]
