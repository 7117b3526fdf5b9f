import re
from pathlib import Path

import pytest

from sosik.catalogue.readers.topics import SHIPPED, read_topics
from sosik.model.errors import CatalogueMistake

GOOD = """\
id = "toys"
korean = "완구"
english = "Toys"
description = "Toys and games."
needs = ["play"]
exclude = ["완구 점"]

[[for]]
rule = "named"
words = ["{완구|장난감} 로봇", "@play"]

[[for]]
rule = "together"
weight = 0.5
within = 4
near = [["아이"], ["놀이", "@play"]]

[[against]]
rule = "broken"
words = ["고장"]

[samples]
match = ["완구 로봇"]
other = ["책"]
"""
LISTS = '[play]\nwords = ["Play", "노는"]\nthreshold = 2\n'


def write(folder: Path, text: str, lists: str = LISTS) -> Path:
    (folder / "_lists.toml").write_text(lists, encoding="utf-8")
    file = folder / "toys.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_topic_is_read_with_choices_lists_and_defaults(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (topic,) = read_topics([tmp_path])
    named, together = topic.rules
    assert named.words == ("완구로봇", "장난감로봇", "play", "노는")
    assert (named.weight, together.weight, together.within) == (1.0, 0.5, 4)
    assert together.near == (("아이",), ("놀이", "play", "노는"))
    assert topic.exclusions == ("완구점",)
    assert [(each.id, each.threshold) for each in topic.needs] == [("play", 2.0)]
    assert (topic.weights.title, topic.weights.lead, topic.weights.body) == (3.6, 1.5, 1.0)


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("korean =", "koraen =", r"toys\.toml: koraen: unknown key\. Did you mean 'korean'\?"),
        ('words = ["고장"]', 'wrods = ["고장"]', r"against\[1\]\.wrods: unknown key\. Did you mean 'words'\?"),
        ('@play"]\n\n[[for]]', '@plays"]\n\n[[for]]', r"plays: no such list in _lists\.toml\. Did you mean 'play'\?"),
        ('id = "toys"', 'id = "tois"', "Name the file tois.toml"),
        ('english = "Toys"\n', "", "english: is missing. Add english"),
        ('english = "Toys"', "english = 3", 'english: is 3. Write "a text"'),
        ("weight = 0.5", "weight = -1", r"for\[2\]\.weight: is -1\. Write a number above 0"),
        ('near = [["아이"], ["놀이", "@play"]]', 'near = [["아이"]]', "not two or three lists"),
        ('near = [["아이"], ["놀이", "@play"]]', "", "not exactly one of words and near"),
        ('rule = "together"', 'rule = "named"', "rule named: is there twice. Give each a name of its own"),
        ('rule = "broken"', 'rule = "named"', "rule named: is there twice"),
        ("{완구|장난감}", "{완구|장난감", "cannot read the word"),
        ('other = ["책"]', "other = []", "samples.other: is not a list of words"),
        ("[samples]", "[samples", "is not TOML"),
    ],
)
def test_a_mistake_names_file_key_and_fix(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert wrong in GOOD
    file = write(tmp_path, GOOD.replace(wrong, right))
    with pytest.raises(CatalogueMistake, match=message) as caught:
        read_topics([tmp_path])
    assert caught.value.file == file


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    file.write_bytes(GOOD.encode("euc-kr"))
    with pytest.raises(CatalogueMistake, match="Save it as UTF-8"):
        read_topics([tmp_path])


def test_shipped_topics_carry_the_ids_of_their_files() -> None:
    names = {file.stem for file in SHIPPED.glob("*.toml")} - {"_lists"}
    topics = read_topics()
    assert {topic.id for topic in topics} == names
    assert all(re.fullmatch(r"[a-z-]+", rule.id) for topic in topics for rule in (*topic.rules, *topic.against))


def test_a_later_folder_overrides_a_list(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    write(first, GOOD)
    (second / "_lists.toml").write_text('[play]\nwords = ["춤"]\n', encoding="utf-8")
    (topic,) = read_topics([first, second])
    assert topic.needs[0].words == ("춤",)
