"""The tables of stories."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Counter, Instant, metadata

# A story that went into another stays as a row that says so: its id is in links and in mails.
story = sa.Table(
    "story",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("into", sa.String(64)),
)

story_member = sa.Table(
    "story_member",
    metadata,
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story", sa.ForeignKey("story.id", ondelete="CASCADE"), nullable=False),
    sa.Column("copy", sa.Boolean, nullable=False),
    sa.Index(None, "story"),
)

story_link = sa.Table(
    "story_link",
    metadata,
    sa.Column("one", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("other", sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("points", sa.Float, nullable=False),
    sa.Column("wording", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index(None, "other"),
)

# What it was made of: an analysis by its digest, a day of publication, and whoever made it.
footprint = sa.Table(
    "footprint",
    metadata,
    sa.Column("number", Counter, primary_key=True),
    sa.Column("article", sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False, unique=True),
    sa.Column("made_by", sa.String(64), nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("published_day", sa.Date),
    sa.Column("order", sa.Float, nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("keys", sa.LargeBinary, nullable=False),
    sa.Column("profile", sa.LargeBinary, nullable=False),
)

# Forty rows an article: nothing but two numbers, in the order of the first. No foreign key, since that would need an
# index as large again; the keys of an article taken down lead nowhere.
footprint_key = sa.Table(
    "footprint_key",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("footprint", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("number", Counter, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("articles", sa.JSON, nullable=False),
    sa.Column("others", sa.JSON, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)

# No foreign key to the article: what was decided holds when the article is read again.
decision_article = sa.Table(
    "decision_article",
    metadata,
    sa.Column("article", sa.String(64), primary_key=True),
    sa.Column("decision", sa.ForeignKey("decision.number", ondelete="CASCADE"), primary_key=True),
)
