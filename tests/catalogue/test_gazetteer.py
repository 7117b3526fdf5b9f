from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sosik.catalogue.entry import PROVINCES, Entry, names_in_english
from sosik.catalogue.readers.gazetteer import SHIPPED, read_gazetteer
from sosik.model.analysis import MentionKind
from sosik.model.errors import CatalogueMistake

HEAD = "id,kind,name,english,romanized,aliases,region,role,valid_from,valid_until,context,source\n"
ENTRIES = read_gazetteer()
BY_NAME = {each.name: each for each in ENTRIES}


def write(folder: Path, rows: str, name: str = "own.csv", head: str = HEAD) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(head + rows, encoding="utf-8")
    return folder


def test_the_shipped_gazetteer_is_large_and_of_every_kind() -> None:
    assert len(ENTRIES) >= 600
    kinds = Counter(each.kind for each in ENTRIES)
    assert min(kinds[kind] for kind in MentionKind if kind is not MentionKind.TERM) >= 60


def test_all_provinces_and_their_cities_counties_and_districts_are_there() -> None:
    provinces = [each for each in ENTRIES if each.province]
    lasting = [each for each in provinces if each.name not in ("강원도", "전라북도")]
    assert sorted(each.regions[0] for each in lasting) == sorted(PROVINCES)
    below = Counter(
        each.regions[0]
        for each in ENTRIES
        if each.kind is MentionKind.REGION and not each.province and len(each.regions) == 1
    )
    assert (below["서울"], below["경기"], below["전남"], below["광주"], below["세종"]) == (25, 31, 22, 5, 0)
    assert sum(below.values()) == 228  # 226 with a council of their own, and the two cities of Jeju


def test_a_renamed_ministry_has_the_days_of_its_names() -> None:
    before, after = BY_NAME["산업통상자원부"], BY_NAME["산업통상부"]
    assert "산업부" in before.aliases
    assert "산업부" in after.aliases
    assert before.valid_on(date(2025, 9, 30))
    assert not before.valid_on(date(2025, 10, 1))
    assert after.valid_on(date(2025, 10, 1))
    assert not after.valid_on(date(2025, 9, 30))


def test_the_merged_body_is_of_both_provinces_from_its_first_day() -> None:
    merged = BY_NAME["전남광주통합특별시"]
    assert set(merged.regions) == {"광주", "전남"}
    assert merged.valid_from == date(2026, 7, 1)
    assert BY_NAME["광주광역시"].valid_until == date(2026, 6, 30)


def test_no_alias_is_a_single_syllable() -> None:
    names = [name for each in ENTRIES for name in (each.name, *each.aliases)]
    assert [name for name in names if len(name) < 2] == []


def test_names_in_english_hold_short_forms_of_provinces_too() -> None:
    english = names_in_english(ENTRIES)
    assert english["광주"] == "Gwangju"
    assert english["전남"] == "South Jeolla"
    assert english["광주과학기술원"] == "Gwangju Institute of Science and Technology"


def test_a_row_is_read_with_everything_in_it(tmp_path: Path) -> None:
    row = "han,organisation,한빛원,Hanbit,romanized,한빛|빛원,광주+전남,,2025-03,2026,+빛|-어둠,우리\n"
    assert read_gazetteer([write(tmp_path, row)]) == (
        Entry(
            id="han",
            kind=MentionKind.ORGANISATION,
            name="한빛원",
            english="Hanbit",
            romanized=True,
            aliases=("한빛", "빛원"),
            regions=("광주", "전남"),
            valid_from=date(2025, 3, 1),
            valid_until=date(2026, 12, 31),
            wanted=("빛",),
            unwanted=("어둠",),
            source="우리",
        ),
    )


def test_a_later_folder_overrides_by_id_and_adds(tmp_path: Path) -> None:
    own = write(tmp_path, "gwangju,region,빛고을,Light Town,,,광주,,,,,우리\nnew-one,place,새터,Saeteo,,,,,,,,우리\n")
    found = {each.id: each for each in read_gazetteer([SHIPPED, own])}
    assert found["gwangju"].name == "빛고을"
    assert found["new-one"].name == "새터"
    assert len(found) == len(ENTRIES) + 1


@pytest.mark.parametrize(
    ("row", "key", "fix"),
    [
        ("x,town,가나,A,,,,,,,,우리", "kind", "person, organisation"),
        ("x,place,,A,,,,,,,,우리", "name", "Fill"),
        ("X y,place,가나,A,,,,,,,,우리", "id", "small letters"),
        ("x,place,가나,A,,,전라,,,,,우리", "region", "전남"),
        ("x,place,가나,A,yes,,,,,,,우리", "romanized", "romanized"),
        ("x,place,가나,A,,,,,2026-13,,,우리", "valid_from", "2026-07-01"),
        ("x,place,가나,A,,,,,soon,,,우리", "valid_from", "2026-07-01"),
        ("x,place,가나,A,,,,,2026,2025,,우리", "valid_until", "Mend"),
        ("x,place,가나,A,,,,,,,빛,우리", "context", "+ or -"),
        ("x,place,가나,A,우리", "line 2", "comma"),
        ("x,place,가나,A,,,,,,,,우리,또", "line 2", "comma"),
    ],
)
def test_a_mistake_names_file_line_key_and_fix(tmp_path: Path, row: str, key: str, fix: str) -> None:
    with pytest.raises(CatalogueMistake) as caught:
        read_gazetteer([write(tmp_path, f"{row}\n")])
    assert caught.value.file == tmp_path / "own.csv"
    assert "line 2" in caught.value.key
    assert key in caught.value.key
    assert fix in caught.value.fix


def test_an_id_stands_once_in_a_folder(tmp_path: Path) -> None:
    row = "x,place,가나,A,,,,,,,,우리\n"
    write(tmp_path, row, "a.csv")
    write(tmp_path, row, "b.csv")
    with pytest.raises(CatalogueMistake, match=r"'x' stands in a\.csv, line 2 already"):
        read_gazetteer([tmp_path])


def test_a_misspelt_column_is_named_with_the_right_one(tmp_path: Path) -> None:
    write(tmp_path, "", head=HEAD.replace("aliases", "alias"))
    with pytest.raises(CatalogueMistake, match="Did you mean aliases"):
        read_gazetteer([tmp_path])


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(HEAD.encode() + "x,place,가나,A,,,,,,,,우리\n".encode("cp949"))
    with pytest.raises(CatalogueMistake, match="not CSV in UTF-8"):
        read_gazetteer([tmp_path])
