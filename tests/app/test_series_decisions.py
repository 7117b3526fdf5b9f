"""Series that an outlet renamed: suggested, joined by an editor, told to whoever asked for either, taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboards.app import create_app
from sosik.alerts.match import Happening, Matcher
from sosik.app import formats
from sosik.app.flows.index import index_pending
from sosik.app.flows.read import analyse_stale
from sosik.app.flows.series import list_series
from sosik.app.reading import open_reader
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.alert import AlertRule, Event, EventKind
from sosik.model.series import SeriesDecision
from tests.app.conftest import Call
from tests.app.newsroom import MORNING, Newsroom

DAY = timedelta(days=1)
OLD, NEW = "골목으로 간 인공지능", "골목에 간 인공지능"


@pytest.fixture
def room(call: Call, data: Path) -> Newsroom:
    """Three parts under one name, then two under another."""
    clock = DemoClock(MORNING)
    room = Newsroom(Wiring(Settings(data=data, workers=1), clock), clock)
    room.open_day()
    for number, name in enumerate((OLD, OLD, OLD, NEW), 1):
        publish(room, name, number)
    room.follow()
    return room


def publish(room: Newsroom, name: str, number: int) -> None:
    room.clock.advance(DAY)
    room.publish(f"[{name}] ({number}) 시장 상인의 하루", number=10 + number)


def read_anew(room: Newsroom) -> None:
    """What a replay does: every article is analysed and placed again."""
    with room.wiring.ledger() as ledger, ledger.write() as unit:
        unit.analyses.clear()
    assert analyse_stale(room.wiring) >= 5
    assert room.follow().articles >= 5


def test_a_rename_is_suggested_joined_and_kept(call: Call, room: Newsroom) -> None:
    *listed, suggestion = call("series", "--json").lines
    old, new = suggestion["may_be_one"]
    assert {each["series"]: each["parts"] for each in listed} == {OLD: 3, NEW: 1}
    assert f"sosik series join {old} {new}" in call("series").out

    joined = call("series", "join", OLD, NEW, "--by", "가람", "--json").json
    assert (joined["id"], joined["names"], joined["parts"], joined["gaps"]) == (old, [OLD, NEW], 4, [])
    publish(room, NEW, 5)
    room.follow()
    read_anew(room)
    shown = call("series", NEW, "--json").json
    assert [each["installment"] for each in shown["installments"]] == [1, 2, 3, 4, 5]
    assert [(each["kind"], each["by"]) for each in shown["decisions"]] == [("join", "가람")]
    assert list_series(room.wiring).renames == ()
    assert "also called" in call("series", new).out

    index_pending(room.wiring)
    assert len(call("search", f'series:"{NEW}"', "--json").lines) == 5


def test_a_joining_can_be_taken_back_and_is_not_suggested_again(call: Call, room: Newsroom) -> None:
    call("series", "join", OLD, NEW)
    parts = {each["series"]: each["parts"] for each in call("series", "separate", OLD, NEW, "--json").lines}
    assert parts == {OLD: 3, NEW: 1}
    publish(room, NEW, 5)
    room.follow()
    assert {each["series"]: each["parts"] for each in call("series", "--json").lines} == {OLD: 3, NEW: 2}
    assert [each.kind for each in decisions(room)] == ["join", "separate"]
    assert call("series", "join", NEW, OLD, "--json").json["series"] == NEW


def test_two_series_can_be_told_to_be_two(call: Call, room: Newsroom) -> None:
    assert len(call("series", "separate", OLD, NEW, "--json").lines) == 2
    assert list_series(room.wiring).renames == ()


def test_whoever_asked_for_either_name_hears_of_the_next_part(call: Call, room: Newsroom) -> None:
    (new,) = (each for each in list_series(room.wiring).series if each.name == NEW)
    call("series", "join", OLD, NEW)
    publish(room, NEW, 5)
    room.follow()
    rules = [
        AlertRule(id=name, subscriber="a@b.test", kinds=(EventKind.NEW_INSTALLMENT,), series=name)
        for name in (OLD, NEW, new.id, "다른 연재")
    ]
    noticer = room.wiring.noticer()
    with room.wiring.ledger() as ledger, ledger.read() as unit:
        (event,) = (each for each in unit.events.newest(1) if each.kind is EventKind.NEW_INSTALLMENT)
        happening = noticer.happening(unit, event)
    assert isinstance(event, Event)
    assert isinstance(happening, Happening)
    matcher = Matcher(rules, cutter=room.wiring.cutter(), resolve=lambda node: node)
    assert [each.id for each in matcher.rules_for(happening)] == [OLD, NEW, new.id]


def test_what_makes_no_sense_is_refused(call: Call, room: Newsroom) -> None:
    room.publish(f"[{OLD}] (1) 다른 신문의 연재", number=50, source="namdo-tv")
    room.publish("[전혀 다른 연재] (1) 시작", number=51, source="namdo-tv")
    room.follow()
    ambiguous = call("series", "join", OLD, NEW)
    assert (ambiguous.status, "several outlets" in ambiguous.err) == (1, True)
    old, new = (each.id for each in list_series(room.wiring, "it-life").series)
    assert "no one series" in call("series", "join", new, "전혀 다른 연재").err
    assert "already" in call("series", "join", old, old).err
    assert "nothing was joined" in call("series", "separate", old, old).err
    assert call("series", "join", old, "없는 연재").status == 1
    assert decisions(room) == ()


def test_pages_show_the_suggestion_and_the_decision(call: Call, room: Newsroom) -> None:
    old, new = call("series", "--json").lines[-1]["may_be_one"]
    index_pending(room.wiring)
    with (
        open_reader(room.wiring) as reader,
        TestClient(create_app(reader, shapes=formats), base_url="http://127.0.0.1:8000") as client,
    ):
        assert f"sosik series join {old} {new}" in client.get("/series").text
        assert f"sosik series join {old} {new}" in client.get(f"/series/{new}").text
        call("series", "join", old, new, "--by", "<b>가람</b>")
        page = client.get(f"/series/{new}").text
        assert "Also called" in page
        assert "&lt;b&gt;가람&lt;/b&gt;" in page
        assert "Joined with" in page
        assert client.get(f"/api/v1/series/{new}").json()["names"] == [OLD, NEW]
        assert "sosik series join" not in client.get("/series").text


def decisions(room: Newsroom) -> tuple[SeriesDecision, ...]:
    with room.wiring.ledger() as ledger, ledger.read() as unit:
        return unit.series.decisions()
