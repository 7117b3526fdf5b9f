"""Feeds that answer to POST only, want a cookie first, or are an API with a key; lists that answer to POST."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.feeds import parse_feed
from crawler.job import run_crawl
from sosik.app.flows.processes import in_child
from sosik.model.capture import CaptureKind
from sosik.model.source import Feed, ListPages, Source, SourceKind
from tests.crawler.answering import Answer, Asked, answering
from tests.crawler.support import Room, crawl

SECRET = "s3cr%2Bt"  # made up; escaped, as keys are handed out


@dataclass
class Ministry:
    """A site that answers as strangely as some ministries do."""

    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(f"{asked.method} {asked.path}")
        status, media, body = self._page(asked.method, asked.path, asked.headers.get("Cookie", ""))
        cookie = {"Set-Cookie": "JSESSIONID=abc; Path=/; HttpOnly"} if asked.path == "/home" else {}
        return status, {"Content-Type": f"{media}; charset=utf-8", **cookie}, body.encode()

    def _page(self, method: str, path: str, cookie: str) -> tuple[int, str, str]:
        """Status, media type and body."""
        parts = urlsplit(path)
        feed = f"<rss><channel><item><title>보도자료</title><link>{self.root}/view/1</link></item></channel></rss>"
        page = f"<p><a href='{self.root}/view/2'>보도자료 목록</a></p>"
        if parts.path == "/post-feed" and method == "POST":
            return 200, "text/xml", feed
        if parts.path == "/cookie-feed" and "JSESSIONID=abc" in cookie:
            return 200, "text/xml", feed
        if parts.path == "/post-list" and method == "POST":
            return 200, "text/html", page
        if parts.path == "/api" and parse_qs(parts.query)["serviceKey"] == ["s3cr+t"]:
            return 200, "text/xml", f"<r><NewsItem><OriginalUrl>{self.root}/view/3</OriginalUrl></NewsItem></r>"
        if parts.path == "/home" or parts.path.startswith("/view/"):
            return 200, "text/html", "<p>본문</p>"
        return (405 if parts.path.startswith("/post") else 403 if parts.path != "/robots.txt" else 404), "text/html", ""


@pytest.fixture
def ministry() -> Iterator[Ministry]:
    made = Ministry()
    with answering(made.answer) as made.port:
        yield made


def outlet(ministry: Ministry, *feeds: Feed, lists: tuple[ListPages, ...] = ()) -> Source:
    return Source(
        id="ministry", name="부처", name_en="Ministry", region="전국", kind=SourceKind.PRESS_BOARD,
        home=f"{ministry.root}/home", special_feeds=feeds, lists=lists, delay=0, local=True,
    )  # fmt: skip


def taken(room: Room) -> set[str]:
    return {urlsplit(each.url).path for each in room.captures()}


def test_a_feed_that_answers_to_post_only(room: Room, ministry: Ministry) -> None:
    crawl(room.job([outlet(ministry, Feed(url=f"{ministry.root}/post-feed", post=True))]))
    assert taken(room) == {"/view/1"}


def test_a_feed_that_wants_a_cookie(room: Room, ministry: Ministry) -> None:
    feed = Feed(url=f"{ministry.root}/cookie-feed", cookie_from=f"{ministry.root}/home")
    crawl(room.job([outlet(ministry, feed)]))
    assert taken(room) == {"/view/1"}
    kept = room.captures(CaptureKind.FEED)
    assert [urlsplit(each.url).path for each in kept] == ["/cookie-feed"]
    assert "Cookie" not in dict(kept[0].request_headers)


def test_a_cookie_page_that_is_not_there_is_a_failure_of_the_feed(room: Room, ministry: Ministry) -> None:
    feed = Feed(url=f"{ministry.root}/cookie-feed", cookie_from=f"{ministry.root}/gone")
    crawl(room.job([outlet(ministry, feed)]))
    assert room.outcomes("ministry") == {"failed: status 403": 1}


def test_an_api_with_a_key(room: Room, ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (("NewsItem", "item"), ("OriginalUrl", "link"))
    feed = Feed(url=f"{ministry.root}/api?serviceKey={{key}}", key="MADE_UP_KEY", names=names)
    monkeypatch.delenv("MADE_UP_KEY", raising=False)
    crawl(room.job([outlet(ministry, feed)]))
    assert room.outcomes("ministry") == {"refused: no MADE_UP_KEY in the environment": 1}
    assert not any("/api" in each for each in ministry.asked)


def test_the_key_is_sent_and_not_kept(room: Room, ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (("NewsItem", "item"), ("OriginalUrl", "link"))
    feed = Feed(url=f"{ministry.root}/api?serviceKey={{key}}", key="MADE_UP_KEY", names=names)
    monkeypatch.setenv("MADE_UP_KEY", SECRET)
    in_child(run_crawl, room.job([outlet(ministry, feed)]), print)
    assert taken(room) == {"/view/3"}
    everything = b"".join(each.read_bytes() for each in room.folder.rglob("*") if each.is_file())
    assert b"s3cr" not in everything
    assert all("s3cr" not in repr(each) for each in room.captures(None))


def test_a_list_that_answers_to_post_only(room: Room, ministry: Ministry) -> None:
    pages = ListPages(url=f"{ministry.root}/post-list", article=r"/view/\d+", post=True)
    crawl(room.job([outlet(ministry, lists=(pages,))]))
    assert taken(room) == {"/view/2"}


def test_names_of_an_api() -> None:
    body = b"<r><Row><Url>http://a.test/1</Url><Name>x</Name><Day>2026-03-02 09:10</Day></Row></r>"
    names = (("Row", "item"), ("Url", "link"), ("Name", "title"), ("Day", "pubDate"))
    (entry,) = parse_feed(body, url="http://a.test/", names=names)
    assert (entry.url, entry.title) == ("http://a.test/1", "x")
    assert entry.published is not None
    assert entry.published.iso() == "2026-03-02T09:10:00+09:00"
