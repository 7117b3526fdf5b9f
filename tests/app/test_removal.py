"""Articles that their outlet edits, removes and brings back, and articles taken down by law or request."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sosik.app.flows.crawl import gather
from sosik.app.flows.lock import held
from sosik.app.flows.replay import replay
from sosik.app.flows.takedown import Cleaned, finish_takedowns, take_down
from sosik.app.wiring import Wiring
from sosik.demo import faults
from sosik.demo.clock import DemoClock
from sosik.demo.outlets import IT_LIFE, demo_sources
from sosik.demo.server import DemoServer
from sosik.demo.texts import DemoArticle, Edit
from sosik.model.article import Article, article_id
from sosik.model.capture import CaptureKind
from sosik.model.errors import Busy, NotFound
from sosik.model.instants import KST
from tests.app.conftest import Call, wiring_on

MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=KST)
TEXT = (
    "빛고을시는 10일 첨단지구 인공지능 집적단지에서 자율주행 실증 사업을 시작했다고 밝혔다. "
    "사업에는 3년 동안 120억원이 든다.\n\n"
    "시는 실증에 참여할 기업 열두 곳을 골랐으며, 데이터센터의 연산 자원을 기업마다 나누어 주기로 했다고 설명했다.\n\n"
    "참여 기업은 올해 말까지 도로 40킬로미터에서 차를 달리고, 그 결과를 시민에게 공개한다는 계획이다."
)
OTHER = TEXT.replace("자율주행", "드론").replace("120억원", "70억원")
HOUR = timedelta(hours=1)
EDITED = DemoArticle(
    outlet="it-life",
    number=7001,
    published=MORNING,
    title="빛고을시 자율주행 실증 착수",
    text=TEXT,
    authors=("김가온",),
    edits=(
        Edit(at=MORNING + 2 * HOUR, text=TEXT.replace("120억원", "130억원")),
        Edit(at=MORNING + 4 * HOUR, title="빛고을시, 자율주행 실증 시작"),
        Edit(at=MORNING + 6 * HOUR, text=TEXT.replace("120억원", "140억원")),
    ),
    withdrawn=MORNING + 30 * HOUR,
)
STAYS = replace(EDITED, number=7002, title="빛고을시 드론 실증 착수", text=OTHER, edits=(), withdrawn=None)


@dataclass(frozen=True)
class Paper:
    """One outlet with two articles, and a data folder that follows it."""

    wiring: Wiring
    server: DemoServer
    clock: DemoClock

    def crawl(self, after: timedelta) -> None:
        self.clock.move_to(MORNING + after)
        source = next(each for each in demo_sources() if each.id == "it-life")
        quick = replace(source, sitemaps=(), lists=())
        gather(self.wiring, [quick], proxy=self.server.proxy)

    def article(self, of: DemoArticle = EDITED) -> Article:
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            found = unit.articles.get(identity(of))
        assert found is not None
        return found

    def stories(self) -> list[set[str]]:
        """The articles of every story."""
        with self.wiring.ledger() as ledger, ledger.read() as unit:
            told = unit.stories.stories_of([identity(EDITED), identity(STAYS)])
            return [set(each) for each in unit.stories.members(set(told.values())).values()]

    def found(self) -> dict[str, bool]:
        """Every article in the index, and whether it is gone."""
        with self.wiring.generations() as generations:
            living = generations.living()
            assert living is not None
            index = generations.open(living)
            held = {each: index.get(identity(each)) for each in (EDITED, STAYS)}
            index.close()
        return {document.article: document.gone for document in held.values() if document is not None}

    def archived(self) -> bytes:
        """Every byte of the archive, unpacked."""
        return b"".join(
            gzip.decompress(each.read_bytes()) for each in (self.wiring.settings.data / "archive").iterdir()
        )

    def written(self) -> bytes:
        """Every byte of the ledger's files."""
        return b"".join(each.read_bytes() for each in self.wiring.settings.data.glob("ledger.sqlite3*"))


def identity(article: DemoArticle) -> str:
    return article_id("it-life", IT_LIFE.url_of(article))


@pytest.fixture
def paper(data: Path) -> Iterator[Paper]:
    clock = DemoClock(MORNING + HOUR)
    wiring = replace(wiring_on(data), clock=clock)
    with DemoServer(clock=clock, articles=[EDITED, STAYS], outlets=[IT_LIFE]) as server:
        yield Paper(wiring, server, clock)


def test_edited_three_times_removed_and_brought_back(paper: Paper, call: Call) -> None:
    for after in (1, 3, 5, 7):
        paper.crawl(after * HOUR)
    assert paper.article().revision == 4
    assert paper.stories() == [{identity(EDITED), identity(STAYS)}]
    paper.crawl(32 * HOUR)
    assert paper.article().gone
    assert paper.stories() == [{identity(EDITED), identity(STAYS)}], "one story, edited or gone"
    assert not paper.article(STAYS).gone
    assert paper.found() == {identity(EDITED): True, identity(STAYS): False}

    shown = call("show", identity(EDITED), "--revisions", "--json").json
    assert shown["gone"]
    first, second, third = shown["differences"]
    assert first["title"] is None
    (edit,) = first["changes"]
    assert edit["before"].replace("120억원", "130억원") == edit["after"]
    assert "억원" in edit["before"]
    assert second["title"] == {"before": EDITED.title, "after": "빛고을시, 자율주행 실증 시작"}
    assert second["changes"] == []
    assert third["kept"] == first["kept"] == 3
    told = call("show", identity(EDITED), "--revisions").out
    assert f"- {EDITED.title}" in told
    assert "gone" in told
    hits = call("search", "자율주행", "--json").lines
    assert {each["id"]: each["gone"] for each in hits}[identity(EDITED)]

    # Nothing announces it now; the page itself answers again, as it was.
    back = next(each for each in paper.server.requests if "7001" in each.target)
    paper.clock.move_to(MORNING + 7 * HOUR)
    with DemoServer(clock=paper.clock, articles=[replace(EDITED, withdrawn=None)], outlets=[IT_LIFE]) as again:
        assert back.outlet == "it-life"
        replace(paper, server=again).crawl(60 * HOUR)
    assert not paper.article().gone
    assert paper.article().revision == 4
    assert not paper.found()[identity(EDITED)]


def test_a_server_that_fails_removes_nothing(paper: Paper) -> None:
    paper.crawl(HOUR)
    paper.server.faults.add("it-life", "/article/*", faults.status(503))
    paper.crawl(26 * HOUR)
    assert not paper.article().gone


def test_what_is_taken_down_leaves_no_byte_and_does_not_come_back(paper: Paper, call: Call) -> None:
    paper.crawl(HOUR)
    paper.crawl(3 * HOUR)
    said = "3년 동안 130억원".encode()
    assert said in paper.archived()
    assert said in paper.written()
    answer = call("takedown", identity(EDITED)[:8], "--reason", "at the request of the outlet", "--json")
    assert answer.status == 0, answer.err
    assert answer.json["id"] == identity(EDITED)
    assert answer.json["captures"] >= 3, "two revisions and the feed that names them"
    assert paper.found() == {identity(STAYS): False}
    with paper.wiring.archive() as archive:
        kept = [each for _, each in archive.walk({})]
    assert not [each.url for each in kept if "7001" in each.url]
    pages = [each for each in kept if each.kind is CaptureKind.ARTICLE]
    assert [each.url for each in pages if b"7002" in each.body], "the other article is untouched"
    assert not [each.url for each in kept if b"7001" in each.body and each not in pages]
    assert said not in paper.archived()
    assert said not in paper.written()

    paper.crawl(5 * HOUR)
    replay(paper.wiring)
    assert paper.found() == {identity(STAYS): False}
    with paper.wiring.archive() as archive:
        assert not [each.url for _, each in archive.walk({}) if "7001" in each.url]
    shown = call("show", identity(EDITED))
    assert shown.status == 1
    assert "taken down" in shown.err
    again = call("takedown", identity(EDITED), "--reason", "again", "--json").json
    assert (again["captures"], again["reason"]) == (0, "at the request of the outlet")


def test_a_takedown_cut_short_is_finished_by_the_next_crawl(paper: Paper) -> None:
    paper.crawl(HOUR)
    with paper.wiring.ledger() as ledger, ledger.write() as unit:  # and here its process is killed
        unit.takedowns.begin(identity(EDITED), "law")
    with paper.wiring.archive() as archive:
        assert [each for _, each in archive.walk({}) if "7001" in each.url]
    paper.crawl(2 * HOUR)
    with paper.wiring.archive() as archive:
        assert not [each for _, each in archive.walk({}) if "7001" in each.url]
    assert finish_takedowns(paper.wiring) == Cleaned()
    assert paper.found() == {identity(STAYS): False}


def test_it_waits_for_a_crawl_of_the_outlet(paper: Paper) -> None:
    paper.crawl(HOUR)
    with held(paper.wiring.settings.data, "crawling-it-life"), pytest.raises(Busy):
        take_down(paper.wiring, identity(EDITED), "law")
    with pytest.raises(NotFound):
        take_down(paper.wiring, "0000000000000000", "law")


def test_a_reason_is_needed(call: Call) -> None:
    assert call("takedown", "1234", "--reason", " ").status == 2
