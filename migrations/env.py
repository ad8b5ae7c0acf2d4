"""How migrations run: each in a transaction of its own, on SQLite with foreign keys off around it,
because a table that is rebuilt is missing for a moment (decisions.md, "Tools")."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Connection

from portal.core.database import Base, db

# The full-text table and its shadows belong to the search index, made by hand in 0001.
BY_HAND = "search_fts"


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    return not (kind == "table" and name and name.startswith(BY_HAND))


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    driver.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")


def run() -> None:
    given: Connection | None = context.config.attributes.get("connection")
    with given or db.engine.connect() as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_name=include_name,
            compare_type=True,
            transaction_per_migration=True,
            user_module_prefix="",
        )
        with context.begin_transaction():
            context.run_migrations()


run()
