"""The order of changes in a ledger that was made before there was one."""

from pathlib import Path

from sosik.storage.ledger import migrations
from sosik.storage.ledger.dialect import migrator_engine
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, article

ROW = (
    "INSERT INTO article (id, revision, source, url, title, text, authors, cuts, version, added) "
    "VALUES ('{id}', 1, 'it-life', 'http://it-life.test/{id}', '제목', '본문', '[]', '[]', 1, '{added}')"
)


def test_articles_that_are_there_have_changed_in_the_order_they_came(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    engine = migrator_engine(url, timeout=5)
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        for name, day in (("c", 1), ("a", 2), ("b", 2), ("d", 1)):
            connection.exec_driver_sql(ROW.format(id=name, added=f"2026-03-0{day} 00:00:00.000000"))
    engine.dispose()
    ledger = SqlLedger(url, clock=HandClock())
    ledger.migrate()
    with ledger.write() as unit:
        first = unit.changes.after(0, 3)
        assert first is not None
        assert first.articles == ("c", "d", "a")
        unit.articles.put(article())
        rest = unit.changes.after(first.last)
        assert rest is not None
        assert rest.articles == ("b", article().id)
        assert unit.changes.after(rest.last) is None
    ledger.close()
