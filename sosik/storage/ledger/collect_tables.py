"""The tables of visits to outlets, of their health, and of takedowns."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Counter, Instant, metadata

# Counts, announcements and facts as JSON: they are read as a whole or not at all.
source_run = sa.Table(
    "source_run",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("source", sa.String(255), nullable=False),
    sa.Column("started", Instant, nullable=False),
    sa.Column("ended", Instant),
    sa.Column("fetched", sa.Integer, nullable=False),
    sa.Column("new", sa.Integer, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("failed", sa.JSON, nullable=False),
    sa.Column("refused", sa.JSON, nullable=False),
    sa.Column("articles_failed", sa.JSON, nullable=False),
    sa.Column("announcements", sa.JSON, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("not_before", Instant),
    sa.Index(None, "source", "started"),
)

source_health = sa.Table(
    "source_health",
    metadata,
    sa.Column("source", sa.String(255), primary_key=True),
    sa.Column("state", sa.String(32), nullable=False),
    sa.Column("since", Instant),
    sa.Column("cause", sa.String(64), nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("judged", Instant, nullable=False),
)

# `traces` are addresses in clear and places in the archive; null once the archive is clean.
takedown = sa.Table(
    "takedown",
    metadata,
    sa.Column("article", sa.String(64), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("done", Instant),
    sa.Column("traces", sa.JSON(none_as_null=True)),
)

takedown_address = sa.Table(
    "takedown_address",
    metadata,
    sa.Column("mark", sa.String(32), primary_key=True),
    sa.Column("article", sa.ForeignKey("takedown.article", ondelete="CASCADE"), nullable=False),
    sa.Index(None, "article"),
)
