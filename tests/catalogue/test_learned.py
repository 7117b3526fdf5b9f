"""Examples and what they taught, as files."""

from pathlib import Path

import pytest

from sosik.catalogue.learned import Example, LearnedWords
from sosik.catalogue.readers.learned import (
    EXAMPLES,
    LEARNED,
    check_learned,
    digest_of,
    read_examples,
    read_learned,
    write_learned,
)
from sosik.catalogue.readers.topics import SHIPPED, read_topics
from sosik.model.errors import CatalogueMistake

LEARNT = LearnedWords(
    bias={"boats": -1.25, "toys": -2.0},
    weights={"boats": {"돛": 3.5, "팽이": -0.6}, "toys": {"팽이": 2.0}},
    examples="x1",
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_learned(tmp_path / LEARNED, LEARNT)
    assert read_learned([tmp_path]) == LEARNT
    assert [each.name for each in tmp_path.iterdir()] == [LEARNED]


def test_the_last_folder_that_has_weights_counts(tmp_path: Path) -> None:
    own, empty = tmp_path / "own", tmp_path / "empty"
    own.mkdir()
    empty.mkdir()
    write_learned(own / LEARNED, LEARNT)
    assert read_learned([SHIPPED, own, empty]) == LEARNT
    assert read_learned([empty]) is None


@pytest.mark.parametrize(
    "text",
    ["", "x1\tboats\n-1.0\t2.0\n", "x1\tboats\n-1.0\n돛\t7:1.0\n", "x1\tboats\n-1.0\n돛\tmany\n", "x1\tboats\nfew\n"],
)
def test_a_broken_table_is_named_with_its_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / LEARNED).write_text(text)
    with pytest.raises(CatalogueMistake, match="sosik learn"):
        read_learned([tmp_path])


def test_examples_are_topics_headline_and_opening(tmp_path: Path) -> None:
    file = tmp_path / EXAMPLES
    file.write_text("# 지어낸 예\nboats,toys\t장난감 배 띄우기\t연못에 배를 띄웠다.\n-\t장날\t사람이 많았다.\n")
    assert read_examples(file, ["boats", "toys"]) == (
        Example(topics=("boats", "toys"), title="장난감 배 띄우기", text="연못에 배를 띄웠다."),
        Example(topics=(), title="장날", text="사람이 많았다."),
    )


@pytest.mark.parametrize(
    ("line", "problem"), [("boats\t제목", "three fields"), ("ships\t제목\t글", "names no topic: 'ships'")]
)
def test_a_wrong_example_is_named_by_its_line(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / EXAMPLES
    file.write_text(f"-\t장날\t사람이 많았다.\n{line}\n")
    with pytest.raises(CatalogueMistake, match=f"line 2.*{problem}"):
        read_examples(file, ["boats"])


def test_weights_of_other_examples_are_named(tmp_path: Path) -> None:
    (tmp_path / EXAMPLES).write_text("boats\t배 띄우기\t연못에 배를 띄웠다.\n")
    with pytest.raises(CatalogueMistake, match="is missing"):
        check_learned(tmp_path, ["boats"])
    write_learned(tmp_path / LEARNED, LEARNT)
    with pytest.raises(CatalogueMistake, match="was learnt from other examples"):
        check_learned(tmp_path, ["boats"])


def test_the_shipped_weights_are_of_the_shipped_examples() -> None:
    known = [each.id for each in read_topics()]
    check_learned(SHIPPED, known)
    learned = read_learned()
    assert learned is not None
    assert learned.examples == digest_of(SHIPPED / EXAMPLES)
    assert set(learned.bias) == set(known)
    assert len(read_examples(SHIPPED / EXAMPLES, known)) >= 1000


def test_lines_are_counted_as_an_editor_shows_them_and_a_mark_at_the_head_is_no_topic(tmp_path: Path) -> None:
    file = tmp_path / EXAMPLES
    file.write_text("\ufeffboats\t배 띄우기\t연못에 배를 띄웠다.\n\n\nships\t제목\t글\n", encoding="utf-8")
    with pytest.raises(CatalogueMistake, match=r"line 4.*'ships'"):
        read_examples(file, ["boats"])
