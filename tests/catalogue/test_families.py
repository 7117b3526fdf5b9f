"""CMS families: the reader's messages, and each shipped family on pages made up in its manner."""

import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

import sosik.catalogue
from enrich.extract.body import select
from enrich.extract.extractor import Extractor
from enrich.extract.page import read_page
from sosik.catalogue.family import Family
from sosik.catalogue.readers.families import read_families, read_family
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.server import DemoServer
from sosik.demo.texts import read_articles
from sosik.demo.truth import articles_at
from sosik.model.errors import CatalogueMistake

SHIPPED = Path(sosik.catalogue.__file__).parent
FAMILIES = read_families([SHIPPED])
BUILT_LIKE = {
    "nd-soft": "mudeung-sinmun",
    "fusion": "hanbit-daily",
    "next": "saebyeok-news",
    "gov-board": "city-hall",
    "php-table": "yeongsan-ilbo",
    "broadcaster": "namdo-tv",
}
WHOLE = """
name = "Our system"
marks = ['/our/\\d+']
article = '/our/\\d+$'
[[layouts]]
name = "old"
body = "#old"
valid_until = 2025-12-31
[[layouts]]
name = "new"
body = "#new"
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, list[tuple[str, bytes]]]:
    """Address and body of the newest pages of every outlet."""
    texts = sorted(articles_at(read_articles(), DEMO_NOW), key=lambda each: each.url, reverse=True)
    found: dict[str, list[tuple[str, bytes]]] = {}
    with DemoServer(clock=DemoClock()) as server:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy}))
        for article in texts:
            known = found.setdefault(article.source, [])
            if len(known) < 5:
                try:
                    known.append((article.url, opener.open(article.url, timeout=20).read()))
                except HTTPError:  # one that is away, as the demonstration has some
                    continue
    return found


def test_every_shipped_family_is_proven() -> None:
    assert set(FAMILIES) == set(BUILT_LIKE)


@pytest.mark.parametrize("family", sorted(BUILT_LIKE))
def test_a_family_is_known_by_its_marks_only(family: str, pages: dict[str, list[tuple[str, bytes]]]) -> None:
    for outlet, made in pages.items():
        for _, body in made:
            assert FAMILIES[family].built(body.decode("utf-8", "replace")) is (BUILT_LIKE[family] == outlet)


@pytest.mark.parametrize("family", sorted(BUILT_LIKE))
def test_a_family_reads_its_pages(family: str, pages: dict[str, list[tuple[str, bytes]]]) -> None:
    """It says what the general rules say, which are held to the truth elsewhere: it loses nothing, cuts included."""
    (layout,) = FAMILIES[family].layouts
    for url, body in pages[BUILT_LIKE[family]]:
        by_layout = Extractor().extract(body, url=url, layout=layout, fetched=DEMO_NOW)
        assert by_layout.error is None
        assert by_layout == Extractor().extract(body, url=url, fetched=DEMO_NOW)


@pytest.mark.parametrize("family", [name for name, each in FAMILIES.items() if each.layouts[0].body])
def test_selectors_find_what_they_are_for(family: str, pages: dict[str, list[tuple[str, bytes]]]) -> None:
    (layout,) = FAMILIES[family].layouts
    for url, body in pages[BUILT_LIKE[family]]:
        page = read_page(body.decode("cp949" if family == "php-table" else "utf-8"), url)
        assert len(select(page, layout.body)) == 1
        assert len(select(page, layout.title)) == 1


def write(folder: Path, text: str, name: str = "ours.toml") -> Path:
    file = folder / "layouts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_whole_file(tmp_path: Path) -> None:
    family = read_family(write(tmp_path, WHOLE))
    assert isinstance(family, Family)
    assert [each.body for each in family.layouts] == ["#old", "#new"]
    assert family.built("<a href='/our/12'>")
    assert not family.built("<a href='/their/12'>")


def test_a_later_folder_overrides_by_id(tmp_path: Path) -> None:
    write(tmp_path / "one", WHOLE)
    write(tmp_path / "one", WHOLE, "second.toml")
    write(tmp_path / "two", WHOLE.replace("Our system", "Their system"))
    found = read_families([tmp_path / "one", tmp_path / "two", tmp_path / "three"])
    assert [(each.id, each.name) for each in found.values()] == [("ours", "Their system"), ("second", "Our system")]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Our system"', "", "name"),
        ("marks = ['/our/\\d+']", "", "marks"),
        ("marks = ['/our/\\d+']", "marks = ['[']", "marks"),
        ("article = '/our/\\d+$'", "article = '['", "article"),
        ("article = '/our/\\d+$'", "article = 3", "article"),
        ("article = '/our/\\d+$'", "artcle = ''", "artcle"),
        ('body = "#old"', "body = 3", "layouts.body"),
        ("valid_until = 2025-12-31", 'valid_until = "2025"', "layouts.valid_until"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in WHOLE
    file = write(tmp_path, WHOLE.replace(old, new, 1))
    with pytest.raises(CatalogueMistake) as caught:
        read_family(file)
    assert (caught.value.file, caught.value.key) == (file, key)
