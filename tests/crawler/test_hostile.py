"""Servers that would keep a crawler for ever: each is bounded, and the outlet beside it is crawled as always."""

import re
from dataclasses import replace

import pytest

from crawler.job import CrawlReport
from sosik.demo import faults
from sosik.demo.reply import Reply
from sosik.demo.server import DemoServer
from sosik.model.source import Source
from tests.crawler.support import QUICK, Room, crawl, only

TIGHT = replace(QUICK, articles=40, timeout=2.0, retries=0)


@pytest.fixture
def pair(sources: dict[str, Source]) -> tuple[Source, Source]:
    """The outlet that is hostile, and the one beside it."""
    hostile = only(sources["it-life"], lists=True)
    return replace(hostile, lists=(replace(hostile.lists[0], max_pages=5),)), only(sources["namdo-tv"], feeds=True)


def crawled(demo: DemoServer, room: Room, pair: tuple[Source, Source]) -> CrawlReport:
    report = crawl(room.job(pair, proxy=demo.proxy, limits=TIGHT))
    assert report.stopped is None
    assert report.sources["namdo-tv"].new >= 9, "the outlet beside it is unharmed"
    return report


def links(start: int, count: int) -> bytes:
    numbers = range(start, start + count)
    made = "".join(f'<li><a href="/article/20260331/{each}">기사 제목 {each}번</a></li>' for each in numbers)
    return f"<!doctype html><html><body><ul>{made}</ul></body></html>".encode()


def asked(demo: DemoServer, beginning: str) -> int:
    return len([each for each in demo.requests if each.outlet == "it-life" and each.target.startswith(beginning)])


def test_ten_thousand_links(demo: DemoServer, room: Room, pair: tuple[Source, Source]) -> None:
    demo.faults.add("it-life", "/latest*", faults.answer_with(links(500_000, 10_000)))
    report = crawled(demo, room, pair).sources["it-life"]
    assert asked(demo, "/article/") == 40
    assert report.failed == {"status 404": 40}
    assert report.cut == "40 articles a crawl"


def test_a_calendar_that_never_ends(demo: DemoServer, room: Room, pair: tuple[Source, Source]) -> None:
    def another_month(_reply: Reply, target: str) -> Reply:
        number = int(re.sub(r"\D", "", target) or 0)
        return Reply(status=200, headers=(("Content-Type", "text/html"),), body=links(600_000 + number * 10, 5))

    demo.faults.add("it-life", "/latest*", another_month)
    report = crawled(demo, room, pair).sources["it-life"]
    assert asked(demo, "/latest") == 5
    assert report.failed == {"status 404": 25}
    assert report.cut.startswith("5 pages")


def test_a_wall_that_wants_a_cookie(demo: DemoServer, room: Room, pair: tuple[Source, Source]) -> None:
    demo.faults.add("it-life", "/article/*", faults.endless_redirect())
    report = crawled(demo, room, pair).sources["it-life"]
    assert set(report.failed) == {"too many redirects"}
    assert report.new == 0


def test_a_server_that_drips(demo: DemoServer, room: Room, pair: tuple[Source, Source]) -> None:
    demo.faults.add("it-life", "/latest*", faults.drip(0.3, chunk=4))
    report = crawled(demo, room, pair).sources["it-life"]
    assert report.failed == {"timeout": 1}
    assert [each.outcome for each in report.announcements] == ["failed: timeout"]
