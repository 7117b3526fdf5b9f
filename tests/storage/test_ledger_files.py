"""What stays in the files of a ledger on SQLite of rows that were deleted."""

from contextlib import closing
from pathlib import Path

from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, article

SENTENCE = "하늘소 예순세 마리가 시청 담장을 넘었다. "


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


def test_nothing_of_an_article_taken_down_is_left_while_others_have_the_ledger_open(tmp_path: Path) -> None:
    """Their connections keep the write-ahead log, and in it every page as it once was."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    with closing(SqlLedger(url, clock=HandClock())) as ledger, closing(SqlLedger(url, clock=HandClock())) as other:
        ledger.migrate()
        with ledger.write() as unit:
            unit.articles.put(article(text=SENTENCE * 500))  # of many pages, which are free afterwards
            unit.articles.put(article(2))
        with other.read() as unit:
            assert unit.articles.count() == 2
        with ledger.write() as unit:
            unit.takedowns.begin(article().id, "law")
        assert SENTENCE.encode() in bytes_of(tmp_path), "in the log"
        ledger.scrub()
        assert SENTENCE.encode() not in bytes_of(tmp_path)
        with other.read() as unit:
            assert unit.articles.count() == 1
