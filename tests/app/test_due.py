"""Which outlets a crawl without names visits, and how far back a backfill says it came."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.job import CrawlReport, SourceReport
from sosik.app.clock import SystemClock
from sosik.app.flows.backfill import reached
from sosik.app.flows.daily import CrawlPlan, run_daily
from sosik.app.flows.due import due
from sosik.app.wiring import Wiring
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.outlets import demo_sources
from sosik.model.run import PageFacts, SourceRun
from sosik.model.source import Source
from tests.app.conftest import Call, wiring_on

BUSY, SLOW, NEW = demo_sources()[:3]
START = DEMO_NOW - timedelta(days=200)


def test_who_is_due_and_who_is_next(data: Path) -> None:
    clock = DemoClock()
    wiring = replace(wiring_on(data), clock=clock)
    with wiring.ledger() as ledger, ledger.write() as unit:
        numbers = unit.runs.begin([BUSY.id, SLOW.id])
        for source, articles in ((BUSY.id, 700), (SLOW.id, 2)):
            run = SourceRun(id=numbers[source], source=source, started=clock.now(), ended=clock.now())
            unit.runs.end(run)
            unit.runs.add_facts(run.id, PageFacts(days={DEMO_NOW.date(): articles}))
    sources = (BUSY, SLOW, NEW)
    first = due(wiring, sources)
    assert first.now == (NEW,)
    assert first.next is not None
    assert first.next[0] == BUSY
    clock.advance(timedelta(hours=3))
    assert due(wiring, sources).now == (BUSY, NEW)
    patient = replace(BUSY, min_interval=600.0, max_interval=600.0)
    assert due(wiring, [patient]).now == ()
    clock.advance(timedelta(days=1))
    assert due(wiring, sources).now == sources


def test_where_nothing_is_due_the_next_is_named(
    call: Call, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "sources"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'name = "내 신문"\nname_en = "Mine"\nregion = "광주"\nkind = "newspaper"\n'
        'home = "https://mine.example/"\nfeeds = ["https://mine.example/rss"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("SOSIK_CATALOGUE", str(folder.parent))
    wiring = wiring_on(data)
    now = SystemClock().now()
    with replace(wiring, clock=SystemClock()).ledger() as ledger, ledger.write() as unit:
        visited = [each for each in wiring.catalogue.sources() if each.checked is not None]
        numbers = unit.runs.begin(["mine", *(each.id for each in visited)])
        for source, number in numbers.items():
            unit.runs.end(SourceRun(id=number, source=source, started=now, ended=now))
    answer = call("crawl", "--json")
    assert answer.status == 0, answer.err
    assert answer.json["due"] == []
    assert answer.json["next"]["source"]
    assert "nothing is due" in call("crawl").out
    assert json.loads(call("sources", "health", "mine", "--json").out)["health"] == "fine"


def test_a_day_visits_those_that_are_due(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[Source]] = []

    def visit(_: Wiring, sources: Sequence[Source], **__: object) -> CrawlReport:
        asked.append(sources)
        return CrawlReport(sources={each.id: SourceReport(fetched=1) for each in sources})

    monkeypatch.setattr("sosik.app.flows.daily.followed", lambda _: (SLOW, NEW))
    monkeypatch.setattr("sosik.app.flows.daily.visit", visit)
    wiring = replace(wiring_on(data), clock=DemoClock())
    with wiring.ledger() as ledger, ledger.write() as unit:
        for source, number in unit.runs.begin([SLOW.id]).items():
            unit.runs.end(SourceRun(id=number, source=source, started=DEMO_NOW, ended=DEMO_NOW))
    assert run_daily(wiring, CrawlPlan()).failures == ()
    with wiring.ledger() as ledger, ledger.write() as unit:
        for source, number in unit.runs.begin([NEW.id]).items():
            unit.runs.end(SourceRun(id=number, source=source, started=DEMO_NOW, ended=DEMO_NOW))
    assert run_daily(wiring, CrawlPlan()).failures == ()
    assert asked == [(NEW,)], "an outlet that can wait was visited, or a crawl begun for nobody"


def test_the_end_of_a_backfill_is_told_as_it_is() -> None:
    oldest = SourceReport(oldest=DEMO_NOW - timedelta(days=10))
    assert reached(oldest, DEMO_NOW - timedelta(days=9)) == "reached 2026-03-22"
    assert reached(oldest, START) == "the outlet's lists end at 2026-03-21"
    assert "limit of 5000 articles" in reached(replace(oldest, cut="5000 articles a crawl"), START)
    assert "not known" in reached(SourceReport(), START)
