"""Days as a user lives them: `schedule run` beside the demonstration newspapers, a mail server, and a clock to move."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sosik.app.flows.alert_rules import Wish, add_rule
from sosik.app.flows.ask import ask
from sosik.app.flows.series import view_series
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.process import DemoProcess
from sosik.model.alert import DeliveryOutcome, OutboxRow, Queued
from sosik.model.instants import KST
from sosik.model.job import JobState
from sosik.model.query import parse
from sosik.model.search import Query
from tests.alerts.mail_server import PASSWORD, USER, Post, serving
from tests.app.test_crash import members, wait_for_children
from tests.conftest import environment
from tests.scheduler.clocks import FileClock

PATIENCE = 120.0  # seconds
SCRIPT = Path(__file__).parent / "scheduled.py"
BEFORE = datetime(2026, 3, 30, 17, 0, tzinfo=KST)
DAY_1 = datetime(2026, 3, 30, 18, 0, tzinfo=KST)
DAY_2 = DAY_1 + timedelta(days=1)
DAY_3 = DAY_2 + timedelta(days=1)
LAST = "인공지능 실증에 머물지 않고 확산 체계 구축[모두의 AI 광주⑩끝]"
READER, OPERATOR = "reader@example.org", "operator@example.org"
EVENINGS = '[daily]\ndoes = "daily"\ncron = "0 18 * * *"\ngrace = "20h"\n[mail]\nenabled = false\n'


class House:
    """Everything that runs: newspapers, mail server, scheduler; and the clock that all but the mail server go by."""

    def __init__(self, folder: Path, newspapers: DemoProcess, post: Post, port: int, certificate: Path) -> None:
        self.newspapers, self.post = newspapers, post
        self.data = folder / "data"
        self.clock = FileClock(folder / "clock")
        self.clock.move_to(BEFORE)
        self.ended: list[dict[str, Any]] = []
        (folder / "catalogue").mkdir()
        (folder / "catalogue" / "schedule.toml").write_text(EVENINGS, encoding="utf-8")
        self._environment = environment(
            self.data,
            SOSIK_WORKERS="1",
            SOSIK_CATALOGUE=str(folder / "catalogue"),
            SOSIK_OPERATOR=OPERATOR,
            SOSIK_PUBLIC_URL="https://news.example",
            SOSIK_SECRET="a long random text",
            SOSIK_MAIL_FROM="sosik@news.example",
            SOSIK_SMTP_HOST="127.0.0.1",
            SOSIK_SMTP_PORT=str(port),
            SOSIK_SMTP_USER=USER,
            SOSIK_SMTP_PASSWORD=PASSWORD,
            SOSIK_SMTP_CA_FILE=str(certificate),
            PYTHONPATH=str(SCRIPT.parents[2]),
        )
        self.wiring = Wiring(Settings(data=self.data, workers=1), self.clock)
        self.scheduler: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the scheduler, and wait until it has seen its jobs: what came before that was never due."""
        self.scheduler = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(self.clock.file), self.newspapers.proxy],
            env=self._environment,
            cwd=self.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.wait(self._knows_its_jobs)

    def _knows_its_jobs(self) -> bool:
        if not (self.data / "ledger.sqlite3").exists():
            return False
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return unit.jobs.since("daily") is not None

    def live_until(self, moment: datetime) -> dict[str, Any]:
        """Let the day go by; return the run that was due."""
        self.newspapers.move_to(moment)
        self.clock.move_to(moment)
        assert self.scheduler is not None
        assert self.scheduler.stdout is not None
        line = self.scheduler.stdout.readline()
        assert line, self.scheduler.communicate()[1]
        run: dict[str, Any] = json.loads(line)
        assert datetime.fromisoformat(run["scheduled_for"]) == moment
        return run

    def stop(self) -> None:
        assert self.scheduler is not None
        self.scheduler.terminate()
        out, told = self.scheduler.communicate(timeout=PATIENCE)
        assert (self.scheduler.returncode, out, told) == (0, "", "")
        wait_for_children(self.scheduler.pid)

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert self.scheduler is not None
            assert self.scheduler.poll() is None, self.scheduler.communicate()[1]
            assert time.monotonic() < end
            time.sleep(0.05)

    def messages(self, to: str) -> list[EmailMessage]:
        return [each for each, address in zip(self.post.taken, self.post.recipients, strict=True) if address == to]

    def outbox(self) -> tuple[OutboxRow, ...]:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return unit.outbox.rows()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    post = Post()
    with serving(post, tmp_path) as (port, certificate), DemoProcess(at=BEFORE) as newspapers:
        house = House(tmp_path, newspapers, post, port, certificate)
        yield house
        if house.scheduler is not None:
            with house.scheduler:
                house.scheduler.kill()


@pytest.mark.timeout(600)
def test_three_days_with_a_subscriber(house: House) -> None:
    house.start()
    rule = add_rule(house.wiring, Wish(to=READER, series="모두의 AI 광주"))
    first = house.live_until(DAY_1)
    assert first["state"] == "done", first
    assert house.post.taken == []
    (before,) = [each.series for each in view_series(house.wiring, "모두의 AI 광주")]
    assert (before.numbers, before.finished) == (tuple(range(1, 10)), False)

    second = house.live_until(DAY_2)
    assert second["state"] == "done", second
    (message,) = house.post.taken
    assert house.post.recipients == [READER]
    assert house.post.encrypted == [True]
    assert message["Subject"] == "Final part ⑩ of 모두의 AI 광주 (IT Life)"
    (after,) = [each.series for each in view_series(house.wiring, before.id)]
    last = after.installments[-1]
    assert (after.numbers, after.finished, last.title) == (tuple(range(1, 11)), True, LAST)
    plain = message.get_body(("plain",))
    assert plain is not None
    words = plain.get_content()
    stop = str(message["List-Unsubscribe"]).strip("<>")
    assert stop.startswith("https://news.example/")
    assert rule.id in stop
    with house.wiring.ledger() as ledger, ledger.read() as unit:
        brief = unit.briefs.get(last.article)
    assert brief is not None
    for each in (LAST, last.url, f"https://news.example/articles/{last.article}", "2025-10-14", stop, brief.title):
        assert each in words

    third = house.live_until(DAY_3)
    assert third["state"] == "done"
    assert len(house.post.taken) == 1
    house.stop()
    assert last.article in {hit.document.article for hit in ask(house.wiring, Query(where=parse("확산 체계"))).hits}
    assert [each.status for each in house.outbox()] == [Queued.SENT]


@pytest.mark.timeout(600)
def test_killed_after_the_server_took_the_mail_it_goes_out_again_as_the_same_one(house: House) -> None:
    house.start()
    add_rule(house.wiring, Wish(to=READER, series="모두의 AI 광주"))
    assert house.live_until(DAY_1)["state"] == "done"
    assert house.scheduler is not None
    victim = house.scheduler

    def kill() -> None:
        house.post.on_quit = lambda: None
        os.killpg(victim.pid, signal.SIGKILL)

    house.post.on_quit = kill
    house.newspapers.move_to(DAY_2)
    house.clock.move_to(DAY_2)
    victim.communicate(timeout=PATIENCE)
    assert victim.returncode == -signal.SIGKILL
    wait_for_children(victim.pid)
    assert len(house.post.taken) == 1
    house.start()
    again = house.live_until(DAY_2)
    assert (again["state"], again["deaths"]) == ("done", 1), again
    first, second = house.messages(READER)
    assert first["Message-ID"] == second["Message-ID"]
    (row,) = house.outbox()
    assert (row.status, row.attempts, row.doubts) == (Queued.SENT, 2, 1)
    with house.wiring.ledger() as ledger, ledger.read() as unit:
        outcomes = [each.outcome for each in unit.outbox.deliveries(row.id)]
    assert outcomes == [DeliveryOutcome.DOUBTFUL, DeliveryOutcome.SENT]
    house.stop()


@pytest.mark.timeout(600)
def test_a_run_that_fails_is_mailed_to_the_operator(house: House) -> None:
    house.start()
    with pytest.MonkeyPatch.context() as strike:
        strike.setattr(house.newspapers, "move_to", lambda at: None)
        house.newspapers.__exit__(None, None, None)
        run = house.live_until(DAY_1)
        assert run["state"] == "failed"
        assert "crawl: no outlet could be visited" in run["detail"]
        assert "index: nothing new" in run["detail"], "later steps are taken all the same"
        house.wait(lambda: len(house.post.taken) == 1)
    (message,) = house.messages(OPERATOR)
    assert message["Subject"] == "Sosik: the job daily of 2026-03-30 18:00 failed"
    body = message.get_body(("plain",))
    assert body is not None
    assert "crawl: no outlet could be visited" in body.get_content()
    house.stop()


@pytest.mark.timeout(600)
def test_a_signal_in_the_middle_hands_the_day_back_and_a_later_start_makes_it_up(house: House) -> None:
    house.start()
    house.newspapers.move_to(DAY_1)
    house.clock.move_to(DAY_1)
    scheduler = house.scheduler
    assert scheduler is not None
    house.wait(lambda: len(members(scheduler.pid)) > 1)  # the day's own process has been started
    scheduler.terminate()
    out, told = scheduler.communicate(timeout=PATIENCE)
    assert (scheduler.returncode, told) == (0, "")
    assert json.loads(out)["state"] == "handed-back"
    wait_for_children(scheduler.pid)
    house.start()
    again = house.live_until(DAY_1)
    assert (again["state"], again["deaths"]) == ("done", 0)
    house.stop()
    with house.wiring.ledger() as ledger, ledger.read() as unit:
        assert [each.state for each in unit.jobs.runs("daily")] == [JobState.DONE]
        assert unit.articles.count() > 9
    assert house.post.taken == []
