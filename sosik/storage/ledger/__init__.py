"""The ledger: the truth about everything derived or decided.

    sql.py          the ledger and its units of work
    articles.py … index_work.py     one part of the unit of work each, over one or two tables
    transaction.py  what the parts share: rows that wait, and versions raised once at the end
    dialect.py      the one place that knows SQLite from PostgreSQL
    schema.py, tables.py, migrations/   the tables, and their history

A later part (stories, briefs, events, the outbox …) is:

1. its Protocol in `sosik/model/ports/ledger.py`, and its promises in `tests/contracts/test_ledger.py`;
2. a module with its table on `schema.metadata` (instants as `schema.Instant`, lists as `sa.JSON`);
3. a module with its part, made of a `Transaction`: `insert` and `upsert` wait, `read` and `change` run at once, and
   `show(article)` raises the version of an article whose document shows what changed;
4. a step in `migrations/versions/`, written by hand, and the number of `schema.SCHEMA`; a test
   (tests/storage/test_migrations.py) holds tables and steps together;
5. a line in `sql.SqlUnitOfWork` and in its maker.
"""
