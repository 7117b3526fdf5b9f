"""schedule.toml and its mistakes."""

from datetime import timedelta
from pathlib import Path

import pytest

import sosik.catalogue
from sosik.catalogue.readers.schedule import FILE, read_schedule
from sosik.model.errors import CatalogueMistake

SHIPPED = Path(sosik.catalogue.__file__).parent
DOINGS = ("daily", "send")


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_schedule_has_a_daily_job() -> None:
    jobs = {each.id: each for each in read_schedule([SHIPPED], DOINGS)}
    assert jobs["daily"].cron == "30 5 * * *"
    assert jobs["daily"].grace < timedelta(days=1)
    assert jobs["daily"].memory == 2 << 30
    assert jobs["mail"].does == "send"


def test_a_later_folder_adds_replaces_and_switches_off(tmp_path: Path) -> None:
    first = write(tmp_path / "1", '[a]\ndoes="daily"\ncron="0 5 * * *"\n[b]\ndoes="send"\ncron="0 6 * * *"')
    text = """
        [a]
        does = "send"
        cron = "*/5  9-17/2 1,15 * *"
        grace = "90s"
        [b]
        enabled = false
        [c]
        does = "daily"
        cron = "0 7 * * mon-fri"
    """
    second = write(tmp_path / "2", text)
    jobs = read_schedule([first, tmp_path / "none", second], DOINGS)
    assert [(each.id, each.does, each.cron) for each in jobs] == [
        ("a", "send", "*/5 9-17/2 1,15 * *"),
        ("c", "daily", "0 7 * * mon-fri"),
    ]
    assert jobs[0].grace == timedelta(seconds=90)


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("0 7 * *", "4 fields instead of 5"),
        ("0 7 * * 1", "'1' is no day of the week.*no numbers"),
        ("0 7 * * fri-mon", "in the order of the week"),
        ("0 7 * * mon,funday", "'funday'"),
        ("60 7 * * *", "'60' is no minute.*0 to 59"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 7 0 * *", "'0' is no day of the month"),
        ("0 7 * jan *", "'jan' is no month"),
        ("*/0 7 * * *", r"'\*/0' is no minute"),
        ("5-1 7 * * *", "'5-1' is no minute"),
        ("1,,2 7 * * *", "'' is no minute"),
        ("0 ² * * *", "'²' is no hour"),
        ("0 7 1 * mon", "tools disagree"),
        ("0 7 30 2 *", "never comes"),
        ("0 7 31 4,6,9,11 *", "never comes"),
    ],
)
def test_a_wrong_cron_line_is_told_with_its_fix(tmp_path: Path, cron: str, words: str) -> None:
    folder = write(tmp_path, f'[daily]\ndoes = "daily"\ncron = "{cron}"')
    with pytest.raises(CatalogueMistake, match=words) as raised:
        read_schedule([folder], DOINGS)
    assert raised.value.key == "daily.cron"
    assert raised.value.file == folder / FILE


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[daily", "", "not TOML"),
        ("cron = 1", "cron", "outside a job"),
        ('["Daily run"]\ndoes="daily"', "Daily run", "no name of a job"),
        ('[d]\ncron="0 7 * * *"', "d.does", "is missing"),
        ('[d]\ndoes="dayly"\ncron="0 7 * * *"', "d.does", "Did you mean daily"),
        ('[d]\ndoes="xyzzy"\ncron="0 7 * * *"', "d.does", "Known: daily, send"),
        ('[d]\ndoes="daily"', "d.cron", "is missing"),
        ('[d]\ndoes="daily"\ncron=7', "d.cron", "quotation marks"),
        ('[d]\ndoes="daily"\ncrom="0 7 * * *"', "d.crom", "Did you mean cron"),
        ('[d]\ndoes="daily"\ncron="0 7 * * *"\ngrace="1 hour"', "d.grace", "15m"),
        ('[d]\ndoes="daily"\ncron="0 7 * * *"\nlimit="0h"', "d.limit", "6h"),
        ('[d]\ndoes="daily"\ncron="0 7 * * *"\nmemory="2"', "d.memory", "800M"),
        ('[d]\nenabled="no"', "d.enabled", "true or false"),
    ],
)
def test_a_mistake_names_file_key_and_fix(tmp_path: Path, text: str, key: str, words: str) -> None:
    folder = write(tmp_path, text)
    with pytest.raises(CatalogueMistake, match=words) as raised:
        read_schedule([folder], DOINGS)
    assert raised.value.key == key
    assert str(folder / FILE) in str(raised.value)
