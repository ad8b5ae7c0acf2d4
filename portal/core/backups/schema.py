"""The schema by its revision: which one a database has, which ones this portal knows, and the way
between them. Alembic is imported here; web processes never come by."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parents[3] / "migrations"
OWN = "alembic_version"
BY_HAND = "search_fts"  # SQLite's full text: filled by triggers


def tables_of(connection: sa.Connection) -> list[str]:
    """All tables with rows of the portal; the database belongs to it alone."""
    names = sa.inspect(connection).get_table_names()
    return sorted(name for name in names if name != OWN and not name.startswith(BY_HAND))


def revision_of(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    return any(one.revision == revision for one in _scripts().walk_revisions())


def newest() -> str:
    return str(_scripts().get_current_head())


def bring(connection: sa.Connection, revision: str) -> None:
    """Inside the caller's transaction where one is open; up only."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def sequences(connection: sa.Connection) -> dict[str, str]:
    """PostgreSQL: by table, the quoted name of the sequence of its id."""
    found = connection.exec_driver_sql(
        "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id')"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'"
        " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
    )
    return {table: sequence for table, sequence in found if sequence}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
