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
