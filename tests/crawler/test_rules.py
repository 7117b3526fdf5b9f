"""What is asked again, what a visit comes to, and what is recovered after a crash."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.entries import Entry, when
from crawler.recovery import recover
from crawler.revisit import RevisitPolicy
from crawler.visits import Ask, arrived, lost, not_modified
from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.instants import Provenance, Published
from sosik.model.ports.ledger import Visit
from sosik.storage.archive.warc import WarcArchive
from sosik.storage.ledger.sql import SqlLedger
from tests.crawler.support import Room

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
URL = "http://paper.test/1"
PLACE = CaptureRef(file="a", offset=0, end=9)


def _visit(outcome: str = "kept", *, at: datetime = NOW, status: int | None = 200) -> Visit:
    return Visit(
        url=URL,
        source="paper",
        kind=CaptureKind.ARTICLE,
        at=at,
        outcome=outcome,
        status=status,
        etag='"1"',
        last_modified="Mon, 02 Mar 2026 00:10:00 GMT",
        capture=PLACE,
        digest="d",
    )


def _entry(days: float | None, *, updated: datetime | None = None, fresh: bool = False) -> Entry:
    published = None if days is None else Published.at_minute(NOW - timedelta(days=days), Provenance.FEED)
    return Entry(url=URL, published=published, updated=updated, fresh=fresh)


@pytest.mark.parametrize(
    ("entry", "visit", "worth"),
    [
        (_entry(400), None, True),
        (_entry(29), _visit(), True),
        (_entry(31), _visit(), False),
        (_entry(31, updated=NOW + timedelta(hours=1)), _visit(), True),
        (_entry(None), _visit(), False),
        (_entry(None, fresh=True), _visit("unchanged"), True),
        (_entry(31), _visit("failed: timeout", status=None), True),
        (_entry(31), _visit("failed: status 404", status=404), False),
        (_entry(31), _visit("failed: status 404", status=404, at=NOW - timedelta(days=2)), True),
        (_entry(31), _visit("refused: too large"), False),
        (_entry(31), _visit("refused: robots.txt"), True),
    ],
)
def test_what_is_worth_asking_again(entry: Entry, visit: Visit | None, worth: bool) -> None:
    assert RevisitPolicy().worth_asking(entry, visit, NOW) is worth


def _ask(before: Visit | None = None) -> Ask:
    return Ask(source="paper", kind=CaptureKind.ARTICLE, url=URL, before=before)


def _capture(body: bytes = b"<p>x</p>", *, at: datetime = NOW, final: str = URL) -> Capture:
    headers = (("ETag", '"2"'),)
    return Capture(
        source="paper",
        kind=CaptureKind.ARTICLE,
        url=URL,
        final_url=final,
        status=200,
        headers=headers,
        body=body,
        fetched=at,
    )


def test_requests_carry_the_validators_of_the_visit_before() -> None:
    assert _ask(_visit()).conditions() == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Mon, 02 Mar 2026 00:10:00 GMT",
    }
    assert _ask().conditions() == {}


def test_a_304_is_unchanged_or_the_failure_it_was() -> None:
    assert not_modified(_ask(_visit()), NOW, 304).outcome == "unchanged"
    assert not_modified(_ask(_visit("failed: not a feed")), NOW, 304).outcome == "failed: not a feed"
    assert not_modified(_ask(), NOW, 304).outcome == "failed: status 304"


def test_after_no_answer_the_next_request_is_unconditional_and_what_was_kept_stays() -> None:
    visit = lost(_ask(_visit()), "failed: timeout", NOW)
    assert (visit.etag, visit.last_modified, visit.capture, visit.digest) == (None, None, PLACE, "d")


def test_a_kept_page_brings_its_own_validators_and_an_unread_one_leaves_the_page_before() -> None:
    kept = arrived(_ask(_visit()), _capture(), "kept")
    assert (kept.etag, kept.last_modified, kept.capture) == ('"2"', None, None)
    unread = arrived(_ask(_visit()), _capture(), "failed: not a feed")
    assert (unread.etag, unread.capture, unread.digest) == ('"2"', PLACE, "d")


def test_pages_that_the_ledger_was_not_told_of_are_recovered_once(room: Room) -> None:
    archive = WarcArchive(room.folder / "archive", clock=room.clock)
    ledger = SqlLedger(room.url, clock=room.clock)
    (ref,) = archive.put([_capture(final="http://paper.test/one")])
    assert recover(archive, ledger) == 1
    assert recover(archive, ledger) == 0
    with ledger.read() as unit:
        visits = [unit.visits.get(URL), unit.visits.get("http://paper.test/one")]
    assert [(each.outcome, each.capture, each.etag) for each in visits if each] == [("kept", ref, '"2"')] * 2

    newer = _visit("failed: timeout", at=NOW + timedelta(hours=1))
    with ledger.write() as unit:
        unit.visits.put([newer])
    archive.put([_capture(b"<p>y</p>", final="http://paper.test/one")])
    recover(archive, ledger)
    with ledger.read() as unit:
        assert unit.visits.get(URL) == newer
    archive.close()
    ledger.close()


@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31", "Fri, 31 Dec 9999 00:00:00 GMT"])
def test_a_feed_that_writes_a_date_for_none(text: str) -> None:
    assert when("2026-03-02", Provenance.FEED) is not None
    assert when(text, Provenance.FEED) is None
