"""The tables of the main job."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_instant = sa.DateTime(timezone=True)
_counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _content() -> list[sa.Column[Any]]:
    return [
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("published_day", sa.Date),
        sa.Column("published_at", _instant),
        sa.Column("published_provenance", sa.Text),
        sa.Column("modified_day", sa.Date),
        sa.Column("modified_at", _instant),
        sa.Column("modified_provenance", sa.Text),
        sa.Column("capture_file", sa.Text),
        sa.Column("capture_offset", sa.BigInteger),
        sa.Column("capture_end", sa.BigInteger),
        sa.Column("captured", _instant),
        sa.Column("cuts", sa.JSON, nullable=False),
    ]


def upgrade() -> None:
    """Make them."""
    _articles()
    _analyses()
    _crawl()
    _index()


def downgrade() -> None:
    """Drop them, those that point to others first."""
    for table in (
        "index_work",
        "index_generation",
        "cursor",
        "reading",
        "visit",
        "analysis",
        "article_revision",
        "article",
    ):
        op.drop_table(table)


def _articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *_content(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", _instant, nullable=False),
        sa.Column("gone_at", _instant),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_source", "article", ["source"])
    op.create_table(
        "article_revision",
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        *_content(),
        sa.PrimaryKeyConstraint("article", "revision", name="pk_article_revision"),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name="fk_article_revision_article_article", ondelete="CASCADE"
        ),
    )


def _analyses() -> None:
    op.create_table(
        "analysis",
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("tokenizer", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("regions", sa.Text, nullable=False),
        sa.Column("mentions", sa.Text, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("dates", sa.Text, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("terms", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_analysis"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_analysis_article_article", ondelete="CASCADE"),
    )


def _crawl() -> None:
    op.create_table(
        "visit",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("capture_file", sa.Text),
        sa.Column("capture_offset", sa.BigInteger),
        sa.Column("capture_end", sa.BigInteger),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_visit"),
    )
    op.create_index("ix_visit_source", "visit", ["source"])
    op.create_table(
        "reading",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("article", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reading"),
    )
    op.create_index("ix_reading_at", "reading", ["at"])
    op.create_table(
        "cursor",
        sa.Column("consumer", sa.String(255), nullable=False),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("consumer", "file", name="pk_cursor"),
    )


def _index() -> None:
    op.create_table(
        "index_generation",
        sa.Column("id", _counter, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("opened", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_index_generation"),
        sa.UniqueConstraint("name", name="uq_index_generation_name"),
    )
    op.create_table(
        "index_work",
        sa.Column("id", _counter, nullable=False),
        sa.Column("generation", _counter, nullable=False),
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_index_work"),
        sa.ForeignKeyConstraint(
            ["generation"],
            ["index_generation.id"],
            name="fk_index_work_generation_index_generation",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("generation", "article", name="uq_index_work_generation_article"),
    )
    op.create_index("ix_index_work_generation_id", "index_work", ["generation", "id"])
