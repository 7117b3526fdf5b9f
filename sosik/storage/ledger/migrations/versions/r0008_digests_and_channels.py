"""Rules for digests and for other channels than mail; what alerts tell programs; events that wait to be matched."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add them; the rules that are there alert by mail."""
    op.add_column("alert_rule", sa.Column("channel", sa.String(64), nullable=False, server_default="email"))
    op.add_column("alert_rule", sa.Column("digest", sa.String(32), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("about", sa.JSON))
    op.create_table(
        "waiting_event",
        sa.Column("event", _counter, nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_waiting_event"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name="fk_waiting_event_event_event", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("waiting_event")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("about")
    with op.batch_alter_table("alert_rule") as alert_rule:
        alert_rule.drop_column("digest")
        alert_rule.drop_column("channel")
