"""`sosik sources list|check|add`, on the demonstration newspapers, and what a crawl follows because of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sosik.app.flows.crawl import chosen, followed
from sosik.app.flows.source_add import Added, Wish, add_source
from sosik.app.flows.source_check import check_sources
from sosik.app.settings import Settings
from sosik.app.source_file import written
from sosik.app.wiring import Wiring
from sosik.catalogue.readers.sources import read_source
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.faults import Faults
from sosik.demo.outlets import demo_sources
from sosik.demo.server import DemoServer
from sosik.model.check import SourceCheck
from sosik.model.errors import Away, Refused
from sosik.model.instants import KST
from sosik.model.source import ListPages, Source, SourceKind
from tests.app.conftest import Answer, Call

TODAY = DEMO_NOW.astimezone(KST).date()


@pytest.fixture(scope="module")
def newspapers() -> Iterator[DemoServer]:
    with DemoServer(clock=DemoClock()) as server:
        yield server


def wiring_with(folder: Path, catalogue: bool = True) -> Wiring:
    own = folder / "catalogue"
    own.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=folder / "data", catalogue=own if catalogue else None, workers=1)
    return Wiring(settings, DemoClock())


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory, newspapers: DemoServer) -> dict[str, Added]:
    """Two outlets added from their home pages: a board without a feed, and tables in EUC-KR."""
    wiring = wiring_with(tmp_path_factory.mktemp("added"))
    found = {}
    for outlet in ("city-hall", "yeongsan-ilbo"):
        wish = Wish(url=f"http://{outlet}.test/", id=f"new-{outlet}", region="광주", delay=0)
        found[outlet] = add_source(wiring, wish, proxy=newspapers.proxy)
    return found


@pytest.mark.parametrize(
    ("outlet", "name", "family", "charset"),
    [("city-hall", "빛고을시청", "gov-board", "utf-8"), ("yeongsan-ilbo", "영산일보", "php-table", "euc-kr")],
)
def test_what_add_finds(added: dict[str, Added], outlet: str, name: str, family: str, charset: str) -> None:
    found = added[outlet]
    assert (found.source.name, found.source.family) == (name, family)
    assert [each.url for each in found.source.lists] == [f"http://{outlet}.test/"]
    assert found.check.charsets == (charset,)
    assert found.check.passed
    assert len(found.articles) == 5
    assert all(each.error is None and each.title and each.published for _, each in found.articles)


def test_the_file_that_add_writes_is_read_back(added: dict[str, Added]) -> None:
    for found in added.values():
        read = read_source(found.file, wiring_with(found.file.parent.parent.parent).catalogue.families())
        assert read == found.source
        assert read.checked == TODAY
        assert read.provenance[0] == f"home page, {TODAY.isoformat()}"


def test_an_added_outlet_is_followed_and_checked_by_the_catalogue(added: dict[str, Added]) -> None:
    wiring = wiring_with(added["city-hall"].file.parent.parent.parent)
    assert {each.id for each in followed(wiring)} == {f"new-{each}" for each in added}
    again = Wish(url="http://city-hall.test/", id="new-city-hall")
    with pytest.raises(Refused, match="give another with --id"):
        add_source(wiring, again)


def test_add_says_what_is_wrong(tmp_path: Path) -> None:
    wiring = wiring_with(tmp_path)
    with pytest.raises(Refused, match="no web address"):
        add_source(wiring, Wish(url="mudeung-sinmun.test"))
    with pytest.raises(Refused, match="cannot be an id"):
        add_source(wiring, Wish(url="http://a.test/", id="New Paper"))
    with pytest.raises(Away, match="refused: private address"):
        add_source(wiring, Wish(url="http://127.0.0.1:9/", id="inside", delay=0))
    assert not list(tmp_path.rglob("*.toml"))


def test_every_outlet_of_the_demonstration_passes(tmp_path: Path, newspapers: DemoServer) -> None:
    wiring = wiring_with(tmp_path)
    checks = {each.source: each for each in check_sources(wiring, demo_sources(), proxy=newspapers.proxy)}
    assert [name for name, each in checks.items() if not each.passed] == []
    assert checks["it-life"].dated >= 15
    assert checks["yeongsan-ilbo"].charsets == ("euc-kr",)
    assert all(each.robots == "allowed" and each.reachable and each.at == DEMO_NOW for each in checks.values())
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert {each.source: each for each in unit.checks.newest()} == checks
    assert not (wiring.settings.data / "archive").exists()


def test_a_check_says_what_is_wrong(tmp_path: Path, newspapers: DemoServer) -> None:
    by_id = {each.id: each for each in demo_sources()}
    gone = shop("gone", "http://nobody.test/rss.xml")
    page = shop("page", "http://it-life.test/")
    pattern = ListPages(url="http://city-hall.test/", article="/no-such-path/")
    blind = shop("blind", lists=(pattern,))
    found = {
        each.source: each
        for each in check_sources(wiring_with(tmp_path), [gone, page, blind, by_id["it-life"]], proxy=newspapers.proxy)
    }
    assert [each.passed for each in found.values()] == [False, False, False, True]
    assert not found["gone"].reachable
    assert found["gone"].problems[0].startswith("http://nobody.test/rss.xml: refused: robots.txt did not answer")
    assert "http://it-life.test/: failed: not a feed" in found["page"].problems
    assert any("`article` pattern" in each for each in found["blind"].problems)


def shop(name: str, *feeds: str, lists: tuple[ListPages, ...] = ()) -> Source:
    home = feeds[0] if feeds else lists[0].url
    return Source(
        id=name, name=name, name_en=name, region="광주", kind=SourceKind.NEWSPAPER, home=home, feeds=feeds, lists=lists,
        delay=0, local=True,
    )  # fmt: skip


def test_a_closed_outlet(tmp_path: Path) -> None:
    faults = Faults()
    with DemoServer(clock=DemoClock(), faults=faults) as server:
        closed = shop("closed", "http://it-life.test/preview/article/20260101/900001")
        (check,) = check_sources(wiring_with(tmp_path), [closed], proxy=server.proxy)
    assert check.robots == "refused"
    assert check.problems == ("http://it-life.test/preview/article/20260101/900001: refused: robots.txt",)


def note(wiring: Wiring, source: str, complete: int) -> None:
    check = SourceCheck(
        source=source, at=DEMO_NOW, reachable=True, robots="allowed", announced=9, fetched=3, complete=complete
    )
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.checks.put(check)


def test_a_crawl_follows_what_was_checked(tmp_path: Path) -> None:
    wiring = wiring_with(tmp_path, catalogue=False)
    assert followed(wiring) == ()
    assert not wiring.settings.data.exists()
    note(wiring, "jnilbo", complete=3)
    note(wiring, "kbc", complete=2)
    note(wiring, "gwangju-city", complete=3)  # an archive, not enabled
    note(wiring, "no-longer-there", complete=3)
    assert [(each.id, each.checked) for each in followed(wiring)] == [("jnilbo", TODAY)]


def test_a_crawl_follows_the_operators_own_outlets(tmp_path: Path) -> None:
    wiring = wiring_with(tmp_path)
    (tmp_path / "catalogue" / "sources").mkdir()
    own = shop("own", "http://own.test/rss.xml")
    public = Source(
        **{name: getattr(own, name) for name in ("id", "name", "name_en", "region", "kind", "home", "feeds")}
    )
    (tmp_path / "catalogue" / "sources" / "own.toml").write_text(written(public), encoding="utf-8")
    assert [each.id for each in followed(wiring)] == ["own"]


def test_an_outlet_that_is_not_filled_in(tmp_path: Path) -> None:
    empty = shop("empty", "http://x.test/")
    object.__setattr__(empty, "home", "")
    with pytest.raises(Refused, match="not filled in"):
        chosen([empty], ["empty"])
    known = {each.id: each for each in wiring_with(tmp_path, catalogue=False).catalogue.sources()}
    assert known["it-life"].local


def test_it_life_once_it_is_filled_in(tmp_path: Path) -> None:
    wiring = wiring_with(tmp_path)
    file = tmp_path / "catalogue" / "sources" / "it-life.toml"
    file.parent.mkdir()
    shipped = (wiring.catalogue.folders[0] / "sources" / "national" / "it-life.toml").read_text(encoding="utf-8")
    filled = shipped.replace('home = ""', 'home = "https://it-life.example/"').replace(
        "enabled = false", "enabled = true"
    )
    file.write_text(filled.replace("feeds = []", 'feeds = ["https://it-life.example/rss"]'), encoding="utf-8")
    assert [each.id for each in followed(wiring)] == ["it-life"]
    assert not followed(wiring)[0].local


# The commands


@pytest.fixture
def demo_call(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run a command in the demonstration's time."""
    (tmp_path / "catalogue").mkdir()
    settings = Settings(data=data, catalogue=tmp_path / "catalogue", workers=1)
    monkeypatch.setattr("sosik.app.wiring.wire", lambda: Wiring(settings, DemoClock()))
    return call


def test_check_command(demo_call: Call, newspapers: DemoServer) -> None:
    answer = demo_call("sources", "check", "it-life", "--proxy", newspapers.proxy, "--json")
    assert answer.status == 0, answer.err
    (line,) = answer.lines
    assert (line["id"], line["passed"], line["fetched"], line["complete"]) == ("it-life", True, 3, 3)
    assert line["checked"] == TODAY.isoformat()
    listed = {each["id"]: each["checked"] for each in demo_call("sources", "list", "--json").lines}
    assert listed["it-life"] == TODAY.isoformat()
    assert listed["jnilbo"] is None


def test_check_command_without_outlets(demo_call: Call) -> None:
    answer = demo_call("sources", "check", "--region", "없음")
    assert answer.status == 1
    assert "no outlet to check" in answer.err


def test_add_command(demo_call: Call, newspapers: DemoServer, tmp_path: Path) -> None:
    arguments = ("sources", "add", "http://mudeung-sinmun.test/", "--id", "mine", "--region", "광주", "--delay", "0")
    answer = demo_call(*arguments, "--proxy", newspapers.proxy)
    assert answer.status == 0, answer.err
    file = tmp_path / "catalogue" / "sources" / "mine.toml"
    source = read_source(file, Wiring(Settings(data=tmp_path), DemoClock()).catalogue.families())
    assert source.feeds == ("http://mudeung-sinmun.test/rss/allArticle.xml",)
    assert source.lists[0].url == "http://mudeung-sinmun.test/news/articleList.html?view_type=sm"
    assert str(file) in answer.out
    assert "nd-soft" in answer.out
    assert "name_en" in answer.out
    assert demo_call("check").status == 0


def test_list_filters(call: Call) -> None:
    def ids(*arguments: str) -> set[str]:
        answer: Answer = call("sources", "list", *arguments, "--json")
        return {each["id"] for each in answer.lines}

    boards = ids("--region", "광주", "--kind", "press-board", "--no-demo")
    assert {"jeonnam-gwangju", "aica", "gist"} <= boards
    assert not boards & {"kbc", "msit", "city-hall"}
    unchecked = ids("--unchecked")
    assert len(unchecked) >= 150
    assert not unchecked & {"it-life", "mudeung-sinmun"}
    assert "not enabled" in call("sources", "list", "--region", "광주").out


def test_a_crawl_without_names_asks_for_a_check(call: Call) -> None:
    answer = call("crawl")
    assert answer.status == 2
    assert "sources check" in " ".join(answer.err.replace("│", " ").split())


# The catalogue's own check


OUTLET = """
name = "하나"
name_en = "Hana"
region = "광주"
kind = "newspaper"
home = "https://www.hana.example/"
feeds = ["https://www.hana.example/rss"]
provenance = ["its own page, 2026-03-01"]
"""


@pytest.mark.parametrize(
    ("second", "mistake"),
    [
        (OUTLET.replace("www.hana", "m.hana"), None),
        (OUTLET, "home: one has the same host. Join the two, or write shares_host = true"),
        (OUTLET + "shares_host = true\n", None),
        (OUTLET.replace("www.hana", "two").replace("provenance", "# "), "provenance: is missing"),
        (OUTLET.replace("www.hana", "two") + 'family = "nd-sfot"\n', "Known families: broadcaster, fusion"),
    ],
)
def test_check_of_the_catalogue(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, mistake: str | None
) -> None:
    folder = tmp_path / "own" / "sources"
    folder.mkdir(parents=True)
    (folder / "one.toml").write_text(OUTLET, encoding="utf-8")
    (folder / "two.toml").write_text(second, encoding="utf-8")
    monkeypatch.setenv("SOSIK_CATALOGUE", str(tmp_path / "own"))
    mistakes = [each for each in call("check", "--json").json["mistakes"] if str(folder) in each]
    assert len(mistakes) == (mistake is not None)
    if mistake is not None:
        assert "two.toml" in mistakes[0]
        assert mistake in mistakes[0]
