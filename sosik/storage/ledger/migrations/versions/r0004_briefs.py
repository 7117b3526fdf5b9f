"""English briefs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "brief",
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("drafter", sa.Text, nullable=False),
        sa.Column("made_of", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("drafted", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_brief"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_brief_article_article", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("brief")
