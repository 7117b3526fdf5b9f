"""Killed at any moment, the same command goes on: every article exactly once, and the index equal to the ledger."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sosik.app.flows.ask import living_index
from sosik.model.search import Query
from tests.app.conftest import wiring_on
from tests.conftest import COMMAND, environment

KILLS_OF_DEMO = 10
KILLS_OF_REPLAY = 20
PATIENCE = 120.0  # seconds


def start(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment(data, SOSIK_WORKERS="2"),
        cwd=data.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that what it leaves behind can be found
    )


def finish(data: Path, *arguments: str) -> None:
    with start(data, *arguments) as process:
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, told.decode()


def kill_at(data: Path, moment: float, *arguments: str) -> bool:
    """Run the command and kill it, and it alone, after `moment` seconds; say whether it was still at work."""
    with start(data, *arguments) as process:
        try:
            process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            wait_for_children(process.pid)
            process.communicate()
            return True
    return False


def wait_for_children(group: int) -> None:
    """Children end by themselves when their parent was killed; none may be left."""
    until = time.monotonic() + PATIENCE
    while members(group):
        assert time.monotonic() < until, f"left behind: {members(group)}"
        time.sleep(0.02)


def members(group: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def ledger_of(data: Path) -> dict[str, tuple[object, ...]]:
    """What the ledger says of every article, but for versions and places in the archive, which differ by run."""
    said: dict[str, tuple[object, ...]] = {}
    with wiring_on(data).ledger() as ledger, ledger.read() as unit:
        after = ""
        while batch := unit.articles.walk(after):
            after = batch[-1].id
            for each in batch:
                analysis = unit.analyses.get(each.id)
                assert analysis is not None
                texts = tuple((old.title, old.text) for old in unit.articles.revisions(each.id))
                assert analysis.revision == each.revision == len(texts)
                said[each.id] = (each.source, each.url, each.published, texts, analysis.topics, analysis.text_terms)
        assert unit.articles.count() == len(said)
    return said


def assert_index_equals_ledger(data: Path) -> None:
    wiring = wiring_on(data)
    maker = wiring.document_maker()
    with wiring.generations() as generations:
        generation = generations.living()
    assert generation is not None
    with wiring.ledger() as ledger, ledger.read() as unit, living_index(wiring) as index:
        assert unit.index_work.count(generation) == 0
        documents = {each.article: each for each in index.export(Query())}
        versions = unit.versions(list(documents))
        assert len(documents) == index.count() == unit.articles.count()
        for name, document in documents.items():
            assert document == maker.make(unit, name, versions[name])


def moments(count: int, longest: float) -> Sequence[float]:
    # Spread over the whole run and random within each part, so that no phase is left out by chance.
    return [(number + random.random()) * longest / count for number in random.sample(range(count), count)]


@pytest.mark.timeout(900)
def test_the_demonstration_killed_again_and_again(finished_demo: Path, data: Path) -> None:
    begun = time.monotonic()
    finish(data.with_name("timed"), "demo", "--no-serve")
    longest = time.monotonic() - begun
    hit = 0
    for number, moment in enumerate(moments(KILLS_OF_DEMO, longest)):
        hit += kill_at(data, moment, "demo", "--no-serve")
        if number == KILLS_OF_DEMO // 2:
            finish(data, "demo", "--no-serve")
            assert ledger_of(data) == ledger_of(finished_demo)
            assert_index_equals_ledger(data)
            shutil.rmtree(data)
    assert hit
    finish(data, "demo", "--no-serve")
    assert ledger_of(data) == ledger_of(finished_demo)
    assert_index_equals_ledger(data)


@pytest.mark.timeout(900)
def test_reading_and_indexing_killed_again_and_again(finished_demo: Path, data: Path) -> None:
    """From the archive alone: extraction, ledger writes and index commits, without the crawl before them."""
    begun = time.monotonic()
    timed = data.with_name("timed")
    shutil.copytree(finished_demo / "archive", timed / "archive")
    finish(timed, "replay")
    longest = time.monotonic() - begun
    hit = 0
    for number, moment in enumerate(moments(KILLS_OF_REPLAY, longest)):
        if number % 4 == 0:  # from nothing again, so that there is always something left to do
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(finished_demo / "archive", data / "archive")
        hit += kill_at(data, moment, "replay")
    # A run that has less left to do may end before its moment, the sooner the less the machine has to do besides.
    assert hit >= KILLS_OF_REPLAY // 4
    finish(data, "replay")
    assert ledger_of(data) == ledger_of(finished_demo)
    assert_index_equals_ledger(data)


def test_lost_analyses_are_made_again(finished_demo: Path, demo_data: Path) -> None:
    with wiring_on(demo_data).ledger() as ledger, ledger.write() as unit:
        unit.analyses.clear()
    finish(demo_data, "replay", "--topics")
    assert ledger_of(demo_data) == ledger_of(finished_demo)
    assert_index_equals_ledger(demo_data)


def test_a_lost_index_is_made_again(demo_data: Path) -> None:
    shutil.rmtree(demo_data / "index")
    finish(demo_data, "reindex")
    assert_index_equals_ledger(demo_data)


def test_a_killed_child_is_reported(data: Path) -> None:
    """The crawl's own process dies: the command says so in one line, and the next run goes on."""
    with start(data, "demo", "--no-serve") as process:
        until = time.monotonic() + PATIENCE
        while not (victims := crawlers(process.pid)):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.02)
        os.kill(victims[0], signal.SIGKILL)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert told.decode().startswith("sosik: the child process ended with status -9")
    assert len(told.splitlines()) == 1


def crawlers(group: int) -> list[int]:
    found = []
    for each in members(group):
        try:
            command = Path(f"/proc/{each}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.append(each)
    return found
