"""Taking an index away, to see that it is what holds a rule."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from portal.core.database import Base, db


@contextmanager
def without_index(name: str) -> Iterator[None]:
    """Who leaves the block has deleted what the index forbids. Other connections are closed before
    and after: SQLite's keep the schema that they have read, and would not see it come or go."""
    tables = Base.metadata.tables.values()
    index = next(one for table in tables for one in table.indexes if one.name == name)
    _alone(lambda connection: connection.execute(sa.text(f"DROP INDEX {name}")))
    try:
        yield
    finally:
        _alone(index.create)


def _alone(act: Callable[[sa.Connection], object]) -> None:
    db.session.rollback()
    db.engine.dispose()
    with db.engine.begin() as connection:
        act(connection)
    db.engine.dispose()
