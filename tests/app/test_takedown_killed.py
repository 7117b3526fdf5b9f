"""A takedown killed at any moment: the same command again, and nothing of the article is left or comes back."""

import email
import email.policy
import gzip
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sosik.app.flows.ask import living_index
from sosik.app.wiring import Wiring
from sosik.model.article import Article
from tests.app.conftest import wiring_on
from tests.app.test_crash import (
    PATIENCE,
    assert_index_equals_ledger,
    finish,
    kill_at,
    moments,
    start,
    wait_for_children,
)

KILLS = 4  # of each of two takedowns
KILLS_AFTER_THE_MARK = 8
LAST_PART = "모두의 AI 광주⑩끝"


def articles_of(wiring: Wiring) -> dict[str, Article]:
    with wiring.ledger() as ledger, ledger.read() as unit:
        found: dict[str, Article] = {}
        after = ""
        while batch := unit.articles.walk(after):
            after = batch[-1].id
            found |= {each.id: each for each in batch}
        return found


def companions(wiring: Wiring, article: str) -> set[str]:
    with wiring.ledger() as ledger, ledger.read() as unit:
        place = unit.stories.stories_of([article])
        return {each for members in unit.stories.members(place.values()).values() for each in members} - {article}


def series_of(wiring: Wiring) -> set[str]:
    with wiring.ledger() as ledger, ledger.read() as unit:
        return {part.article for each in unit.series.of_source() for part in each.installments}


def mails_of(data: Path) -> list[str]:
    mails = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in (data / "outbox").iterdir()
    ]
    return ["".join(part.get_content() for part in each.walk() if not part.is_multipart()) for each in mails]


def segments(data: Path) -> set[Path]:
    """The files of the index that hold what documents say."""
    return {each for each in (data / "index").rglob("*") if each.suffix in (".store", ".term", ".fast", ".pos", ".idx")}


def assert_it_is_gone(data: Path, article: Article) -> None:
    wiring = wiring_on(data)
    with wiring.ledger() as ledger, ledger.read() as unit:
        mark = unit.takedowns.get(article.id)
        assert mark is not None
        assert mark.done is not None
        assert unit.articles.get(article.id) is None
        assert unit.briefs.get(article.id) is None
        assert unit.analyses.get(article.id) is None
    assert not companions(wiring, article.id)
    assert article.id not in series_of(wiring)
    with living_index(wiring) as index:
        assert index.get(article.id) is None
    path = article.url.removeprefix("http://").partition("/")[2]
    with wiring.archive() as archive:
        assert [each.url for _, each in archive.walk({}) if path in each.url] == []
    assert [each for each in mails_of(data) if article.url in each] == []
    assert_index_equals_ledger(data)


def assert_no_byte_is_left(data: Path, article: Article) -> None:
    said = article.text[:60].encode()
    for file in (data / "archive").iterdir():
        assert said not in gzip.decompress(file.read_bytes())
    for file in data.glob("ledger.sqlite3*"):
        assert said not in file.read_bytes()


@pytest.mark.timeout(900)
def test_a_takedown_killed_again_and_again(demo_data: Path, tmp_path: Path) -> None:
    wiring = wiring_on(demo_data)
    everything = articles_of(wiring)
    last = next(each for each in everything.values() if LAST_PART in each.title)
    shared = next(each for each in everything.values() if companions(wiring, each.id))
    others = companions(wiring, shared.id)
    assert last.id in series_of(wiring)
    assert [each for each in mails_of(demo_data) if last.url in each]
    kept = tmp_path / "kept"
    shutil.copytree(demo_data / "archive", kept)
    before = segments(demo_data)
    assert before

    begun = time.monotonic()
    timed = tmp_path / "timed"
    shutil.copytree(demo_data, timed)
    finish(timed, "takedown", last.id, "--reason", "court order")
    longest = time.monotonic() - begun
    hit = 0
    for article in (last, shared):
        for moment in moments(KILLS, longest):
            hit += kill_at(demo_data, moment, "takedown", article.id, "--reason", "court order")
            with wiring.ledger() as ledger, ledger.read() as unit:
                gone = unit.articles.get(article.id) is None
                assert gone == (unit.takedowns.get(article.id) is not None), "in one step, or not at all"
        finish(demo_data, "takedown", article.id, "--reason", "court order")
        assert_it_is_gone(demo_data, article)
        assert_no_byte_is_left(demo_data, article)
    assert hit
    assert not segments(demo_data) & before, "the index keeps no file that was there before"
    assert set(articles_of(wiring)) == set(everything) - {last.id, shared.id}, "the others are untouched"
    assert others <= set(articles_of(wiring))

    finish(demo_data, "demo", "--no-serve")
    finish(demo_data, "replay")
    finish(demo_data, "import", *map(str, sorted(kept.iterdir())))
    finish(demo_data, "reindex")
    for article in (last, shared):
        # Lists that the outlet still publishes, and old ones that are imported, may name it: of those the first lines.
        assert_it_is_gone(demo_data, article)
    assert set(articles_of(wiring)) == set(everything) - {last.id, shared.id}


def after_the_mark(data: Path, article: str, pause: float = PATIENCE) -> float:
    """Take an article down, and kill the command `pause` seconds after the ledger has the mark; return its rest."""
    with wiring_on(data).ledger() as ledger, start(data, "takedown", article, "--reason", "law") as process:
        until, marked = time.monotonic() + PATIENCE, False
        while not marked:
            assert time.monotonic() < until
            time.sleep(0.002)
            with ledger.read() as unit:
                marked = unit.takedowns.get(article) is not None
        begun = time.monotonic()
        try:
            process.communicate(timeout=pause)
        except subprocess.TimeoutExpired:
            process.kill()
            wait_for_children(process.pid)
            process.communicate()
    return time.monotonic() - begun


def is_unfinished(data: Path) -> bool:
    with wiring_on(data).ledger() as ledger, ledger.read() as unit:
        work = sum(map(unit.index_work.count, unit.index_work.generations()))
        return bool(unit.takedowns.pending()) or work > 0


@pytest.mark.timeout(900)
def test_killed_between_the_mark_and_the_end(demo_data: Path, tmp_path: Path) -> None:
    """The work outside of the ledger's one transaction: archive, outbox, log, former index and index."""
    finish(demo_data, "reindex")  # so that there is a former index
    article = next(each for each in articles_of(wiring_on(demo_data)).values() if LAST_PART in each.title)
    timed = tmp_path / "timed"
    shutil.copytree(demo_data, timed)
    rest = after_the_mark(timed, article.id)
    unfinished = 0
    for number, pause in enumerate(moments(KILLS_AFTER_THE_MARK, rest)):
        data = tmp_path / str(number)
        shutil.copytree(demo_data, data)
        before = segments(data)
        after_the_mark(data, article.id, pause)
        unfinished += is_unfinished(data)
        finish(data, "takedown", article.id, "--reason", "law")
        assert_it_is_gone(data, article)
        assert_no_byte_is_left(data, article)
        assert not segments(data) & before
        with wiring_on(data).generations() as generations:
            assert generations.former() is None
    assert unfinished, "some kills came before the end"
