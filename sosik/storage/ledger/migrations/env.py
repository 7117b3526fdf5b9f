"""Run by Alembic: applies migrations on the connection that is handed in.

That connection comes from `dialect.migrator_engine`: foreign keys off (batch mode remakes tables, and a CASCADE would
empty the tables that point to them) and one transaction around all steps (a failed one leaves nothing of itself).
"""

from alembic import context

from sosik.storage.ledger.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
