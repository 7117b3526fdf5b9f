"""From an article to a webhook: the channel of the rule, retried as the other side asks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from sosik.app.flows.alert_rules import Wish, add_rule
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.alert import AlertRule, DeliveryOutcome, OutboxRow, Queued
from sosik.model.errors import NotFound, Refused, SettingsMistake
from tests.alerts.mail_server import free_port
from tests.alerts.web_server import Receiver, receiving
from tests.app.conftest import Call
from tests.app.newsroom import MORNING, Newsroom

SERIES = "골목의 인공지능"
TITLE = f'<script>"골목"이 배운 것\\ 실증[{SERIES}⑩끝]'


@dataclass(frozen=True)
class Room(Newsroom):
    """A newsroom, and somebody's web server."""

    receiver: Receiver
    address: str

    def subscribe(self, by: str = "webhook", to: str = "", **more: str) -> AlertRule:
        return add_rule(self.wiring, Wish(to=to or self.address, by=by, series=more.get("series", SERIES)))

    def publish_part(self) -> None:
        self.open_day()
        self.publish(TITLE, number=3)
        self.follow()
        match_alerts(self.wiring)

    def rows(self) -> tuple[OutboxRow, ...]:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            return unit.outbox.rows()


def settings(data: Path, **more: object) -> Settings:
    return Settings(data=data, workers=1, webhook_secret=SecretStr("a long random text"), **more)  # type: ignore[arg-type]  # a setting of any kind


@pytest.fixture
def room(data: Path) -> Iterator[Room]:
    receiver, clock = Receiver(), DemoClock(MORNING)
    wiring = Wiring(settings(data, webhook_private=True), clock)
    with receiving(receiver) as port:
        yield Room(wiring=wiring, clock=clock, receiver=receiver, address=f"http://127.0.0.1:{port}/hook")


def test_a_part_is_posted_once(room: Room) -> None:
    rule = room.subscribe()
    room.publish_part()
    assert send_alerts(room.wiring).sent == 1
    assert send_alerts(room.wiring).sent == 0
    (request,) = room.receiver.taken
    told = json.loads(request.body)
    assert told["rule"] == rule.id
    assert told["id"] == request.headers["webhook-id"]
    assert told["event"] == "final-installment"
    assert told["article"]["title"] == TITLE
    assert told["article"]["url"] == "http://it-life.test/article/3"
    assert told["article"]["outlet"] == "IT라이프"
    assert told["article"]["published"] == "2026-03-30T10:00:00+09:00"
    assert told["article"]["english"]
    assert told["series"] == told["series"] | {"name": SERIES, "installment": 10, "final": True}
    assert told["stop"].startswith("mailto:sosik@localhost?subject=stop%20")
    with room.wiring.ledger() as ledger, ledger.read() as unit:
        (delivery,) = unit.outbox.deliveries(room.rows()[0].id)
    assert delivery.detail == "200 ok"


def test_a_mail_and_a_webhook_and_a_room_each_by_its_channel(room: Room) -> None:
    room.subscribe()
    room.subscribe(by="chat")
    room.subscribe(by="email", to="reader@example.org")
    room.publish_part()
    assert send_alerts(room.wiring).sent == 3
    bodies = [json.loads(each.body) for each in room.receiver.taken]
    chat, webhook = sorted(bodies, key=len)
    assert webhook["subject"] == f"Final part ⑩ of {SERIES} (IT Life)"
    assert chat["text"].splitlines()[0] == webhook["subject"]
    assert "<script>" not in chat["text"]
    assert len(list((room.wiring.settings.data / "outbox").iterdir())) == 1


def test_it_is_tried_again_when_the_other_side_asks_for_it(room: Room) -> None:
    room.subscribe()
    room.publish_part()
    room.receiver.status, room.receiver.headers = 429, {"Retry-After": "7200"}
    assert send_alerts(room.wiring).deferred == 1
    room.clock.advance(timedelta(hours=1, minutes=59))
    assert send_alerts(room.wiring).deferred == 0, "not before"
    room.clock.advance(timedelta(minutes=1))
    room.receiver.status, room.receiver.headers = 503, {"Retry-After": "1"}
    assert send_alerts(room.wiring).deferred == 1
    room.clock.advance(timedelta(minutes=14))
    assert send_alerts(room.wiring).deferred == 0, "nor sooner than it would have been"
    room.clock.advance(timedelta(minutes=1))
    room.receiver.cut = True
    assert send_alerts(room.wiring).doubtful == 1
    room.clock.advance(timedelta(hours=1))
    room.receiver.cut, room.receiver.status, room.receiver.headers = False, 200, {}
    assert send_alerts(room.wiring).sent == 1
    assert len({each.headers["webhook-id"] for each in room.receiver.taken}) == 1
    assert len({each.body for each in room.receiver.taken}) == 1
    (row,) = room.rows()
    assert (row.status, row.attempts, row.doubts) == (Queued.SENT, 4, 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_receiver_that_is_gone_is_not_asked_again(room: Room, status: int) -> None:
    room.subscribe()
    room.publish_part()
    room.receiver.status = status
    assert send_alerts(room.wiring).refused == 1
    room.clock.advance(timedelta(days=30))
    send_alerts(room.wiring)
    assert len(room.receiver.taken) == 1
    assert room.rows()[0].status is Queued.REFUSED


def test_one_that_is_away_does_not_hold_up_the_others(room: Room) -> None:
    dead = f"http://localhost:{free_port()}/"
    for _ in range(7):
        room.subscribe(to=dead)
    room.subscribe()
    room.subscribe(by="email", to="reader@example.org")
    room.publish_part()
    report = send_alerts(room.wiring)
    assert (report.deferred, report.sent) == (5, 2)


def test_without_its_secret_a_message_waits_and_it_is_said(room: Room, data: Path) -> None:
    room.subscribe()
    room.subscribe(by="email", to="reader@example.org")
    room.publish_part()
    without = Wiring(Settings(data=data, workers=1, webhook_private=True), room.clock)
    report = send_alerts(without)
    assert report.sent == 1
    (reason,) = report.unready
    assert "SOSIK_WEBHOOK_SECRET" in reason
    assert send_alerts(room.wiring).sent == 1


def test_a_rule_that_could_never_be_met_is_refused(room: Room, data: Path) -> None:
    with pytest.raises(Refused, match="SOSIK_WEBHOOK_PRIVATE"):
        add_rule(Wiring(settings(data), room.clock), Wish(to=room.address, by="webhook", new_series=True))
    with pytest.raises(SettingsMistake, match="SOSIK_WEBHOOK_SECRET"):
        add_rule(Wiring(Settings(data=data), room.clock), Wish(to="https://x.example/", by="webhook", new_series=True))
    with pytest.raises(NotFound, match="chat, email, webhook"):
        room.subscribe(by="pigeon")
    with pytest.raises(Refused):
        room.subscribe(to="reader@example.org")
    assert room.rows() == ()


def test_a_private_address_is_refused_when_it_is_sent_as_well(room: Room, data: Path) -> None:
    """What was permitted once is not for ever, and a name may come to mean another address."""
    room.subscribe()
    room.publish_part()
    assert send_alerts(Wiring(settings(data), room.clock)).refused == 1
    assert room.receiver.taken == []


def test_a_webhook_as_it_is_typed(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    told = call("alert", "add", "--webhook", "https://hooks.example/x", "--new-series")
    assert told.status == 1
    assert "SOSIK_WEBHOOK_SECRET" in told.err
    monkeypatch.setenv("SOSIK_WEBHOOK_SECRET", "a long random text")
    rule = call("alert", "add", "--webhook", "https://hooks.example/x", "--new-series", "--json").json
    assert (rule["to"], rule["by"]) == ("https://hooks.example/x", "webhook")
    room = call("alert", "add", "--to", "https://chat.example/x", "--by", "chat", "--new-series", "--json").json
    assert room["by"] == "chat"
    assert call("alert", "list", "--json").lines == [rule, room]
    assert "https://hooks.example/x  webhook  new series" in call("alert", "list").out
    for wrong in (
        (),
        ("--to", "a@b.example", "--webhook", "https://hooks.example/x"),
        ("--webhook", "https://hooks.example/x", "--by", "chat"),
    ):
        assert call("alert", "add", *wrong, "--new-series").status == 2
    assert call("alert", "add", "--webhook", "https://127.0.0.1/x", "--new-series").status == 1


def test_a_doubt_stays_on_record_when_the_sender_is_killed(room: Room) -> None:
    room.subscribe()
    room.publish_part()
    with room.wiring.ledger() as ledger, ledger.write() as unit:
        (row,) = unit.outbox.rows()
        event, rule = unit.events.get(row.event), unit.rules.get(row.rule)
        assert event is not None
        assert rule is not None
        alert = room.wiring.noticer().alert(unit, event, rule)
        assert alert is not None
        unit.outbox.begin(row.id, alert, "webhook")
    report = send_alerts(room.wiring)
    assert (report.doubts, report.sent) == (1, 1)
    with room.wiring.ledger() as ledger, ledger.read() as unit:
        outcomes = [each.outcome for each in unit.outbox.deliveries(row.id)]
    assert outcomes == [DeliveryOutcome.DOUBTFUL, DeliveryOutcome.SENT]
