"""How migrations run: each in a transaction of its own, on SQLite with foreign keys off around it,
because a table that is rebuilt is missing for a moment (decisions.md, "Tools")."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from portal.core.database import Base, UTCDateTime, db

# The full-text table, its shadows and its index are made by hand in 0001.
BY_HAND = "search_fts"


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    return not (name and name.startswith(BY_HAND))


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations are plain SQLAlchemy: they outlive our own types."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


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
    # Who hands a connection in goes on with it, maybe inside of a transaction.
    opened = nullcontext(given) if given else db.engine.connect()
    with opened as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_name=include_name,
            compare_type=True,
            transaction_per_migration=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
