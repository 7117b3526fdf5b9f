"""A real server on this machine, visited without a proxy: by name, by address, and by pages that wait together."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from sosik.model.source import Source
from tests.crawler.answering import Answer, Asked, answering
from tests.crawler.support import Room, crawl


class Site:
    """A small site: what it answers by path, and what it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[], Answer]] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.port = 0

    def page(self, path: str, body: str, *, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda: (status, {"Content-Type": "text/html; charset=utf-8"} | named, body.encode())

    def feed(self, *links: str) -> None:
        items = "".join(f"<item><title>기사</title><link>{link}</link></item>" for link in links)
        self.page("/rss", f'<rss version="2.0"><channel>{items}</channel></rss>', Content_Type="text/xml")

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        self.times.append(time.monotonic())
        missing: Answer = (404, {}, b"")
        return self.pages.get(asked.path, lambda: missing)()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with answering(made.answer) as made.port:
        yield made


@pytest.fixture
def source(sources: dict[str, Source], site: Site) -> Source:
    root = f"http://127.0.0.1:{site.port}"
    plain = replace(sources["it-life"], id="here", home=f"{root}/", sitemaps=(), lists=())
    return replace(plain, feeds=(f"{root}/rss",), delay=0.0, concurrency=8, local=True)


def test_forbidden_pages_that_wait_together_on_a_new_host_are_all_refused(
    site: Site, room: Room, source: Source
) -> None:
    # The feed is on one host, the articles on another that nobody asked about before: all eight wait for its rules.
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed/")
    site.feed(*(f"http://localhost:{site.port}/closed/{number}" for number in range(8)))
    both = replace(source, home=f"http://localhost:{site.port}/")
    report = crawl(room.job([both])).sources["here"]
    assert report.refused == {"robots.txt": 8}
    assert sorted(site.asked) == ["/robots.txt", "/robots.txt", "/rss"]


def test_our_own_rules_are_told_from_those_of_others(site: Site, room: Room, source: Source) -> None:
    site.page("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: sosik\nDisallow: /for-others/")
    site.feed(f"http://127.0.0.1:{site.port}/for-others/1", f"http://127.0.0.1:{site.port}/1")
    site.page("/1", "<p>글</p>")
    report = crawl(room.job([source])).sources["here"]
    assert (report.new, report.refused) == (1, {"robots.txt": 1})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]"])
def test_a_source_that_is_not_local_is_refused_before_it_is_asked(
    host: str, site: Site, room: Room, source: Source
) -> None:
    root = f"http://{host}:{site.port}"
    stranger = replace(source, home=f"{root}/", feeds=(f"{root}/rss",), local=False)
    report = crawl(room.job([stranger])).sources["here"]
    assert report.refused == {"private address": 1}
    assert site.asked == []


def test_a_name_that_leads_to_this_machine_is_refused_after_resolution(site: Site, room: Room, source: Source) -> None:
    # Names the guard cannot know by sight; the machine's own resolver says where they lead, or that they do not exist.
    root = f"http://ip6-localhost:{site.port}"
    stranger = replace(source, home=f"{root}/", feeds=(f"{root}/rss",), local=False)
    report = crawl(room.job([stranger])).sources["here"]
    assert site.asked == []
    assert report.fetched == 0
    assert report.new == 0


def test_a_redirect_into_the_private_network_is_refused(site: Site, room: Room, source: Source) -> None:
    site.feed(f"http://127.0.0.1:{site.port}/1")
    site.page("/1", "", status=302, Location="http://192.168.0.1/admin")
    assert crawl(room.job([source])).sources["here"].refused == {"private address": 1}


def test_crawl_delay_holds_where_it_is_longer(site: Site, room: Room, source: Source) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.4")
    site.feed(*(f"http://127.0.0.1:{site.port}/{number}" for number in range(3)))
    for number in range(3):
        site.page(f"/{number}", "<p>글</p>")
    assert crawl(room.job([source])).sources["here"].new == 3
    pages = [at for path, at in zip(site.asked, site.times, strict=True) if path != "/robots.txt"]
    # Half of it, since a request may be late in arriving, and the next one then seems early.
    assert min(later - earlier for earlier, later in pairwise(pages)) > 0.2


def test_a_page_that_is_none_is_refused(site: Site, room: Room, source: Source) -> None:
    site.feed(f"http://127.0.0.1:{site.port}/a.pdf", f"http://127.0.0.1:{site.port}/empty")
    site.page("/a.pdf", "%PDF", Content_Type="application/pdf")
    site.page("/empty", "  ")
    report = crawl(room.job([source])).sources["here"]
    assert (report.refused, report.failed) == ({"not a page": 1}, {"empty page": 1})


def test_the_same_body_without_validators_is_not_kept_twice(site: Site, room: Room, source: Source) -> None:
    site.feed(f"http://127.0.0.1:{site.port}/1")
    site.page("/1", "<p>글</p>")
    crawl(room.job([source]))
    again = crawl(room.job([source])).sources["here"]
    assert (again.unchanged, again.new, again.changed, again.pages) == (2, 0, 0, 0)
    assert len(room.captures(None)) == 2


def test_a_304_after_a_failure_is_still_that_failure(site: Site, room: Room, source: Source) -> None:
    site.page("/rss", "<html><body>점검 중</body></html>", ETag='"1"')
    assert crawl(room.job([source])).sources["here"].failed == {"not a feed": 1}
    site.pages["/rss"] = lambda: (304, {}, b"")
    assert crawl(room.job([source])).sources["here"].failed == {"not a feed": 1}
    site.feed()
    assert crawl(room.job([source])).sources["here"].pages == 1
