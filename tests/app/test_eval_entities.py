import json
from pathlib import Path

import pytest

from sosik.app.evaluate.entities import evaluate
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring

ROW = {
    "id": "a1",
    "title": "나주시, 새 연구소 유치",
    "text": "나주시는 11일 한국전력공사와 새 연구소를 짓는다고 밝혔다. 윤병태 나주시장은 “기쁘다”고 말했다.",
    "published": "2026-03-02",
    "outlet": "들판일보",
    "url": "https://deulpan.example/1",
}


def values(wiring: Wiring, folder: Path, gold: dict[str, object]) -> dict[str, float | None]:
    file = folder / "gold.jsonl"
    file.write_text(json.dumps({**ROW, "gold": gold}, ensure_ascii=False), encoding="utf-8")
    found = evaluate(wiring, file, lambda *_: None)
    return {each.name: each.value for each in found.figures}


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(Settings(data=tmp_path / "var"))


def test_names_are_compared_without_white_space_and_by_containment(wiring: Wiring, tmp_path: Path) -> None:
    gold = {"regions": ["전남"], "orgs": ["전라남도 나주시", "한국 전력공사"], "persons": [{"name": "윤병태"}]}
    found = values(wiring, tmp_path, gold)
    assert {found[f"{each}, F1"] for each in ("regions", "organisations", "people")} == {1.0}


def test_a_name_counts_once(wiring: Wiring, tmp_path: Path) -> None:
    found = values(wiring, tmp_path, {"regions": ["전남", "광주"], "orgs": ["나주시", "나주시청"], "persons": []})
    assert found["regions, recall"] == 0.5
    assert found["organisations, recall"] == 0.5
    assert found["organisations, precision"] == 0.5
    assert found["people, precision"] == 0.0
