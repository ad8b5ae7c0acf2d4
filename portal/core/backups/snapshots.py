"""All rows as they were at one moment, while the portal goes on writing.

Values come as both engines take them back: moments as text in UTC, JSON as it was written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from portal.core.backups import schema

BATCH = 2000
MOMENT = "%Y-%m-%d %H:%M:%S.%f"  # SQLite's own; PostgreSQL reads it in the time zone of the session


class Snapshot:
    """One transaction that only reads."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.engine = connection.dialect.name
        inspector = sa.inspect(connection)
        self.columns = {
            name: {column["name"]: column["type"] for column in inspector.get_columns(name)}
            for name in schema.tables_of(connection)
        }

    def rows(self, table: str, columns: list[str] | None = None) -> Iterator[list[Any]]:
        chosen = [self._as_kept(table, name) for name in columns or self.columns[table]]
        reading = self.connection.execution_options(stream_results=True, max_row_buffer=BATCH)
        for row in reading.exec_driver_sql(f'SELECT {", ".join(chosen)} FROM "{table}"'):
            yield [_plain(value) for value in row]

    def _as_kept(self, table: str, name: str) -> str:
        """The drivers take JSON apart, and null in it is not the same as no value."""
        is_json = isinstance(self.columns[table][name], sa.JSON)
        return f'CAST("{name}" AS TEXT)' if is_json else f'"{name}"'

    def sequences(self) -> dict[str, int]:
        """The last number that each table has given. SQLite counts on from the largest id."""
        if self.engine != "postgresql":
            return {}
        found = {}
        for table, sequence in schema.sequences(self.connection).items():
            last = self.connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}")
            number, is_called = last.one()
            if is_called:
                found[table] = number
        return found


@contextmanager
def snapshot(url: sa.URL) -> Iterator[Snapshot]:
    """On a connection of its own: the portal's are set up for requests."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.isolation_level = None
            driver.execute("PRAGMA busy_timeout = 5000")
            driver.execute("BEGIN")
        else:
            _freeze(connection)
        yield Snapshot(connection)
    engine.dispose()


def _freeze(connection: sa.Connection) -> None:
    """PostgreSQL: nothing that others commit is seen, and nobody alters or empties a table."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    connection.execution_options(**options)
    names = ", ".join(f'"{name}"' for name in schema.tables_of(connection))
    if names:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS SHARE MODE")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"the backup does not know how to keep a {type(value).__name__}")
