"""Feeds, sitemaps and lists: bytes in, entries out."""

import gzip

import pytest

from crawler.entries import Unreadable
from crawler.feeds import parse_feed
from crawler.listpages import page_url, parse_list
from crawler.sitemaps import parse_sitemap
from sosik.model.source import ListPages

HERE = "http://paper.test/rss"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title><link>http://paper.test/1</link></item></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title><link>http://paper.test/1</link></item></channel></rss>"""


def _rss(items: str, *, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>신문</title>{items}</channel></rss>'


def test_rss() -> None:
    body = _rss(
        "<item><title><![CDATA[메이드 인 광주<2> <b>김치</b> &quot;공장&quot;]]></title><link> /news/1#top </link>"
        "<pubDate>Mon, 02 Mar 2026 09:10:00 +0900</pubDate></item>"
        '<item><guid isPermaLink="true">http://paper.test/news/2</guid><pubDate>2026-03-02 09:10:00</pubDate></item>'
        '<item><guid isPermaLink="false">no-address</guid><title>주소 없음</title></item>'
        "<item><link>http://paper.test/news/1</link><title>두 번</title></item>"
        "<item><link>javascript:alert(1)</link></item>"
    )
    first, second = parse_feed(body.encode(), url=HERE)
    assert (first.url, first.title) == ("http://paper.test/news/1", '메이드 인 광주<2> 김치 "공장"')
    assert first.hints() == (("title", first.title), ("published", "2026-03-02T09:10:00+09:00"))
    assert second.url == "http://paper.test/news/2"
    assert second.hints() == (("published", "2026-03-02T09:10:00+09:00"),)


def test_atom_takes_the_alternate_link_and_knows_updates() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>제목</title>
      <link rel="self" href="http://paper.test/api/1"/><link rel="alternate" href="/1"/>
      <published>2026-03-02T00:10:00Z</published><updated>2026-03-03T00:10:00Z</updated></entry></feed>"""
    (entry,) = parse_feed(body.encode(), url=HERE)
    assert entry.url == "http://paper.test/1"
    assert dict(entry.hints())["published"] == "2026-03-02T09:10:00+09:00"
    assert entry.updated is not None
    assert entry.updated.isoformat() == "2026-03-03T00:10:00+00:00"


@pytest.mark.parametrize("declared", ["euc-kr", "ks_c_5601-1987", "cp949"])
def test_feeds_in_the_old_encoding(declared: str) -> None:
    text = _rss(
        "<item><title>똠방각하</title><link>/1</link></item>", head=f'\n<?xml version="1.0" encoding="{declared}"?>'
    )
    (entry,) = parse_feed(text.encode("cp949"), url=HERE)
    assert entry.title == "똠방각하"


def test_an_empty_feed_is_no_mistake() -> None:
    assert parse_feed(_rss("").encode(), url=HERE) == ()


def test_a_feed_cut_short_gives_what_it_has() -> None:
    whole = _rss("<item><title>하나</title><link>/1</link></item><item><title>둘</title><link>/2</link></item>")
    assert next(each.url for each in parse_feed(whole.encode()[:-60], url=HERE)) == "http://paper.test/1"


@pytest.mark.parametrize("body", [b"", b"<!doctype html><html><body>x</body></html>", b"plain", b"{}", b"<urlset/>"])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(Unreadable, match="failed: not a feed"):
        parse_feed(body, url=HERE)


@pytest.mark.parametrize("body", [BOMB, OUTSIDE])
def test_entities_are_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match="refused: XML entities"):
        parse_feed(body, url=HERE)
    with pytest.raises(Unreadable, match="refused: XML entities"):
        parse_sitemap(body, url=HERE)


URLS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url><loc>http://paper.test/1</loc><lastmod>2026-03-01</lastmod></url>
  <url><loc>http://paper.test/2</loc><news:news><news:publication_date>2026-03-02T09:10:00+09:00</news:publication_date>
  <news:title>제목</news:title></news:news></url></urlset>"""


def test_sitemaps_newest_first() -> None:
    found = parse_sitemap(URLS.encode(), url="http://paper.test/sitemap.xml")
    assert [each.url for each in found.entries] == ["http://paper.test/2", "http://paper.test/1"]
    assert dict(found.entries[0].hints()) == {"title": "제목", "published": "2026-03-02T09:10:00+09:00"}
    assert not found.news
    assert parse_sitemap(gzip.compress(URLS.encode()), url="http://paper.test/sitemap.xml.gz") == found


def test_an_index_names_sitemaps() -> None:
    body = b"<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-03-01T00:00:00Z</lastmod></sitemap></sitemapindex>"
    (sitemap,) = parse_sitemap(body, url="http://paper.test/index.xml").sitemaps
    assert sitemap.url == "http://paper.test/a.xml"
    assert sitemap.updated is not None


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (gzip.compress(bytes(9_000_000)), "refused: too large"),
        (gzip.compress(URLS.encode())[:-20], "failed: broken gzip"),
        (b"\x1f\x8bnonsense", "failed: broken gzip"),
        (b"<html/>", "failed: not a sitemap"),
    ],
)
def test_bad_sitemaps(body: bytes, outcome: str) -> None:
    with pytest.raises(Unreadable, match=outcome):
        parse_sitemap(body, url="http://paper.test/sitemap.xml")


LIST = """<html><body><ul>
<li><a href="/view?id=1"><img alt=""></a><a href="/view?id=1&utm_source=x"><h4>첫 기사의 긴 제목</h4><p>요약</p></a>
 2026. 3. 2</li>
<li><a href="/view?id=2">둘째 기사의 제목</a> <em>2026-03-01 18:20</em> <em>수정 2026-03-02</em></li>
<li><a href="/about">소개</a></li></ul></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_lists(encoding: str) -> None:
    first, second = parse_list(
        LIST.encode(encoding), url="http://paper.test/list", article=r"/view\?id=\d+", fresh=True
    )
    assert (first.url, first.title) == ("http://paper.test/view?id=1", "첫 기사의 긴 제목")
    assert dict(first.hints())["published"] == "2026-03-02"
    assert (second.title, second.published) == ("둘째 기사의 제목", None)
    assert second.fresh


def test_pages_of_a_list() -> None:
    pages = ListPages(url="http://paper.test/list", article="", page="http://paper.test/list?p={page}", max_pages=3)
    assert [page_url(pages, number) for number in range(4)] == [
        "http://paper.test/list",
        "http://paper.test/list?p=2",
        "http://paper.test/list?p=3",
        None,
    ]
    assert page_url(ListPages(url="http://paper.test/list", article=""), 1) is None


def test_an_empty_body_is_no_list() -> None:
    with pytest.raises(Unreadable, match="failed: not a page"):
        parse_list(b"", url="http://paper.test/list", article="x")
