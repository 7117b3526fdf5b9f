"""The table of briefs."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Instant, metadata

# `made_of` is the made_by of the analysis that the brief was drafted from.
brief = sa.Table(
    "brief",
    metadata,
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("drafter", sa.Text, nullable=False),
    sa.Column("made_of", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("drafted", Instant, nullable=False),
)
