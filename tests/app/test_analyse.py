"""What `sosik analyse` and `sosik show` say of what was found in an article."""

import json
from pathlib import Path

from tests.app.conftest import Call

TITLE = "빛고을시, 인공지능 집적단지 조성"


def write_lines(file: Path, *rows: object) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_it_says_how_exactly_a_date_is_known_and_why_one_is_not(call: Call, tmp_path: Path) -> None:
    text = "오는 30일 문을 열어 9월 1~3일 전시를 하고 내년 상반기에 넓힌다."
    rows = (
        {"title": TITLE, "text": text, "published": "2026-03-02"},
        {"title": TITLE, "text": "오는 30일 문을 연다.", "published": None},
    )
    dated, undated = call("analyse", write_lines(tmp_path / "rows.jsonl", *rows)).lines
    assert [(each["iso"], each["precision"]) for each in dated["dates"]] == [
        ("2026-03-30", "day"),
        ("2026-09-01/2026-09-03", "day"),
        ("2027-01/2027-06", "month"),
    ]
    assert (dated["unresolved_dates"], undated["dates"]) == ([], [])
    (unresolved,) = undated["unresolved_dates"]
    assert unresolved["surface"] == "오는 30일"
    assert "publication" in unresolved["why"]


def test_show_lists_who_and_what_was_found(call: Call, tmp_path: Path) -> None:
    text = (
        "강기정 광주시장은 오는 30일 광주 첨단지구에 7천억~8천억원을 들여 인공지능 집적단지를 넓힌다고 밝혔다. "
        "도하람 교수와 한국전자통신연구원이 2월 30일까지 17개국의 사례를 모은다."
    )
    row = {"title": TITLE, "text": text, "published": "2026-03-02", "outlet": "시험일보", "url": "https://a.example/1"}
    assert call("import", write_lines(tmp_path / "rows.jsonl", row), "--json").json["articles"] == 1
    (hit,) = call("search", "집적단지", "--json").lines
    found = dict(each.split(": ", 1) for each in call("show", hit["id"]).out.splitlines() if ": " in each)
    assert found["people"] == "강기정 (광주시장), 도하람 (교수, unconfirmed)"
    assert found["organisations"].split(", ")[-1] == "한국전자통신연구원"
    assert found["regions"] == "광주"
    assert found["amounts"] == "7천억~8천억원, 17개국"
    assert found["dates"] == "2026-03-30 (오는 30일)"
    assert found["unresolved dates"] == "2월 30일 (there is no such day)"
    people = {each["name"]: each["entry"] for each in call("show", hit["id"], "--json").json["people"]}
    assert people["강기정"]
    assert people["도하람"] is None
