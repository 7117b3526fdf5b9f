"""What the ledger promises of visits to outlets, takedowns and articles that are gone, on every implementation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sosik.model.alert import Alert, AlertRule, Delivery, DeliveryOutcome, Event, EventKind, Queued
from sosik.model.capture import CaptureKind, CaptureRef
from sosik.model.errors import NotFound, Refused
from sosik.model.health import Health
from sosik.model.ports.ledger import Ledger, Reading, Visit, Work
from sosik.model.run import Announcement, PageFacts, SourceRun
from sosik.model.signs import HealthState
from sosik.model.takedown import url_mark
from tests.contracts.test_ledger import Opener, clock, opener, server  # noqa: F401 - fixtures of the same ledgers
from tests.storage.samples import START, HandClock, analysis, article

FACTS = PageFacts(
    pages=3,
    read=2,
    minute=2,
    titles=2,
    texts=2,
    lengths=(700, 900),
    charsets={"utf-8": 2},
    errors={"no text": 1},
    days={date(2026, 3, 2): 2},
)
FEED = Announcement(
    url="http://it-life.test/feed", kind=CaptureKind.FEED, outcome="kept", entries=9, addresses=9, newest=START
)


@pytest.fixture
def ledger(opener: Opener) -> Ledger:  # noqa: F811 - the fixture imported above
    return opener()


# Visits to outlets


def test_a_visit_is_begun_and_ended_and_its_pages_are_added(ledger: Ledger, clock: HandClock) -> None:  # noqa: F811
    with ledger.write() as unit:
        numbers = unit.runs.begin(["a", "b"])
    assert numbers["a"] != numbers["b"]
    with ledger.read() as unit:
        assert unit.runs.of_source("a") == (SourceRun(id=numbers["a"], source="a", started=START),)
        assert unit.runs.last("a") is None
    clock.move(timedelta(minutes=5))
    run = SourceRun(
        id=numbers["a"],
        source="a",
        started=START,
        ended=clock.now(),
        fetched=4,
        new=3,
        failed={"status 404": 1},
        articles_failed={"status 404": 1},
        announcements=(FEED,),
        not_before=clock.now() + timedelta(hours=1),
    )
    with ledger.write() as unit:
        unit.runs.end(run)
        for minutes in (0, 2, 5):
            assert unit.runs.at("a", START + timedelta(minutes=minutes)) == run.id
        for minutes in (-1, 6):
            assert unit.runs.at("a", START + timedelta(minutes=minutes)) is None
        unit.runs.add_facts(run.id, FACTS)
        unit.runs.add_facts(run.id, FACTS)
    with ledger.read() as unit:
        assert unit.runs.last("a") == replace(run, facts=FACTS.plus(FACTS))
        assert unit.runs.last("b") is None


def test_visits_come_in_order_and_the_newest_are_given(ledger: Ledger, clock: HandClock) -> None:  # noqa: F811
    for _ in range(4):
        with ledger.write() as unit:
            unit.runs.begin(["a"])
        clock.move(timedelta(hours=1))
    with ledger.read() as unit:
        started = [each.started for each in unit.runs.of_source("a", limit=3)]
    assert started == [START + timedelta(hours=each) for each in (1, 2, 3)]


def test_a_visit_that_was_never_begun_cannot_end(ledger: Ledger) -> None:
    with ledger.write() as unit, pytest.raises(NotFound):
        unit.runs.end(SourceRun(id=99, source="a", started=START))


def test_the_last_judgement_stays(ledger: Ledger) -> None:
    ill = Health(source="a", state=HealthState.BLOCKED, since=START, cause="status 403", evidence="e", notes=("n",))
    with ledger.write() as unit:
        assert unit.runs.put_health(Health(source="a", state=HealthState.FINE), START) is None
        assert unit.runs.put_health(ill, START) == Health(source="a", state=HealthState.FINE)
    with ledger.read() as unit:
        assert unit.runs.health() == {"a": ill}


# Gone, and back


def test_an_article_that_is_seen_again_is_no_longer_gone(ledger: Ledger) -> None:
    one = article()
    with ledger.write() as unit:
        unit.articles.put(one)
        assert not unit.articles.mark_back(one.id, START)
        assert unit.articles.mark_gone(one.id, START + timedelta(hours=1))
        assert not unit.articles.mark_back(one.id, START + timedelta(minutes=30))
    with ledger.write() as unit:
        before = unit.versions([one.id])[one.id]
        assert unit.articles.mark_back(one.id, START + timedelta(hours=2))
        assert unit.versions([one.id])[one.id] == before + 1
    with ledger.read() as unit:
        found = unit.articles.get(one.id)
        assert found is not None
        assert not found.gone


def test_recent_articles_are_given_newest_first(ledger: Ledger) -> None:
    with ledger.write() as unit:
        for number in range(3):
            unit.articles.put(article(number))
        unit.articles.put(replace(article(5), published=None))
        unit.articles.put(article(6, source="other"))
    with ledger.read() as unit:
        assert len(unit.articles.recent("it-life", date(2026, 3, 2))) == 3
        assert len(unit.articles.recent("it-life", date(2026, 3, 2), limit=2)) == 2
        assert unit.articles.recent("it-life", date(2026, 3, 3)) == ()


# Takedowns


def _fill(ledger: Ledger) -> str:
    """An article with everything that hangs on one; its id."""
    one = article(minutes=1)
    assert one.capture is not None
    visit = Visit(
        url=one.url, source=one.source, kind=CaptureKind.ARTICLE, at=START, outcome="kept", capture=one.capture
    )
    with ledger.write() as unit:
        unit.index_work.open("tantivy-1")
        unit.articles.put(one)
        edited, _ = unit.articles.put(article(text="고친 본문이다.", minutes=2))
        unit.analyses.put(analysis(edited))
        short = replace(visit, url="http://it-life.test/a/1")
        unit.visits.put([visit, short, replace(visit, url="http://it-life.test/news/2", capture=None)])
        ref = CaptureRef(file="a.warc.gz", offset=700, end=800)
        read = Reading(
            ref=f"{ref.file}:{ref.offset}", url=one.url, source=one.source, article=one.id, error=None, at=START
        )
        unit.readings.put([read])
        happened = Event(kind=EventKind.NEW_ARTICLE, subject=one.id, happened=START, article=one.id)
        unit.events.tell(happened)
        unit.rules.add(AlertRule(id="r1", subscriber="reader@example.org", kinds=(EventKind.NEW_ARTICLE,)))
        number = unit.events.after(0)[0].id
        for subscriber in ("reader@example.org", "other@example.org"):
            unit.outbox.queue("r1", number, subscriber, f"<{subscriber}>")
    return one.id


def _send_first(ledger: Ledger, *, end: bool = True) -> None:
    alert = Alert(
        rule="r1",
        event=1,
        subscriber="reader@example.org",
        message_id="<1>",
        subject="제목",
        text="본문이다.",
        html="h",
        stop="s",
    )
    with ledger.write() as unit:
        row = unit.outbox.due(START)[0]
        attempt = unit.outbox.begin(row.id, alert, "email")
        if end:
            sent = Delivery(outcome=DeliveryOutcome.SENT, detail="250", at=START)
            unit.outbox.end(attempt, sent, status=Queued.SENT, next_try=START)


def test_what_is_taken_down_is_nowhere_and_does_not_come_back(ledger: Ledger) -> None:
    name = _fill(ledger)
    _send_first(ledger)
    with ledger.write() as unit:
        version = unit.versions([name])[name]
        traces = unit.takedowns.begin(name, "request of the outlet")
    assert traces.urls == ("http://it-life.test/a/1", article().url)
    assert traces.refs == ("a.warc.gz:100", "a.warc.gz:200", "a.warc.gz:700")
    with ledger.read() as unit:
        assert unit.articles.get(name) is None
        assert unit.articles.revisions(name) == ()
        assert unit.analyses.get(name) is None
        assert unit.visits.get(article().url) is None
        assert unit.visits.get("http://it-life.test/news/2") is not None
        assert unit.index_work.pending("tantivy-1") == (Work(article=name, version=version + 1, removed=True),)
        assert {each.status for each in unit.outbox.rows()} == {Queued.SENT, Queued.DROPPED}
        assert [unit.outbox.alert(each.id) for each in unit.outbox.rows()] == [None, None]
        assert unit.takedowns.closed([*traces.urls, "http://it-life.test/news/2"]) == set(traces.urls)
        (mark,) = unit.takedowns.all()
        assert (mark.article, mark.reason, mark.done) == (name, "request of the outlet", None)
        assert unit.takedowns.pending() == ((mark, traces),)
    for again in (article(minutes=90), article(text="다른 본문", minutes=99)):
        with ledger.write() as unit, pytest.raises(Refused, match="taken down"):
            unit.articles.put(again)
    with ledger.write() as unit:
        unit.takedowns.finish(name, START)
    with ledger.read() as unit:
        assert unit.takedowns.pending() == ()
        assert unit.takedowns.closed(traces.urls) == set(traces.urls)
        found = unit.takedowns.get(name)
        assert found is not None
        assert found.done == START


def test_a_message_that_is_leaving_is_waited_for(ledger: Ledger) -> None:
    name = _fill(ledger)
    _send_first(ledger, end=False)
    with ledger.write() as unit, pytest.raises(Refused, match="leaving"):
        unit.takedowns.begin(name, "law")
    with ledger.read() as unit:
        assert unit.articles.get(name) is not None


def test_messages_that_name_it_lose_their_text_and_are_composed_anew(ledger: Ledger) -> None:
    """The next part of a series lists the parts before it."""
    name = _fill(ledger)
    with ledger.write() as unit:
        unit.articles.put(article(5))
        unit.events.tell(
            Event(kind=EventKind.NEW_ARTICLE, subject=article(5).id, happened=START, article=article(5).id)
        )
        number = unit.events.after(0)[-1].id
        for subscriber, text in (
            ("names@example.org", f"  ① 제목\n    {article().url}\n"),
            ("silent@example.org", "② 제목"),
        ):
            unit.outbox.queue("r1", number, subscriber, f"<{subscriber}>")
            row = unit.outbox.due(START)[-1]
            alert = Alert(
                rule="r1",
                event=number,
                subscriber=subscriber,
                message_id="<2>",
                subject="s",
                text=text,
                html="h",
                stop="t",
            )
            late = Delivery(outcome=DeliveryOutcome.DEFERRED, detail="450", at=START)
            unit.outbox.end(unit.outbox.begin(row.id, alert, "email"), late, status=Queued.WAITING, next_try=START)
    with ledger.write() as unit:
        unit.takedowns.begin(name, "law")
    with ledger.read() as unit:
        kept = {row.subscriber: unit.outbox.alert(row.id) for row in unit.outbox.due(START)}
        assert set(kept) == {"names@example.org", "silent@example.org"}, "both still leave"
        assert kept["names@example.org"] is None
        assert kept["silent@example.org"] is not None


def test_only_what_is_there_can_be_taken_down(ledger: Ledger) -> None:
    with ledger.write() as unit, pytest.raises(NotFound):
        unit.takedowns.begin("nothing", "law")
    with ledger.read() as unit:
        assert unit.takedowns.get("nothing") is None


def test_marks_of_addresses_say_nothing_of_them() -> None:
    assert url_mark("http://a.test/1") != url_mark("http://a.test/2")
    assert len(url_mark("http://a.test/1")) == 32
