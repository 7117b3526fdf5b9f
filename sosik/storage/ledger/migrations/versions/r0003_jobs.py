"""Jobs, their leases and their runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "job",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("since", _instant, nullable=False),
        sa.Column("beat", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("until", _instant),
        sa.Column("running", _instant),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("scheduled_for", _instant, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("started", _instant, nullable=False),
        sa.Column("ended", _instant),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("deaths", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("job", "scheduled_for", name="pk_job_run"),
        sa.ForeignKeyConstraint(["job"], ["job.id"], name="fk_job_run_job_job", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop them, the one that points to the other first."""
    op.drop_table("job_run")
    op.drop_table("job")
