import gzip
import http.client
import re
import socket
import urllib.robotparser
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from sosik.demo.clock import DEMO_NOW, DEMO_START, DemoClock
from sosik.demo.outlets import IT_LIFE, MUDEUNG_SINMUN, OUTLETS, SAEBYEOK_NEWS, Outlet, PageKind, demo_sources
from sosik.demo.server import DemoServer
from sosik.demo.texts import DemoArticle
from sosik.demo.truth import articles_at
from sosik.model.instants import KST, Precision
from sosik.model.source import Source
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from tests.demo.conftest import Get

BY_ID = {outlet.id: outlet for outlet in OUTLETS}
SHUTTLE = "http://mudeung-sinmun.test/news/articleView.html?idxno=1001"
BUSY = "http://mudeung-sinmun.test/news/articleView.html?idxno=1004"


def shown_addresses(articles: tuple[DemoArticle, ...], outlet: str, now: datetime = DEMO_NOW) -> set[str]:
    return {each.url for each in articles_at(articles, now) if each.source == outlet}


def links(body: bytes, base: str) -> set[str]:
    return {urljoin(base, str(each.get("href"))) for each in html.fromstring(body).findall(".//a") if each.get("href")}


def locations(get: "Get", url: str) -> set[str]:
    root = etree.fromstring(get(url).body)
    found = {str(each.text) for each in root.iter() if str(each.tag).endswith("}loc")}
    if str(root.tag).endswith("sitemapindex"):
        return {address for each in found for address in locations(get, each)}
    return found


@pytest.mark.parametrize("source", demo_sources(), ids=lambda source: source.id)
def test_lists_and_sitemaps_lead_to_every_article(
    source: Source, articles: tuple[DemoArticle, ...], get: "Get"
) -> None:
    wanted = shown_addresses(articles, source.id)
    assert wanted
    assert source.lists or source.sitemaps
    if source.sitemaps:
        assert {address for each in source.sitemaps for address in locations(get, each)} == wanted
    for listing in source.lists:
        found: set[str] = set()
        for number in range(1, listing.max_pages):
            url = listing.page.format(page=number)
            on_page = {each for each in links(get(url).body, url) if re.search(listing.article, each)}
            if not {canonical_url(each) for each in on_page} & wanted:
                break
            found |= on_page
        assert wanted <= {canonical_url(each) for each in found}


@pytest.mark.parametrize("outlet", [each for each in OUTLETS if each.pages_of(PageKind.FEED)], ids=lambda each: each.id)
def test_every_link_of_a_feed_ends_at_an_article(outlet: Outlet, articles: tuple[DemoArticle, ...], get: "Get") -> None:
    (feed,) = outlet.pages_of(PageKind.FEED)
    body = get(outlet.root + feed.path).body
    root = etree.fromstring(body)
    found = [str(each.text) for each in root.iter("link")][1:]
    found += [each.get("href", "") for each in root.iterfind("{*}entry/{*}link")]
    wanted = shown_addresses(articles, outlet.id)
    ends = set()
    for link in found:
        if outlet.closed in link:
            continue
        assert link not in wanted  # each carries a tracking parameter, a fragment or goes through a redirect
        answer = get(link.partition("#")[0])
        if answer.status == 503:
            answer = get(link.partition("#")[0])
        ends.add(canonical_url(answer.headers.get("Location") or link))
        assert answer.status in (200, 301)
    assert ends
    assert ends <= wanted
    assert len(ends) == min(feed.size, len(wanted))


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda each: each.id)
def test_robots_txt_closes_a_path_to_which_the_home_page_links(outlet: Outlet, get: "Get") -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(get(f"{outlet.root}/robots.txt").text.splitlines())
    body = get(f"{outlet.root}/").body
    closed = {each for each in links(body, f"{outlet.root}/") if not robots.can_fetch("Sosik", each)}
    assert len(closed) == 1
    (address,) = closed
    assert re.search(outlet.article_pattern, address)
    assert get(address).status == 200  # nothing but robots.txt keeps a crawler out


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda each: each.id)
def test_a_page_that_has_not_changed_is_answered_with_304(
    outlet: Outlet, articles: tuple[DemoArticle, ...], get: "Get"
) -> None:
    url = next(outlet.url_of(each) for each in articles if each.outlet == outlet.id and "busy-once" not in each.traits)
    first = get(url)
    assert outlet.has_etag or outlet.has_last_modified
    if outlet.has_etag:
        again = get(url, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        assert get(url, If_None_Match='"other"').status == 200
    if outlet.has_last_modified:
        stamp = first.headers["Last-Modified"]
        assert (get(url, If_Modified_Since=stamp).status) == 304
        assert get(url, If_Modified_Since="Wed, 01 Jan 2020 00:00:00 GMT").status == 200
    assert get(url, If_Modified_Since="yesterday").status == 200


def test_an_edit_changes_the_page_its_validators_and_nothing_else(
    server: DemoServer, clock: DemoClock, get: "Get"
) -> None:
    clock.move_to(datetime(2026, 3, 2, 12, 0, tzinfo=KST))
    before = get(SHUTTLE)
    clock.move_to(datetime(2026, 3, 2, 15, 40, tzinfo=KST))
    after = get(SHUTTLE, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert "모두 아홉 곳이다" in before.text
    assert "모두 열 곳이다" in after.text
    assert "수정 2026.03.02 15:40" in after.text
    other = "http://mudeung-sinmun.test/news/articleView.html?idxno=1003"
    tag = get(other).headers["ETag"]
    clock.move_to(DEMO_NOW)
    assert get(other, If_None_Match=tag).status == 304


def test_nothing_is_there_before_its_time(
    articles: tuple[DemoArticle, ...], server: DemoServer, clock: DemoClock, get: "Get"
) -> None:
    last = max((each for each in articles if each.outlet == "it-life"), key=lambda each: each.published)
    clock.move_to(last.published - timedelta(seconds=1))
    assert get(IT_LIFE.url_of(last)).status == 404
    assert IT_LIFE.url_of(last) not in get(f"{IT_LIFE.root}/feed/atom.xml").text
    clock.move_to(last.published)
    assert get(IT_LIFE.url_of(last)).status == 200
    assert IT_LIFE.url_of(last) in get(f"{IT_LIFE.root}/feed/atom.xml").text
    clock.move_to(DEMO_START)
    for source in demo_sources():
        for url in (*source.feeds, *source.sitemaps, *(each.url for each in source.lists)):
            assert get(url).status == 200


def test_a_withdrawn_article_is_gone(articles: tuple[DemoArticle, ...]) -> None:
    one = articles[0]
    gone = DemoArticle(
        outlet="it-life", number=5, published=one.published, title="제목", text="본문", withdrawn=DEMO_NOW
    )
    clock = DemoClock(DEMO_NOW - timedelta(hours=1))
    with DemoServer(clock=clock, articles=[gone]) as server:
        statuses = [status_of(server, IT_LIFE.url_of(gone))]
        clock.move_to(DEMO_NOW)
        statuses.append(status_of(server, IT_LIFE.url_of(gone)))
    assert statuses == [200, 410]


def status_of(server: DemoServer, url: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request("GET", url)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_busy_page_recovers(get: "Get") -> None:
    first = get(BUSY)
    assert (first.status, first.headers["Retry-After"]) == (503, "1")
    assert get(BUSY).status == 200


def test_redirects_lead_to_the_canonical_address(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    for outlet in OUTLETS:
        article = next(each for each in articles if each.outlet == outlet.id)
        for alias in outlet.aliases:
            answer = get(outlet.root + alias.format(number=article.number))
            assert (answer.status, answer.headers["Location"]) == (301, outlet.url_of(article))
    article = next(each for each in articles if each.outlet == "saebyeok-news")
    answer = get(f"http://saebyeok-news.test/r/{article.number}?utm_source=rss")
    assert answer.headers["Location"] == SAEBYEOK_NEWS.url_of(article)


def test_list_pages_link_to_an_article_that_is_not_there(get: "Get") -> None:
    url = f"{MUDEUNG_SINMUN.root}/news/articleList.html?page=1"
    dead = MUDEUNG_SINMUN.root + MUDEUNG_SINMUN.dead
    assert dead in links(get(url).body, url)
    assert get(dead).status == 404


def test_a_list_page_after_the_last_is_there_and_empty(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    for source in demo_sources():
        for listing in source.lists:
            url = listing.page.format(page=77)
            answer = get(url)
            assert answer.status == 200
            assert not links(answer.body, url) & shown_addresses(articles, source.id)


def test_parameters_that_do_not_matter_are_ignored(get: "Get") -> None:
    plain = get(SHUTTLE)
    assert get(f"{SHUTTLE}&utm_source=rss&fbclid=x").body == plain.body
    assert get(SHUTTLE.replace("?", "?sc_area=A&")).body == plain.body


def test_it_answers_by_host_header_and_as_a_proxy(server: DemoServer, get: "Get") -> None:
    parts = urlsplit(SHUTTLE)
    direct = get(f"{parts.path}?{parts.query}", Host="mudeung-sinmun.test:80")
    assert direct.body == get(SHUTTLE).body
    assert get("http://www.example.test/").status == 502
    assert "it-life.test" in get("/").text
    assert server.proxy == f"http://127.0.0.1:{server.port}"


def test_other_methods(get: "Get") -> None:
    head = get(SHUTTLE, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(get(SHUTTLE).body)
    assert get(SHUTTLE, method="POST").status == 405


def test_pages_are_packed_for_those_who_take_it(get: "Get") -> None:
    packed = get(SHUTTLE, Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == get(SHUTTLE).body


def test_every_request_is_logged(server: DemoServer, get: "Get") -> None:
    tag = get(SHUTTLE, User_Agent="Sosik").headers["ETag"]
    get(SHUTTLE, If_None_Match=tag)
    get("http://nobody.test/x")
    first, second, third = server.requests
    assert (first.outlet, first.method, first.url, first.status) == ("mudeung-sinmun", "GET", SHUTTLE, 200)
    assert first.headers["user-agent"] == "Sosik"
    assert second.status == 304
    assert (third.outlet, third.status) == ("", 502)
    server.forget_requests()
    assert server.requests == ()


def test_requests_that_arrive_together_or_in_pieces_are_answered_in_order(server: DemoServer) -> None:
    asked = [f"GET {url} HTTP/1.1\r\nHost: x\r\n" for url in (SHUTTLE, f"{IT_LIFE.root}/robots.txt")]
    whole = "\r\n".join(asked) + "Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(whole[:40].encode())
        line.sendall(whole[40:].encode())
        received = b""
        while chunk := line.recv(65536):
            received += chunk
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert received.index("셔틀".encode()) < received.index(b"User-agent: *")


def test_a_port_that_is_taken_is_an_error(server: DemoServer) -> None:
    with pytest.raises(OSError, match="in use"), DemoServer(clock=DemoClock(), articles=(), port=server.port):
        pass


def test_an_article_of_an_unknown_outlet_is_refused(articles: tuple[DemoArticle, ...]) -> None:
    with pytest.raises(ValueError, match="not there"):
        DemoServer(clock=DemoClock(), articles=articles, outlets=[IT_LIFE])


def test_sources_are_local_quick_and_of_one_outlet_each() -> None:
    sources = demo_sources()
    assert [each.id for each in sources] == [each.id for each in OUTLETS]
    assert all(each.local and each.delay == 0 and each.home.endswith(".test/") for each in sources)


def test_the_truth_knows_revisions_and_days(articles: tuple[DemoArticle, ...]) -> None:
    truth = {each.url: each for each in articles_at(articles, DEMO_NOW)}
    assert len(truth) == len(articles)
    assert truth[SHUTTLE].revision == 2
    days = {each.published.precision for each in truth.values() if each.published and each.source == "city-hall"}
    assert days == {Precision.DAY}
    before = {each.url: each for each in articles_at(articles, datetime(2026, 3, 2, 10, 0, tzinfo=KST))}
    assert before[SHUTTLE].revision == 1
    assert len(before) < len(truth)
