"""Pages made by JavaScript, from a real server on this machine, in the system's Chromium."""

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from crawler.guard import Guard
from crawler.job import CrawlJob
from crawler.outcomes import NO_BROWSER
from crawler.rendering import Renderer, find_browser
from sosik.demo.server import DemoServer
from sosik.model.source import Source
from tests.crawler.answering import Answer, Asked, answering
from tests.crawler.support import QUICK, Room, Running, _run, crawl, only

needs_browser = pytest.mark.skipif(find_browser() is None, reason="needs the extra `browser` and Chromium")
PATIENT = replace(QUICK, render_time=20.0)
HURRIED = replace(QUICK, render_time=2.0)
_SHOWN = re.compile('<div id="a">(.*?)</div>')
SHELL = '<!DOCTYPE html><html><head><meta charset="euc-kr"><title>x</title></head><body><noscript>켜라</noscript>'


class Site:
    """What a small server answers by path, what it was asked for, and who knocked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.port = 0
        self.connections = 0

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str, media: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.pages[path] = (status, media, body.encode())

    def article(self, script: str, path: str = "/1") -> None:
        self.put(path, f"{SHELL}<div id=a></div><script>{script}</script></body></html>")
        links = "".join(
            f"<item><title>기사</title><link>{self.root}{each}</link></item>"
            for each, (_, media, _) in self.pages.items()
            if media.startswith("text/html")
        )
        self.put("/rss", f'<rss version="2.0"><channel>{links}</channel></rss>', "text/xml")

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        self.agents.add(asked.headers.get("User-Agent", ""))
        status, media, body = self.pages.get(asked.path, (404, "text/plain", b""))
        there = {"Location": body.decode()} if status == 302 else {}
        return status, {"Content-Type": media, "ETag": '"shell"', **there}, body

    def knocked(self) -> None:
        self.connections += 1


def serve() -> Iterator[Site]:
    made = Site()
    with answering(made.answer, made.knocked) as made.port:
        yield made


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve()


@pytest.fixture
def other() -> Iterator[Site]:
    yield from serve()


@pytest.fixture
def source(sources: dict[str, Source], site: Site) -> Source:
    plain = only(replace(sources["it-life"], id="here", home=f"{site.root}/"), feeds=True)
    return replace(plain, feeds=(f"{site.root}/rss",), delay=0.0, concurrency=8, local=True, render=True)


@needs_browser
def test_what_scripts_write_is_kept_with_what_they_ask_for(site: Site, room: Room, source: Source) -> None:
    site.put(
        "/app.js", "fetch('/data.json').then(r => r.json()).then(d => { a.textContent = d.text })", "text/javascript"
    )
    site.put("/data.json", '{"text": "스크립트가 쓴 글"}', "application/json")
    site.article("</script><link rel=stylesheet href=/a.css><img src=/a.png><script src=/app.js>")
    report = crawl(room.job([source], limits=PATIENT)).sources["here"]
    (kept,) = room.captures()
    assert report.new == 1
    assert '<div id="a">스크립트가 쓴 글</div>' in kept.body.decode()
    assert b"euc-kr" not in kept.body
    assert b"noscript" not in kept.body
    assert ("rendered", "chromium") in kept.hints
    assert kept.header("Content-Type") == "text/html; charset=utf-8"
    assert kept.header("ETag") is None
    assert sorted(site.asked) == ["/1", "/app.js", "/data.json", "/robots.txt", "/rss"]
    assert site.agents == {room.job([source]).user_agent}


@needs_browser
def test_a_script_of_many_pages_is_asked_for_once(site: Site, room: Room, source: Source) -> None:
    site.put("/app.js", "a.textContent = '글'", "text/javascript")
    for path in ("/1", "/2", "/3"):
        site.article(f"document.title = '{path}'</script><script src=/app.js>", path)
    assert crawl(room.job([source], limits=PATIENT)).sources["here"].new == 3
    assert site.asked.count("/app.js") == 1


def test_without_render_the_page_is_that_of_the_wire(site: Site, room: Room, source: Source) -> None:
    site.article("a.textContent = '글'")
    crawl(room.job([replace(source, render=False)], limits=PATIENT))
    (kept,) = room.captures()
    assert kept.body == site.pages["/1"][2]
    assert kept.hints == (("title", "기사"),)


ATTACKS = (
    "fetch('OTHER/x').catch(() => 0)",
    "fetch('OTHER/x', {mode: 'no-cors'}).catch(() => 0)",
    "fetch('/elsewhere').catch(() => 0)",
    "fetch('http://localhost:PORT/x', {mode: 'no-cors'}).catch(() => 0)",
    "fetch('http://169.254.169.254/latest/meta-data/', {mode: 'no-cors'}).catch(() => 0)",
    "fetch('http://off-site.example/x', {mode: 'no-cors'}).catch(() => 0)",
    "fetch('/x', {method: 'POST', body: 'x'}).catch(() => 0)",
    "navigator.sendBeacon('OTHER/x', 'x')",
    "new WebSocket('ws://127.0.0.1:PORT/x')",
    "new EventSource('OTHER/x')",
    "new Image().src = 'OTHER/x.png'",
    "window.open('OTHER/x')",
    "document.body.append(Object.assign(document.createElement('iframe'), {src: 'OTHER/x'}))",
    "new Worker(URL.createObjectURL(new Blob([\"fetch('OTHER/x')\"])))",
    "navigator.serviceWorker.register('/sw.js').catch(() => 0)",
    (
        "let r = new RTCPeerConnection({iceServers: [{urls: 'turn:127.0.0.1:PORT?transport=tcp', username: 'u', "
        "credential: 'c'}]}); r.createDataChannel('x'); r.createOffer().then(o => r.setLocalDescription(o))"
    ),
)


@needs_browser
def test_a_script_reaches_nothing_but_its_own_site(site: Site, other: Site, room: Room, source: Source) -> None:
    site.put("/elsewhere", f"{other.root}/x", "text/plain", 302)
    tried = "".join(f"try {{ {each}; a.textContent += '그래도 글;' }} catch {{ }}" for each in ATTACKS)
    site.article(tried.replace("OTHER", other.root).replace("PORT", str(other.port)))
    report = crawl(room.job([source], limits=HURRIED)).sources["here"]
    assert other.connections == 0
    assert sorted(site.asked) == ["/1", "/elsewhere", "/robots.txt", "/rss"]
    assert report.new == 1
    assert _SHOWN.findall(room.captures()[0].body.decode())[0].count("글") >= len(ATTACKS) - 1  # workers may be missing


@needs_browser
def test_a_page_that_would_go_elsewhere_stays(site: Site, other: Site, room: Room, source: Source) -> None:
    site.article(f"a.textContent = '머문 글'; location.href = '{other.root}/x'", "/1")
    site.article("a.textContent = '머문 글'; location.href = '/3'", "/2")
    report = crawl(room.job([source], limits=HURRIED)).sources["here"]
    assert other.connections == 0
    assert sorted(site.asked) == ["/1", "/2", "/robots.txt", "/rss"]
    assert report.new == 2
    assert all('<div id="a">머문 글</div>' in each.body.decode() for each in room.captures())


@needs_browser
def test_robots_txt_holds_for_what_scripts_ask_for(site: Site, room: Room, source: Source) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /api/\nDisallow: /2", "text/plain")
    site.article("fetch('/api/x').catch(() => { a.textContent = '막힘' })", "/1")
    site.article("", "/2")
    report = crawl(room.job([source], limits=PATIENT)).sources["here"]
    assert (report.new, report.refused) == (1, {"robots.txt": 1})
    assert "막힘" in room.captures()[0].body.decode()
    assert sorted(site.asked) == ["/1", "/robots.txt", "/rss"]


@needs_browser
@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ("for (;;) {}", "failed: timeout"),
        ("a.textContent = 'x'.repeat(3000000)", "refused: too large"),
    ],
)
def test_a_page_that_never_ends_spoils_nothing_else(
    script: str, outcome: str, site: Site, room: Room, source: Source
) -> None:
    site.article(script, "/1")
    site.article("a.textContent = '글'", "/2")
    report = crawl(room.job([source], limits=replace(HURRIED, page_bytes=1_000_000))).sources["here"]
    assert room.visits("here")[f"{site.root}/1"].outcome == outcome
    assert report.new == 1


@needs_browser
def test_a_page_that_asks_without_end_is_cut_off(site: Site, room: Room, source: Source) -> None:
    site.put("/tick", "", "text/plain")
    site.article("a.textContent = '글'; setInterval(() => fetch('/tick').catch(() => 0), 10)")
    report = crawl(room.job([source], limits=replace(HURRIED, render_parts=5))).sources["here"]
    assert report.new == 1
    assert site.asked.count("/tick") == 5


@needs_browser
def test_through_a_proxy(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    source = replace(only(sources["hanbit-daily"], feeds=True, sitemaps=True), render=True)
    report = crawl(room.job([source], proxy=demo.proxy, limits=replace(PATIENT, articles=2))).sources[source.id]
    assert report.new == 2
    assert all(("rendered", "chromium") in each.hints for each in room.captures())


def test_without_a_browser_only_that_source_is_refused(site: Site, room: Room, source: Source) -> None:
    site.article("a.textContent = '글'")
    plain = replace(source, id="plain", feeds=(f"{site.root}/rss?plain",), render=False)
    site.put("/rss?plain", site.pages["/rss"][2].decode().replace(f"{site.root}/1", f"{site.root}/2"), "text/xml")
    site.put("/2", "<p>글</p>")
    running = Running(room.job([source, plain]), _without_browser)
    running.child.join(60)
    report = running.report()
    assert report.sources["here"].refused == {NO_BROWSER.removeprefix("refused: "): 1}
    assert report.sources["plain"].new == 1
    assert "/1" not in site.asked


def test_a_crawl_without_the_extra_ends_without_it(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("playwright", "playwright.async_api"):
        monkeypatch.setitem(sys.modules, name, None)  # what `import` takes for "not installed"
    renderer = Renderer(find_browser(), guard=Guard([source], None), limits=QUICK, user_agent="test")
    assert renderer.refusal == NO_BROWSER
    with ThreadPoolExecutor(1) as thread:  # in this one a browser's test may have left a loop running
        thread.submit(asyncio.run, renderer.close()).result()


def _without_browser(job: CrawlJob, reports: object, progress: object) -> None:
    os.environ["PATH"] = ""
    _run(job, reports, progress)  # type: ignore[arg-type]  # queues, whose class multiprocessing makes on demand


@pytest.mark.parametrize(
    ("page", "part", "verdict"),
    [
        ("http://127.0.0.1:8000/1", "http://127.0.0.1:8000/a.js", None),
        ("http://127.0.0.1:8000/1", "http://127.0.0.1:80/a.js", "refused: other port"),
        ("http://127.0.0.1/1", "https://127.0.0.1/a.js", None),
        ("http://127.0.0.1/1", "http://127.0.0.1:9200/", "refused: other port"),
        ("http://127.0.0.1/1", "http://127.0.0.1:99999/", "refused: other port"),
        ("http://127.0.0.1/1", "http://10.0.0.1/", "refused: private address"),
        ("http://127.0.0.1/1", "file:///etc/passwd", "refused: not an http address"),
    ],
)
def test_the_guard_on_parts(page: str, part: str, verdict: str | None, source: Source) -> None:
    here = replace(source, home="http://127.0.0.1/", feeds=())
    assert Guard([here], None).verdict_on_part("here", page, part) == verdict
