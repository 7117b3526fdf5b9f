"""The tables of series, events, rules and messages."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Counter, Instant, metadata

series = sa.Table(
    "series",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("letters", sa.Text, nullable=False),
    sa.Index(None, "letters"),
    sa.Index(None, "source"),
)

installment = sa.Table(
    "installment",
    metadata,
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("series", sa.ForeignKey("series.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer),
    sa.Column("label", sa.Text),
    sa.Column("final", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Index(None, "series"),
)

# No foreign keys: what was decided holds when all parts of a series are read again.
series_decision = sa.Table(
    "series_decision",
    metadata,
    sa.Column("number", Counter, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("series", sa.String(64), nullable=False),
    sa.Column("other", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)

# `key` is Event.key: no foreign key, for what happened stays true when an article is taken down.
event = sa.Table(
    "event",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("key", sa.String(255), nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("article", sa.Text),
    sa.Column("happened", Instant, nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
)

# Events that the matcher has come by and cannot judge yet: their articles have no analysis of their newest text.
waiting_event = sa.Table(
    "waiting_event",
    metadata,
    sa.Column("event", sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
)

followed_source = sa.Table(
    "followed_source",
    metadata,
    sa.Column("source", sa.String(255), primary_key=True),
    sa.Column("since", Instant, nullable=False),
)

subscriber = sa.Table(
    "subscriber",
    metadata,
    sa.Column("address", sa.String(320), primary_key=True),
    sa.Column("added", Instant, nullable=False),
)

alert_rule = sa.Table(
    "alert_rule",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("subscriber", sa.ForeignKey("subscriber.address", ondelete="CASCADE"), nullable=False),
    sa.Column("kinds", sa.JSON, nullable=False),
    sa.Column("series", sa.Text, nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),
    sa.Column("regions", sa.JSON, nullable=False),
    sa.Column("outlets", sa.JSON, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("channel", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("added", Instant, nullable=False),
    sa.Index(None, "subscriber"),
)

# The five columns of the message are null until it is composed, which is when its first attempt begins.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("rule", sa.ForeignKey("alert_rule.id", ondelete="CASCADE"), nullable=False),
    sa.Column("event", sa.ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
    sa.Column("subscriber", sa.String(320), nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("status", sa.String(32), nullable=False),
    sa.Column("queued", Instant, nullable=False),
    sa.Column("next_try", Instant, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("text", sa.Text),
    sa.Column("html", sa.Text),
    sa.Column("stop", sa.Text),
    sa.Column("about", sa.JSON),
    sa.UniqueConstraint("rule", "event", "subscriber"),
    sa.Index(None, "status", "next_try"),
)

# `ended` and `outcome` are null from the beginning of an attempt to its end.
delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", Counter, primary_key=True),
    sa.Column("outbox", sa.ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("began", Instant, nullable=False),
    sa.Column("ended", Instant),
    sa.Column("outcome", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Index(None, "outbox"),
    sa.Index(None, "ended"),
)
