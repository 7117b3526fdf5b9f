"""The one place that knows which database it is: engines, locks, upserts and what errors mean."""

import json
import logging
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from sosik.model.errors import Away, Busy, Damaged, NotFound, Refused, SettingsMistake, SosikError, StorageFull

# Every writer of PostgreSQL takes this lock, so that there is one at a time, as there is in SQLite.
_WRITERS_LOCK = 0x50_51_4C
_SMALL = 1 << 20
_WAL_LIMIT = 64 << 20  # bytes that the write-ahead log keeps on disk after a checkpoint

USUAL_CACHE, LARGE_CACHE = 8 << 10, 64 << 10  # KiB of pages that a writer holds at most

_SQLITE_READER = ("PRAGMA query_only = ON",)
_SQLITE_WRITER = (
    "PRAGMA journal_mode = WAL",
    # NORMAL would be faster and could lose the last commits with the power; an index would then hold versions that
    # the ledger gives out a second time, for another text.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Zeros in the place of what was deleted or replaced: an article taken down must not be left in free pages, those
    # of its analyses and briefs made anew among them. Debian's SQLite does so unasked, others do not.
    "PRAGMA secure_delete = ON",
    f"PRAGMA journal_size_limit = {_WAL_LIMIT}",
)
# Batch migrations drop and remake tables: with foreign keys on, that deletes the rows which point to them.
_SQLITE_MIGRATOR = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = OFF",
)


def writer_engine(url: str, timeout: float, cache: int = USUAL_CACHE) -> sa.Engine:
    """Return the engine of writers: each transaction has the lock of all processes from its first statement on.

    `timeout` is in seconds, `cache` in KiB (PostgreSQL has its own). Raises SettingsMistake for an address that
    cannot be one.
    """
    engine = _engine(url, timeout)
    if engine.dialect.name == "sqlite":
        _on_connect(engine, (*_SQLITE_WRITER, f"PRAGMA cache_size = -{cache}"))
        _on_begin(engine, ["BEGIN IMMEDIATE"])
    else:
        _on_begin(engine, _postgresql_lock(timeout))
    return engine


def reader_engine(url: str, timeout: float) -> sa.Engine:
    """Return the engine of readers: each transaction sees one state, waits for nobody and cannot write."""
    engine = _engine(url, timeout)
    if engine.dialect.name == "sqlite":
        _on_connect(engine, _SQLITE_READER)
        _on_begin(engine, ["BEGIN"])
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def empty_log(engine: sa.Engine) -> None:
    """Move the write-ahead log of SQLite into the file and cut it to nothing; raises Busy where readers stay.

    Its pages are as they were at every commit, text that was deleted since among them. PostgreSQL recycles its own.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise Busy(f"{engine.url.database}: others are reading the ledger; run the same command again")


def migrator_engine(url: str, timeout: float) -> sa.Engine:
    """Return the engine of migrations: one at a time, in one transaction, foreign keys off where they do harm."""
    engine = _engine(url, timeout)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        _on_connect(engine, _SQLITE_MIGRATOR)
        _on_begin(engine, ["BEGIN IMMEDIATE"])
    else:
        _on_begin(engine, _postgresql_lock(timeout))
    return engine


def upsert(dialect: str, table: sa.Table, *, on: Iterable[str], select: sa.Select[Any] | None = None) -> sa.Executable:
    """Return an insert that, where a row with the same `on` columns is there, updates all other columns of it.

    With `select`, rows come from it; its columns name those of the table.
    """
    statement = _insert(dialect, table)
    keys = tuple(on)
    columns = [column.name for column in table.columns]
    if select is not None:
        columns = [column.name for column in select.selected_columns]
        statement = statement.from_select(columns, select)
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    upserting: sa.Executable = statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
    return upserting


def among(dialect: str, column: sa.ColumnElement[Any], values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that a column has one of the values, plain numbers or texts, as many as may be.

    They go as one parameter, so that the statement is the same for any number of them: a list in the statement costs
    as much to spell out as to look up.
    """
    if dialect == "sqlite":
        each = sa.func.json_each(sa.literal(json.dumps(list(values)), sa.Text)).table_valued("value")
        return column.in_(sa.select(each.c.value))
    return column == sa.any_(sa.literal(list(values), sa.ARRAY(column.type)))


def _insert(dialect: str, table: sa.Table) -> Any:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # takes a tenth of a second to load, and SQLite never needs it

    return postgresql.insert(table)


@contextmanager
def ledger_errors(engine_url: sa.URL) -> Iterator[None]:
    """Turn what the database says into Sosik's errors."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _meaning(error, engine_url) from error


def _engine(url: str, timeout: float) -> sa.Engine:
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise SettingsMistake(f"not the address of a ledger: {url!r}; sqlite:///var/ledger.db is one") from error
    name = address.get_backend_name()
    if name == "sqlite":
        if address.database in (None, "", ":memory:"):
            raise SettingsMistake("a ledger in memory cannot be read beside its writer; name a file")
        return _quiet(sa.create_engine(address, connect_args={"timeout": timeout, "isolation_level": None}))
    if name != "postgresql":
        raise SettingsMistake(f"a ledger is kept in sqlite or postgresql, not in {name!r}")
    try:
        return _quiet(sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True))
    except ModuleNotFoundError as error:
        raise SettingsMistake("a ledger on PostgreSQL needs the package psycopg (the extra 'postgresql')") from error


def _quiet(engine: sa.Engine) -> sa.Engine:
    """Return the engine, which from now on logs no Ctrl-C as a fault of the connection that it came in at.

    SQLAlchemy logs with a traceback whatever ends the closing of a connection, and raises it again.
    """
    pool = type(engine.pool)
    logging.getLogger(f"{pool.__module__}.{pool.__qualname__}").addFilter(_is_fault)
    return engine


def _is_fault(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt))


def _postgresql_lock(timeout: float) -> list[str]:
    return [f"SET LOCAL lock_timeout = {int(timeout * 1000)}", f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"]


def _on_connect(engine: sa.Engine, pragmas: Iterable[str]) -> None:
    def set_up(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    sa.event.listen(engine, "connect", set_up)


def _on_begin(engine: sa.Engine, statements: list[str]) -> None:
    def begin(connection: sa.Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    sa.event.listen(engine, "begin", begin)


def _meaning(error: sa.exc.DBAPIError, url: sa.URL) -> SosikError | sa.exc.DBAPIError:
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_meaning(error, error.orig, Path(url.database or ""))
    return _postgresql_meaning(error, url)


def _sqlite_meaning(error: sa.exc.DBAPIError, cause: sqlite3.Error, file: Path) -> SosikError | sa.exc.DBAPIError:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(f"{file}: another process is writing to the ledger; try again")
        case sqlite3.SQLITE_FULL:
            return StorageFull(f"{file}: no space left for the ledger; make room, then go on")
        case sqlite3.SQLITE_IOERR if shutil.disk_usage(file.parent).free < _SMALL:
            return StorageFull(f"{file}: no space left for the ledger; make room, then go on")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(f"{file}: the ledger cannot be read ({cause})")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return SettingsMistake(f"{file}: the ledger cannot be written ({cause})")
        case sqlite3.SQLITE_CANTOPEN:
            return NotFound("ledger", str(file), hint="it is made by the first command that keeps something")
        case _:
            return error


def _postgresql_meaning(error: sa.exc.DBAPIError, url: sa.URL) -> SosikError | sa.exc.DBAPIError:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    place = f"{url.host}/{url.database}"
    if state in ("55P03", "40001", "40P01"):
        return Busy(f"{place}: another process is writing to the ledger; try again")
    if state == "53100":
        return StorageFull(f"{place}: no space left for the ledger; make room, then go on")
    if state.startswith("XX"):
        return Damaged(f"{place}: the ledger cannot be read ({error.orig})")
    if state in ("22021", "22P05"):
        return Refused(f"a text holds what the ledger cannot keep ({error.orig})")
    if error.connection_invalidated or (isinstance(error, sa.exc.OperationalError) and not state) or state[:2] == "08":
        first_line, _, _ = str(error.orig).partition("\n")
        return Away(f"{place}: the ledger's server does not answer ({first_line})")
    return error
