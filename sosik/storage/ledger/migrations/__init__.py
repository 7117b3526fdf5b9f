"""The history of the tables: one file a step in versions/, applied by Alembic."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config


def revision(connection: sa.Connection) -> str | None:
    """Return the step that the tables are at, or None where there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if found is None else str(found)


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring the tables up, inside the transaction that the connection is in."""
    # Alembic takes as long to load as a search takes to answer, and is needed once in the life of a ledger.
    from alembic import command

    command.upgrade(_config(connection), to)


def downgrade(connection: sa.Connection, to: str) -> None:
    """Bring the tables down to a step, or to 'base' for none, inside the transaction that the connection is in."""
    from alembic import command

    command.downgrade(_config(connection), to)


def _config(connection: sa.Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
