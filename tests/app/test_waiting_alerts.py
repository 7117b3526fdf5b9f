"""An event whose article cannot be judged yet waits, and is told when it can be."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sosik.app.flows.alert_rules import Wish, add_rule
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.flows.read import analyse_stale
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.alert import Queued
from sosik.model.article import Article
from tests.app.conftest import Call
from tests.app.newsroom import MORNING, TEXT, Newsroom
from tests.conftest import environment

READER = "reader@example.org"


class Room(Newsroom):
    """A newsroom with one reader, who wants to hear of 실증."""

    def edit_without_analysis(self, article: Article) -> Article:
        """The outlet edits an article, and whoever analyses is not there yet."""
        edited = replace(article, text=f"{TEXT}\n고친 기사다.", captured=self.clock.now())
        with self.wiring.ledger() as ledger, ledger.write() as unit:
            return unit.articles.put(edited)[0]

    def mails(self) -> list[Path]:
        return sorted((self.wiring.settings.data / "outbox").glob("*.eml"))

    def waiting(self) -> int:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return len(unit.events.waiting())

    def statuses(self) -> list[Queued]:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return [each.status for each in unit.outbox.rows()]


@pytest.fixture
def room(data: Path) -> Room:
    clock = DemoClock(MORNING)
    room = Room(wiring=Wiring(Settings(data=data, workers=1), clock), clock=clock)
    add_rule(room.wiring, Wish(to=READER, query="실증"))
    return room


def publish(room: Room) -> Article:
    room.open_day()
    article = room.publish("광주의 실증", number=2)
    room.follow()
    return article


def test_it_waits_for_its_analysis_and_is_matched_then(room: Room) -> None:
    article = room.edit_without_analysis(publish(room))
    for _ in range(2):
        report = match_alerts(room.wiring)
        assert (report.queued, report.unanalysed) == (0, [article.id])
    room.publish("다음 실증", number=3)
    room.follow()
    report = match_alerts(room.wiring)
    assert (report.queued, report.unanalysed) == (1, [article.id]), "nobody waits for it"
    assert analyse_stale(room.wiring) == 1
    report = match_alerts(room.wiring)
    assert (report.queued, report.unanalysed, room.waiting()) == (1, [], 0)
    assert match_alerts(room.wiring).queued == 0
    assert send_alerts(room.wiring).sent == 2


def test_killed_in_between_it_still_waits(room: Room) -> None:
    room.edit_without_analysis(publish(room))
    code = (
        "import os, signal\n"
        "from sosik.app.flows.alerts import match_alerts\n"
        "from sosik.app.wiring import wire\n"
        "assert match_alerts(wire()).unanalysed\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(room.wiring.settings.data), check=False)
    assert done.returncode == -signal.SIGKILL
    assert room.waiting() == 1
    assert analyse_stale(room.wiring) == 1
    # Killed within the transaction that would have matched it: neither message nor note is gone.
    killed = (
        "import os, signal\n"
        "from sosik.app.flows.alerts import match_alerts\n"
        "from sosik.app.wiring import wire\n"
        "from sosik.storage.ledger.events import SqlEvents\n"
        "SqlEvents.settle = lambda self, event: os.kill(os.getpid(), signal.SIGKILL)\n"
        "match_alerts(wire())\n"
    )
    done = subprocess.run([sys.executable, "-c", killed], env=environment(room.wiring.settings.data), check=False)
    assert done.returncode == -signal.SIGKILL
    assert (room.waiting(), room.statuses()) == (1, [])
    assert match_alerts(room.wiring).queued == 1
    assert send_alerts(room.wiring).sent == 1
    assert match_alerts(room.wiring).unanalysed == []
    assert len(room.mails()) == 1


def test_a_message_waits_for_the_analysis_as_well(room: Room) -> None:
    """Edited between match and send: what it says is not known yet, and it is not dropped for that."""
    article = publish(room)
    assert match_alerts(room.wiring).queued == 1
    room.edit_without_analysis(article)
    report = send_alerts(room.wiring)
    assert (report.sent, report.dropped) == (0, 0)
    assert report.unready == [f"a message waits for the analysis of article {article.id}"]
    assert room.statuses() == [Queued.WAITING]
    analyse_stale(room.wiring)
    room.clock.advance(timedelta(minutes=1))
    assert send_alerts(room.wiring).sent == 1


def test_an_article_that_is_gone_is_waited_for_no_longer(room: Room) -> None:
    article = room.edit_without_analysis(publish(room))
    assert match_alerts(room.wiring).unanalysed == [article.id]
    with room.wiring.ledger() as ledger, ledger.write() as unit:
        unit.articles.mark_gone(article.id, room.clock.now())
    report = match_alerts(room.wiring)
    assert (report.unanalysed, report.queued, room.waiting()) == ([], 0, 0)


def test_it_is_said_each_time_that_alerts_wait(room: Room, call: Call) -> None:
    article = room.edit_without_analysis(publish(room))
    for _ in range(2):
        answer = call("alert", "send")
        assert answer.status == 0
        assert "0 sent" in answer.out
        assert f"article {article.id} has no analysis yet; its alerts wait" in answer.err
    assert call("alert", "send", "--json").json["unanalysed"] == [article.id]
