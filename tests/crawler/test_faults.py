"""Servers that misbehave: each ends as a recorded outcome, and everything else is kept."""

from dataclasses import replace

import pytest

from sosik.demo import faults
from sosik.demo.server import DemoServer
from sosik.model.source import Source
from tests.crawler.support import QUICK, Room, crawl, only

PAGE = "/article/*/1010*"  # one of it-life's articles, the newest; its feed hangs parameters on the link
WHERE = "http://it-life.test/article/20260331/1010"


@pytest.fixture
def source(sources: dict[str, Source]) -> Source:
    return only(sources["it-life"], feeds=True)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.huge(), "refused: too large"),
        (faults.gzip_bomb(), "refused: too large"),
        (faults.truncated_gzip(), "failed: cut short"),
        (faults.hang_up(100), "failed: cut short"),
        (faults.endless_redirect(), "failed: too many redirects"),
        (faults.redirect_to("http://10.0.0.1/"), "refused: private address"),
        (faults.redirect_to("http://169.254.169.254/latest/meta-data/"), "refused: private address"),
        (faults.redirect_to("http://[::1]/"), "refused: private address"),
        (faults.redirect_to("http://2130706433/"), "refused: private address"),
        (faults.redirect_to("file:///etc/passwd"), "refused: not an http address"),
        (faults.redirect_to("http://city-hall.test/"), "refused: other site"),
        (faults.status(404), "failed: status 404"),
        (faults.status(503), "failed: status 503"),
        (faults.status(503, retry_after=3600), "failed: status 503"),
    ],
)
def test_one_bad_page_spoils_nothing_else(
    fault: faults.Fault, outcome: str, demo: DemoServer, room: Room, source: Source
) -> None:
    demo.faults.add("it-life", PAGE, fault)
    report = crawl(room.job([source], proxy=demo.proxy)).sources["it-life"]
    assert room.visits("it-life")[WHERE].outcome == outcome
    assert report.new >= 9
    assert sum(report.failed.values()) + sum(report.refused.values()) == 1
    assert WHERE not in {each.url for each in room.captures()}


def test_a_slow_drip_is_cut_off_by_the_time_of_the_whole(demo: DemoServer, room: Room, source: Source) -> None:
    demo.faults.add("it-life", PAGE, faults.drip(0.2, chunk=16))
    limits = replace(QUICK, timeout=1.0, retries=0)
    report = crawl(room.job([source], proxy=demo.proxy, limits=limits)).sources["it-life"]
    assert room.visits("it-life")[WHERE].outcome == "failed: timeout"
    assert report.new >= 9


def test_a_503_that_recovers_is_waited_for(demo: DemoServer, room: Room, source: Source) -> None:
    demo.faults.add("it-life", PAGE, faults.status(503, retry_after=1), times=2)
    report = crawl(room.job([source], proxy=demo.proxy)).sources["it-life"]
    assert room.visits("it-life")[WHERE].outcome == "kept"
    assert report.failed == {}
    answers = [each.status for each in demo.requests if each.url.startswith(WHERE)]
    assert answers == [503, 503, 200]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [(faults.html_instead(), "failed: not a feed"), (faults.xml_bomb(), "refused: XML entities")],
)
def test_a_feed_that_is_none_is_a_failure_and_lists_go_on(
    fault: faults.Fault, outcome: str, demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    both = sources["it-life"]
    demo.faults.add("it-life", both.feeds[0].removeprefix("http://it-life.test"), fault)
    report = crawl(room.job([both], proxy=demo.proxy)).sources["it-life"]
    assert room.visits("it-life")[both.feeds[0]].outcome == outcome
    assert report.new >= 10


def test_what_robots_txt_closes_is_never_asked_for(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    report = crawl(room.job(sources.values(), proxy=demo.proxy))
    assert sum(each.refused.get("robots.txt", 0) for each in report.sources.values()) >= 5
    assert not [each.url for each in demo.requests if "/preview/" in each.url or "/closed/" in each.url]


@pytest.mark.parametrize("fault", [faults.status(500), faults.hang_up()])
def test_a_host_whose_robots_txt_does_not_answer_is_left_alone(
    fault: faults.Fault, demo: DemoServer, room: Room, source: Source
) -> None:
    demo.faults.add("it-life", "/robots.txt", fault)
    report = crawl(room.job([source], proxy=demo.proxy)).sources["it-life"]
    assert report.refused == {"robots.txt did not answer": 1}
    assert {each.target for each in demo.requests} == {"/robots.txt"}


def test_a_host_without_robots_txt_is_open(demo: DemoServer, room: Room, source: Source) -> None:
    demo.faults.add("it-life", "/robots.txt", faults.status(404))
    assert crawl(room.job([source], proxy=demo.proxy)).sources["it-life"].new >= 10
