"""What the ledger promises of changes, series, events, rules and messages, on every implementation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.model.alert import Alert, AlertRule, Delivery, DeliveryOutcome, Event, EventKind, Queued
from sosik.model.errors import Refused
from sosik.model.ports.ledger import Ledger
from sosik.model.series import Installment, Series, SeriesDecision, SeriesDecisionKind, series_id
from tests.contracts.test_ledger import Opener, clock, opener, server  # noqa: F401 - fixtures of the same ledgers
from tests.storage.samples import START, HandClock, analysis, article

SERIES = Series(id=series_id("it-life", "모두의 AI 광주"), source="it-life", name="모두의 AI 광주", installments=())
RULE = AlertRule(
    id="r1",
    subscriber="reader@example.org",
    kinds=(EventKind.NEW_INSTALLMENT, EventKind.FINAL_INSTALLMENT),
    series="모두의 AI 광주",
    topics=("ai-cluster",),
    regions=("광주",),
    outlets=("it-life",),
)
ALERT = Alert(
    rule="r1",
    event=1,
    subscriber="reader@example.org",
    message_id="<r1.1@x>",
    subject="s",
    text="t",
    html="h",
    stop="mailto:x@y",
    about={"article": {"title": "실증 <b>", "page": None}, "event": "new-installment"},
)


@pytest.fixture
def ledger(opener: Opener) -> Ledger:  # noqa: F811 - the fixture imported above
    return opener()


def part(of: int = 1, number: int | None = 1, label: str | None = None, *, final: bool = False) -> Installment:
    return Installment(article=article(of).id, number=number, label=label, final=final, name="모두의 AI 광주")


def event(kind: EventKind = EventKind.NEW_INSTALLMENT, article_id: str | None = "a1", subject: str = "s1") -> Event:
    return Event(kind=kind, subject=subject, happened=START, article=article_id)


# Changes


def test_what_changed_comes_once_and_at_its_newest_change(ledger: Ledger) -> None:
    one, two = article(1), article(2)
    with ledger.write() as unit:
        unit.articles.put(one)
    with ledger.write() as unit:
        unit.articles.put(two)
        first = unit.changes.after(0)
    assert first is not None
    assert first.articles == (one.id, two.id)
    with ledger.write() as unit:
        assert unit.changes.after(first.last) is None
        unit.analyses.put(analysis(one))
    with ledger.read() as unit:
        again = unit.changes.after(first.last)
        assert again is not None
        assert again.articles == (one.id,)
        whole = unit.changes.after(0)
        assert whole is not None
        assert whole.articles == (two.id, one.id)


def test_what_changed_in_one_go_is_not_parted(ledger: Ledger) -> None:
    with ledger.write() as unit:
        for number in range(5):
            unit.articles.put(article(number))
    with ledger.write() as unit:
        unit.articles.put(article(7))
    with ledger.read() as unit:
        first = unit.changes.after(0, 2)
        assert first is not None
        assert len(first.articles) == 5
        rest = unit.changes.after(first.last, 2)
        assert rest is not None
        assert rest.articles == (article(7).id,)


def test_what_is_unchanged_is_no_change(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.articles.put(article())
        seen = unit.changes.after(0)
    assert seen is not None
    with ledger.write() as unit:
        unit.articles.put(article())
        assert unit.changes.after(seen.last) is None


# Series


def test_a_series_with_its_parts_in_order(ledger: Ledger) -> None:
    with ledger.write() as unit:
        for number in (1, 2, 3):
            unit.articles.put(article(number, title=f"제목 {number}"))
        unit.series.place(SERIES, part(1, 10, final=True))
        unit.series.place(SERIES, part(2, 2))
        unit.series.place(SERIES, part(3, None, "프롤로그"))
    with ledger.read() as unit:
        found = unit.series.get(SERIES.id)
        assert found is not None
        assert (found.id, found.source, found.name) == (SERIES.id, "it-life", "모두의 AI 광주")
        assert [each.label or each.number for each in found.installments] == ["프롤로그", 2, 10]
        assert found.finished
        last = found.installments[-1]
        assert (last.title, last.url, last.published) == ("제목 1", article(1).url, article(1).published)
        assert unit.series.of_article(article(2).id) == SERIES.id
        assert unit.series.find("모두의AI광주") == unit.series.find(SERIES.id) == (found,)
        assert unit.series.of_source() == unit.series.of_source("it-life") == (found,)
        assert unit.series.of_source("other") == unit.series.find("딴 것") == ()


def test_placing_raises_the_version_once(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.articles.put(article())
    with ledger.write() as unit:
        assert unit.series.place(SERIES, part())
        assert unit.versions([article().id]) == {article().id: 2}
        assert not unit.series.place(SERIES, part())
        assert unit.versions([article().id]) == {article().id: 2}
        assert unit.series.place(SERIES, part(final=True))
        assert unit.series.leave(article().id)
        assert not unit.series.leave(article().id)
        assert unit.series.get(SERIES.id) is None
        assert unit.series.of_source() == ()


def test_a_series_keeps_the_name_it_was_first_seen_with(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.articles.put(article(1))
        unit.articles.put(article(2))
        unit.series.place(SERIES, part(1))
        unit.series.place(replace(SERIES, name="모두의AI광주"), part(2, 2))
        found = unit.series.get(SERIES.id)
    assert found is not None
    assert found.name == "모두의 AI 광주"


OTHER = Series(id=series_id("it-life", "AI 광주"), source="it-life", name="AI 광주", installments=())


def decision(kind: SeriesDecisionKind = SeriesDecisionKind.JOIN) -> SeriesDecision:
    return SeriesDecision(kind=kind, series=SERIES.id, other=OTHER.id, at=START, by="김편집")


def test_joined_series_are_one_until_they_are_separated(ledger: Ledger) -> None:
    with ledger.write() as unit:
        for number in (1, 2, 3):
            unit.articles.put(article(number))
        unit.series.place(SERIES, replace(part(1), name=SERIES.name))
        unit.series.place(OTHER, replace(part(2, 2), name=OTHER.name))
    with ledger.write() as unit:
        assert unit.series.decide(decision()) == 1
    with ledger.write() as unit:
        assert unit.versions([article(1).id, article(2).id]) == {article(1).id: 1, article(2).id: 2}
        assert unit.series.place(OTHER, replace(part(3, 3), name=OTHER.name)), "what is yet to come goes there, too"
        assert not unit.series.place(OTHER, replace(part(2, 2), name=OTHER.name)), "as on a replay"
        found = unit.series.get(SERIES.id)
        assert found is not None
        assert (found.name, found.numbers, found.names) == (SERIES.name, (1, 2, 3), (SERIES.name, OTHER.name))
        assert found.called("AI광주")
        assert found.called(OTHER.id)
        assert unit.series.get(OTHER.id) == found
        assert unit.series.find("AI 광주") == unit.series.of_source() == (found,)
        assert unit.series.decisions() == (decision(),)
    with ledger.write() as unit:
        assert unit.series.decide(decision(SeriesDecisionKind.SEPARATE)) == 2
        assert [each.numbers for each in unit.series.of_source()] == [(2, 3), (1,)]
        assert unit.series.find("AI 광주")[0].id == OTHER.id
        assert len(unit.series.decisions()) == 2


def test_a_series_joined_both_ways_stays_one(ledger: Ledger) -> None:
    back = SeriesDecision(kind=SeriesDecisionKind.JOIN, series=OTHER.id, other=SERIES.id, at=START)
    with ledger.write() as unit:
        unit.articles.put(article(1))
        unit.series.place(OTHER, replace(part(1), name=OTHER.name))
        assert unit.series.decide(decision()) == 1
        assert unit.series.decide(back) == 0
        assert unit.series.of_article(article(1).id) == SERIES.id


# Events


def test_an_event_told_twice_is_one(ledger: Ledger) -> None:
    with ledger.write() as unit:
        assert unit.events.tell(event())
        assert not unit.events.tell(event())
        assert unit.events.tell(event(EventKind.FINAL_INSTALLMENT))
        assert unit.events.tell(event(article_id="a2"))
        assert not unit.events.tell(replace(event(), quiet=True, happened=START + timedelta(days=1)))
    with ledger.read() as unit:
        told = unit.events.after(0)
        assert [(each.kind, each.article, each.quiet) for each in told] == [
            (EventKind.NEW_INSTALLMENT, "a1", False),
            (EventKind.FINAL_INSTALLMENT, "a1", False),
            (EventKind.NEW_INSTALLMENT, "a2", False),
        ]
        assert told[0].happened == START
        assert unit.events.after(told[0].id, 1) == told[1:2]
        assert unit.events.newest(2) == (told[2], told[1])
        assert unit.events.get(told[1].id) == told[1]
        assert unit.events.get(99) is None


def test_what_happens_to_no_article_can_happen_anew(ledger: Ledger) -> None:
    broken = event(EventKind.SOURCE_BROKEN, None, "it-life")
    with ledger.write() as unit:
        assert unit.events.tell(broken)
        assert not unit.events.tell(broken)
        assert unit.events.tell(replace(broken, happened=START + timedelta(hours=1)))


def test_events_that_wait_until_they_are_settled(ledger: Ledger) -> None:
    with ledger.write() as unit:
        for name in ("a1", "a2", "a3"):
            unit.events.tell(event(article_id=name))
        one, two, three = unit.events.after(0)
        for each in (three, one, two, one):
            unit.events.wait(each.id)
    with ledger.write() as unit:
        unit.events.wait(one.id)
        assert unit.events.waiting() == (one, two, three)
        assert unit.events.waiting(one.id, 1) == (two,)
        unit.events.settle(two.id)
        unit.events.settle(two.id)
        assert unit.events.waiting() == (one, three)
        assert unit.events.after(0) == (one, two, three), "it happened all the same"


def test_a_source_is_followed_since_its_first_article(
    ledger: Ledger,
    clock: HandClock,  # noqa: F811 - the fixture imported above
) -> None:
    with ledger.write() as unit:
        unit.articles.put(article(1))
    clock.move(timedelta(days=1))
    with ledger.write() as unit:
        unit.articles.put(article(2))
        assert unit.events.followed_since("it-life") == START
        assert unit.events.followed_since("never-seen") == START + timedelta(days=1)
    clock.move(timedelta(days=1))
    with ledger.write() as unit:
        assert unit.events.followed_since("it-life") == START
        assert unit.events.followed_since("never-seen") == START + timedelta(days=1)


# Rules and messages


def test_rules_come_and_go_with_their_subscriber(
    ledger: Ledger,
    clock: HandClock,  # noqa: F811 - the fixture imported above
) -> None:
    second = replace(
        RULE, id="r2", kinds=(EventKind.NEW_ARTICLE,), query="실증 -교통", channel="webhook", digest="weekly"
    )
    with ledger.write() as unit:
        unit.rules.add(RULE)
        clock.move(timedelta(seconds=1))
        unit.rules.add(second)
        with pytest.raises(Refused):
            unit.rules.add(RULE)
    with ledger.write() as unit:
        assert unit.rules.get("r1") == RULE
        assert unit.rules.for_kinds() == (RULE, second)
        assert unit.rules.for_kinds({EventKind.NEW_ARTICLE}) == (second,)
        assert unit.rules.for_kinds(()) == ()
        assert unit.rules.remove("r1")
        assert not unit.rules.remove("r1")
        assert unit.rules.get("r1") is None
        assert unit.rules.remove("r2")
        unit.rules.add(RULE)
        assert unit.rules.for_kinds() == (RULE,)


def queued(ledger: Ledger) -> int:
    with ledger.write() as unit:
        unit.rules.add(RULE)
        unit.events.tell(event())
        assert unit.outbox.queue("r1", unit.events.newest()[0].id, RULE.subscriber, ALERT.message_id)
        (row,) = unit.outbox.due(START)
    return row.id


def test_a_message_is_queued_once(ledger: Ledger) -> None:
    row = queued(ledger)
    with ledger.write() as unit:
        found = unit.outbox.get(row)
        assert found is not None
        assert (found.status, found.attempts, found.doubts) == (Queued.WAITING, 0, 0)
        assert not unit.outbox.queue("r1", found.event, RULE.subscriber, "<other@x>")
        assert unit.outbox.queue("r1", found.event, "other@example.org", "<other@x>")
        assert unit.outbox.alert(row) is None
        assert unit.outbox.counts() == {Queued.WAITING: 2}
        assert unit.outbox.get(99) is None


def test_an_attempt_is_on_record_before_and_after(ledger: Ledger) -> None:
    row = queued(ledger)
    told = Delivery(outcome=DeliveryOutcome.DEFERRED, detail="451 \0later", at=START)
    later = START + timedelta(minutes=5)
    with ledger.write() as unit:
        attempt = unit.outbox.begin(row, ALERT, "email")
        assert unit.outbox.alert(row) == ALERT
        assert unit.outbox.deliveries(row) == ()
    with ledger.write() as unit:
        unit.outbox.end(attempt, told, status=Queued.WAITING, next_try=later)
        assert unit.outbox.due(START) == ()
        (due,) = unit.outbox.due(later)
        assert unit.outbox.due(later, 1, due.id - 1) == (due,)
        assert unit.outbox.due(later, 1, due.id) == ()
        assert (due.attempts, due.doubts, due.next_try) == (1, 0, later)
        second = unit.outbox.begin(row, ALERT, "email")
        sent = Delivery(outcome=DeliveryOutcome.SENT, detail="250", at=later)
        unit.outbox.end(second, sent, status=Queued.SENT, next_try=later)
    with ledger.read() as unit:
        assert unit.outbox.due(later + timedelta(days=9)) == ()
        assert [each.outcome for each in unit.outbox.deliveries(row)] == [
            DeliveryOutcome.DEFERRED,
            DeliveryOutcome.SENT,
        ]
        assert [each.id for each in unit.outbox.rows([Queued.SENT])] == [row]
        assert unit.outbox.rows([Queued.WAITING]) == ()


def test_an_attempt_never_ended_is_a_doubt(ledger: Ledger) -> None:
    row = queued(ledger)
    with ledger.write() as unit:
        assert unit.outbox.settle_doubts(START) == 0
        unit.outbox.begin(row, ALERT, "email")
    with ledger.write() as unit:
        assert unit.outbox.settle_doubts(START) == 1
        assert unit.outbox.settle_doubts(START) == 0
        (due,) = unit.outbox.due(START)
        assert (due.id, due.attempts, due.doubts) == (row, 1, 1)


def test_messages_go_with_their_rule(ledger: Ledger) -> None:
    row = queued(ledger)
    with ledger.write() as unit:
        unit.outbox.begin(row, ALERT, "email")
        unit.rules.remove("r1")
        assert unit.outbox.get(row) is None
        assert unit.outbox.deliveries(row) == ()
        assert unit.outbox.counts() == {}


def test_a_dropped_message_is_not_due(ledger: Ledger) -> None:
    row = queued(ledger)
    with ledger.write() as unit:
        unit.outbox.drop(row)
        assert unit.outbox.due(START) == ()
        assert unit.outbox.counts() == {Queued.DROPPED: 1}
