"""Each command as a user meets it: words, JSON, exit status."""

import json
import shutil
from pathlib import Path

import pytest

from sosik.app.evaluate import kinds
from tests.app.conftest import Call

EXTRACT_KEYS = {"title", "text", "authors", "published", "precision", "modified", "url", "error"}
ANALYSE_KEYS = {"id", "topics", "regions", "organisations", "people", "amounts", "dates"}
HIT_KEYS = {"id", "title", "outlet", "published", "url", "topics", "score", "highlights"}

PAGE = """<!doctype html><html lang=ko><head><meta charset=utf-8>
<meta property="og:title" content="빛고을시, 인공지능 집적단지 실증 사업 착수">
<meta property="article:published_time" content="2026-03-02T09:10:00+09:00">
<link rel="canonical" href="https://bitgoeul.example/news/1"></head>
<body><article><h1>빛고을시, 인공지능 집적단지 실증 사업 착수</h1>
<p>빛고을시는 2일 첨단지구 인공지능 집적단지에서 자율주행 실증 사업을 시작했다고 밝혔다.
사업에는 3년 동안 120억원이 든다.</p>
<p>시는 실증에 참여할 기업 열두 곳을 골랐으며, 데이터센터의 연산 자원을 기업마다 나누어 주기로 했다고 설명했다.</p>
<p>참여 기업은 올해 말까지 도로 40킬로미터에서 차를 달리고, 그 결과를 시민에게
공개한다는 계획이다.</p></article></body></html>"""
ROW = {
    "id": "a1",
    "title": "빛고을시, 인공지능 집적단지 조성",
    "text": "빛고을시가 인공지능 집적단지를 조성한다. 집적단지에는 120억원이 든다.",
    "published": "2026-03-02",
    "outlet": "시험일보",
    "url": "https://sihum.example/1?utm_source=x",
}

TOYS = (
    'id = "toys"\nkorean = "완구"\nenglish = "Toys"\ndescription = "toys"\nthreshold = 4.5\n'
    '[[for]]\nrule = "all"\nwords = ["완구"]\n'
    '[samples]\nmatch = ["완구 공장이 문을 열었다", "로봇이 나왔다"]\nother = ["공장이 섰다", "비가 온다"]\n'
)


def write_lines(file: Path, *rows: object) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_extract(call: Call, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    answer = call("extract", page, "--url", "https://bitgoeul.example/news/1", "--json")
    assert answer.status == 0
    assert answer.json.keys() >= EXTRACT_KEYS
    assert answer.json["title"] == "빛고을시, 인공지능 집적단지 실증 사업 착수"
    assert answer.json["published"] == "2026-03-02T09:10:00+09:00"
    assert "120억원" in answer.json["text"]
    for_people = call("extract", page, "--url", "https://bitgoeul.example/news/1")
    assert json.loads(for_people.out) == answer.json


def test_extract_of_nothing_says_why(call: Call, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body></body></html>", encoding="utf-8")
    answer = call("extract", page, "--url", "https://bitgoeul.example/news/1", "--json")
    assert answer.status == 1
    assert answer.json["text"] == ""
    assert answer.json["error"]


def test_extract_of_no_file(call: Call) -> None:
    answer = call("extract", "no.html", "--url", "https://a.example/", "--json")
    assert (answer.status, answer.out) == (1, "")
    assert "no.html" in json.loads(answer.err)["error"]
    assert call("extract", "no.html", "--url", "https://a.example/").err.startswith("sosik: no file named")


def test_analyse(call: Call, tmp_path: Path) -> None:
    answer = call("analyse", write_lines(tmp_path / "rows.jsonl", ROW), "--json")
    assert answer.status == 0
    (row,) = answer.lines
    assert row.keys() >= ANALYSE_KEYS
    assert row["id"] == "a1"
    assert "ai-cluster" in {each["id"] for each in row["topics"]}
    whole = f"{ROW['title']}\n{ROW['text']}"
    evidence = [each for topic in row["topics"] for each in topic["evidence"]]
    assert evidence
    assert all(whole[each["start"] : each["end"]] == each["text"] for each in evidence)
    assert {each["value"] for each in row["amounts"]} == {12_000_000_000}


def test_analyse_answers_both_ends_of_a_range_and_what_is_counted(call: Call, tmp_path: Path) -> None:
    text = "사업비는 7천억~8천억원이며 21개 기업이 매출의 10∼15%를 낸다."
    (row,) = call("analyse", write_lines(tmp_path / "rows.jsonl", {**ROW, "text": text})).lines
    found = [(each["surface"], each["value"], each["low"], each["high"], each["counts"]) for each in row["amounts"]]
    low, high = 700_000_000_000, 800_000_000_000
    assert found == [
        ("7천억~8천억원", low, low, high, None),
        ("7천억~8천억원", high, low, high, None),
        ("21개", 21, None, None, "기업"),
        ("10∼15%", 10, 10, 15, None),
        ("10∼15%", 15, 10, 15, None),
    ]


def test_headlines_of_korean_editors(call: Call, tmp_path: Path) -> None:
    said = "확산 체계 구축[모두의 AI 광주 10·끝]"
    for body in (said.encode("cp949") + b"\r\n", b"\xef\xbb\xbf" + said.encode() + b"\r\n\r\n"):
        (tmp_path / "headlines.txt").write_bytes(body)
        row = json.loads(call("headline", str(tmp_path / "headlines.txt")).out)
        assert (row["headline"], row["series"], row["installment"]) == (said, "모두의 AI 광주", 10)


def test_analyse_goes_on_after_bad_rows(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    good = json.dumps(ROW, ensure_ascii=False).encode()
    bad = [
        b"{",
        b"[]",
        b'{"id": "x"}',
        b"\xff\xfe",
        b'{"title": ["a"], "text": "b"}',
        b'{"title": "\\ud800", "text": "a"}',
    ]
    file.write_bytes(b"\n".join([good, *bad, b"", good.replace(b'"a1"', b"17")]))
    answer = call("analyse", file, "--json")
    assert answer.status == 1
    assert [each["id"] for each in answer.lines] == ["a1", "line 7", 17]
    faults = [json.loads(line) for line in answer.err.splitlines()]
    assert [each["line"] for each in faults] == [2, 3, 4, 5, 6]
    assert all(each["error"] for each in faults)


@pytest.mark.parametrize("command", ["analyse", "group"])
def test_json_beyond_all_measure_is_named_and_the_others_go_on(call: Call, tmp_path: Path, command: str) -> None:
    file = write_lines(tmp_path / "rows.jsonl", ROW)
    long, deep = '{"id":' + "1" * 6000 + ',"title":"t","text":"x"}', "[" * 200_000
    file.write_text(f"{long}\n{deep}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    answer = call(command, file)
    assert answer.status == 1
    assert len(answer.lines) == (command == "analyse")
    assert [each.partition(" JSON: ")[0] for each in answer.err.splitlines()] == [
        "sosik: line 1: not",
        "sosik: line 2: not",
    ]


@pytest.mark.parametrize("command", ["analyse", "group"])
@pytest.mark.parametrize(("rows", "indent"), [([ROW, ROW], 2), ([ROW, ROW], None), (ROW, 2)])
def test_json_that_is_no_json_lines_gets_one_hint(
    call: Call, tmp_path: Path, command: str, rows: object, indent: int | None
) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows, indent=indent), encoding="utf-8")
    answer = call(command, file)
    assert (answer.status, answer.out) == (1, "")
    (hint,) = answer.err.splitlines()
    assert ("jq -c '.[]'" if isinstance(rows, list) else "jq -c '.'") in hint


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon"])
def test_what_rises_until_no_day_of_ours(call: Call, day: str) -> None:
    answer = call("rising", "--until", day)
    assert answer.status == 2
    assert "--until takes a day such as" in answer.err


@pytest.mark.parametrize("published", ["어제", "2026-02-31", "0001-01-01", "9999-12-31T23:59:59+09:00"])
@pytest.mark.parametrize("command", ["analyse", "group"])
def test_a_row_of_a_strange_date_is_read_as_undated(call: Call, tmp_path: Path, command: str, published: str) -> None:
    answer = call(command, write_lines(tmp_path / "rows.jsonl", {**ROW, "published": published}))
    assert answer.status == 0
    assert len(answer.lines) == (command == "analyse")
    assert "line 1" in answer.err
    assert "read as undated" in answer.err


@pytest.mark.usefixtures("demo_data")
class TestAfterTheDemonstration:
    def test_search(self, call: Call) -> None:
        answer = call("search", "인공지능집적단지", "--json")
        assert answer.status == 0
        assert all(each.keys() >= HIT_KEYS for each in answer.lines)
        matched = {each["text"] for hit in answer.lines for each in hit["highlights"]}
        assert {"인공지능집적단지", "인공지능 집적단지"} <= matched

    def test_a_compound_is_found_with_and_without_spaces(self, call: Call) -> None:
        for joined, spaced in (("인공지능집적단지", '"인공지능 집적단지"'), ("실증사업", '"실증 사업"')):
            first, second = (
                {each["id"] for each in call("search", query, "--limit", "100", "--json").lines}
                for query in (joined, spaced)
            )
            assert first == second != set()

    def test_search_for_people_marks_the_words(self, call: Call) -> None:
        answer = call("search", "인공지능집적단지", "--limit", "1")
        assert "«인공지능 집적단지»" in answer.out or "«인공지능집적단지»" in answer.out
        assert "1 of" in answer.out

    def test_or_not_and_fields(self, call: Call) -> None:
        def found(*query: str) -> set[str]:
            return {each["id"] for each in call("search", *query, "--limit", "1000", "--json").lines}

        assert found("자율주행 OR 드론") == found("자율주행") | found("드론")
        assert found("인공지능", "-드론") == found("인공지능") - found("드론")
        march = call("search", "from:2026-03-01 to:2026-03-31", "--limit", "1000", "--json").lines
        assert march
        assert all(each["published"].startswith("2026-03") for each in march)
        tagged = call("search", "topic:ai-cluster", "--limit", "1000", "--json").lines
        assert tagged
        assert all("ai-cluster" in each["topics"] for each in tagged)

    def test_a_mistake_in_a_query_is_pointed_at(self, call: Call) -> None:
        answer = call("search", "(실증")
        assert answer.status == 1
        assert answer.err.splitlines()[1:] == ["(실증", "^"]
        assert "bracket" in json.loads(call("search", "(실증", "--json").err)["error"]

    def test_an_unknown_option_is_wrong_usage(self, call: Call) -> None:
        assert call("search", "실증", "--limti", "3").status == 2
        assert call("search").status == 2

    def test_trends(self, call: Call) -> None:
        months = call("trends", "--json").lines
        assert {each["bucket"] for each in months} >= {"2025-10", "2026-03"}
        assert all(each["key"] is None and each["count"] >= each["count_without_copies"] for each in months)
        assert sum(each["count"] for each in months) == call("index", "status", "--json").json["articles"]
        by_topic = call("trends", "--by", "topic", "--interval", "month", "--json").lines
        assert "ai-cluster" in {each["key"] for each in by_topic}
        assert "█" in call("trends", "인공지능").out

    def test_show(self, call: Call) -> None:
        name = call("search", "인공지능집적단지", "--limit", "1", "--json").lines[0]["id"]
        answer = call("show", name, "--json")
        assert answer.json["id"] == name
        assert answer.json["revisions"]
        assert call("show", name[:8], "--json").json == answer.json
        assert answer.json["title"] in call("show", name).out
        missing = call("show", "no-such-article")
        assert missing.status == 1
        assert "no article named 'no-such-article'" in missing.err

    def test_an_edited_article_has_two_revisions(self, call: Call) -> None:
        titles = call("search", "from:2025-01-01", "--limit", "1000", "--json").lines
        revised = [each for each in (call("show", hit["id"], "--json").json for hit in titles) if each["revision"] == 2]
        assert revised
        assert all(len(each["revisions"]) == 2 for each in revised)

    def test_a_lost_index_is_rebuilt_the_same(self, call: Call, data: Path) -> None:
        queries = ("인공지능", "topic:ai-cluster", "실증 -드론")

        def answers() -> list[str]:  # newest first: scores count what was deleted until the index is merged
            return [call("search", each, "--newest", "--limit", "1000", "--json").out for each in queries]

        before = answers()
        shutil.rmtree(data / "index")
        lost = call("search", "인공지능")
        assert lost.status == 1
        assert "sosik reindex" in lost.err
        rebuilt = call("reindex", "--json")
        assert rebuilt.json["documents"] == call("index", "status", "--json").json["articles"]
        assert answers() == before

    def test_a_rebuild_leaves_the_living_generation_and_the_former(self, call: Call, data: Path) -> None:
        for _ in range(2):
            before = call("index", "status", "--json").json
            assert call("reindex").status == 0
            living = call("index", "status", "--json").json
            assert living["former"] == before["generation"] != living["generation"]
            assert len([each for each in (data / "index").iterdir() if each.is_dir()]) == 2
            assert (living["documents"], living["pending"]) == (living["articles"], 0)


@pytest.mark.parametrize("command", ["search 실증", "trends"])
def test_before_anything_was_read(call: Call, command: str) -> None:
    answer = call(*command.split())
    assert answer.status == 1
    assert answer.err.startswith("sosik: no index named")
    assert len(answer.err.splitlines()) == 1


def test_sources_list(call: Call) -> None:
    listed = call("sources", "list", "--json").lines
    assert {"it-life", "mudeung-sinmun"} <= {each["id"] for each in listed}
    assert all("it-life" not in line for line in call("sources", "list", "--no-demo").out.splitlines())


def test_crawl_of_an_unknown_source(call: Call) -> None:
    answer = call("crawl", "no-such-source")
    assert answer.status == 1
    assert "sosik sources list" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "soon"),
        ("--backfill", "2026-01-01"),
        ("--backfill", "2026-02-01..2026-01-01"),
        ("--since", "7d", "--backfill", "2026-01-01..2026-01-02"),
    ],
)
def test_crawl_with_a_wrong_span(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("crawl", "it-life", *arguments).status == 2


def test_check_names_every_mistake(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("check").status == 0
    folder = tmp_path / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "one.toml").write_text('nmae = "하나"\n', encoding="utf-8")
    (folder / "two.toml").write_text("name = \n", encoding="utf-8")
    monkeypatch.setenv("SOSIK_CATALOGUE", str(tmp_path / "catalogue"))
    answer = call("check", "--json")
    assert answer.status == 1
    first, second = answer.json["mistakes"]
    assert "one.toml: nmae" in first
    assert "Did you mean name" in first
    assert "two.toml: not TOML" in second


def test_check_tries_the_samples_of_topics(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "catalogue" / "topics"
    folder.mkdir(parents=True)
    (folder / "toys.toml").write_text(TOYS, encoding="utf-8")
    monkeypatch.setenv("SOSIK_CATALOGUE", str(tmp_path / "catalogue"))
    (mistake,) = call("check", "--json").json["mistakes"]
    assert mistake.startswith(f"{folder / 'toys.toml'}: samples.match: '로봇이 나왔다'"), (
        "the title and a sentence count"
    )


def test_check_reads_the_other_topics_where_one_is_wrong(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = call("check", "--json").json["checked"]
    folder = tmp_path / "catalogue" / "topics"
    (folder / "y.toml").mkdir(parents=True)
    (folder / "bad.toml").write_text("id = \n", encoding="utf-8")
    (folder / "toys.toml").write_text(TOYS, encoding="utf-8")
    monkeypatch.setenv("SOSIK_CATALOGUE", str(tmp_path / "catalogue"))
    answer = call("check", "--json")
    assert answer.status == 1
    bad, of_a_folder, sample = answer.json["mistakes"]
    assert bad.startswith(f"{folder / 'bad.toml'}: is not TOML")
    assert of_a_folder.startswith(f"{folder / 'y.toml'}: cannot be read")
    assert sample.startswith(f"{folder / 'toys.toml'}: samples.match")
    assert answer.json["checked"]["topics"] == shipped["topics"] + 1
    assert answer.json["checked"]["samples"] == shipped["samples"] + 4


def test_check_names_a_wrong_setting(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOSIK_CATALOUGE", "x")
    answer = call("check")
    assert answer.status == 1
    assert "Did you mean SOSIK_CATALOGUE?" in answer.err


def test_eval_topics(call: Call, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", {**ROW, "gold": {"topics": ["ai-cluster", "robotics-drones"]}})
    answer = call("eval", "topics", gold, "--json", "--faults")
    figures = answer.json["figures"]
    assert figures["ai-cluster"]["value"] == 1.0
    assert figures["robotics-drones"]["value"] == 0.0
    assert figures["on-topic"]["value"] == 1.0
    assert "a1: missed robotics-drones" in answer.json["faults"]
    assert "micro-F1" in call("eval", "topics", gold).out


def test_eval_extraction(call: Call, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    row = {
        "file": "page.html",
        "url": "https://bitgoeul.example/news/1",
        "title": "빛고을시, 인공지능 집적단지 실증 사업 착수",
        "published": "2026-03-02T09:10:33+09:00",
        "author": None,
        "must": ["참여할 기업 열두 곳", "없는 말"],
        "must_not": ["구독"],
    }
    answer = call("eval", "extraction", write_lines(tmp_path / "gold.jsonl", row), "--json")
    values = {name: each["value"] for name, each in answer.json["figures"].items()}
    assert values == {"must": 0.5, "must_not": 1.0, "title": 1.0, "minute": 1.0, "author": 1.0}


def test_eval_of_something_else(call: Call, tmp_path: Path) -> None:
    answer = call("eval", "beauty", tmp_path / "gold.jsonl")
    assert answer.status == 2
    assert all(each in answer.err for each in kinds())
    assert "gold file" in call("eval", "topics", tmp_path / "gold.jsonl").err
    assert "no gold" in call("eval", "topics", write_lines(tmp_path / "gold.jsonl", {"title": "", "text": ""})).err


def test_every_command_explains_itself(call: Call) -> None:
    listed = call("--help")
    assert listed.status == 0
    for name in ("demo", "crawl", "import", "extract", "analyse", "search", "trends", "show", "eval", "replay"):
        assert name in listed.out
        told = call(name, "--help")
        assert told.status == 0
        assert "--json" in told.out
    assert call("no-such-command").status == 2
