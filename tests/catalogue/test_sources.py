from datetime import date
from pathlib import Path

import pytest

from sosik.catalogue.readers.sources import read_source, read_sources
from sosik.model.errors import CatalogueMistake
from sosik.model.source import SourceKind

WHOLE = """
name = "무등신문"
name_en = "Mudeung Sinmun"
region = "광주"
kind = "newspaper"
home = "https://mudeung.example/"
feeds = ["https://mudeung.example/rss.xml"]
delay = 3
checked = 2026-03-01
provenance = ["press association's list"]

[[lists]]
url = "https://mudeung.example/list"
page = "https://mudeung.example/list?page={page}"
article = 'idxno=\\d+'

[[layouts]]
name = "before the relaunch"
body = "#article"
remove = [".ad"]
valid_until = 2025-12-31
"""


def write(folder: Path, text: str, name: str = "mudeung-sinmun.toml") -> Path:
    file = folder / "sources" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_whole_file(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, WHOLE))
    assert source.id == "mudeung-sinmun"
    assert source.kind is SourceKind.NEWSPAPER
    assert source.feeds == ("https://mudeung.example/rss.xml",)
    assert source.lists[0].article == r"idxno=\d+"
    assert source.layouts[0].remove == (".ad",)
    assert (source.layouts[0].valid_until, source.checked) == (date(2025, 12, 31), date(2026, 3, 1))
    assert source.delay == 3


def test_a_later_folder_overrides_by_id(tmp_path: Path) -> None:
    write(tmp_path / "shipped", WHOLE)
    write(tmp_path / "shipped", WHOLE, "other.toml")
    write(tmp_path / "own", WHOLE.replace("delay = 3", "delay = 9"))
    read = read_sources([tmp_path / "shipped", tmp_path / "own", tmp_path / "not-there"])
    assert [(each.id, each.delay) for each in read] == [("mudeung-sinmun", 9), ("other", 3)]


@pytest.mark.parametrize(
    ("old", "new", "key", "fix"),
    [
        ("delay = 3", "dealy = 3", "dealy", "Did you mean delay?"),
        ("delay = 3", 'delay = "3"', "delay", "Give a value of this kind"),
        ("delay = 3", "concurrency = true", "concurrency", "Give a value of this kind"),
        ('kind = "newspaper"', 'kind = "blog"', "kind", "Use one of: newspaper"),
        ('region = "광주"', "", "region", "Add a line: region"),
        ('home = "https://mudeung.example/"', 'home = "mudeung.example"', "home", "Begin with https://"),
        ('feeds = ["https://mudeung.example/rss.xml"]', "feeds = [7]", "feeds", "strings in quotation marks"),
        ("article = 'idxno=\\d+'", "article = '['", "lists.article", "Mend it"),
        ('url = "https://mudeung.example/list"', "", "lists.url", "Add a line: url"),
        ('region = "광주"', 'region = "광주시"', "region", "Use one of: 서울"),
        ("delay = 3", 'family = "nd-softt"', "family", "Known families: none"),
        ("checked = 2026-03-01", 'checked = "soon"', "checked", "Give a value of this kind"),
        ('body = "#article"', 'bdoy = "#article"', "layouts.bdoy", "Did you mean body?"),
        ('body = "#article"', "body = 1", "layouts.body", "Give a value"),
        ("[[lists]]", "[lists]", "lists", "Write it as [[lists]]"),
    ],
)
def test_a_mistake_names_file_key_and_fix(tmp_path: Path, old: str, new: str, key: str, fix: str) -> None:
    assert old in WHOLE
    file = write(tmp_path, WHOLE.replace(old, new))
    with pytest.raises(CatalogueMistake) as caught:
        read_source(file)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert fix in str(caught.value)


def test_nothing_announces_articles(tmp_path: Path) -> None:
    text = "\n".join(line for line in WHOLE.split("[[lists]]")[0].splitlines() if not line.startswith("feeds"))
    with pytest.raises(CatalogueMistake, match="feeds, sitemaps or"):
        read_source(write(tmp_path, text))


def test_not_toml_and_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMistake, match="not TOML"):
        read_source(write(tmp_path, "name = "))
    file = write(tmp_path, "")
    file.write_bytes(WHOLE.encode("cp949"))
    with pytest.raises(CatalogueMistake, match="not TOML in UTF-8"):
        read_source(file)


def test_two_files_of_one_id(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    write(tmp_path, WHOLE, "gwangju/mudeung-sinmun.toml")
    with pytest.raises(CatalogueMistake, match="has the same id"):
        read_sources([tmp_path])
