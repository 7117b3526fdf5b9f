import gzip
import http.client
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from sosik.demo import faults
from sosik.demo.server import DemoServer

if TYPE_CHECKING:
    from tests.demo.conftest import Get

PATH = "/news/articleView.html?idxno=1001"
PAGE = f"http://mudeung-sinmun.test{PATH}"
FEED = "http://mudeung-sinmun.test/rss/allArticle.xml"


def order(server: DemoServer, fault: faults.Fault, path: str = PATH, *, times: int | None = None) -> None:
    server.faults.add("mudeung-sinmun", path, fault, times=times)


def test_a_fault_holds_for_its_path_and_its_number_of_times(server: DemoServer, get: "Get") -> None:
    order(server, faults.status(500), times=2)
    assert [get(PAGE).status for _ in range(3)] == [500, 500, 200]
    assert [each.status for each in server.requests] == [500, 500, 200]
    order(server, faults.status(429, retry_after=7), "/news/*")
    assert get(PAGE).headers["Retry-After"] == "7"
    assert get(FEED).status == 200
    server.faults.clear()
    assert get(PAGE).status == 200


def test_the_newest_order_wins_and_a_star_means_every_outlet(server: DemoServer, get: "Get") -> None:
    server.faults.add("*", "*", faults.status(500))
    order(server, faults.status(404))
    assert get(PAGE).status == 404
    assert get("http://it-life.test/robots.txt").status == 500


def test_slow_pages_come_late_and_dripping_pages_come_whole(server: DemoServer, get: "Get") -> None:
    plain = get(PAGE).body
    order(server, faults.slow(0.2))
    start = time.monotonic()
    assert get(PAGE).body == plain
    assert time.monotonic() - start >= 0.2
    order(server, faults.drip(0.001, chunk=1000))
    assert get(PAGE).body == plain
    server.faults.clear()
    assert get(PAGE).body == plain  # the connection is still of use


def test_a_page_can_be_cut_off(server: DemoServer, get: "Get") -> None:
    order(server, faults.hang_up(after=100))
    with pytest.raises(http.client.IncompleteRead) as caught:
        get(PAGE)
    assert len(caught.value.partial) == 100


def test_a_dead_outlet_says_nothing(server: DemoServer, get: "Get") -> None:
    order(server, faults.no_answer(), "*")
    with pytest.raises(http.client.RemoteDisconnected):
        get(PAGE)
    assert get("http://it-life.test/robots.txt").status == 200


def test_truncated_gzip_does_not_unpack(server: DemoServer, get: "Get") -> None:
    order(server, faults.truncated_gzip())
    answer = get(PAGE)
    assert answer.headers["Content-Encoding"] == "gzip"
    with pytest.raises(EOFError):
        gzip.decompress(answer.body)


def test_a_gzip_bomb_is_small_on_the_line(server: DemoServer, get: "Get") -> None:
    order(server, faults.gzip_bomb(20_000_000))
    body = get(PAGE).body
    assert len(body) < 100_000
    assert len(zlib.decompress(body, wbits=31)) >= 20_000_000


def test_a_huge_page_has_the_size_that_was_ordered(server: DemoServer, get: "Get") -> None:
    order(server, faults.huge(9_000_000))
    assert len(get(PAGE).body) == 9_000_000


def test_a_redirect_without_end(server: DemoServer, get: "Get") -> None:
    order(server, faults.endless_redirect())
    url, seen = PAGE, set()
    for _ in range(30):
        answer = get(url)
        assert answer.status == 302
        seen.add(url)
        url = f"http://mudeung-sinmun.test{answer.headers['Location']}"
    assert len(seen) == 30


def test_a_list_that_repeats_its_last_page_for_ever(server: DemoServer, get: "Get") -> None:
    first = get("http://mudeung-sinmun.test/news/articleList.html?page=1").body
    order(server, faults.answer_with(first), "/news/articleList.html[?]page=*")
    assert get("http://mudeung-sinmun.test/news/articleList.html?page=77").body == first


def test_a_redirect_elsewhere(server: DemoServer, get: "Get") -> None:
    order(server, faults.redirect_to("http://169.254.169.254/latest"))
    assert get(PAGE).headers["Location"] == "http://169.254.169.254/latest"


def test_feeds_that_are_none(server: DemoServer, get: "Get") -> None:
    order(server, faults.html_instead(), "/rss/*")
    answer = get(FEED)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    order(server, faults.xml_bomb(), "/rss/*")
    assert get(FEED).text.count("<!ENTITY") == 9


def test_a_page_that_lies_about_its_encoding_or_says_nothing(server: DemoServer, get: "Get") -> None:
    plain = get(PAGE)
    order(server, faults.wrong_charset())
    lying = get(PAGE)
    assert lying.headers["Content-Type"] == "text/html; charset=euc-kr"
    assert lying.body == plain.body
    order(server, faults.no_text())
    assert "셔틀" not in get(PAGE).text
