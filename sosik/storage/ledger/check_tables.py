"""The table of checks."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Instant, metadata

# `content` is all of the check but these two columns: it is read whole or not at all.
source_check = sa.Table(
    "source_check",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)
