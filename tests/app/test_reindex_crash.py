"""`sosik reindex` on Elasticsearch: nodes die while it swaps, and it is killed itself. The alias always answers."""

import itertools
import json
import subprocess
import threading
import time
import urllib.error
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sosik.app.reading import open_reader
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.errors import SosikError
from sosik.model.search import Query
from tests.conftest import COMMAND, environment
from tests.servers.elasticsearch.server import Cluster, Node

PATIENCE = 120.0  # seconds
_numbers = itertools.count(1)


@dataclass
class Rebuilding:
    """The demonstration's data, indexed on a cluster; what its aliases say is asked of one node, past the product."""

    cluster: Cluster
    data: Path
    name: str
    witness: Node = field(init=False)

    def __post_init__(self) -> None:
        self.witness = self.cluster.nodes[-1]

    @property
    def settings(self) -> dict[str, str]:
        return {
            "index": "elasticsearch",
            "elasticsearch_url": ",".join(self.cluster.urls),
            "elasticsearch_name": self.name,
            "elasticsearch_replicas": str(min(len(self.cluster.nodes) - 1, 1)),
            "workers": "1",
        }

    @property
    def wiring(self) -> Wiring:
        return Wiring(Settings.model_validate({"data": self.data, **self.settings}), DemoClock())

    def start(self) -> "subprocess.Popen[str]":
        made = environment(self.data, **{f"SOSIK_{name.upper()}": value for name, value in self.settings.items()})
        return subprocess.Popen(
            [*COMMAND, "reindex", "--json"],
            env=made,
            cwd=self.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def finish(self) -> dict[str, Any]:
        with self.start() as process:
            out, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, told
        return dict(json.loads(out))

    def aliases(self) -> dict[str, list[str]]:
        """Which indexes each alias names."""
        found: dict[str, list[str]] = defaultdict(list)
        for index, told in self.cluster.ask(self.witness, f"/{self.name}-v*/_alias").items():
            for alias in told["aliases"]:
                found[alias].append(index)
        return dict(found)

    @property
    def living(self) -> str:
        (index,) = self.aliases()[self.name]
        return index

    @property
    def left(self) -> list[str]:
        """When each generation that was left noted so; the aliases are moved with the next two requests."""
        found = self.cluster.ask(self.witness, f"/{self.name}-v*/_mapping").values()
        notes = (told["mappings"]["_meta"]["sosik"] for told in found)
        return sorted(note["left"] for note in notes if "left" in note)

    def is_begun(self) -> bool:
        return f"{self.name}-next" in self.aliases()

    def is_filled(self, count: int) -> bool:
        """Does the next generation hold so many articles? From now on it is compared, and then swapped in."""
        (index, *_) = self.aliases().get(f"{self.name}-next", [""])
        try:
            return bool(index) and int(self.cluster.ask(self.witness, f"/{index}/_count")["count"]) >= count
        except urllib.error.HTTPError as error:
            assert error.code in (404, 503)  # it is being made  # noqa: PT017
            error.close()
            return False

    def remove(self) -> None:
        for each in self.cluster.ask(self.witness, f"/{self.name}-*/_alias"):
            self.cluster.ask(self.witness, f"/{each}", method="DELETE")


@dataclass
class Reading:
    """A dashboard that is asked all the time: how much it found, and what it said instead."""

    wiring: Wiring
    totals: set[int] = field(default_factory=set)
    errors: list[SosikError] = field(default_factory=list)

    def __enter__(self) -> "Reading":
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _read(self) -> None:
        with open_reader(self.wiring) as reader:
            while not self._stopped.is_set():
                try:
                    self.totals.add(reader.search(Query(limit=1)).total)
                except SosikError as error:
                    self.errors.append(error)


def until(seen: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait until something is seen of the cluster; the process must still be at work then."""
    end = time.monotonic() + PATIENCE
    while not seen():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.002)


def assert_index_equals_ledger(wiring: Wiring) -> int:
    maker = wiring.document_maker()
    with wiring.generations() as generations, wiring.ledger() as ledger, ledger.read() as unit:
        living = generations.living()
        assert living is not None
        assert unit.index_work.count(living) == 0
        found = list(generations.open(living).export(Query()))
        versions = unit.versions([each.article for each in found])
        assert len({each.article for each in found}) == len(found) == unit.articles.count()
        assert found == [maker.make(unit, each.article, versions[each.article]) for each in found]
        return len(found)


@pytest.fixture
def on_three(three_nodes: Cluster, demo_data: Path) -> Iterator[Rebuilding]:
    made = Rebuilding(three_nodes, demo_data, f"rebuilt{next(_numbers)}")
    made.finish()
    yield made
    three_nodes.mend()
    made.remove()


@pytest.fixture
def on_one(elasticsearch: Cluster, demo_data: Path) -> Iterator[Rebuilding]:
    made = Rebuilding(elasticsearch, demo_data, f"rebuilt{next(_numbers)}")
    made.finish()
    yield made
    made.remove()


def test_nodes_killed_in_turn_while_the_command_swaps(on_three: Rebuilding) -> None:
    count = assert_index_equals_ledger(on_three.wiring)
    for number, node in enumerate(on_three.cluster.nodes):
        on_three.witness = on_three.cluster.nodes[number - 1]
        living, left = on_three.living, on_three.left
        with Reading(on_three.wiring) as reading, on_three.start() as process:
            until(lambda: on_three.left != left, process)  # noqa: B023  # called before the next turn
            node.kill()
            _, told = process.communicate(timeout=PATIENCE)
        assert (reading.totals, reading.errors) == ({count}, [])
        if process.returncode:  # it may say that the cluster had no leader just then, and the next run goes on
            assert told.startswith("sosik: ")
            assert len(told.splitlines()) == 1
        else:
            assert on_three.living != living
        on_three.cluster.mend()
        assert assert_index_equals_ledger(on_three.wiring) == count
    assert on_three.finish()["documents"] == count
    assert on_three.aliases().keys() == {on_three.name, f"{on_three.name}-write"}
    assert assert_index_equals_ledger(on_three.wiring) == count


def test_the_command_killed_at_every_stage(on_one: Rebuilding) -> None:
    count = assert_index_equals_ledger(on_one.wiring)
    stages: list[Callable[[str, list[str]], bool]] = [
        lambda living, left: on_one.is_begun(),
        lambda living, left: on_one.is_filled(count),
        lambda living, left: on_one.left != left,
        lambda living, left: on_one.living != living,
    ]
    with Reading(on_one.wiring) as reading:
        for seen in stages:
            living, left = on_one.living, on_one.left
            with on_one.start() as process:
                until(partial(seen, living, left), process)
                process.kill()
            assert assert_index_equals_ledger(on_one.wiring) == count
        report = on_one.finish()
    assert (reading.totals, reading.errors) == ({count}, [])
    assert (report["documents"], report["refused"]) == (count, 0)
    assert on_one.aliases().keys() == {on_one.name, f"{on_one.name}-write"}
    assert assert_index_equals_ledger(on_one.wiring) == count
