"""What the ledger says where it cannot do its work."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sosik.model.errors import Damaged, Mismatch, NotFound, SettingsMistake, StorageFull
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, article


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(file: Path) -> Iterator[SqlLedger]:
    ledger = SqlLedger(f"sqlite:///{file}", clock=HandClock(), timeout=0.1)
    ledger.migrate()
    yield ledger
    ledger.close()


def test_a_full_disk_rolls_the_unit_back(small_disk: Path) -> None:
    ledger = SqlLedger(f"sqlite:///{small_disk}/ledger.db", clock=HandClock())
    ledger.migrate()
    with ledger.write() as unit:
        unit.articles.put(article(1))
    with pytest.raises(StorageFull, match="make room"):
        _write_much(ledger)
    with ledger.read() as unit:
        assert unit.articles.count() == 1
    with ledger.write() as unit:
        unit.cursors.put("extract", {"a": 1})
    ledger.close()


def _write_much(ledger: SqlLedger) -> None:
    with ledger.write() as unit:
        for number in range(2, 1000):
            unit.articles.put(replace(article(number), text="가나다라" * 5_000))


def test_tables_of_a_newer_version_are_a_mismatch(ledger: SqlLedger, file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Mismatch, match="newer Sosik"), ledger.read():
        pass
    with pytest.raises(Mismatch, match="newer Sosik"), ledger.write():
        pass
    with pytest.raises(Mismatch, match="newer Sosik"):
        ledger.migrate()


def test_tables_of_an_older_version_are_a_mismatch_until_migrated(ledger: SqlLedger, file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(Mismatch, match="0000"), ledger.write():
        pass


def test_a_ledger_without_tables_is_a_mismatch_that_says_what_makes_them(tmp_path: Path) -> None:
    ledger = SqlLedger(f"sqlite:///{tmp_path}/empty.db", clock=HandClock())
    with pytest.raises(Mismatch, match="sosik crawl"), ledger.read():
        pass
    ledger.close()


def test_a_ledger_in_no_folder_is_not_found(tmp_path: Path) -> None:
    ledger = SqlLedger(f"sqlite:///{tmp_path}/none/ledger.db", clock=HandClock())
    with pytest.raises(NotFound, match="none"), ledger.read():
        pass
    ledger.migrate()
    with ledger.read() as unit:
        assert unit.articles.count() == 0
    ledger.close()


def test_a_file_that_is_no_ledger_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"this is a letter, not a database" * 100)
    ledger = SqlLedger(f"sqlite:///{tmp_path}/ledger.db", clock=HandClock())
    with pytest.raises(Damaged), ledger.read():
        pass
    ledger.close()


@pytest.mark.parametrize("url", ["ledger.db", "mysql://host/db", "sqlite://", "sqlite:///:memory:", ""])
def test_an_address_that_cannot_be_one_is_a_mistake_of_settings(url: str) -> None:
    with pytest.raises(SettingsMistake):
        SqlLedger(url, clock=HandClock())


def test_the_log_of_a_closed_ledger_is_folded_in(ledger: SqlLedger, file: Path) -> None:
    with ledger.write() as unit:
        for number in range(100):
            unit.articles.put(article(number))
    assert file.with_name("ledger.db-wal").exists()
    ledger.close()
    assert not file.with_name("ledger.db-wal").exists()
    with ledger.read() as unit:
        assert unit.articles.count() == 100
