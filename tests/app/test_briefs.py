"""Briefs as a user meets them: commands, the flow, the index."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from sosik.app.flows.briefs import draft_missing
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from tests.app.conftest import Call, wiring_on
from tests.enrich.briefs.scripted import Refusal, serving

HEADLINE = "인공지능 실증에 머물지 않고 확산 체계 구축[모두의 AI 광주⑩끝]"
FIRST_LINE = f"EN brief: {HEADLINE} (it-life) + 1 glossary term."


@pytest.fixture
def final(call: Call, demo_data: Path) -> str:
    """The id of the last installment of the series."""
    hits = call("search", "실증에 머물지 outlet:IT라이프", "--json").lines
    return next(str(each["id"]) for each in hits if each["title"] == HEADLINE)


def test_the_first_line_is_that_of_the_sample(call: Call, final: str) -> None:
    answer = call("brief", final)
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert lines[0] == FIRST_LINE
    assert [each for each in lines if each.startswith("## ")] == [
        "## Summary",
        "## Full story (facts of the article)",
        "## Context",
        "## Examples",
    ]
    assert "Status: draft" in answer.out
    assert "**실증** *siljeung* (sil-jeung)" in answer.out
    assert "it is no translation" in answer.out


def test_the_korean_stands_under_each_statement(call: Call, final: str) -> None:
    found = call("brief", final, "--json").json
    assert found["title_line"] == FIRST_LINE
    assert (found["status"], found["blocked"]) == ("draft", [])
    korean = {each["n"]: each["text"] for each in found["sentences"]}
    out = call("brief", "--json", final).json
    assert out == found
    shown = call("brief", final).out
    for statement in found["statements"]:
        assert statement["cites"]
        assert all(f"> {number}. {korean[number][:10]}" in shown.replace("\\", "") for number in statement["cites"])


def test_every_article_has_a_brief_and_a_second_run_drafts_none(demo_data: Path) -> None:
    wiring = wiring_on(demo_data)
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.briefs.count() == unit.articles.count()
    assert draft_missing(wiring).drafted == 0


def test_the_briefs_title_is_the_english_line_of_the_hit(call: Call, final: str) -> None:
    (hit,) = [each for each in call("search", "실증에 머물지", "--json").lines if each["id"] == final]
    assert hit["english"] == call("brief", final, "--json").json["english_title"]


def test_editors_decide(call: Call, final: str) -> None:
    assert call("brief", "approve", final, "--json").json["changed"] is True
    assert call("brief", "approve", final, "--json").json["changed"] is False
    assert "Status: approved (by an editor)" in call("brief", final).out
    assert call("brief", "withdraw", final).status == 0
    assert call("brief", final, "--json").json["status"] == "withdrawn"


def test_an_id_that_nothing_has(call: Call, demo_data: Path) -> None:
    answer = call("brief", "nope")
    assert (answer.status, answer.out) == (1, "")
    assert "search" in answer.err


def check(call: Call, tmp_path: Path, value: object) -> Any:
    file = tmp_path / "statements.json"
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return call("brief", "check", file)


def test_a_printed_brief_can_be_checked_anew(call: Call, final: str, tmp_path: Path) -> None:
    printed = call("brief", final, "--json").json
    assert {each["check"] for each in printed["statements"]} == {"pass"}
    again = check(call, tmp_path, printed).lines
    assert [each["text"] for each in again] == [each["text"] for each in printed["statements"]]
    assert all(each["check"] != "block" for each in again), "it knows its day and its outlet"


FILE: dict[str, Any] = {
    "title": "광주시, 반도체 실증에 2천100억 투입",
    "text": "광주시는 12일 반도체 실증 사업에 2천100억원을 투입한다고 밝혔다. 21개 기업이 참여한다.",
    "published": "2026-03-12T09:00:00+09:00",
    "outlet": "무등신문",
    "url": "http://mudeung-sinmun.test/1",
}


def test_statements_of_a_file(call: Call, tmp_path: Path) -> None:
    statements = [
        {"text": "Gwangju is to spend 210 billion won on a chip demonstration.", "cites": [2]},
        {"text": "Gwangju is to spend 2.1 trillion won on a chip demonstration.", "cites": [2]},
        {"text": "The plan is not welcome in Gwangju.", "cites": [2]},
    ]
    answer = check(call, tmp_path, {**FILE, "statements": statements})
    assert [(each["index"], each["check"]) for each in answer.lines] == [(0, "pass"), (1, "block"), (2, "warn")]
    assert answer.lines[1]["text"] == statements[1]["text"]
    assert "2천100억원" in answer.lines[1]["reasons"][0]


@pytest.mark.parametrize("cite", [1, 0])
def test_a_file_may_bring_its_sentences_and_count_from_zero(call: Call, tmp_path: Path, cite: int) -> None:
    sentences = ["21개 기업이 참여한다.", "광주시는 2천100억원을 투입한다."]
    statements = [
        {"text": "21 companies take part.", "cites": [cite]},
        {"text": "Gwangju is to spend 210 billion won.", "cites": [cite + 1]},
    ]
    answer = check(call, tmp_path, {**FILE, "sentences": sentences, "statements": statements})
    assert [each["check"] for each in answer.lines] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "one object"),
        ({**FILE}, "statements"),
        ({**FILE, "statements": [{"cites": [1]}]}, "statements[0]"),
        ({**FILE, "statements": [{"text": "x", "cites": ["1"]}]}, "cites"),
        ({**FILE, "published": "gestern", "statements": []}, "gestern"),
        ({"statements": []}, "neither title"),
    ],
)
def test_what_is_no_such_file(call: Call, tmp_path: Path, value: object, said: str) -> None:
    answer = check(call, tmp_path, value)
    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err


def test_terms_are_explained(call: Call) -> None:
    assert call("glossary", "siljeung", "--json").json["term"] == "실증"
    assert "sil-jeung" in call("glossary", "실증").out
    assert len(call("glossary", "--json").lines) >= 40
    assert call("glossary", "김치").status == 1


def settings(data: Path, address: str) -> Wiring:
    chosen = Settings(data=data, workers=1, llm_base_url=address, llm_model="scripted", llm_api_key=SecretStr("k"))
    return Wiring(chosen, DemoClock())


def test_a_model_drafts_what_the_rules_drafted_before(demo_data: Path) -> None:
    answer = {"title": "", "summary": [{"text": "The city of Busan paid 1 won.", "cites": [1]}]}
    with serving(answer) as script:
        wiring = settings(demo_data, script.address)
        report = draft_missing(wiring)
    assert report.drafted == 78
    with wiring.ledger() as ledger, ledger.read() as unit:
        brief = unit.briefs.get(unit.articles.walk(limit=1)[0].id)
    assert brief is not None
    assert brief.drafter == "language model 1, scripted"
    assert [each.check.result.value for each in brief.summary] == ["block"]


def test_a_model_that_is_away_leaves_the_briefs_by_rules(demo_data: Path) -> None:
    with serving(Refusal(401)) as script:
        wiring = settings(demo_data, script.address)
        report = draft_missing(wiring)
    assert len(script.asked) == 1, "once is enough to know"
    (note,) = report.notes
    assert "401" in note
    with wiring.ledger() as ledger, ledger.read() as unit:
        brief = unit.briefs.get(unit.articles.walk(limit=1)[0].id)
        assert brief is not None
        assert brief.drafter.startswith("facts ")
        assert unit.briefs.stale("language model 1, scripted"), "they are asked for again in the next run"


def test_half_a_setting_is_one_clear_line(call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOSIK_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    answer = call("brief", "draft")
    assert answer.status == 0
    assert answer.err.splitlines() == [
        "sosik: briefs by rules: set SOSIK_LLM_MODEL and SOSIK_LLM_API_KEY for a language model"
    ]


def test_the_key_is_not_read_from_the_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "sosik.toml").write_text('llm_api_key = "k"\n', encoding="utf-8")
    answer = call("brief", "draft")
    assert answer.status == 1
    assert "SOSIK_LLM_API_KEY" in answer.err
