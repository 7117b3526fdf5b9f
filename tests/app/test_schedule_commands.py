"""sosik schedule list and now, and mistakes in schedule.toml as commands tell them."""

import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from sosik.app.flows.daily import CrawlPlan, run_daily
from sosik.app.flows.operator import tell_operator
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.outlets import demo_sources
from sosik.model.errors import StorageFull
from sosik.model.job import JobState
from tests.app.conftest import Call, wiring_on
from tests.conftest import COMMAND, environment


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Path:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    monkeypatch.setenv("SOSIK_CATALOGUE", str(folder))
    return folder / "schedule.toml"


def test_list_shows_jobs_with_their_next_time_and_last_run(call: Call) -> None:
    before = {each["job"]: each for each in call("schedule", "list", "--json").lines}
    assert before["daily"]["cron"] == "30 5 * * *"
    assert before["daily"]["next"].endswith("T05:30:00+09:00")
    assert before["mail"]["last"] is None
    run = call("schedule", "now", "mail", "--json").json
    assert (run["job"], run["state"], run["detail"]) == ("mail", "done", "send: nothing new")
    after = {each["job"]: each for each in call("schedule", "list", "--json").lines}
    assert after["mail"]["last"] == run
    assert after["mail"]["running"] is None
    shown = call("schedule", "list").out
    assert "next " in shown
    assert "done: send: nothing new" in shown


def test_now_knows_the_jobs_that_there_are(call: Call) -> None:
    refused = call("schedule", "now", "weekly")
    assert (refused.status, refused.err) == (1, "sosik: no job named 'weekly'; known: daily, mail\n")


def test_a_mistake_in_the_schedule_is_told_by_every_command(call: Call, catalogue: Path) -> None:
    catalogue.write_text('[daily]\ndoes = "daily"\ncron = "0 7 * * 1"\n', encoding="utf-8")
    for command in (("schedule", "list"), ("schedule", "now", "daily"), ("schedule", "run"), ("check",)):
        answer = call(*command)
        assert answer.status == 1
        assert "daily.cron: '1' is no day of the week" in answer.out + answer.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_ends_cleanly_on_a_signal(data: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, "schedule", "run"], env=environment(data), cwd=data.parent, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Jobs: daily (30 5 * * *), mail (*/15 * * * *).")
        while process.poll() is None and not _registered(data):
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""


def _registered(data: Path) -> bool:
    if not (data / "ledger.sqlite3").exists():
        return False
    with wiring_on(data).ledger() as ledger, ledger.read() as unit:
        return unit.jobs.since("mail") is not None


def test_a_full_disk_stops_the_day(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFull("no room for the archive")

    monkeypatch.setattr("sosik.app.flows.daily.visit", full)
    with pytest.raises(StorageFull, match="no room for the archive"):
        run_daily(wiring_on(data), CrawlPlan(sources=demo_sources()))


def test_a_day_that_is_to_stop_takes_no_more_steps(data: Path) -> None:
    report = run_daily(wiring_on(data), CrawlPlan(sources=()), stopping=lambda: True)
    assert (report.steps, report.stopped) == ((), True)


def test_the_operator_hears_of_one_failure_in_twelve_hours(data: Path) -> None:
    clock = DemoClock()
    wiring = Wiring(Settings(data=data, workers=1, operator="operator@example.org"), clock)
    told = []
    for hours in (0, 1, 2, 20):
        clock.move_to(DEMO_NOW + timedelta(hours=hours))
        with wiring.ledger() as ledger, ledger.write() as unit:
            now = clock.now()
            unit.jobs.register("mail")
            assert unit.jobs.claim("mail", now, owner="a", until=now)
            assert unit.jobs.end("mail", now, "a", JobState.FAILED, "send: <b>no</b> server")
            run = unit.jobs.newest("mail", now)
        assert run is not None
        told.append(tell_operator(wiring, run) is not None)
    assert told == [True, False, False, True]
    assert len(list((data / "outbox").glob("*.eml"))) == 2
