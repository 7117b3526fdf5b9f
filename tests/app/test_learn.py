"""`sosik learn`, as its user runs it."""

from pathlib import Path

import pytest

from sosik.catalogue.readers.learned import EXAMPLES, LEARNED, check_learned, read_learned
from tests.app.conftest import Call

OPENINGS = [
    ("robotics-drones", "순찰 로봇 {place} 누빈다", "밤이면 순찰 로봇이 {place} 골목을 돈다."),
    ("agriculture-food", "{place} 온실 딸기 센서로 키운다", "{place} 온실의 딸기는 센서가 물을 준다."),
    ("-", "{place} 장날 사람 붐벼", "{place} 장날을 맞아 장을 보러 온 사람이 많았다."),
]


def _examples(folder: Path) -> None:
    folder.mkdir()
    lines = ["\t".join(each).format(place=place) for place in ("다온시", "새별군", "은하구") for each in OPENINGS]
    (folder / EXAMPLES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_examples_become_weights_beside_them(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "topics"
    _examples(folder)
    answer = call("learn", folder, "--json").json
    assert answer["examples"] == 9
    assert Path(answer["file"]) == folder / LEARNED
    learned = read_learned([folder])
    assert learned is not None
    assert learned.weights["robotics-drones"]["로봇"] > 0
    assert set(learned.bias) == {"robotics-drones", "agriculture-food"}, "a topic without examples keeps its score"
    check_learned(folder, list(learned.bias))
    assert "9 examples" in call("learn", folder).out


def test_without_examples_it_says_what_is_missing(call: Call, tmp_path: Path) -> None:
    answer = call("learn", tmp_path)
    assert answer.status != 0
    assert EXAMPLES in answer.err


def test_an_example_of_no_topic_is_named_and_nothing_is_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / EXAMPLES).write_text("ships\t배 띄우기\t연못에 배를 띄웠다.\n", encoding="utf-8")
    answer = call("learn", tmp_path)
    assert answer.status != 0
    assert "line 1" in answer.err
    assert not (tmp_path / LEARNED).exists()


def test_a_file_of_no_examples_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / EXAMPLES).write_text("# none yet\n-\t장날\t사람이 많았다.\n", encoding="utf-8")
    answer = call("learn", tmp_path)
    assert answer.status != 0
    assert "no example" in answer.err
    assert not (tmp_path / LEARNED).exists()


def test_broken_weights_of_ones_own_are_a_mistake_of_the_catalogue(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "topics").mkdir(parents=True)
    (tmp_path / "own" / "topics" / LEARNED).write_text("x1\tboats\nfew\n")
    monkeypatch.setenv("SOSIK_CATALOGUE", str(tmp_path / "own"))
    answer = call("check", "--json")
    assert answer.status == 1
    assert any(LEARNED in each for each in answer.json["mistakes"])
