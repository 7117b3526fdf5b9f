"""The order of changes; series, events, rules and messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_instant = sa.DateTime(timezone=True)
_counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them; articles that are there changed in the order in which they were added."""
    op.add_column("article", sa.Column("changed", sa.BigInteger, nullable=False, server_default="0"))
    op.execute(
        "UPDATE article SET changed = numbered.place FROM "
        "(SELECT id, row_number() OVER (ORDER BY added, id) AS place FROM article) AS numbered "
        "WHERE numbered.id = article.id"
    )
    op.create_index("ix_article_changed", "article", ["changed"])
    _series()
    _events()
    _rules()
    _messages()


def downgrade() -> None:
    """Drop them, those that point to others first."""
    for table in (
        "delivery", "outbox", "alert_rule", "subscriber", "followed_source", "event", "installment", "series",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_index("ix_article_changed", "article")
    with op.batch_alter_table("article") as article:
        article.drop_column("changed")


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("letters", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_letters", "series", ["letters"])
    op.create_index("ix_series_source", "series", ["source"])
    op.create_table(
        "installment",
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("label", sa.Text),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_installment"),
        sa.ForeignKeyConstraint(["article"], ["article.id"], name="fk_installment_article_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name="fk_installment_series_series", ondelete="CASCADE"),
    )
    op.create_index("ix_installment_series", "installment", ["series"])


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("id", _counter, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("article", sa.Text),
        sa.Column("happened", _instant, nullable=False),
        sa.Column("quiet", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("key", name="uq_event_key"),
    )
    op.create_table(
        "followed_source",
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("since", _instant, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_followed_source"),
    )


def _rules() -> None:
    op.create_table(
        "subscriber",
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("added", _instant, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_subscriber"),
    )
    op.create_table(
        "alert_rule",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("subscriber", sa.String(320), nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("regions", sa.JSON, nullable=False),
        sa.Column("outlets", sa.JSON, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("added", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_rule"),
        sa.ForeignKeyConstraint(
            ["subscriber"], ["subscriber.address"], name="fk_alert_rule_subscriber_subscriber", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_alert_rule_subscriber", "alert_rule", ["subscriber"])


def _messages() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _counter, nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
        sa.Column("event", _counter, nullable=False),
        sa.Column("subscriber", sa.String(320), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("queued", _instant, nullable=False),
        sa.Column("next_try", _instant, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("html", sa.Text),
        sa.Column("stop", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["rule"], ["alert_rule.id"], name="fk_outbox_rule_alert_rule", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name="fk_outbox_event_event", ondelete="CASCADE"),
        sa.UniqueConstraint("rule", "event", "subscriber", name="uq_outbox_rule_event_subscriber"),
    )
    op.create_index("ix_outbox_status_next_try", "outbox", ["status", "next_try"])
    op.create_table(
        "delivery",
        sa.Column("id", _counter, nullable=False),
        sa.Column("outbox", _counter, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("began", _instant, nullable=False),
        sa.Column("ended", _instant),
        sa.Column("outcome", sa.Text),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name="fk_delivery_outbox_outbox", ondelete="CASCADE"),
    )
    op.create_index("ix_delivery_outbox", "delivery", ["outbox"])
    op.create_index("ix_delivery_ended", "delivery", ["ended"])
