"""The history of the tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from sosik.storage.ledger import migrations
from sosik.storage.ledger.dialect import migrator_engine
from sosik.storage.ledger.schema import SCHEMA, metadata
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, analysis, article


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = migrator_engine(f"sqlite:///{tmp_path}/ledger.db", timeout=5)
    yield engine
    engine.dispose()


def names(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrations_make_the_tables_of_the_models(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
    # Compared once more by what SQLite was told: Alembic does not look at foreign keys' rules or at every type.
    made = sa.create_engine("sqlite://")
    metadata.create_all(made)
    assert _shape(engine) == _shape(made)
    made.dispose()


def _shape(engine: sa.Engine) -> dict[str, object]:
    inspector = sa.inspect(engine)
    return {
        name: (
            sorted((each["name"], str(each["type"]), each["nullable"]) for each in inspector.get_columns(name)),
            inspector.get_pk_constraint(name),
            inspector.get_foreign_keys(name),
            sorted(str(each) for each in inspector.get_unique_constraints(name)),
            sorted(str(each) for each in inspector.get_indexes(name)),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def test_the_newest_step_is_the_schema_that_the_code_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [SCHEMA]
    steps = [each.revision for each in scripts.walk_revisions()]
    assert steps == sorted(steps, reverse=True), "steps are told apart as older and newer by their names"


def test_down_and_up_again(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection)
    assert names(engine) == set(metadata.tables)
    with engine.begin() as connection:
        migrations.downgrade(connection, "base")
    assert names(engine) == set()
    with engine.begin() as connection:
        migrations.upgrade(connection)
        assert migrations.revision(connection) == SCHEMA
    assert names(engine) == set(metadata.tables)


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    ledger = SqlLedger(f"sqlite:///{tmp_path}/new folder 100%/ledger.db", clock=HandClock())
    ledger.migrate()
    with ledger.write() as unit:
        unit.articles.put(article())
    ledger.migrate()
    with ledger.read() as unit:
        assert unit.articles.count() == 1
    ledger.close()


STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9000", "{before}", None, None
def upgrade():
    with op.batch_alter_table("article") as table:
        table.add_column(sa.Column("note", sa.Text, nullable=True))
        table.alter_column("url", new_column_name="address")
    {then}
"""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A copy of the migrations to which a test adds a step."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(engine: sa.Engine, history: Path, then: str) -> None:
    (history / "versions" / "r9000_step.py").write_text(STEP.format(before=SCHEMA, then=then))
    config = Config()
    config.set_main_option("script_location", str(history))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@pytest.fixture
def filled(engine: sa.Engine) -> sa.Engine:
    ledger = SqlLedger(str(engine.url), clock=HandClock())
    ledger.migrate()
    with ledger.write() as unit:
        unit.articles.put(article(minutes=1))
        unit.analyses.put(analysis(unit.articles.put(article(minutes=2, text="고친 본문이다."))[0]))
    ledger.close()
    return engine


def test_rules_of_older_ledgers_alert_by_mail(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        connection.exec_driver_sql("INSERT INTO subscriber VALUES ('a@b.example', '2026-03-02 00:00:00')")
        connection.exec_driver_sql(
            "INSERT INTO alert_rule (id, subscriber, kinds, series, topics, regions, outlets, query, added) "
            "VALUES ('r1', 'a@b.example', '[\"new-series\"]', '', '[]', '[]', '[]', '', '2026-03-02 00:00:00')"
        )
    ledger = SqlLedger(str(engine.url), clock=HandClock())
    ledger.migrate()
    with ledger.read() as unit:
        rule = unit.rules.get("r1")
    ledger.close()
    assert rule is not None
    assert (rule.subscriber, rule.channel, rule.digest) == ("a@b.example", "email", "")


def counts(engine: sa.Engine) -> list[int]:
    with engine.connect() as connection:
        tables = ("article", "article_revision", "analysis")
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in tables]


def test_a_table_made_anew_keeps_the_rows_that_point_to_it(filled: sa.Engine, history: Path) -> None:
    run(filled, history, "pass")
    assert {"note", "address"} < {each["name"] for each in sa.inspect(filled).get_columns("article")}
    assert counts(filled) == [1, 1, 1]


def test_a_failed_step_leaves_nothing_of_itself(filled: sa.Engine, history: Path) -> None:
    before = _shape(filled)
    with pytest.raises(ZeroDivisionError):
        run(filled, history, "1 / 0")
    assert _shape(filled) == before
    assert counts(filled) == [1, 1, 1]
    with filled.connect() as connection:
        assert migrations.revision(connection) == SCHEMA
