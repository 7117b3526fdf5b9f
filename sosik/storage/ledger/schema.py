"""What all tables share: the metadata, the names of constraints, and columns that appear in several.

A later part of the ledger is one module that adds its table to `metadata`, one part module, and one migration.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

SCHEMA = "0009"  # the newest revision in migrations/versions; a test holds the two together

metadata = sa.MetaData(
    # Without names of their own, constraints cannot be dropped again, and their loss is not seen.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows by itself only in a column that is exactly INTEGER.
Counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Instant(sa.TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite keeps no zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse naive instants: nobody knows what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return it aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def capture_columns() -> list[sa.Column[Any]]:
    """The columns of a CaptureRef, all null where there is none."""
    return [
        sa.Column("capture_file", sa.Text),
        sa.Column("capture_offset", sa.BigInteger),
        sa.Column("capture_end", sa.BigInteger),
    ]


def published_columns(prefix: str) -> list[sa.Column[Any]]:
    """The columns of a Published, all null where nothing is known; `_at` is null where only the day is."""
    return [
        sa.Column(f"{prefix}_day", sa.Date),
        sa.Column(f"{prefix}_at", Instant),
        sa.Column(f"{prefix}_provenance", sa.Text),
    ]
