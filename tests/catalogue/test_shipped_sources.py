"""The outlets that come with Sosik: what a reader may rely on."""

import re
from collections import Counter
from pathlib import Path

import pytest

import sosik.catalogue
from sosik.catalogue.readers.families import read_families
from sosik.catalogue.readers.sources import NATIONAL, read_sources
from sosik.model.source import Source, SourceKind

SHIPPED = Path(sosik.catalogue.__file__).parent
FILES = {each.stem: each.read_text(encoding="utf-8") for each in (SHIPPED / "sources").rglob("*.toml")}


@pytest.fixture(scope="module")
def outlets() -> dict[str, Source]:
    return {each.id: each for each in read_sources([SHIPPED])}


def test_how_many(outlets: dict[str, Source]) -> None:
    assert len(outlets) >= 150
    kinds = Counter(each.kind for each in outlets.values())
    assert set(kinds) == set(SourceKind)
    assert kinds[SourceKind.TECH_PRESS] >= 25
    regions = Counter(each.region for each in outlets.values())
    assert regions["광주"] + regions["전남"] >= 60


def test_who_must_not_be_missing(outlets: dict[str, Source]) -> None:
    first = {"kwangju-ilbo", "jnilbo", "mdilbo", "namdonews", "kbc", "kjmbc", "jeonnam-gwangju", "aica", "gist", "msit"}
    assert first | {"yna", "newsis", "news1", "etnews", "aitimes", "it-life"} <= outlets.keys()


def test_two_papers_or_stations_of_every_province_that_has_them_in_reach(outlets: dict[str, Source]) -> None:
    press = Counter(each.region for each in outlets.values() if each.kind is not SourceKind.PRESS_BOARD)
    everywhere = {
        "광주",
        "전남",
        "부산",
        "대구",
        "인천",
        "대전",
        "울산",
        "경기",
        "강원",
        "충북",
        "전북",
        "경북",
        "경남",
        "제주",
    }
    assert {each for each in everywhere if press[each] < 2} == set()


def test_every_file_says_what_is_known(outlets: dict[str, Source]) -> None:
    for name, outlet in outlets.items():
        assert outlet.provenance, name
        assert outlet.rights, name
        assert outlet.delay >= 2, name
        assert outlet.checked is None, name
        assert 'checked = "never"' in FILES[name]
        assert re.search("[가-힣]|^[A-Za-z0-9 ]+$", outlet.name), name
        assert not re.search("[가-힣]", outlet.name_en), name


def test_families_are_used(outlets: dict[str, Source]) -> None:
    used = Counter(each.family for each in outlets.values() if each.family)
    assert used.keys() <= read_families([SHIPPED]).keys()
    assert used["nd-soft"] >= 60
    assert all(each.layouts for each in outlets.values() if each.family)


def test_it_life_says_in_its_first_line_what_to_fill_in(outlets: dict[str, Source]) -> None:
    assert FILES["it-life"].splitlines()[0].startswith("# Fill in `home` and `feeds`")
    assert not outlets["it-life"].enabled
    assert not outlets["it-life"].home


def test_what_a_feed_wants_is_data(outlets: dict[str, Source]) -> None:
    assert [each.post for each in outlets["motir"].special_feeds] == [True]
    assert [each.cookie_from for each in outlets["molit"].special_feeds] == ["https://www.molit.go.kr/"]
    assert [each.key for each in outlets["korea-kr"].special_feeds] == ["DATA_GO_KR_KEY"]


def test_a_national_outlet_has_no_province(outlets: dict[str, Source]) -> None:
    assert all(outlets[each].region == NATIONAL for each in ("yna", "newsis", "etnews", "msit", "it-life"))
