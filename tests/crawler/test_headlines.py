"""Which links are articles, where nobody has said so."""

import re
import urllib.request

import pytest

from crawler.headlines import headline_pattern
from crawler.listpages import parse_list
from sosik.demo.clock import DemoClock
from sosik.demo.server import DemoServer
from sosik.model.source import Source

PAGE = "http://paper.test/"


def links(addresses: list[str], text: str = "광주에 인공지능 실증 도시가 들어선다") -> list[tuple[str, str]]:
    return [(text, f"http://paper.test{each}") for each in addresses]


@pytest.mark.parametrize(
    ("articles", "others"),
    [
        (["/news/articleView.html?idxno=1", "/news/articleView.html?idxno=22"], ["/news/articleList.html?page=1"]),
        (["/article/20260302/1001", "/article/20260303/1"], ["/article/20260302", "/article/a/b", "/latest"]),
        (["/news/HB1001", "/news/HB7"], ["/news/HB", "/news/1001/more"]),
        (["/v/2026-a1b2c3d4", "/v/2026-77aa88bb"], ["/v/", "/w/2026-a1b2c3d4"]),
        (["/a.do?seq=1&m=3", "/a.do?m=3&seq=2"], ["/a.do?m=3", "/b.do?seq=1&m=3"]),
    ],
)
def test_the_shape_of_headlines(articles: list[str], others: list[str]) -> None:
    third = re.sub(r"(\d)(?!.*\d)", "5", articles[0])
    pattern = headline_pattern(links([*articles, third, others[0]]), PAGE)
    assert pattern is not None
    assert all(re.search(pattern, f"http://paper.test{each}") for each in articles)
    assert not any(re.search(pattern, f"http://paper.test{each}") for each in others)


def test_nothing_stands_out() -> None:
    assert headline_pattern([], PAGE) is None
    assert headline_pattern(links(["/article/1", "/article/2"]), PAGE) is None
    assert headline_pattern(links(["/menu/1", "/menu/2", "/menu/3"], text="보도자료"), PAGE) is None
    elsewhere = [("광주에 인공지능 실증 도시가 들어선다", f"http://other.test/article/{n}") for n in range(5)]
    assert headline_pattern(elsewhere, PAGE) is None


def test_home_pages_of_the_demonstration(sources: dict[str, Source], clock: DemoClock) -> None:
    """What is guessed is what the catalogue would say, but for the pages that stand in a part of their own."""
    with DemoServer(clock=clock) as server:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy}))
        for source in sources.values():
            body = opener.open(source.home, timeout=20).read()
            article = source.lists[0].article if source.lists else r"/HB\d+|/articles/\d+"
            known = {each.url for each in parse_list(body, url=source.home, article=article)}
            guessed = {each.url for each in parse_list(body, url=source.home)}
            assert len(guessed) >= 8
            assert guessed <= known
            assert all("/900001" in each or "=900001" in each or "HB900001" in each for each in known - guessed)
