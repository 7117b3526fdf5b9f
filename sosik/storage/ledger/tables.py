"""The tables of the main job."""

from typing import Any

import sqlalchemy as sa

from sosik.storage.ledger.schema import Counter, Instant, capture_columns, metadata, published_columns


def _content() -> list[sa.Column[Any]]:
    """What one revision of an article says; the same in the newest and in the earlier ones."""
    return [
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        *published_columns("published"),
        *published_columns("modified"),
        *capture_columns(),
        sa.Column("captured", Instant),
        sa.Column("cuts", sa.JSON, nullable=False),
    ]


# `version` is that of the index document. It only ever rises, and starts at 1 when the first transaction ends.
# `changed` orders what was raised last: a number that rises with every transaction, for those who follow articles.
article = sa.Table(
    "article",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    *_content(),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("added", Instant, nullable=False),
    sa.Column("gone_at", Instant),
    sa.Column("changed", sa.BigInteger, nullable=False, default=0, server_default="0"),
    sa.Index(None, "source"),
    sa.Index(None, "changed"),
)

article_revision = sa.Table(
    "article_revision",
    metadata,
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    *_content(),
)

# JSON as text: it is made once, hashed, and kept as it was hashed (codec.py).
analysis = sa.Table(
    "analysis",
    metadata,
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
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
)

# Addresses can be longer than a database lets a key be, so the key is a digest of the address.
visit = sa.Table(
    "visit",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    *capture_columns(),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index(None, "source"),
)

reading = sa.Table(
    "reading",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("article", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "at"),
)

cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("consumer", sa.String(255), primary_key=True),
    sa.Column("file", sa.String(255), primary_key=True),
    sa.Column("offset", sa.BigInteger, nullable=False),
)

index_generation = sa.Table(
    "index_generation",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("name", sa.String(255), nullable=False, unique=True),
    sa.Column("opened", Instant, nullable=False),
)

# No foreign key to the article: work to remove one outlives it.
index_work = sa.Table(
    "index_work",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("generation", sa.ForeignKey("index_generation.id", ondelete="CASCADE"), nullable=False),
    sa.Column("article", sa.String(64), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("removed", sa.Boolean, nullable=False),
    sa.UniqueConstraint("generation", "article"),
    sa.Index(None, "generation", "id"),  # work is read oldest first, while a rebuild has a row for every article
)
