"""The demonstration, as a newcomer runs it."""

import sys
from pathlib import Path
from typing import Any

import pytest

from sosik.app.demonstration import FILE
from sosik.app.wiring import wire
from sosik.demo.clock import DEMO_NOW
from sosik.demo.outlets import OUTLETS
from sosik.demo.texts import read_articles
from sosik.model.url import canonical_url
from tests.app.conftest import Call, wiring_on
from tests.app.test_commands import ROW, write_lines

KEYS = {"articles", "new", "revisions", "captures", "stories", "series", "briefs", "alerts", "data"}


def test_the_first_run(first_run: dict[str, Any], finished_demo: Path) -> None:
    assert first_run.keys() >= KEYS
    assert first_run["articles"] == first_run["new"] >= 70
    assert first_run["revisions"] >= 1
    assert first_run["data"] == str(finished_demo)
    assert first_run["refused"] == 0


def test_every_article_that_may_be_read_is_there_once(finished_demo: Path) -> None:
    outlets = {each.id: each for each in OUTLETS}
    shown = [each for each in read_articles() if each.as_of(DEMO_NOW) is not None]
    wanted = {
        canonical_url(outlets[each.outlet].url_of(each))
        for each in shown
        if not outlets[each.outlet].path_of(each).startswith(outlets[each.outlet].closed)
    }
    with wiring_on(finished_demo).ledger() as ledger, ledger.read() as unit:
        urls = [each.url for each in unit.articles.walk(limit=1000)]
    assert len(urls) == len(set(urls))
    assert wanted <= set(urls)
    closed = {canonical_url(outlets[each.outlet].url_of(each)) for each in shown} - wanted
    assert closed.isdisjoint(urls)


def test_the_second_run_adds_nothing(call: Call, demo_data: Path, first_run: dict[str, Any]) -> None:
    before = call("index", "status", "--json").json
    second = call("demo", "--no-serve", "--json").json
    assert second["data"] == str(demo_data)
    assert (second["new"], second["revisions"], second["kept"]) == (0, 0, 0)
    assert (second["articles"], second["captures"]) == (first_run["articles"], first_run["captures"])
    assert second["unchanged"] > 0
    assert call("index", "status", "--json").json == before


def test_an_article_edited_between_two_visits_becomes_revision_2(call: Call, data: Path) -> None:
    edited = next(each for each in reversed(read_articles()) if each.edits)
    before = edited.edits[-1].at.replace(minute=0)
    assert edited.as_of(before) is not None
    assert call("demo", "--no-serve", "--json", "--at", before.isoformat()).json["revisions"] == 0
    later = call("demo", "--no-serve", "--json", "--at", DEMO_NOW.isoformat()).json
    assert later["revisions"] >= 1
    hits = call("search", f"outlet:{_outlet(call, edited.outlet)}", "--limit", "100", "--json").lines
    revised = [each for each in (call("show", hit["id"], "--json").json for hit in hits) if each["revision"] == 2]
    assert len(revised) == 1
    assert revised[0]["revisions"][0]["revision"] == 1


def _outlet(call: Call, source: str) -> str:
    return str(next(each["name"] for each in call("sources", "list", "--json").lines if each["id"] == source))


def test_for_people(call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    answer = call("demo", "--no-serve")
    assert answer.status == 0
    for words in ("Articles by outlet", "Topics", "Articles by month", "무등신문", "AI cluster", "«인공지능"):
        assert words in answer.out
    assert answer.out.count("Search: ") == 3
    assert str(Path(sys.executable).with_name("sosik")) in answer.out.replace("\n", ""), "it is not on the PATH"
    assert demo_data.exists()


def test_its_data_are_read_on_its_clock_by_every_command(call: Call, demo_data: Path) -> None:
    silence = {each["series"]: each["silent_days"] for each in call("series", "--json").lines}
    assert silence == {"모두의 AI 광주": None, "메이드 인 광주": 127, "솔라시도의 전기": None}
    assert call("rising", "--json").lines
    assert "2026-03-31" in call("rising").out.splitlines()[0]
    assert wire().clock.now() == DEMO_NOW
    assert wire(collecting=True).clock.now() > DEMO_NOW


def test_what_is_collected_beside_it_ends_its_time(call: Call, demo_data: Path, tmp_path: Path) -> None:
    assert call("import", tmp_path / "nothing.jsonl").status == 1
    assert wire().clock.now() == DEMO_NOW
    call("import", write_lines(tmp_path / "rows.jsonl", ROW))
    assert wire().clock.now() > DEMO_NOW
    assert call("demo", "--no-serve", "--json").status == 0
    assert wire().clock.now() > DEMO_NOW, "a folder with other articles is none of its own"


def test_a_folder_without_the_mark_has_the_time_of_day(call: Call, demo_data: Path) -> None:
    (demo_data / FILE).write_text("once upon a time", encoding="utf-8")
    assert wire().clock.now() > DEMO_NOW
    (demo_data / FILE).unlink()
    assert wire().clock.now() > DEMO_NOW


def test_a_ledger_elsewhere_is_never_the_demonstrations(
    call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("series").status == 0
    monkeypatch.setenv("SOSIK_LEDGER_URL", f"sqlite:///{demo_data / 'other.sqlite3'}")
    assert wire().clock.now() > DEMO_NOW
