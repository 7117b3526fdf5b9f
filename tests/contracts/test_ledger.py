"""What the Ledger seam promises, on every implementation."""

import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from sosik.model.article import Article
from sosik.model.capture import CaptureKind, CaptureRef
from sosik.model.errors import Busy, NotFound, Refused
from sosik.model.instants import KST, Provenance, Published
from sosik.model.job import JobRun, JobState, Lease
from sosik.model.ports.ledger import Change, Ledger, Reading, Visit, Work
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import START, HandClock, analysis, article


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL server of the tests' own."""
    if shutil.which("initdb") is None or importlib.util.find_spec("psycopg") is None:
        pytest.skip("PostgreSQL is tested where its server and psycopg are installed")
    # Not in tmp_path: that is root's alone where root runs the tests, and the server refuses to be root.
    with tempfile.TemporaryDirectory() as name:
        if os.getuid() == 0:
            shutil.chown(name, "nobody")
        yield from _server_in(Path(name))


def _server_in(folder: Path) -> Iterator[str]:
    _serve(folder, "initdb", "-D", "data", "-A", "trust", "-U", "sosik", "-E", "UTF8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    _serve(folder, "pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")
    yield f"postgresql://sosik@127.0.0.1:{port}/postgres"
    _serve(folder, "pg_ctl", "-D", "data", "-w", "-m", "fast", "stop")


def _serve(folder: Path, *command: str) -> None:
    user = "nobody" if os.getuid() == 0 else None
    subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


Opener = Callable[..., Ledger]


@pytest.fixture(params=["sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[Opener]:
    """Opens the same ledger, each time as another process would; `timeout` is how long a writer waits, in seconds."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("server")
        _empty(url)
    opened: list[Ledger] = []

    def open_one(timeout: float = 30) -> Ledger:
        ledger = SqlLedger(url, clock=clock, timeout=timeout)
        ledger.migrate()
        opened.append(ledger)
        return ledger

    yield open_one
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(opener: Opener) -> Ledger:
    return opener()


def _empty(url: str) -> None:
    command = ["psql", url, "-qc", "DROP SCHEMA public CASCADE; CREATE SCHEMA public"]
    subprocess.run(command, check=True, capture_output=True)


def put(ledger: Ledger, *articles: Article) -> list[Change]:
    with ledger.write() as unit:
        return [unit.articles.put(each)[1] for each in articles]


def version(ledger: Ledger, of: Article) -> int:
    with ledger.read() as unit:
        return unit.versions([of.id])[of.id]


def newest(ledger: Ledger, of: Article) -> Article:
    with ledger.read() as unit:
        found = unit.articles.get(of.id)
    assert found is not None
    return found


# Units of work


def test_an_exception_rolls_everything_back(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(ledger)
    with ledger.read() as unit:
        assert unit.articles.count() == 0
        assert unit.index_work.generations() == ()
        assert unit.cursors.get("extract") == {}


def _write_and_fail(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.index_work.open("g")
        unit.articles.put(article())
        unit.cursors.put("extract", {"a": 1})
        raise ZeroDivisionError


def test_a_reader_sees_one_state_while_another_writes(ledger: Ledger) -> None:
    put(ledger, article(1))
    with ledger.read() as before:
        assert before.articles.count() == 1
        put(ledger, article(2))
        assert before.articles.count() == 1
    with ledger.read() as after:
        assert after.articles.count() == 2


def test_a_reader_never_waits_for_a_writer(ledger: Ledger) -> None:
    with ledger.write() as writer:
        writer.articles.put(article(1))
        assert writer.articles.count() == 1
        with ledger.read() as reader:
            assert reader.articles.count() == 0


def test_a_reader_cannot_write(ledger: Ledger) -> None:
    put(ledger, article(1))
    with ledger.read() as unit:
        with pytest.raises(RuntimeError):
            unit.articles.put(article(2))
        with pytest.raises(RuntimeError):
            unit.articles.mark_gone(article(1).id, START + timedelta(days=1))
        with pytest.raises(RuntimeError):
            unit.analyses.put(analysis(article(1)))
        with pytest.raises(RuntimeError):
            unit.analyses.clear()
        with pytest.raises(RuntimeError):
            unit.cursors.put("extract", {"a": 1})
        with pytest.raises(RuntimeError):
            unit.index_work.open("g")


def test_a_second_writer_is_told_that_the_ledger_is_busy(opener: Opener) -> None:
    one, other = opener(), opener(timeout=0.1)
    with one.write() as unit:
        unit.articles.put(article())
        with pytest.raises(Busy), other.write():
            pass
        with other.read() as reader:
            assert reader.articles.count() == 0
    with other.write() as unit:
        assert unit.articles.count() == 1


def test_writers_in_threads_lose_no_update(opener: Opener) -> None:
    ledger = opener()

    def count_up(_: int) -> None:
        for _ in range(20):
            with ledger.write() as unit:
                unit.cursors.put("counter", {"n": unit.cursors.get("counter").get("n", 0) + 1})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(count_up, range(2)))
    with ledger.read() as unit:
        assert unit.cursors.get("counter") == {"n": 40}


# Articles


@pytest.mark.parametrize(
    "published",
    [
        None,
        Published.on_day(date(2026, 3, 2), Provenance.PRINTED),
        Published.at_minute(datetime(2026, 3, 2, 0, 5, 7, tzinfo=KST), Provenance.FEED),
        Published(day=date(2026, 3, 1), instant=datetime(2026, 3, 1, 23, 59, tzinfo=KST), provenance=Provenance.URL),
    ],
)
def test_an_article_is_given_back_exactly(ledger: Ledger, published: Published | None) -> None:
    whole = replace(article(), published=published, modified=published, title="한글 \U0001f600 “따옴표”")
    assert put(ledger, whole) == [Change.NEW]
    found = newest(ledger, whole)
    assert found == whole
    assert (found.published and found.published.precision) == (published and published.precision)


def test_an_imported_article_has_no_capture(ledger: Ledger) -> None:
    row = replace(article(), capture=None, captured=None, cuts=(), authors=())
    assert put(ledger, row, row, replace(row, text="고친 본문이다.")) == [Change.NEW, Change.UNCHANGED, Change.REVISED]
    assert newest(ledger, row).capture is None


def test_the_same_article_again_changes_nothing(ledger: Ledger) -> None:
    assert put(ledger, article(minutes=1), article(minutes=1)) == [Change.NEW, Change.UNCHANGED]
    assert put(ledger, article(minutes=2)) == [Change.UNCHANGED]
    assert version(ledger, article()) == 1
    assert newest(ledger, article()).captured == START + timedelta(minutes=2)


def test_an_edit_is_a_revision_and_the_one_before_is_kept(ledger: Ledger) -> None:
    first, second = article(minutes=1), article(minutes=2, text="고친 본문이다.")
    put(ledger, first)
    with ledger.write() as unit:
        written, change = unit.articles.put(second)
    assert change is Change.REVISED
    assert written == replace(second, revision=2)
    with ledger.read() as unit:
        assert unit.articles.revisions(first.id) == (first, written)
        assert unit.articles.get(first.id) == written
        assert unit.articles.get(first.id, 1) == first
        assert unit.articles.get(first.id, 2) == written
        assert unit.articles.get(first.id, 3) is None
        assert unit.articles.count() == 1
    assert version(ledger, first) == 2


def test_captures_in_any_order_end_the_same(ledger: Ledger) -> None:
    texts = ["하나", "둘", "하나", "셋"]
    for number, order in enumerate(itertools.permutations(range(4))):
        readings = [article(number, minutes=minute, text=texts[minute]) for minute in range(4)]
        for minute in order:
            put(ledger, readings[minute])
        last = newest(ledger, readings[0])
        assert (last.text, last.captured) == ("셋", START + timedelta(minutes=3))


def test_an_older_capture_changes_nothing_and_is_told_so(ledger: Ledger) -> None:
    put(ledger, article(minutes=5))
    with ledger.write() as unit:
        held, change = unit.articles.put(article(minutes=4, text="옛 본문이다."))
    assert change is Change.UNCHANGED
    assert held == article(minutes=5)


def test_the_same_capture_read_better_corrects_its_revision(ledger: Ledger) -> None:
    put(ledger, article(minutes=1))
    with ledger.write() as unit:
        unit.analyses.put(analysis(article()))
    better = article(minutes=1, text="더 잘 읽은 본문이다.")
    assert put(ledger, better) == [Change.REREAD]
    assert newest(ledger, better) == better
    assert version(ledger, better) == 3
    with ledger.read() as unit:
        assert unit.analyses.get(better.id) is None
        assert [each.id for each in unit.analyses.stale("steps-1")] == [better.id]


def test_other_fields_are_corrected_without_a_revision(ledger: Ledger) -> None:
    put(ledger, article(minutes=1))
    with ledger.write() as unit:
        unit.analyses.put(analysis(article()))
    later = replace(article(minutes=2), authors=("박나루",))
    assert put(ledger, later) == [Change.REREAD]
    assert newest(ledger, later) == later
    assert version(ledger, later) == 3
    with ledger.read() as unit:
        assert unit.analyses.get(later.id) is not None
    assert put(ledger, replace(later, published=None)) == [Change.REREAD]
    with ledger.read() as unit:
        assert unit.analyses.get(later.id) is None


@pytest.mark.parametrize("text", ["끊긴 \ud83d 글", "빈\0칸"])
def test_text_that_cannot_be_kept_is_refused_and_the_rest_goes_on(ledger: Ledger, text: str) -> None:
    with ledger.write() as unit:
        unit.articles.put(article(1))
        with pytest.raises(Refused, match=r"it-life\.test/news/2"):
            unit.articles.put(article(2, text=text))
    assert newest(ledger, article(1)) == article(1)


def test_a_removed_article_is_gone_until_it_is_seen_again(ledger: Ledger) -> None:
    put(ledger, article(minutes=1))
    with ledger.write() as unit:
        assert unit.articles.mark_gone(article().id, START + timedelta(minutes=3)) is True
        assert unit.articles.mark_gone(article().id, START + timedelta(minutes=4)) is False
    assert newest(ledger, article()).gone
    assert version(ledger, article()) == 2
    assert put(ledger, article(minutes=2)) == [Change.UNCHANGED]
    assert newest(ledger, article()).gone
    put(ledger, article(minutes=5))
    assert not newest(ledger, article()).gone
    assert version(ledger, article()) == 3
    with ledger.write() as unit:
        assert unit.articles.mark_gone(article().id, START + timedelta(minutes=4)) is False
        with pytest.raises(NotFound):
            unit.articles.mark_gone("nobody", START)


def test_articles_are_walked_once_each_by_id(ledger: Ledger) -> None:
    every = sorted((article(number) for number in range(7)), key=lambda each: each.id)
    put(ledger, *every, article(1, source="아무개"))
    seen: list[Article] = []
    with ledger.read() as unit:
        while page := unit.articles.walk(after=seen[-1].id if seen else "", limit=3):
            seen.extend(page)
        assert unit.articles.count() == 8
        assert unit.articles.count_by_source() == {"it-life": 7, "아무개": 1}
    assert [each for each in seen if each.source == "it-life"] == every
    assert len(seen) == 8


# Analyses


def test_an_analysis_is_given_back_exactly(ledger: Ledger) -> None:
    put(ledger, article())
    for fingerprint in [(), (0, 2**32 - 1), (2**64 - 1, 5), (-1, 2**70)]:
        whole = replace(analysis(article()), fingerprint=fingerprint)
        with ledger.write() as unit:
            assert unit.analyses.put(whole) is True
        with ledger.read() as unit:
            assert unit.analyses.get(article().id) == whole


def test_an_analysis_raises_the_version_only_where_it_differs(ledger: Ledger) -> None:
    put(ledger, article())
    puts = [analysis(article()), analysis(article()), analysis(article(), made_by="steps-2")]
    puts += [analysis(article(), made_by="steps-2", topic="robots"), analysis(article(), score=1.5)]
    seen = []
    for each in puts:
        with ledger.write() as unit:
            differs = unit.analyses.put(each)
        seen.append((differs, version(ledger, article())))
    assert seen == [(True, 2), (False, 2), (False, 2), (True, 3), (True, 4)]
    with ledger.read() as unit:
        assert unit.analyses.get(article().id) == puts[-1]


def test_article_and_analysis_in_one_unit_are_one_version(ledger: Ledger) -> None:
    with ledger.write() as unit:
        written, _ = unit.articles.put(article())
        unit.analyses.put(analysis(written))
        assert unit.versions([written.id]) == {written.id: 1}
    assert version(ledger, article()) == 1


def test_an_analysis_of_an_older_revision_comes_too_late(ledger: Ledger) -> None:
    put(ledger, article(minutes=1), article(minutes=2, text="고친 본문이다."))
    with ledger.write() as unit:
        assert unit.analyses.put(analysis(article())) is False
        assert unit.analyses.get(article().id) is None
        with pytest.raises(NotFound):
            unit.analyses.put(replace(analysis(article()), revision=3))
        with pytest.raises(NotFound):
            unit.analyses.put(replace(analysis(article()), article="nobody"))


def test_stale_is_missing_older_or_of_other_steps(ledger: Ledger) -> None:
    fresh, old, other, missing = (article(number, minutes=1) for number in range(4))
    put(ledger, fresh, old, other, missing)
    with ledger.write() as unit:
        unit.analyses.put(analysis(fresh))
        unit.analyses.put(analysis(old))
        unit.analyses.put(analysis(other, made_by="steps-0"))
        unit.articles.put(article(1, minutes=2, text="고친 본문이다."))
    with ledger.read() as unit:
        stale = [each.id for each in unit.analyses.stale("steps-1")]
        assert stale == sorted(each.id for each in (old, other, missing))
        assert [each.id for each in unit.analyses.stale("steps-1", after=stale[0], limit=1)] == stale[1:2]


def test_cleared_analyses_are_stale_and_made_again(ledger: Ledger) -> None:
    put(ledger, article())
    with ledger.write() as unit:
        unit.analyses.put(analysis(article()))
        unit.analyses.clear()
        assert unit.analyses.get(article().id) is None
        assert len(unit.analyses.stale("steps-1")) == 1
        assert unit.analyses.put(analysis(article())) is True
        assert unit.analyses.get(article().id) == analysis(article())


# Visits, readings, cursors


def visit(number: int, *, outcome: str = "kept", source: str = "it-life") -> Visit:
    return Visit(
        url=f"http://{source}.test/{number}" + "x" * 5000,
        source=source,
        kind=CaptureKind.ARTICLE,
        at=START,
        outcome=outcome,
        status=200,
        etag='W/"1"',
        last_modified="Mon, 02 Mar 2026 00:10:00 GMT",
        capture=CaptureRef(file="a", offset=2**40, end=2**40 + 1),
        digest="abc",
    )


def test_a_visit_takes_the_place_of_the_one_before(ledger: Ledger) -> None:
    later = replace(visit(1), at=START + timedelta(days=1), outcome="unchanged", capture=None, etag=None, status=None)
    with ledger.write() as unit:
        unit.visits.put([visit(1), visit(2)])
        unit.visits.put([later])
        assert unit.visits.get(visit(1).url) == later
    with ledger.read() as unit:
        assert unit.visits.get(visit(1).url) == later
        assert unit.visits.get(visit(2).url) == visit(2)
        assert unit.visits.get("http://nowhere.test/") is None
        assert sorted(unit.visits.known("it-life"), key=lambda each: each.url) == [later, visit(2)]
        assert list(unit.visits.known("nobody")) == []


def test_outcomes_are_counted(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.visits.put([visit(1), visit(2), visit(3, outcome="failed: 503"), visit(4, source="other")])
    with ledger.read() as unit:
        every = {("it-life", "kept"): 2, ("it-life", "failed: 503"): 1, ("other", "kept"): 1}
        assert unit.visits.outcomes() == every
        assert unit.visits.outcomes("other") == {("other", "kept"): 1}


def reading(number: int, error: str | None, *, source: str = "it-life") -> Reading:
    return Reading(
        ref=f"a.warc.gz:{number}",
        url=f"http://{source}.test/{number}",
        source=source,
        article=None if error else "0123456789abcdef",
        error=error,
        at=START + timedelta(minutes=number),
    )


def test_readings_without_an_article_are_shown_newest_first(ledger: Ledger) -> None:
    first, second, third = reading(1, "no text"), reading(2, "no title"), reading(3, "no text", source="other")
    with ledger.write() as unit:
        unit.readings.put([first, second, third, reading(4, None), reading(5, "no text")])
        unit.readings.put([reading(5, None)])
    with ledger.read() as unit:
        assert unit.readings.errors() == (third, second, first)
        assert unit.readings.errors("it-life") == (second, first)
        assert unit.readings.errors(limit=1) == (third,)


def test_words_of_another_side_never_stop_the_crawl(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.visits.put([visit(1, outcome="failed: \ud800\0")])
        unit.readings.put([reading(1, "failed: \ud800\0")])
    with ledger.read() as unit:
        assert list(unit.visits.outcomes()) == [("it-life", "failed: ?\ufffd")]
        assert unit.readings.errors()[0].error == "failed: ?\ufffd"


def test_cursors_are_kept_for_each_consumer(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.cursors.put("extract", {"a": 10, "b": 2**40})
        unit.cursors.put("other", {"a": 1})
        unit.cursors.put("extract", {"a": 20, "b": 2**40})
    with ledger.read() as unit:
        assert unit.cursors.get("extract") == {"a": 20, "b": 2**40}
        assert unit.cursors.get("other") == {"a": 1}
        assert unit.cursors.get("nobody") == {}
    with ledger.write() as unit:
        unit.cursors.put("extract", {"b": 5})
    with ledger.read() as unit:
        assert unit.cursors.get("extract") == {"b": 5}
        assert unit.cursors.get("other") == {"a": 1}


# Work for indexes


def pending(ledger: Ledger, generation: str, limit: int = 500) -> list[Work]:
    with ledger.read() as unit:
        found = unit.index_work.pending(generation, limit)
        assert unit.index_work.count(generation) >= len(found)
    return list(found)


def test_a_generation_begins_with_every_article(ledger: Ledger) -> None:
    put(ledger, article(1, minutes=1), article(2))
    put(ledger, article(1, minutes=2, text="고친 본문이다."))
    with ledger.write() as unit:
        unit.articles.put(article(3))
        unit.index_work.open("g1")
    by_id = {article(1).id: 2, article(2).id: 1, article(3).id: 1}
    assert {(each.article, each.version) for each in pending(ledger, "g1")} == set(by_id.items())


def test_each_change_is_work_for_every_open_generation(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.index_work.open("g1")
        unit.index_work.open("g2")
    put(ledger, article(1))
    with ledger.write() as unit:
        unit.index_work.done("g1", [(article(1).id, 1)])
        unit.index_work.open("g1")
    assert pending(ledger, "g1") == []
    assert pending(ledger, "g2") == [Work(article=article(1).id, version=1)]
    with ledger.write() as unit:
        unit.analyses.put(analysis(article(1)))
    assert pending(ledger, "g1") == pending(ledger, "g2") == [Work(article=article(1).id, version=2)]
    put(ledger, article(1))
    assert pending(ledger, "g1") == [Work(article=article(1).id, version=2)]


def test_work_of_a_higher_version_stays(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.index_work.open("g")
    put(ledger, article(1, minutes=1), article(2))
    put(ledger, article(1, minutes=2, text="고친 본문이다."))
    with ledger.write() as unit:
        unit.index_work.done("g", [(article(1).id, 1), (article(2).id, 7), ("nobody", 1)])
        assert unit.index_work.pending("g") == (Work(article=article(1).id, version=2),)
        assert unit.index_work.count("g") == 1
        unit.index_work.done("g", [])


def test_work_is_given_oldest_first(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.index_work.open("g")
    for number in range(5):
        put(ledger, article(number))
    order = [article(number).id for number in range(5)]
    assert [each.article for each in pending(ledger, "g")] == order
    assert [each.article for each in pending(ledger, "g", limit=2)] == order[:2]


def test_a_closed_generation_is_forgotten(ledger: Ledger) -> None:
    put(ledger, article())
    with ledger.write() as unit:
        unit.index_work.open("old")
        unit.index_work.open("new")
        assert unit.index_work.generations() == ("old", "new")
        unit.index_work.close("old")
        unit.index_work.close("never opened")
        unit.index_work.done("old", [(article().id, 1)])
        assert unit.index_work.generations() == ("new",)
        with pytest.raises(NotFound, match="new"):
            unit.index_work.pending("old")
        with pytest.raises(NotFound):
            unit.index_work.count("old")
    assert len(pending(ledger, "new")) == 1


def test_versions_are_those_of_articles_that_there_are(ledger: Ledger) -> None:
    many = [article(number) for number in range(1200)]
    put(ledger, *many)
    with ledger.read() as unit:
        versions = unit.versions([*(each.id for each in many), "nobody"])
    assert versions == {each.id: 1 for each in many}


def test_an_analysis_that_cannot_be_kept_is_refused_with_its_unit(ledger: Ledger) -> None:
    put(ledger, article())
    with pytest.raises(Refused), ledger.write() as unit:
        unit.analyses.put(replace(analysis(article()), regions=("\ud800",)))
    assert version(ledger, article()) == 1


# Jobs

FIRING = START + timedelta(hours=1)
LATER = FIRING + timedelta(days=1)


def claim(ledger: Ledger, owner: str, firing: datetime = FIRING, instead_of: Lease | None = None) -> JobRun | None:
    with ledger.write() as unit:
        unit.jobs.register("daily")
        return unit.jobs.claim("daily", firing, owner=owner, until=firing, instead_of=instead_of)


def end(ledger: Ledger, owner: str, state: JobState, detail: str = "", firing: datetime = FIRING) -> bool:
    with ledger.write() as unit:
        return unit.jobs.end("daily", firing, owner, state, detail)


def lease_of(ledger: Ledger) -> Lease | None:
    with ledger.read() as unit:
        return unit.jobs.lease("daily")


def runs_of(ledger: Ledger) -> list[tuple[datetime, JobState, str]]:
    with ledger.read() as unit:
        return [(each.scheduled_for, each.state, each.owner) for each in unit.jobs.runs("daily")]


def test_a_job_is_known_since_it_was_first_seen(ledger: Ledger, clock: HandClock) -> None:
    for days, since in ((0, START), (1, START), (-9, START - timedelta(days=8)), (3, START - timedelta(days=8))):
        clock.move(timedelta(days=days))
        with ledger.write() as unit:
            assert unit.jobs.since("never seen") is None
            assert unit.jobs.register("daily") == unit.jobs.since("daily") == since
            assert unit.jobs.register("send") <= clock.now()


def test_a_job_that_nobody_registered_cannot_be_claimed(ledger: Ledger) -> None:
    with ledger.write() as unit, pytest.raises(NotFound, match="daily"):
        unit.jobs.claim("daily", FIRING, owner="a", until=LATER)


def test_a_firing_is_claimed_once(opener: Opener) -> None:
    ledgers = [opener() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        claims = list(pool.map(lambda each: claim(each[1], f"owner {each[0]}"), enumerate(ledgers)))
    [won] = [each for each in claims if each is not None]
    assert (won.job, won.scheduled_for, won.state, won.deaths) == ("daily", FIRING, JobState.RUNNING, 0)
    assert runs_of(ledgers[0]) == [(FIRING, JobState.RUNNING, won.owner)]


def test_what_is_over_is_never_claimed_again(ledger: Ledger) -> None:
    for number, state in enumerate(each for each in JobState if each.over):
        firing = FIRING + timedelta(hours=number)
        assert claim(ledger, "a", firing)
        assert end(ledger, "a", state, "why", firing)
        assert claim(ledger, "b", firing) is None
        assert not end(ledger, "a", JobState.DONE, "again", firing)
    with ledger.read() as unit:
        assert unit.jobs.unfinished("daily") is None
        assert {each.detail for each in unit.jobs.runs()} == {"why"}


def test_a_lease_keeps_runs_of_a_job_apart(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    assert claim(ledger, "b", LATER) is None
    with ledger.write() as unit:
        unit.jobs.register("send")
        assert unit.jobs.claim("send", FIRING, owner="b", until=LATER)
    assert end(ledger, "a", JobState.DONE)
    assert lease_of(ledger) is None
    assert claim(ledger, "b", LATER)


def test_a_lease_is_renewed_by_its_owner_alone(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    before = lease_of(ledger)
    with ledger.write() as unit:
        assert not unit.jobs.renew("daily", "b", LATER)
        assert not unit.jobs.renew("send", "a", LATER)
        assert unit.jobs.renew("daily", "a", LATER)
    after = lease_of(ledger)
    assert before is not None
    assert after == replace(before, beat=before.beat + 1, until=LATER)


def test_a_lease_is_taken_over_only_by_whoever_saw_its_last_beat(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    seen = lease_of(ledger)
    with ledger.write() as unit:
        unit.jobs.renew("daily", "a", LATER)
    assert claim(ledger, "b", instead_of=seen) is None
    taken = claim(ledger, "b", instead_of=lease_of(ledger))
    assert taken is not None
    assert (taken.owner, taken.deaths) == ("b", 1)
    assert not end(ledger, "a", JobState.DONE, "too late")
    with ledger.write() as unit:
        assert not unit.jobs.renew("daily", "a", LATER)
    assert runs_of(ledger) == [(FIRING, JobState.RUNNING, "b")]


def test_a_lease_that_was_given_back_cannot_be_taken_over(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    seen = lease_of(ledger)
    assert end(ledger, "a", JobState.DONE)
    assert claim(ledger, "b", LATER, instead_of=seen) is None


def test_a_later_run_takes_the_place_of_unfinished_ones(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    assert claim(ledger, "b", LATER, instead_of=lease_of(ledger))
    assert runs_of(ledger) == [(LATER, JobState.RUNNING, "b"), (FIRING, JobState.LOST, "a")]


def test_a_run_that_was_handed_back_can_be_claimed_and_nobody_died_over_it(ledger: Ledger) -> None:
    assert claim(ledger, "a")
    assert end(ledger, "a", JobState.HANDED_BACK, "SIGTERM \ud800\0")
    with ledger.read() as unit:
        waiting = unit.jobs.unfinished("daily")
    assert waiting is not None
    assert (waiting.state, waiting.scheduled_for) == (JobState.HANDED_BACK, FIRING)
    again = claim(ledger, "b")
    assert again is not None
    assert (again.state, again.deaths, again.ended, again.detail) == (JobState.RUNNING, 0, None, "")


def test_the_newest_run_is_that_of_the_latest_firing_until_then(ledger: Ledger) -> None:
    with ledger.read() as unit:
        assert unit.jobs.newest("daily", LATER) is None
    for firing in (LATER, FIRING):
        assert claim(ledger, "a", firing)
        assert end(ledger, "a", JobState.DONE, firing=firing)
    with ledger.read() as unit:
        for until, firing in ((LATER, LATER), (LATER - timedelta(seconds=1), FIRING), (FIRING, FIRING)):
            newest = unit.jobs.newest("daily", until)
            assert newest is not None
            assert newest.scheduled_for == firing
        assert unit.jobs.newest("daily", START) is None
        assert len(unit.jobs.runs(limit=1)) == 1
        assert unit.jobs.runs("send") == ()
