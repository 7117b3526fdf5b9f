"""Whole crawls of the demonstration newspapers."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sosik.demo import faults
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.server import DemoServer
from sosik.demo.texts import read_articles
from sosik.demo.truth import articles_at
from sosik.model.capture import CaptureKind
from sosik.model.source import Source
from sosik.model.url import canonical_url
from tests.crawler.support import Room, crawl, only


def test_every_article_is_kept_once_and_the_second_crawl_keeps_nothing(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    job = room.job(sources.values(), proxy=demo.proxy)
    first = crawl(job)

    expected = {each.url for each in articles_at(read_articles(), DEMO_NOW)}
    kept = Counter(canonical_url(each.final_url) for each in room.captures())
    assert expected <= kept.keys()
    assert set(kept.values()) == {1}
    assert sum(each.new for each in first.sources.values()) == len(kept)
    assert first.stopped is None

    demo.forget_requests()
    second = crawl(job)
    assert [each.new + each.changed + each.pages for each in second.sources.values()] == [0] * len(sources)
    assert len(room.captures(None)) == sum(each.new + each.pages for each in first.sources.values())
    answers = Counter(each.status for each in demo.requests if each.target != "/robots.txt")
    assert answers[304] > 0
    assert sum(each.unchanged for each in second.sources.values()) >= answers[304]


def test_feeds_lists_and_sitemaps_are_archived_with_their_kind(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    crawl(room.job([sources["it-life"]], proxy=demo.proxy))
    kinds = Counter(each.kind for each in room.captures(None))
    assert set(kinds) == set(CaptureKind)
    assert kinds[CaptureKind.FEED] == 1


def test_hints_of_the_feed_come_with_the_capture(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    crawl(room.job([only(sources["it-life"], feeds=True)], proxy=demo.proxy))
    hints = [dict(each.hints) for each in room.captures()]
    assert any(each["title"].endswith("[모두의 AI 광주⑩끝]") for each in hints)
    assert all(each["published"].endswith("+09:00") for each in hints)


def test_validators_are_sent_to_feeds_lists_and_articles_alike(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    job = room.job([sources["mudeung-sinmun"]], proxy=demo.proxy)
    crawl(job)
    demo.forget_requests()
    crawl(job)
    conditional = [each for each in demo.requests if {"if-none-match", "if-modified-since"} & each.headers.keys()]
    assert {each.status for each in conditional} == {304}
    assert any("rss" in each.target for each in conditional)
    assert any("articleList" in each.target for each in conditional)
    assert any("articleView" in each.target for each in conditional)


def test_old_articles_are_left_alone_and_an_edited_recent_one_is_kept_again(
    demo: DemoServer, clock: DemoClock, room: Room, sources: dict[str, Source]
) -> None:
    edited = next(each for each in read_articles() if each.edits)
    job = room.job([sources[edited.outlet]], proxy=demo.proxy)
    clock.move_to(edited.edits[0].at - timedelta(minutes=1))
    crawl(job)
    before = {each.url for each in room.visits(edited.outlet).values() if each.kind is CaptureKind.ARTICLE}

    clock.move_to(edited.edits[0].at + timedelta(minutes=1))
    demo.forget_requests()
    report = crawl(job).sources[edited.outlet]
    assert report.changed == 1
    asked = {canonical_url(each.url) for each in demo.requests}
    assert before - asked, "articles older than thirty days were asked for again"


def test_addresses_that_differ_by_tracking_parameters_are_one(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    # Its feed hangs utm_… on the links, its lists another empty parameter, and a third link of the feed is a redirect.
    crawl(room.job([sources["mudeung-sinmun"]], proxy=demo.proxy))
    asked = Counter(canonical_url(each.url) for each in demo.requests if each.outlet and each.status == 200)
    assert asked["http://mudeung-sinmun.test/news/articleView.html?idxno=2001"] == 1
    assert not {url: times for url, times in asked.items() if times > 1}


def test_a_crawl_is_bounded_by_dates(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    since = DEMO_NOW - timedelta(days=20)
    source = only(sources["it-life"], feeds=True, lists=True)
    report = crawl(room.job([source], proxy=demo.proxy, since=since))
    published = [dict(each.hints)["published"] for each in room.captures()]
    assert report.sources["it-life"].new == len(published) > 0
    assert min(published) >= since.date().isoformat()


def test_a_backfill_turns_list_pages_to_its_end(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    source = only(sources["it-life"], lists=True)
    crawl(room.job([source], proxy=demo.proxy, since=DEMO_NOW - timedelta(days=5)))
    early = len(room.captures())
    until = DEMO_NOW - timedelta(days=60)
    report = crawl(room.job([source], proxy=demo.proxy, since=DEMO_NOW - timedelta(days=365), until=until))
    assert report.sources["it-life"].new > 0
    later = [dict(each.hints)["published"] for each in room.captures()[early:]]
    assert max(later) < until.isoformat()


def test_articles_that_failed_are_asked_for_again_though_the_feed_is_unchanged(
    demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    source = only(sources["it-life"], feeds=True)
    job = room.job([source], proxy=demo.proxy)
    demo.faults.add("it-life", "/article/*", faults.status(500))
    broken = crawl(job).sources["it-life"]
    assert broken.failed.get("status 500", 0) > 0
    demo.faults.clear()
    mended = crawl(job).sources["it-life"]
    assert mended.unchanged >= 1
    assert mended.new == broken.failed["status 500"]


def test_a_link_to_another_site_is_refused(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    stranger = replace(only(sources["city-hall"], feeds=True), feeds=sources["it-life"].feeds)
    report = crawl(room.job([replace(stranger, home="http://city-hall.test/")], proxy=demo.proxy))
    # The feed is named by the catalogue, so its site is the source's own; a site that nobody named is not.
    assert report.sources["city-hall"].new > 0
    demo.faults.add("city-hall", "/board/*", faults.redirect_to("http://namdo-tv.test/news/view/2001"))
    other = crawl(room.job([only(sources["city-hall"], lists=True)], proxy=demo.proxy)).sources["city-hall"]
    assert other.refused == {"other site": 1}
