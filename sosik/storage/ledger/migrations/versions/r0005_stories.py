"""Stories, footprints, and decisions of editors."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID = sa.String(64)


def upgrade() -> None:
    """Make their tables."""
    _make_stories()
    _make_footprints()
    _make_decisions()


def _make_stories() -> None:
    op.create_table(
        "story",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("into", _ID),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_table(
        "story_member",
        sa.Column("article", _ID, nullable=False),
        sa.Column("story", _ID, nullable=False),
        sa.Column("copy", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_story_member"),
        _to_article("story_member", "article"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="fk_story_member_story_story", ondelete="CASCADE"),
    )
    op.create_index("ix_story_member_story", "story_member", ["story"])
    op.create_table(
        "story_link",
        sa.Column("one", _ID, nullable=False),
        sa.Column("other", _ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("wording", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_story_link"),
        _to_article("story_link", "one"),
        _to_article("story_link", "other"),
    )
    op.create_index("ix_story_link_other", "story_link", ["other"])


def _make_footprints() -> None:
    op.create_table(
        "footprint",
        sa.Column("number", _counter, nullable=False),
        sa.Column("article", _ID, nullable=False),
        sa.Column("made_by", _ID, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("published_day", sa.Date),
        sa.Column("order", sa.Float, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("profile", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_footprint"),
        _to_article("footprint", "article"),
        sa.UniqueConstraint("article", name="uq_footprint_article"),
    )
    op.create_table(
        "footprint_key",
        sa.Column("key", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("footprint", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "footprint", name="pk_footprint_key"),
        sqlite_with_rowid=False,
    )


def _make_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("number", _counter, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("articles", sa.JSON, nullable=False),
        sa.Column("others", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
    )
    op.create_table(
        "decision_article",
        sa.Column("article", _ID, nullable=False),
        sa.Column("decision", _counter, nullable=False),
        sa.PrimaryKeyConstraint("article", "decision", name="pk_decision_article"),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.number"], name="fk_decision_article_decision_decision", ondelete="CASCADE"
        ),
    )


def _to_article(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_article"
    return sa.ForeignKeyConstraint([column], ["article.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them, those that point to others first."""
    for table in ("decision_article", "decision", "footprint_key", "footprint", "story_link", "story_member", "story"):
        op.drop_table(table)
