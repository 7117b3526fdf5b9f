"""What outlets ask for, how far back they go, and pages that go away, as a crawl sees them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.demo import faults
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.generated import generated_articles
from sosik.demo.outlets import IT_LIFE
from sosik.demo.server import DemoServer
from sosik.demo.texts import read_articles
from sosik.model.capture import CaptureKind
from sosik.model.source import Source
from tests.crawler.support import QUICK, Room, Running, crawl, only


@pytest.fixture
def source(sources: dict[str, Source]) -> Source:
    return only(sources["it-life"], lists=True)


def test_a_429_with_a_long_wait_ends_the_visit_and_is_carried_on(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    demo.faults.add("it-life", "/article/*", faults.status(429, retry_after=7200))
    slow = replace(only(sources["it-life"], feeds=True), concurrency=1, delay=0.2)
    others = only(sources["namdo-tv"], feeds=True)
    reports = crawl(room.job([slow, others], proxy=demo.proxy)).sources
    assert reports["it-life"].retry_after == 7200
    assert reports["it-life"].failed["status 429"] <= 2, "one more may have been on its way"
    assert reports["it-life"].failed["asked to wait"] >= 8
    assert len([each for each in demo.requests if each.target.startswith("/article/")]) <= 2
    assert reports["namdo-tv"].new > 0
    assert reports["namdo-tv"].retry_after is None


def test_a_backfill_says_how_far_back_the_lists_go(demo: DemoServer, room: Room, source: Source) -> None:
    long_ago = DEMO_NOW - timedelta(days=3650)
    whole = crawl(room.job([source], proxy=demo.proxy, since=long_ago, until=DEMO_NOW)).sources["it-life"]
    assert whole.oldest is not None
    assert whole.oldest > long_ago
    assert whole.cut == ""


@pytest.mark.parametrize(("limits", "pages", "cut"), [(1, 400, "1 articles"), (5000, 1, "1 pages of a list")])
def test_a_backfill_says_what_cut_it_short(
    limits: int, pages: int, cut: str, demo: DemoServer, room: Room, source: Source
) -> None:
    short = replace(source, lists=(replace(source.lists[0], max_pages=pages),))
    job = room.job([short], proxy=demo.proxy, limits=replace(QUICK, articles=limits))
    report = crawl(replace(job, since=DEMO_NOW - timedelta(days=3650), until=DEMO_NOW)).sources["it-life"]
    assert report.cut.startswith(cut)


def test_a_backfill_killed_in_the_middle_goes_on(demo: DemoServer, room: Room, source: Source) -> None:
    paced = replace(source, delay=0.02, concurrency=1)
    job = room.job([paced], proxy=demo.proxy, limits=replace(QUICK, group_pages=2))
    job = replace(job, since=DEMO_NOW - timedelta(days=3650), until=DEMO_NOW)
    running = Running(job)
    running.wait_for(6)
    running.kill()
    running.child.join(30)
    crawl(job)
    urls = [each.url for each in room.captures()]
    assert len(urls) == len(set(urls)) >= 12


def test_what_announces_is_judged(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    both = only(sources["it-life"], feeds=True, lists=True)
    job = room.job([both], proxy=demo.proxy)
    for _ in range(2):  # the second time both answer that nothing has changed
        feed, listed = crawl(job).sources["it-life"].announcements
        assert (feed.kind, listed.kind) == (CaptureKind.FEED, CaptureKind.LIST)
        assert feed.entries == feed.addresses == feed.titles == 15
        assert feed.newest is not None
        assert DEMO_NOW - timedelta(days=2) < feed.newest <= DEMO_NOW
        assert (feed.future, feed.failed) == (0, False)
        assert listed.entries is not None
        assert listed.entries >= 12
    demo.faults.add("it-life", "/feed/*", faults.html_instead())
    failed = crawl(job).sources["it-life"].announcements[0]
    assert (failed.outcome, failed.entries) == ("failed: not a feed", None)


def test_known_articles_that_nothing_announces_are_looked_after(
    demo: DemoServer, clock: DemoClock, room: Room, sources: dict[str, Source]
) -> None:
    """Only articles that were read are: this room reads nothing, so that nobody is asked in vain."""
    crawl(room.job([only(sources["it-life"], feeds=True)], proxy=demo.proxy))
    clock.advance(timedelta(days=3))
    demo.faults.add("it-life", IT_LIFE.pages[2].path, faults.answer_with(b"<rss><channel/></rss>", "text/xml"))
    demo.forget_requests()
    crawl(room.job([only(sources["it-life"], feeds=True)], proxy=demo.proxy))
    assert not [each for each in demo.requests if each.target.startswith("/article/")]


def test_a_backfill_that_goes_on_does_not_turn_the_same_pages_again(
    clock: DemoClock, room: Room, source: Source
) -> None:
    with DemoServer(clock=clock, articles=(*read_articles(), *generated_articles(280))) as demo:
        paced = replace(source, delay=0.02, concurrency=1)
        job = room.job([paced], proxy=demo.proxy, limits=replace(QUICK, group_pages=1))
        job = replace(job, since=DEMO_NOW - timedelta(days=3650), until=DEMO_NOW)
        running = Running(job)
        seen = running.wait_for(6)
        while sum(each.kind is CaptureKind.LIST for each in seen) < 4:
            seen += running.wait_for(1)
        running.kill()
        running.child.join(30)
        first = [each.target for each in demo.requests if each.target.startswith("/latest")]
        demo.forget_requests()
        report = crawl(job)
        again = [each.target for each in demo.requests if each.target.startswith("/latest")]
        assert len(first) == len(set(first)) >= 4
        assert again[:2] == [first[0], first[-1]], "the first, for what is new, and the last one turned to"
        assert set(again[2:]).isdisjoint(first)
        kept = [each.url for each in room.captures() if each.kind is CaptureKind.ARTICLE]
        assert len(kept) == len(set(kept))
        assert report.sources["it-life"].cut == ""
        demo.forget_requests()
        crawl(replace(job, since=DEMO_NOW - timedelta(days=3000)))
        anew = [each.target for each in demo.requests if each.target.startswith("/latest")]
        assert anew == [*first, *again[2:]], "another span is another backfill"
        everything = [each.url for each in room.captures() if each.kind is CaptureKind.ARTICLE]
        assert sorted(everything) == sorted(kept), "the one that went on had left articles out"


def test_a_backfill_that_goes_on_does_not_ask_for_the_same_sitemaps_again(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    paced = only(replace(sources["it-life"], delay=0.02, concurrency=1), sitemaps=True)
    job = room.job([paced], proxy=demo.proxy, limits=replace(QUICK, group_pages=1))
    job = replace(job, since=DEMO_NOW - timedelta(days=3650), until=DEMO_NOW)
    running = Running(job)
    while "/sitemaps/" not in running.wait_for(1)[0].url:
        pass
    running.kill()
    running.child.join(30)
    before = _sitemaps(demo)
    demo.forget_requests()
    crawl(job)
    assert any("/sitemaps/" in each for each in before)
    assert [each for each in _sitemaps(demo) if "/sitemaps/" in each and each in before] == []
    kept = [each.url for each in room.captures()]
    assert len(kept) == len(set(kept))
    crawl(replace(job, since=DEMO_NOW - timedelta(days=3000)))
    assert len(room.captures()) == len(kept), "the one that went on had left articles out"


def test_a_backfill_that_came_to_a_limit_goes_on_from_there(demo: DemoServer, room: Room, source: Source) -> None:
    job = room.job([only(source, lists=True)], proxy=demo.proxy, limits=replace(QUICK, articles=5))
    job = replace(job, since=DEMO_NOW - timedelta(days=3650), until=DEMO_NOW)
    assert crawl(job).sources["it-life"].cut
    crawl(room.job([only(source, feeds=True)], proxy=demo.proxy, since=DEMO_NOW))
    turned = [each.target for each in demo.requests if each.target.startswith("/latest")]
    demo.forget_requests()
    report = crawl(replace(job, limits=QUICK)).sources["it-life"]
    again = [each.target for each in demo.requests if each.target.startswith("/latest")]
    assert again == [turned[0], turned[-1]]
    assert (report.cut, report.new) == ("", len(room.captures()) - 5)
    demo.forget_requests()
    crawl(replace(job, limits=QUICK))
    anew = [each.target for each in demo.requests if each.target.startswith("/latest")]
    assert anew == turned, "what came to its end begins anew"


def _sitemaps(demo: DemoServer) -> list[str]:
    return [each.target for each in demo.requests if "sitemap" in each.target]
