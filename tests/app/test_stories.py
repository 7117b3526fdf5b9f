"""Stories as users meet them: grouped rows, stories of the demonstration, decisions that hold."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sosik.app.flows import footprints
from sosik.app.flows import stories as following
from sosik.app.flows.footprints import Batch, make_footprints, unchanged
from sosik.app.flows.read import analyse_stale
from sosik.app.flows.stories import CONSUMER, StoriesReport, follow_stories
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.outlets import OUTLETS
from sosik.demo.texts import read_articles
from sosik.model.article import Article, article_id
from sosik.model.instants import Provenance, Published
from sosik.model.story import Story
from sosik.model.url import canonical_url
from tests.app.conftest import Answer, Call, wiring_on

GROUP_KEYS = {"story", "kind", "articles", "reason"}
KINDS = {"verbatim", "press-release-rewrite", "same-event-different-text"}
SWEEPERS = (
    "빛내시가 자율주행 청소차 8대를 들여와 20일 새벽부터 도심 12km 구간을 청소한다. 차값은 대당 3억4천만 원이다. "
    "심우람 빛내시장은 “새벽 노동의 위험을 덜겠다”고 말했다."
)
COUNSEL = (
    "빛내시가 20일부터 인공지능 민원 상담을 시작했다. 전화로 물으면 인공지능이 답하고 어려운 물음은 담당자에게 넘긴다. "
    "시는 하루 민원 2천300건 가운데 절반을 처리할 것으로 본다."
)


def row(name: object, title: str, text: str, day: str = "2026-05-20") -> dict[str, object]:
    return {
        "id": name,
        "title": title,
        "text": text,
        "published": day,
        "outlet": "시험일보",
        "url": f"https://a.test/{name}",
    }


ROWS = (
    row("one", "빛내시, 자율주행 청소차 8대 도입", SWEEPERS),
    row(2, "새벽 청소는 자율주행차가", SWEEPERS, "2026-05-21"),
    row("three", "빛내시, 인공지능 민원 상담 시작", COUNSEL),
)


def write(file: Path, rows: Iterable[object]) -> Path:
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows), encoding="utf-8")
    return file


def test_rows_are_grouped_under_the_ids_they_came_with(call: Call, tmp_path: Path) -> None:
    answer = call("group", write(tmp_path / "rows.jsonl", ROWS))
    assert answer.status == 0
    (story,) = answer.lines
    assert story.keys() >= GROUP_KEYS
    assert story["kind"] == "verbatim"
    assert story["articles"] == ["one", 2]
    assert (story["first"], story["copies"]) == ("one", [2])
    assert "340 million KRW" in story["reason"]


def test_a_bad_row_is_named_and_the_others_are_grouped(call: Call, tmp_path: Path) -> None:
    file = write(tmp_path / "rows.jsonl", [*ROWS, {"id": "empty", "title": "", "text": ""}])
    file.write_bytes(file.read_bytes() + b"{broken\n")
    answer = call("group", file, "--json")
    assert answer.status == 1
    assert [json.loads(line)["line"] for line in answer.err.splitlines()] == [4, 5]
    assert len(answer.lines) == 1


def test_one_id_of_two_outlets_is_two_articles(call: Call, tmp_path: Path) -> None:
    rows = [ROWS[0], {**ROWS[1], "id": "one", "outlet": "다른일보"}]
    answer = call("group", write(tmp_path / "rows.jsonl", rows))
    assert answer.status == 0
    assert answer.lines[0]["articles"] == ["one", "one"]


def test_an_article_is_no_copy_of_itself(call: Call, tmp_path: Path) -> None:
    rows = [*ROWS, ROWS[0], {"id": "empty", "title": "", "text": ""}]
    answer = call("group", write(tmp_path / "rows.jsonl", rows))
    assert answer.status == 1
    assert [each["articles"] for each in answer.lines] == [["one", 2]]
    again, empty = answer.err.splitlines()
    assert "line 4: id 'one' is that of line 1 already" in again
    assert "line 5" in empty


def test_what_is_imported_is_grouped(call: Call, tmp_path: Path) -> None:
    rows = write(tmp_path / "rows.jsonl", ROWS)
    assert call("import", rows).status == 0
    (story,) = call("story", "--json").lines
    assert len(story["articles"]) == 2
    assert call("import", rows).status == 0
    assert call("story", "--json").lines == [story]


def test_nothing_in_nothing_out(call: Call, tmp_path: Path) -> None:
    assert call("group", write(tmp_path / "rows.jsonl", [])) == Answer(0, "", "")


def gold(tmp_path: Path) -> Path:
    write(tmp_path / "set-articles.jsonl", ROWS)
    labelled = [
        {"kind": "verbatim", "event": "sweepers", "excerpt_only": False, "articles": ["one", "2"]},
        {"kind": "not-duplicates", "event": None, "excerpt_only": False, "articles": ["one", "three"]},
        {"kind": "verbatim", "event": "counsel", "excerpt_only": True, "articles": ["three"]},
    ]
    return write(tmp_path / "set.jsonl", labelled)


def test_evaluation_finds_the_articles_beside_the_gold_or_after_it(call: Call, tmp_path: Path) -> None:
    file = gold(tmp_path)
    beside = call("eval", "stories", file, "--json").json
    assert beside["figures"]["F1 over pairs"]["value"] == 1.0
    assert beside["figures"]["F1 over pairs"]["of"] == 1
    assert beside["figures"]["look-alikes kept apart"]["of"] == 1
    moved = (tmp_path / "set-articles.jsonl").rename(tmp_path / "elsewhere.jsonl")
    assert call("eval", "stories", file, moved, "--json").json == beside


def test_evaluation_counts_what_is_missed_and_wrongly_joined(call: Call, tmp_path: Path) -> None:
    file = gold(tmp_path)
    labelled = [
        {"kind": "verbatim", "articles": ["one", "three"]},
        {"kind": "not-duplicates", "articles": ["one", "2"]},
    ]
    answer = call("eval", "stories", write(file, labelled), "--json", "--faults").json
    assert answer["figures"]["F1 over pairs"]["value"] == 0.0
    assert answer["figures"]["look-alikes kept apart"]["value"] == 0.0
    assert answer["faults"] == ["missed one and three", "look-alikes joined: 2 and one"]


def test_evaluation_says_what_is_wrong_with_the_files(call: Call, tmp_path: Path) -> None:
    file = gold(tmp_path)
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"kind": "verbatim", "articles": ["one", "nobody"]}\n')
    assert "nobody" in call("eval", "stories", file).err
    (tmp_path / "set-articles.jsonl").unlink()
    assert "set-articles.jsonl" in call("eval", "stories", file).err


def releases(wiring: Wiring) -> dict[str, set[str]]:
    """Return which articles of the demonstration repeat which release, as its authors say."""
    outlets = {each.id: each for each in OUTLETS}
    wanted: dict[str, set[str]] = {}
    for each in read_articles():
        if each.release:
            url = canonical_url(outlets[each.outlet].url_of(each))
            wanted.setdefault(each.release, set()).add(article_id(each.outlet, url))
    with wiring.ledger() as ledger, ledger.read() as unit:
        return {
            release: kept
            for release, articles in wanted.items()
            if len(kept := {each for each in articles if unit.articles.get(each)}) > 1
        }


def stories(wiring: Wiring) -> tuple[Story, ...]:
    with wiring.ledger() as ledger, ledger.read() as unit:
        return unit.stories.largest(1000)


def test_the_stories_of_the_demonstration_are_its_releases(finished_demo: Path, first_run: dict[str, Any]) -> None:
    wiring = wiring_on(finished_demo)
    found = stories(wiring)
    assert sorted(map(sorted, releases(wiring).values())) == sorted(sorted(each.articles) for each in found)
    assert first_run["stories"] == len(found)


def test_the_list_says_how_many_more_stories_there_are(call: Call, demo_data: Path) -> None:
    (largest,) = call("story", "--limit", "1", "--json").lines
    every = call("story", "--json").lines
    assert every[0] == largest
    assert len(every) > 1
    assert call("story", "-n", "1").out.endswith(f"1 of {len(every)} stories; --limit shows more\n")
    assert "stories" not in call("story").out.splitlines()[-1]


def test_counts_without_copies(call: Call, demo_data: Path) -> None:
    copies = sum(len(each.copies) for each in stories(wiring_on(demo_data)))
    rows = call("trends", "--json").lines
    assert copies > 0
    assert sum(each["count"] - each["count_without_copies"] for each in rows) == copies


def test_a_story_is_shown_by_its_id_and_by_that_of_an_article(call: Call, demo_data: Path) -> None:
    listed = call("story", "--json").lines
    assert len(listed) == len(stories(wiring_on(demo_data)))
    titles = [each["title"] for each in listed]
    assert "광주시-나주시-무등대학교-새길모빌리티, 광역 자율주행 셔틀 실증 업무협약" in titles, (
        "the release, not a copy"
    )
    assert all(each in call("story").out for each in titles)
    shown = call("story", listed[0]["story"], "--json").json
    assert [each["id"] for each in shown["members"]] == shown["articles"]
    assert shown["first"] not in shown["copies"]
    assert shown["kind"] in KINDS
    assert call("story", shown["articles"][-1], "--json").json == shown
    for_people = call("story", listed[0]["story"]).out
    assert "first" in for_people
    assert "copy" in for_people
    assert call("story", "nothing").status == 1


def test_a_split_holds_on_replay_and_a_merge_undoes_it(call: Call, demo_data: Path) -> None:
    whole = call("story", "--json").lines[0]
    out = whole["articles"][-1]
    assert call("story", "split", whole["story"], out, "--by", "가람", "--json").json["story"] is None
    left = call("story", whole["story"], "--json").json
    assert left["articles"] == whole["articles"][:-1]
    assert left["decisions"][0]["by"] == "가람"
    edit(wiring_on(demo_data), out)
    assert call("story", whole["story"], "--json").json == left
    assert call("story", "merge", whole["story"], out, "--json").json["articles"] == whole["articles"]


def edit(wiring: Wiring, name: str) -> None:
    """Have the outlet add a sentence, so that the article is compared anew."""
    with wiring.ledger() as ledger, ledger.write() as unit:
        found = unit.articles.get(name)
        assert found is not None
        unit.articles.put(
            replace(found, text=f"{found.text} 문의는 담당 부서로 하면 된다.", captured=DEMO_NOW, capture=None)
        )
    analyse_stale(wiring)
    assert follow_stories(wiring).compared >= 1


def test_two_stories_become_one_and_keep_both_ids(call: Call, demo_data: Path) -> None:
    one, other = call("story", "--json").lines[:2]
    merged = call("story", "merge", one["story"], other["story"], "--json").json
    assert set(merged["articles"]) == {*one["articles"], *other["articles"]}
    for name in (one["story"], other["story"]):
        assert call("story", name, "--json").json["story"] == merged["story"]
    assert demo_data.exists()


@pytest.fixture
def wiring(data: Path) -> Wiring:
    return wiring_on(data)


def add(wiring: Wiring, number: int, title: str, text: str, day: str = "2026-03-02") -> str:
    article = Article(
        id=article_id("it-life", str(number)),
        source=f"outlet-{number}",
        url=f"http://a.test/{number}",
        title=title,
        text=text,
        published=Published.from_iso(day, Provenance.META),
    )
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.articles.put(article)
    analyse_stale(wiring)
    follow_stories(wiring)
    return article.id


def test_a_story_keeps_its_id_while_it_grows_even_at_the_front(wiring: Wiring) -> None:
    one = add(wiring, 1, "빛내시, 자율주행 청소차 8대 도입", SWEEPERS, "2026-05-20")
    assert stories(wiring) == ()
    two = add(wiring, 2, "새벽 청소는 자율주행차가", SWEEPERS, "2026-05-21")
    (told,) = stories(wiring)
    assert told.articles == (one, two)
    earlier = add(wiring, 3, "빛내시 청소차 8대", SWEEPERS, "2026-05-19")
    (grown,) = stories(wiring)
    assert grown.id == told.id
    assert (grown.first, grown.articles) == (earlier, (earlier, one, two))
    assert set(grown.copies) == {one, two}


def test_an_article_rewritten_to_another_event_leaves_its_story(wiring: Wiring) -> None:
    one = add(wiring, 1, "빛내시, 자율주행 청소차 8대 도입", SWEEPERS)
    two = add(wiring, 2, "새벽 청소는 자율주행차가", SWEEPERS)
    assert [set(each.articles) for each in stories(wiring)] == [{one, two}]
    assert add(wiring, 2, "빛내시, 인공지능 민원 상담 시작", COUNSEL) == two
    assert stories(wiring) == ()


def test_following_twice_changes_nothing(wiring: Wiring) -> None:
    for number in (1, 2):
        add(wiring, number, "빛내시, 자율주행 청소차 8대 도입", SWEEPERS)
    with wiring.ledger() as ledger, ledger.read() as unit:
        before = unit.versions([each for story in stories(wiring) for each in story.articles])
    again = follow_stories(wiring)
    assert (again.compared, again.moved) == (0, 0)
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.cursors.put(CONSUMER, {"changes": 0})
    repeated = follow_stories(wiring)
    assert (repeated.compared, repeated.moved) == (0, 0)
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.versions(list(before)) == before


def test_what_changes_while_it_is_prepared_is_left_for_later(wiring: Wiring) -> None:
    one, two = (add(wiring, number, "빛내시, 자율주행 청소차 8대 도입", SWEEPERS) for number in (1, 2))
    made = make_footprints(wiring, Batch(articles=(one, two, "taken down"), mark=0, seen=3))
    assert {each.article for each in made} == {one, two}
    edit(wiring, one)  # which comes again as a change
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert [each.article for each in unchanged(unit, made)] == [two]


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is compared anew, a few articles at a time."""
    monkeypatch.setattr(following, "CONSUMER", "stories-other")
    for module in (following, footprints):
        monkeypatch.setattr(module, "VERSION", "other")
    monkeypatch.setattr(footprints, "_BATCH", 16)


@pytest.mark.usefixtures("other_rules")
@pytest.mark.parametrize("workers", [1, 2])
def test_other_rules_compare_everything_and_leave_stories_as_they_are(demo_data: Path, workers: int) -> None:
    wiring = Wiring(Settings(data=demo_data, workers=workers), DemoClock())
    before = stories(wiring)
    report = follow_stories(wiring)
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert report.compared == unit.articles.count()
    assert stories(wiring) == before
    assert follow_stories(wiring) == StoriesReport()


class Killed(Exception):
    """Stands for a kill between two batches."""


@pytest.mark.usefixtures("other_rules")
def test_a_kill_between_batches_loses_nothing(demo_data: Path) -> None:
    wiring = wiring_on(demo_data)
    before = stories(wiring)

    def kill(what: str, done: int, total: int | None = None) -> None:
        raise Killed(f"{what}: {done} of {total}")

    with pytest.raises(Killed):
        follow_stories(wiring, progress=kill)
    with wiring.ledger() as ledger, ledger.read() as unit:
        every = [each.id for each in unit.articles.walk(limit=1000)]
        left = len(unit.stories.outdated(every, "other"))
    assert 0 < left < len(every)
    assert follow_stories(wiring).compared == left
    assert stories(wiring) == before


def test_an_article_taken_down_leaves_its_story_and_nothing_that_it_said(call: Call, data: Path) -> None:
    wiring = wiring_on(data)
    one, two, three = (add(wiring, number, "빛내시, 자율주행 청소차 8대 도입", SWEEPERS) for number in (1, 2, 3))
    (told,) = stories(wiring)
    assert call("takedown", one, "--reason", "court order").status == 0
    (left,) = stories(wiring)
    assert (left.id, set(left.articles), left.copies) == (told.id, {two, three}, left.articles[1:])
    assert call("takedown", two, "--reason", "court order").status == 0
    assert stories(wiring) == ()
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.stories.place(three) is None
        assert unit.stories.links([one, two, three]) == ()


PLACES = ("빛내", "한솔", "새별", "다온", "가람")
EVERYDAY = (
    "{}시는 {}일 밝혔다. 주민 {}명을 대상으로 골목을 청소하고 나무를 심는 행사를 열었다. 시가 마을을 이끌고 있다."
)
NOTICE = "저작권자 ⓒ 아침소식, 무단전재 금지"


def test_neither_a_growing_archive_nor_what_stands_in_every_article_rises(call: Call, wiring: Wiring) -> None:
    def write(many: int, day: str, text: str) -> None:
        with wiring.ledger() as ledger, ledger.write() as unit:
            for number in range(many):
                name = f"{day}-{text[-9:]}-{number}"
                where = PLACES[number % len(PLACES)]
                article = Article(
                    id=article_id("it-life", name),
                    source=f"outlet-{number}",
                    url=f"http://a.test/{name}",
                    title=f"{where}시, 골목 청소 행사",
                    text=text.format(where, 10 + number % 9, 20 + number),
                    published=Published.from_iso(day, Provenance.META),
                )
                unit.articles.put(article)

    write(10, "2026-02-10", EVERYDAY)
    write(40, "2026-03-02", EVERYDAY + "\n" + NOTICE)
    write(6, "2026-03-03", EVERYDAY + " 해상풍력 발전단지를 세우겠다고 밝히고 나섰다.")
    analyse_stale(wiring)
    assert call("reindex").status == 0
    rows = call("rising", "--until", "2026-03-05", "--past", "28", "--by", "term", "--json").lines
    assert {each["value"] for each in rows} == {"해상풍력", "풍력발전", "발전단지"}


def test_what_rises_is_shown_with_the_articles_behind_it(call: Call, demo_data: Path) -> None:
    rows = call("rising", "--days", "30", "--past", "60", "--until", "2026-03-23", "--json").lines
    assert {each["field"] for each in rows} >= {"topic", "term"}
    for each in rows:
        assert each["count"] > each["expected"]
        assert each["articles"]
    topics = call("rising", "--days", "30", "--past", "60", "--until", "2026-03-23", "--by", "topic", "--json").lines
    assert topics == [each for each in rows if each["field"] == "topic"]
    assert "against" in call("rising", "--until", "2026-03-23").out
    assert call("rising", "--until", "soon").status == 2
    assert demo_data.exists()
