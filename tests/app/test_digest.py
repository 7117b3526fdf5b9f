"""`sosik digest`, and digests that are sent."""

from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from sosik.app.flows.alert_rules import Wish, add_rule, try_rule
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.flows.daily import CrawlPlan, run_daily
from sosik.app.flows.digest_mails import note_digests
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.alert import Queued
from sosik.model.errors import NotFound, QueryMistake, Refused
from sosik.model.instants import KST
from tests.app.conftest import Call, wiring_on

MONDAY = datetime(2026, 3, 30, 5, 30, tzinfo=KST)
READER = "weekly@example.org"


def test_a_digest_adds_up_to_what_other_commands_count(call: Call, demo_data: Path) -> None:
    span = ("--since", "2026-01-01", "--until", "2026-03-31")
    told = call("digest", *span, "--limit", "1000", "--json").json
    trend = call("trends", "from:2026-01-01", "to:2026-03-31", "--json").lines
    assert told["articles"] == sum(each["count"] for each in trend)
    assert told["articles_without_copies"] == sum(each["count_without_copies"] for each in trend)
    assert told["articles"] > told["articles_without_copies"] > 0
    assert sum(each["articles"] for each in told["topics"]) == told["articles"]
    assert sum(len(each["stories"]) for each in told["topics"]) == told["stories"]
    stories = [story for topic in told["topics"] for story in topic["stories"]]
    assert len({each["story"] for each in stories}) == len(stories)
    assert sum(each["articles"] for each in stories) == told["articles"]
    assert all(each["url"].startswith("http") for each in stories)
    assert any(each["english"] for each in stories)
    parts = [(each["series"], each["installment"], each["final"]) for each in told["parts"]]
    assert ("모두의 AI 광주", 10, True) in parts
    assert told["rising"]


def test_a_digest_is_narrowed(call: Call, demo_data: Path) -> None:
    span = ("--since", "2026-01-01", "--until", "2026-03-31")
    whole = call("digest", *span, "--json").json
    topic = whole["topics"][0]["topic"]
    one = call("digest", *span, "--topic", topic, "--json").json
    assert [each["topic"] for each in one["topics"]] == [topic]
    assert 0 < one["articles"] < whole["articles"]
    rise = whole["rising"][0]
    assert rise in call("digest", *span, "--topic", rise["topic"], "--json").json["rising"]
    found = call("digest", *span, "--region", "광주", "--query", "실증 -교통", "--json").json
    assert 0 < found["articles"] < whole["articles"]
    assert found["only"] == {"topics": [], "regions": ["광주"], "outlets": [], "query": "실증 -교통"}
    outlets = call("digest", *span, "--outlet", "it-life", "--outlet", "서울사업", "--json").json
    assert {each["outlet"] for topic in outlets["topics"] for each in topic["stories"]} == {"IT Life"}
    shown = call("digest", *span, "--region", "광주").out
    assert shown.startswith("# Sosik digest, 2026-01-01 to 2026-03-31\n")
    assert "on 광주" in shown.splitlines()[2]
    few = call("digest", *span, "--limit", "1", "--json").json
    assert (few["articles"], few["stories"]) == (whole["articles"], whole["stories"])
    assert all(len(each["stories"]) == 1 for each in few["topics"])


def test_a_week_ends_today_or_when_it_is_said(call: Call, demo_data: Path) -> None:
    told = call("digest", "--until", "2026-03-31", "--json").json
    assert (told["since"], told["until"]) == ("2026-03-25", "2026-03-31")
    assert call("digest", "--since", "2w", "--until", "2026-03-31", "--json").json["since"] == "2026-03-18"
    empty = call("digest", "--since", "2020-01-01", "--until", "2020-01-07")
    assert empty.status == 0
    assert "No articles." in empty.out
    assert "the newest article of all is of 2026-03-31" in empty.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--since", "soon"), 2, "--since"),
        (("--since", "0d"), 2, "--since"),
        (("--until", "31.3.2026"), 2, "--until"),
        (("--since", "2026-04-01", "--until", "2026-03-31"), 2, "after"),
        (("--topic", "no-topic"), 1, "no-topic"),
        (("--query", "(실증"), 1, "^"),
    ],
)
def test_what_cannot_be_digested(
    call: Call, demo_data: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    answer = call("digest", *arguments)
    assert answer.status == status
    assert said in answer.err


def test_without_an_index_it_says_what_makes_one(call: Call) -> None:
    answer = call("digest")
    assert answer.status == 1
    assert "sosik reindex" in answer.err


@pytest.fixture
def wiring(demo_data: Path) -> Wiring:
    return replace(wiring_on(demo_data), clock=DemoClock(MONDAY))


def send(wiring: Wiring) -> int:
    note_digests(wiring)
    match_alerts(wiring)
    return send_alerts(wiring).sent


def mails(wiring: Wiring, to: str = READER) -> list[EmailMessage]:
    files = sorted((wiring.settings.data / "outbox").glob("*.eml"), key=lambda each: each.stat().st_mtime_ns)
    found = [message_from_bytes(each.read_bytes(), policy=default) for each in files]
    return [each for each in found if each["To"] == to]


def test_a_weekly_digest_is_sent_once_a_week(wiring: Wiring) -> None:
    rule = add_rule(wiring, Wish(to=READER, digest="weekly", regions=("광주",)))
    assert try_rule(wiring, rule.id).subject.startswith("Sosik digest, 2026-03-23 to 2026-03-29: ")
    assert send(wiring) == 1
    assert send(wiring) == 0
    clock = wiring.clock
    assert isinstance(clock, DemoClock)
    for _ in range(6):
        clock.advance(timedelta(days=1))
        assert send(wiring) == 0
    clock.advance(timedelta(days=1))
    assert send(wiring) == 1
    first, second = mails(wiring)
    assert first["Subject"].startswith("Sosik digest, 2026-03-23 to 2026-03-29: ")
    assert second["Subject"].startswith("Sosik digest, 2026-03-30 to 2026-04-05: ")
    body = first.get_body(("plain",))
    assert body is not None
    assert "You asked for this weekly digest on 광주." in body.get_content()
    assert "모두의 AI 광주" in body.get_content()


def test_daily_and_weekly_each_have_their_own(wiring: Wiring) -> None:
    add_rule(wiring, Wish(to=READER, digest="daily"))
    add_rule(wiring, Wish(to=READER, digest="weekly"))
    add_rule(wiring, Wish(to="other@example.org", digest="weekly", query="실증"))
    assert send(wiring) == 3
    assert isinstance(wiring.clock, DemoClock)
    wiring.clock.advance(timedelta(days=1))
    assert send(wiring) == 1
    subjects = [each["Subject"] for each in mails(wiring)]
    assert [each.split(":")[0] for each in subjects] == [
        "Sosik digest, 2026-03-29",
        "Sosik digest, 2026-03-23 to 2026-03-29",
        "Sosik digest, 2026-03-30",
    ]


def test_the_daily_job_sends_it(wiring: Wiring) -> None:
    add_rule(wiring, Wish(to=READER, digest="weekly"))
    report = run_daily(wiring, CrawlPlan(sources=()))
    assert report.failures == ()
    assert len(mails(wiring)) == 1
    run_daily(wiring, CrawlPlan(sources=()))
    assert len(mails(wiring)) == 1


def test_a_digest_waits_for_its_index(wiring: Wiring) -> None:
    add_rule(wiring, Wish(to=READER, digest="weekly"))
    index = wiring.settings.data / "index"
    index.rename(index.with_name("elsewhere"))
    note_digests(wiring)
    match_alerts(wiring)
    report = send_alerts(wiring)
    assert report.sent == 0
    assert "sosik reindex" in report.unready[0]
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.outbox.rows()[0].status is Queued.WAITING
    index.with_name("elsewhere").rename(index)
    assert send_alerts(wiring).sent == 1


def test_a_digest_that_has_not_left_does_not_tell_of_what_was_taken_down(wiring: Wiring, call: Call) -> None:
    add_rule(wiring, Wish(to=READER, digest="weekly"))
    (wiring.settings.data / "outbox").rename(wiring.settings.data / "kept")
    (wiring.settings.data / "outbox").write_text("a file is in the way", encoding="utf-8")
    note_digests(wiring)
    match_alerts(wiring)
    assert send_alerts(wiring).deferred == 1
    with wiring.ledger() as ledger, ledger.read() as unit:
        made = unit.outbox.alert(unit.outbox.rows()[0].id)
    assert made is not None
    part = made.about["digest"]["parts"][0]
    assert part["url"] in made.text
    taken = call("takedown", part["article"], "--reason", "asked for")
    assert taken.status == 0, taken.err
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.outbox.alert(unit.outbox.rows()[0].id) is None
    (wiring.settings.data / "outbox").unlink()
    assert isinstance(wiring.clock, DemoClock)
    wiring.clock.advance(timedelta(minutes=5))
    assert send_alerts(wiring).sent == 1
    (mail,) = mails(wiring)
    body = mail.get_body(("plain",))
    assert body is not None
    assert part["url"] not in body.get_content()


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish(to=READER, digest="weekly", series="x"), Refused),
        (Wish(to=READER, digest="weekly", new_series=True), Refused),
        (Wish(to=READER, digest="weekly", query="(실증"), QueryMistake),
        (Wish(to=READER, digest="weekly", topics=("no-topic",)), NotFound),
    ],
)
def test_a_digest_that_could_never_be_made_is_refused(wiring: Wiring, wish: Wish, error: type[Exception]) -> None:
    with pytest.raises(error):
        add_rule(wiring, wish)


def test_a_digest_as_it_is_asked_for(call: Call, demo_data: Path) -> None:
    rule = call("alert", "add", "--to", READER, "--digest", "weekly", "--query", "실증", "--json").json
    assert (rule["digest"], rule["query"], rule["kinds"]) == ("weekly", "실증", ["digest-due"])
    assert "weekly digest of 실증" in call("alert", "list").out
    assert "Sosik digest" in call("alert", "test", rule["id"]).out
    assert call("alert", "add", "--to", READER, "--digest", "hourly").status == 2
