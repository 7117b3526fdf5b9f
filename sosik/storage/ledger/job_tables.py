"""The tables of jobs."""

import sqlalchemy as sa

from sosik.storage.ledger.schema import Instant, metadata

# The last four columns are the lease: null, but for the beat, while nobody runs the job.
job = sa.Table(
    "job",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("beat", sa.BigInteger, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("until", Instant),
    sa.Column("running", Instant),
)

job_run = sa.Table(
    "job_run",
    metadata,
    sa.Column("job", sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("scheduled_for", Instant, primary_key=True),
    sa.Column("state", sa.String(32), nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("started", Instant, nullable=False),
    sa.Column("ended", Instant),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("deaths", sa.Integer, nullable=False),
)
