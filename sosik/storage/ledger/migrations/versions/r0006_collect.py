"""Visits to outlets, their health, and takedowns."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables."""
    _make_runs()
    _make_takedowns()


def _make_runs() -> None:
    op.create_table(
        "source_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("fetched", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("failed", sa.JSON, nullable=False),
        sa.Column("refused", sa.JSON, nullable=False),
        sa.Column("articles_failed", sa.JSON, nullable=False),
        sa.Column("announcements", sa.JSON, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_source_run"),
    )
    op.create_index("ix_source_run_source_started", "source_run", ["source", "started"])
    op.create_table(
        "source_health",
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("judged", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_source_health"),
    )


def _make_takedowns() -> None:
    op.create_table(
        "takedown",
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("done", sa.DateTime(timezone=True)),
        sa.Column("traces", sa.JSON),
        sa.PrimaryKeyConstraint("article", name="pk_takedown"),
    )
    op.create_table(
        "takedown_address",
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("article", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_takedown_address"),
        sa.ForeignKeyConstraint(
            ["article"], ["takedown.article"], name="fk_takedown_address_article_takedown", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_takedown_address_article", "takedown_address", ["article"])


def downgrade() -> None:
    """Drop them."""
    for table in ("takedown_address", "takedown", "source_health", "source_run"):
        op.drop_table(table)
