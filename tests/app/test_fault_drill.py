"""A drill over the demonstration newspapers: each of twenty faults is named by the next look at the outlets' health."""

import re
import shutil
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest

from sosik.app.flows.crawl import visit
from sosik.app.flows.health import health_of, judge_sources
from sosik.app.flows.read import read
from sosik.demo import faults
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.faults import Fault
from sosik.demo.generated import generated_articles
from sosik.demo.outlets import demo_sources
from sosik.demo.reply import Reply
from sosik.demo.server import DemoServer
from sosik.demo.texts import DemoArticle
from sosik.model.alert import EventKind
from sosik.model.source import Source
from tests.app.conftest import wiring_on

DAY = timedelta(days=1)
PER_DAY, DAYS = 5, 9
HISTORY = (6.0, 4.0, 2.0)  # days before the faults when the outlets are visited and all is well
SOURCES = {each.id: replace(each, sitemaps=()) for each in demo_sources()}
OPEN = faults.answer_with(b"User-agent: *\nAllow: /\n", "text/plain")
ARTICLES = {
    "it-life": "/article/*", "mudeung-sinmun": "/news/articleView*", "hanbit-daily": "/news/20*",
    "saebyeok-news": "/articles/*", "city-hall": "/board/view*", "yeongsan-ilbo": "/read*", "namdo-tv": "/news/view*",
}  # fmt: skip
LISTS = {"city-hall": "/board/list*"}


def paper() -> list[DemoArticle]:
    """Five articles a day of every outlet, the last of them an hour old."""
    made = generated_articles(len(SOURCES) * PER_DAY * DAYS, seed=7)
    return [
        replace(each, published=DEMO_NOW - timedelta(hours=1) - place // len(SOURCES) * DAY / PER_DAY)
        for place, each in enumerate(made)
    ]


def altered(alter: Callable[[bytes], bytes]) -> Fault:
    return lambda reply, _target: replace(reply, body=alter(reply.body), packed=None, etag=None, last_modified=None)


def page(target: str, title: str, text: str) -> Reply:
    body = f"<!doctype html><html lang=ko><meta charset=utf-8><title>{title}</title><h1>{title}</h1><div>{text}</div>"
    return Reply(status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body.encode())


def redesigned(reply: Reply, target: str) -> Reply:
    """Text in nameless boxes, without a byline and without a date."""
    number = re.sub(r"\D", "", target)
    text = "".join(
        f"<p>기사 {number}의 {part}번째 문단은 빛고을시가 인공지능 실증 사업을 어떻게 이어 가는지 길게 적는다. 시는 "
        f"이 사업에 참여할 기업을 더 모으고 연산 자원을 나누기로 했다고 설명했다.</p>"
        for part in range(8)
    )
    return page(target, f"새 단장한 신문의 기사 {number}", text)


def stub(reply: Reply, target: str) -> Reply:
    """The beginning of an article, for those who do not pay."""
    head = re.search(rb"<head>.*?</head>", reply.body, re.DOTALL)
    title = re.sub(r"\D", "", target)
    short = f"<h1>구독자 기사 {title}</h1>"
    short += f"<article><p>기사 {title}의 나머지는 구독자만 읽을 수 있다고 신문은 밝혔다.</p></article>"
    return replace(
        reply,
        body=b"<!doctype html><html>" + (head[0] if head else b"") + short.encode("cp949") + b"</html>",
        packed=None,
        etag=None,
    )


def soft_404(reply: Reply, target: str) -> Reply:
    text = "<p>요청하신 페이지를 찾을 수 없습니다. 지워진 게시물일 수 있으니 목록에서 다시 찾아보시기 바랍니다.</p>" * 3
    return page(target, "페이지 안내", text)


def shifted(by: timedelta) -> Fault:
    """Move every date of an RSS feed."""

    def move(found: re.Match[bytes]) -> bytes:
        moment = parsedate_to_datetime(found[2].decode()) + by
        return found[1] + format_datetime(moment).encode() + found[3]

    return altered(lambda body: re.sub(rb"(<pubDate>)(.*?)(</pubDate>)", move, body))


def one_link(body: bytes) -> bytes:
    first = re.search(rb"<item>.*?(<link>.*?</link>)", body, re.DOTALL)
    assert first is not None
    head, *items = body.split(b"<item>")
    same = [re.sub(rb"<(link|guid)\b[^>]*>.*?</\1>", first[1], each, flags=re.DOTALL) for each in items]
    return b"<item>".join([head, *same])


def one_title(body: bytes) -> bytes:
    text = body.decode()
    text = re.sub(r"<title>.*?</title>", "<title>무등신문</title>", text, flags=re.DOTALL)
    text = re.sub(r'(<meta[^>]*(?:title)[^>]*content=")[^"]*', r"\1오늘의 기사 모음", text)
    return re.sub(r"(<(h[1-4])\b[^>]*>).*?(</\2>)", r"\1오늘의 기사 모음\3", text, flags=re.DOTALL).encode()


def no_items(body: bytes) -> bytes:
    return re.sub(rb"<item>.*</item>", b"", body, flags=re.DOTALL)


def everywhere(fault: Fault) -> list[tuple[str, Fault]]:
    """The whole outlet but its robots.txt."""
    return [("*", fault), ("/robots.txt", OPEN)]


def feed_of(outlet: str) -> str:
    return SOURCES[outlet].feeds[0].removeprefix(f"http://{outlet}.test")


def on_articles(outlet: str, fault: Fault) -> list[tuple[str, Fault]]:
    return [(ARTICLES[outlet], fault)]


def on_feed(outlet: str, fault: Fault) -> list[tuple[str, Fault]]:
    return [(feed_of(outlet), fault)]


Orders = list[tuple[str, Fault]]
ROUNDS: dict[str, dict[str, tuple[Orders, str, set[str]]]] = {
    "first": {
        "it-life": (on_articles("it-life", redesigned), "broken-extraction", {"minute", "author", "no-text"}),
        "mudeung-sinmun": (on_feed("mudeung-sinmun", faults.html_instead()), "broken-feed", {"not a feed"}),
        "hanbit-daily": (
            [("/robots.txt", faults.answer_with(b"User-agent: *\nDisallow: /\n", "text/plain"))],
            "blocked",
            {"robots.txt"},
        ),
        "saebyeok-news": (everywhere(faults.status(429)), "blocked", {"status 429"}),
        "city-hall": (
            [(LISTS["city-hall"], altered(lambda body: body.replace(b"view.do", b"show.do")))],
            "broken-feed",
            {"list-layout"},
        ),
        "yeongsan-ilbo": (
            on_articles("yeongsan-ilbo", altered(lambda body: body.decode("cp949").encode())),
            "fine",
            {""},
        ),
        "namdo-tv": ([("*", faults.no_answer())], "away", {"robots.txt did not answer"}),
    },
    "second": {
        "it-life": ([], "broken-feed", {"frozen"}),  # its order is made when the server runs
        "mudeung-sinmun": (on_feed("mudeung-sinmun", altered(one_link)), "broken-feed", {"doubles"}),
        "hanbit-daily": (everywhere(faults.status(403)), "blocked", {"status 403"}),
        "saebyeok-news": (on_feed("saebyeok-news", shifted(400 * DAY)), "broken-feed", {"future-dates"}),
        "city-hall": (
            on_articles("city-hall", soft_404),
            "broken-extraction",
            {"no-text", "same-titles", "same-texts"},
        ),
        "yeongsan-ilbo": (on_articles("yeongsan-ilbo", stub), "broken-extraction", {"body", "no-text", "author"}),
        "namdo-tv": (everywhere(faults.status(502)), "away", {"status 502"}),
    },
    "third": {
        "it-life": (
            on_articles("it-life", faults.redirect_to("http://it-life.test/")),
            "broken-extraction",
            {"home-page"},
        ),
        "mudeung-sinmun": (on_articles("mudeung-sinmun", altered(one_title)), "broken-extraction", {"same-titles"}),
        "hanbit-daily": (on_articles("hanbit-daily", faults.no_text()), "broken-extraction", {"no-text"}),
        "saebyeok-news": (on_feed("saebyeok-news", shifted(-timedelta(hours=9))), "broken-feed", {"clock"}),
        "city-hall": (on_articles("city-hall", faults.status(404)), "broken-feed", {"not-there"}),
        "yeongsan-ilbo": (on_feed("yeongsan-ilbo", altered(no_items)), "fine", {""}),
        "namdo-tv": (on_feed("namdo-tv", faults.xml_bomb()), "broken-feed", {"XML entities"}),
    },
}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A data folder with three healthy visits, and a feed as it was at the last of them."""
    folder = tmp_path_factory.mktemp("drill") / "data"
    clock = DemoClock()
    with DemoServer(clock=clock, articles=paper()) as server:
        for days in HISTORY:
            clock.move_to(DEMO_NOW - days * DAY)
            look(folder, clock, server)
        found = health_of(replace(wiring_on(folder), clock=clock), SOURCES.values())
        assert {each.source: (each.state.value, each.evidence) for each in found if each.state.value != "fine"} == {}
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy}))
        with opener.open(SOURCES["it-life"].feeds[0]) as answer:
            return folder, answer.read()


def look(folder: Path, clock: DemoClock, server: DemoServer) -> None:
    wiring = replace(wiring_on(folder), clock=clock)
    visit(wiring, list(SOURCES.values()), proxy=server.proxy)
    read(wiring)


@pytest.mark.parametrize("name", list(ROUNDS))
def test_faults_are_named_within_one_visit(name: str, history: tuple[Path, bytes], data: Path) -> None:
    folder, old_feed = history
    shutil.copytree(folder, data)
    clock = DemoClock()
    with DemoServer(clock=clock, articles=paper()) as server:
        for outlet, (orders, _, _) in ROUNDS[name].items():
            for path, fault in orders:
                server.faults.add(outlet, path, fault)
        if name == "second":
            server.faults.add("it-life", feed_of("it-life"), faults.answer_with(old_feed, "application/atom+xml"))
        look(data, clock, server)
    wiring = replace(wiring_on(data), clock=clock)
    found = {each.source: each for each in health_of(wiring, SOURCES.values())}
    named = {outlet: (each.state.value, each.cause) for outlet, each in found.items()}
    wanted = {outlet: (state, causes) for outlet, (_, state, causes) in ROUNDS[name].items()}
    wrong = {
        outlet: (named[outlet], found[outlet].evidence)
        for outlet, (state, causes) in wanted.items()
        if named[outlet][0] != state or named[outlet][1] not in causes
    }
    assert wrong == {}
    assert all(each.evidence for each in found.values())
    if name == "first":
        assert any("utf-8" in note for note in found["yeongsan-ilbo"].notes), found["yeongsan-ilbo"]

    report = judge_sources(wiring)
    ill = sum(state != "fine" for state, _ in wanted.values())
    assert (report.judged, report.ill) == (len(SOURCES), ill)
    judge_sources(wiring)
    with wiring.ledger() as ledger, ledger.read() as unit:
        told = [each for each in unit.events.newest(100) if each.kind is EventKind.SOURCE_BROKEN]
        assert len(told) == ill, "falling ill is told once"
        assert {outlet: each.state.value for outlet, each in unit.runs.health().items()} == {
            outlet: state for outlet, (state, _) in wanted.items()
        }


def test_every_source_of_the_drill_has_its_fault() -> None:
    assert all(set(each) == set(SOURCES) for each in ROUNDS.values())
    assert all(isinstance(each, Source) for each in SOURCES.values())
