"""What home pages and robots.txt say of feeds."""

import pytest

from crawler.entries import Unreadable
from crawler.homepage import read_home, sitemaps_of

HOME = """<html><head><title>전체기사 - 무등신문</title>
<link rel="alternate" type="application/rss+xml" href="/rss/all.xml">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="stylesheet" type="text/css" href="/feed/style.css">
</head><body>
<a href="/rss/economy.xml">경제</a> <a href="/feed/">구독</a> <a href="http://other.test/rss.xml">남의 것</a>
<a href="/rssreader-how-to.html">읽는 법</a> <a href="/rss/all.xml">전체</a>
<a href="/a/1">광주에 인공지능 실증 도시가 들어선다</a>
<a href="/a/2">전남에 해상풍력 단지가 들어선다</a>
<a href="/a/3">나주 에너지밸리에 기업이 모인다</a>
</body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "cp949"])
def test_home(charset: str) -> None:
    home = read_home(HOME.encode(charset), url="http://paper.test/")
    assert home.name == "무등신문"
    assert home.feeds == (
        "http://paper.test/rss/all.xml",
        "http://paper.test/rss/economy.xml",
        "http://paper.test/feed/",
    )
    assert home.article == r"^https?://[^/]+/a/\d+(?:[?#]|$)"


def test_the_name_that_a_site_gives_itself_comes_first() -> None:
    page = "<title>짧다</title><meta property='og:site_name' content='무등신문'><p>.</p>"
    assert read_home(page.encode(), url="http://paper.test/").name == "무등신문"
    assert read_home(b"<title>\xeb\x89\xb4\xec\x8a\xa4</title><p>.</p>", url="http://paper.test/").name == ""


def test_no_page() -> None:
    with pytest.raises(Unreadable):
        read_home(b"", url="http://paper.test/")


def test_sitemaps_of_robots() -> None:
    robots = b"User-agent: *\nSitemap: http://a.test/sitemap.xml\nSITEMAP:http://a.test/news.xml\nSitemap: /x"
    assert sitemaps_of(robots) == ("http://a.test/news.xml", "http://a.test/sitemap.xml")
    assert sitemaps_of(b"") == ()
