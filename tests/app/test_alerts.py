"""From an article to a mail: matched once, sent once, and every doubt on record."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from sosik.app.flows.alert_rules import Wish, add_rule, remove_rule, stop_rule, try_rule
from sosik.app.flows.alerts import MAX_ATTEMPTS, match_alerts, send_alerts
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.alert import AlertRule, DeliveryOutcome, OutboxRow, Queued
from sosik.model.errors import NotFound, QueryMistake, Refused
from tests.alerts.mail_server import LATER, NO_SUCH, PASSWORD, USER, Post, free_port, serving
from tests.app.newsroom import MORNING, Newsroom, mail_settings
from tests.conftest import COMMAND, environment

SERIES = "골목의 인공지능"
READER = "reader@example.org"


@dataclass(frozen=True)
class Mailroom(Newsroom):
    """A newsroom whose alerts go to a mail server of the test's own."""

    post: Post
    environment: dict[str, str]

    def subscribe(self, wish: Wish | None = None) -> AlertRule:
        return add_rule(self.wiring, wish or Wish(to=READER, series=SERIES))

    def rows(self) -> tuple[OutboxRow, ...]:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return unit.outbox.rows()

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send_in_child(self) -> None:
        with self.start(*COMMAND, "alert", "send") as child:
            _, told = child.communicate(timeout=120)
        assert child.returncode == 0, told.decode()


@pytest.fixture
def mailroom(data: Path, tmp_path: Path) -> Iterator[Mailroom]:
    post = Post()
    with serving(post, tmp_path) as (port, certificate):
        yield make_mailroom(data, post, port, certificate)


def make_mailroom(data: Path, post: Post, port: int, certificate: Path) -> Mailroom:
    settings = mail_settings(data, port, certificate)
    child = environment(
        data,
        SOSIK_PUBLIC_URL="https://news.example",
        SOSIK_SECRET="a long random text",
        SOSIK_MAIL_FROM="sosik@news.example",
        SOSIK_SMTP_HOST="127.0.0.1",
        SOSIK_SMTP_PORT=str(port),
        SOSIK_SMTP_USER=USER,
        SOSIK_SMTP_PASSWORD=PASSWORD,
        SOSIK_SMTP_CA_FILE=str(certificate),
    )
    clock = DemoClock(MORNING)
    return Mailroom(wiring=Wiring(settings, clock), clock=clock, post=post, environment=child)


def publish_part(room: Mailroom, number: int = 3) -> None:
    room.open_day()
    room.publish(f"시장이 배운 것[{SERIES}⑨]", number=8)
    room.publish(f"골목이 배운 것[{SERIES}⑩끝]", number=9 + number)
    room.follow()


def test_a_part_is_one_mail_and_a_second_run_none(mailroom: Mailroom) -> None:
    mailroom.subscribe()
    publish_part(mailroom)
    assert match_alerts(mailroom.wiring).queued == 2
    assert send_alerts(mailroom.wiring).sent == 2
    first, last = mailroom.post.taken
    assert first["Subject"] == f"New part ⑨ of {SERIES} (IT Life)"
    assert last["Subject"] == f"Final part ⑩ of {SERIES} (IT Life)"
    assert match_alerts(mailroom.wiring).events == 0
    assert send_alerts(mailroom.wiring).sent == 0
    mailroom.follow()
    assert match_alerts(mailroom.wiring).events == 0
    assert len(mailroom.post.taken) == 2


def test_every_rule_has_a_message_of_its_own(mailroom: Mailroom) -> None:
    rules = [mailroom.subscribe(), mailroom.subscribe(Wish(to="other@example.org", series="골목의인공지능"))]
    rules.append(mailroom.subscribe(Wish(to=READER, query="실증 region:광주 -교통")))
    rules.append(mailroom.subscribe(Wish(to=READER, query=f'series:"{SERIES}"')))
    mailroom.subscribe(Wish(to=READER, query="실증 -인공지능"))
    mailroom.subscribe(Wish(to=READER, new_series=True, outlets=("namdo-tv",)))
    mailroom.open_day()
    mailroom.publish(f"골목이 배운 것[{SERIES}①]", number=2)
    mailroom.follow()
    assert match_alerts(mailroom.wiring).queued == len(rules)
    send_alerts(mailroom.wiring)
    assert len({each["Message-ID"] for each in mailroom.post.taken}) == len(rules)
    assert {row.rule for row in mailroom.rows()} == {each.id for each in rules}


def test_a_new_series_is_told_by_topic_region_and_outlet(mailroom: Mailroom) -> None:
    narrow = Wish(
        to=READER, new_series=True, topics=("demonstration-project",), regions=("광주",), outlets=("IT라이프",)
    )
    wanted = mailroom.subscribe(narrow)
    mailroom.subscribe(Wish(to=READER, new_series=True, regions=("제주",)))
    mailroom.subscribe(Wish(to=READER, new_series=True, topics=("energy-climate",)))
    mailroom.open_day()
    mailroom.publish(f"골목이 배운 것[{SERIES}①]", number=2)
    mailroom.follow()
    match_alerts(mailroom.wiring)
    assert [row.rule for row in mailroom.rows()] == [wanted.id]
    send_alerts(mailroom.wiring)
    (message,) = mailroom.post.taken
    assert message["Subject"] == f"New series at IT Life: {SERIES}"


def test_the_past_of_an_outlet_is_quiet(mailroom: Mailroom) -> None:
    mailroom.subscribe()
    mailroom.subscribe(Wish(to=READER, query="실증"))
    for number in (1, 2, 3):
        mailroom.publish(f"골목이 배운 것[{SERIES}{'①②③'[number - 1]}]", number=number, age=timedelta(hours=number))
    report = mailroom.follow()
    assert report.told == 0
    assert report.quiet == 3 + 1 + 3  # articles, the series, its parts
    mailroom.clock.advance(timedelta(days=1))
    mailroom.publish(f"옛 기사[{SERIES}④]", number=4, age=timedelta(days=8))  # a backfill, later on
    assert mailroom.follow().told == 0
    assert match_alerts(mailroom.wiring).queued == 0


def test_it_is_asked_before_it_is_sent_and_answered_after(mailroom: Mailroom) -> None:
    """Killed between match and send, then started again: one mail, and no doubt."""
    mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    code = (
        "import os, signal\n"
        "from sosik.app.flows.alerts import match_alerts\n"
        "from sosik.app.wiring import wire\n"
        "match_alerts(wire())\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with mailroom.start(sys.executable, "-c", code) as child:
        child.communicate(timeout=120)
    assert child.returncode == -signal.SIGKILL
    assert [row.status for row in mailroom.rows()] == [Queued.WAITING]
    assert mailroom.post.taken == []
    mailroom.send_in_child()
    mailroom.send_in_child()
    assert len(mailroom.post.taken) == 1
    assert [(row.status, row.attempts, row.doubts) for row in mailroom.rows()] == [(Queued.SENT, 1, 0)]


@contextmanager
def locked_out(room: Mailroom, kill: Callable[[], None]) -> Iterator[None]:
    """From the moment a message arrives, nobody can write to the ledger; `kill` is called at the client's good-bye."""
    holding: list[sqlite3.Connection] = []

    def hold(message: EmailMessage) -> None:
        connection = sqlite3.connect(room.wiring.settings.data / "ledger.sqlite3", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        holding.append(connection)

    def strike() -> None:
        kill()
        for connection in holding:
            connection.execute("ROLLBACK")
            connection.close()

    room.post.on_data, room.post.on_quit = hold, strike
    yield
    room.post.on_data, room.post.on_quit = lambda message: None, lambda: None


def test_killed_after_the_250_and_before_the_commit(mailroom: Mailroom) -> None:
    mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    children: list[subprocess.Popen[bytes]] = []
    with locked_out(mailroom, lambda: os.kill(children[0].pid, signal.SIGKILL)):
        with mailroom.start(*COMMAND, "alert", "send") as child:
            children.append(child)
            child.communicate(timeout=120)
        assert child.returncode == -signal.SIGKILL
    assert len(mailroom.post.taken) == 1
    assert [(row.status, row.attempts) for row in mailroom.rows()] == [(Queued.WAITING, 1)]
    mailroom.send_in_child()
    mailroom.send_in_child()
    first, again = mailroom.post.taken
    assert first["Message-ID"] == again["Message-ID"]
    assert first.as_bytes() != b""
    assert _bodies(first) == _bodies(again)
    (row,) = mailroom.rows()
    assert (row.status, row.attempts, row.doubts) == (Queued.SENT, 2, 1)
    with mailroom.wiring.ledger() as ledger, ledger.read() as unit:
        outcomes = [each.outcome for each in unit.outbox.deliveries(row.id)]
    assert outcomes == [DeliveryOutcome.DOUBTFUL, DeliveryOutcome.SENT]


def _bodies(message: EmailMessage) -> list[str]:
    return [part.get_content() for part in message.walk() if not part.is_multipart()]


def test_a_lost_connection_is_tried_again_under_the_same_id(mailroom: Mailroom) -> None:
    mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    match_alerts(mailroom.wiring)
    mailroom.post.cut_after_data = True
    assert send_alerts(mailroom.wiring).doubtful == 1
    assert send_alerts(mailroom.wiring).sent == 0  # not before its time
    mailroom.post.cut_after_data = False
    mailroom.clock.advance(timedelta(minutes=5))
    assert send_alerts(mailroom.wiring).sent == 1
    assert len({each["Message-ID"] for each in mailroom.post.taken}) == 1
    assert [(row.status, row.doubts) for row in mailroom.rows()] == [(Queued.SENT, 1)]


def test_a_refused_reader_is_not_asked_again_and_does_not_hold_up_others(mailroom: Mailroom) -> None:
    mailroom.subscribe(Wish(to=NO_SUCH, query="골목 -시장"))
    mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    match_alerts(mailroom.wiring)
    report = send_alerts(mailroom.wiring)
    assert (report.refused, report.sent) == (1, 1)
    mailroom.clock.advance(timedelta(days=30))
    assert send_alerts(mailroom.wiring).refused == 0
    assert {row.subscriber: row.status for row in mailroom.rows()} == {
        NO_SUCH: Queued.REFUSED,
        READER: Queued.SENT,
    }


def test_what_is_put_off_too_often_is_given_up(mailroom: Mailroom) -> None:
    mailroom.subscribe(Wish(to=LATER, query="골목 -시장"))
    publish_part(mailroom)
    match_alerts(mailroom.wiring)
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        assert send_alerts(mailroom.wiring).deferred == 1
        (row,) = mailroom.rows()
        pauses.append(row.next_try - mailroom.clock.now())
        mailroom.clock.move_to(row.next_try)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert pauses[0] == timedelta(minutes=5)
    assert mailroom.rows()[0].status is Queued.GIVEN_UP
    mailroom.clock.advance(timedelta(days=30))
    assert send_alerts(mailroom.wiring).deferred == 0


def test_a_server_that_is_away_is_not_asked_for_every_message(data: Path, tmp_path: Path) -> None:
    room = make_mailroom(data, Post(), free_port(), tmp_path)
    for number in range(8):
        room.subscribe(Wish(to=f"reader{number}@example.org", query="골목 -시장"))
    publish_part(room)
    assert match_alerts(room.wiring).queued == 8
    assert send_alerts(room.wiring).deferred == 5


def test_what_an_outlet_writes_stays_text(mailroom: Mailroom) -> None:
    mailroom.subscribe(Wish(to=READER, query="outlet:it-life"))
    mailroom.open_day()
    title = "<script>alert(1)</script>\r\nBcc: all@example.org\r\n =HYPERLINK(1) {{ 7*7 }}[골목의 <b>인공지능</b>①]"
    mailroom.publish(title, number=2, text="본문<img src=x onerror=alert(1)>이다. " + "실증 " * 20)
    mailroom.follow()
    match_alerts(mailroom.wiring)
    send_alerts(mailroom.wiring)
    (message,) = mailroom.post.taken
    assert mailroom.post.recipients == [READER]
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]
    assert "<script>alert(1)</script> Bcc: all@example.org" in message["Subject"]
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "<script>alert(1)</script> Bcc: all@example.org" in plain.get_content()
    assert "{{ 7*7 }}" in plain.get_content()
    assert "<script" not in html.get_content()
    assert "<b>" not in html.get_content()
    assert "onerror" not in html.get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html.get_content()


def test_the_link_at_the_end_stops_it(mailroom: Mailroom) -> None:
    rule = mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    match_alerts(mailroom.wiring)
    send_alerts(mailroom.wiring)
    (message,) = mailroom.post.taken
    link = str(message["List-Unsubscribe"]).strip("<>")
    assert link.startswith(f"https://news.example/alerts/stop?rule={rule.id}&token=")
    token = link.rpartition("=")[2]
    with pytest.raises(Refused):
        stop_rule(mailroom.wiring, rule.id, token[:-1] + ("0" if token[-1] != "0" else "1"))
    with pytest.raises(Refused):
        stop_rule(mailroom.wiring, "another", token)
    assert stop_rule(mailroom.wiring, rule.id, token)
    assert not stop_rule(mailroom.wiring, rule.id, token)
    assert mailroom.rows() == ()


def test_a_rule_removed_before_sending_sends_nothing(mailroom: Mailroom) -> None:
    rule = mailroom.subscribe(Wish(to=READER, query="골목 -시장"))
    publish_part(mailroom)
    match_alerts(mailroom.wiring)
    remove_rule(mailroom.wiring, rule.id)
    assert send_alerts(mailroom.wiring).sent == 0
    with pytest.raises(NotFound):
        remove_rule(mailroom.wiring, rule.id)


def test_trying_a_rule_sends_nothing(mailroom: Mailroom) -> None:
    rule = mailroom.subscribe()
    with pytest.raises(NotFound, match="fits this rule"):
        try_rule(mailroom.wiring, rule.id)
    mailroom.publish(f"골목이 배운 것[{SERIES}①]", number=2, age=timedelta(days=100))
    mailroom.follow()
    shown = try_rule(mailroom.wiring, rule.id)
    assert shown.subject == f"New part ① of {SERIES} (IT Life)"
    assert match_alerts(mailroom.wiring).queued == 0
    assert mailroom.rows() == ()


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish(to=READER), Refused),
        (Wish(to=READER, series="x", new_series=True), Refused),
        (Wish(to="no address", new_series=True), Refused),
        (Wish(to="a@b.example\r\nBcc: c@d.example", new_series=True), Refused),
        (Wish(to=READER, query="(실증"), QueryMistake),
        (Wish(to=READER, new_series=True, topics=("no-topic",)), NotFound),
        (Wish(to=READER, new_series=True, outlets=("no-outlet",)), NotFound),
    ],
)
def test_a_wish_that_could_never_be_met_is_refused(mailroom: Mailroom, wish: Wish, error: type[Exception]) -> None:
    with pytest.raises(error):
        mailroom.subscribe(wish)
