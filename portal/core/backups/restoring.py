"""Puts the rows of an archive into the place of all that is there: at once, or not at all.

SQLite: a second file is filled beside the database and then copied over it in one transaction of
the engine. PostgreSQL: everything happens in one transaction. Whoever is killed on the way leaves
the old rows.
"""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from portal.core.backups import schema
from portal.core.backups.checking import Archive
from portal.core.backups.manifest import Unusable
from portal.core.database import Base
from portal.core.errors import Conflict
from portal.core.pictures.storage import MediaStore

PATIENCE = 30.0  # seconds for whoever is writing to SQLite just now
Finish = Callable[[sa.Connection], None]


def has_rows(url: sa.URL, tables: set[str]) -> bool:
    with _engine(url) as engine, engine.connect() as connection:
        return any(
            connection.execute(sa.select(sa.exists().select_from(sa.table(table)))).scalar()
            for table in tables & set(schema.tables_of(connection))
        )


def restore_files(archive: Archive, store: MediaStore) -> int:
    """Before the rows that name them. Files are only added; those that no row names any more the
    worker clears away."""
    files = archive.manifest.files
    for part, key, name in files:
        store.put(key, name, archive.file(part))
    return len(files)


def restore_rows(archive: Archive, *, url: sa.URL, finish: Finish) -> None:
    """`finish` is called at the newest schema, before anybody sees the new rows."""
    with _engine(url) as engine:
        try:
            if engine.dialect.name == "sqlite":
                _into_sqlite(archive, engine, finish)
            else:
                _into_postgresql(archive, engine, finish)
        except (DBAPIError, engine.dialect.loaded_dbapi.Error, OverflowError) as error:
            told = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            raise Unusable(f"the database did not take the rows: {told}") from error


@contextmanager
def _engine(url: sa.URL) -> Iterator[sa.Engine]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def _into_sqlite(archive: Archive, live: sa.Engine, finish: Finish) -> None:
    _refuse_strangers(live, archive)
    with _second_file(Path(str(live.url.database))) as engine:
        with engine.connect() as connection:
            schema.bring(connection, archive.manifest.revision)
            _fill_sqlite(archive, connection)
            schema.bring(connection, schema.newest())
            finish(connection)
            connection.commit()
        _copy_sqlite(engine, live)


@contextmanager
def _second_file(live: Path) -> Iterator[sa.Engine]:
    """Beside the database, empty, and nobody else's; a killed restore may have left it."""
    beside = live.with_name(f"{live.name}.restoring")
    with beside.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict("somebody else is restoring just now") from error
        held.truncate(0)
        try:
            with _engine(sa.make_url(f"sqlite:///{beside}")) as engine:
                sa.event.listen(engine, "connect", _hasty)
                yield engine
        finally:
            beside.unlink(missing_ok=True)


def _hasty(driver: Any, _: object) -> None:
    """Nobody needs the second file after a power cut."""
    driver.execute("PRAGMA synchronous = OFF")
    driver.execute("PRAGMA journal_mode = MEMORY")


def _fill_sqlite(archive: Archive, connection: sa.Connection) -> None:
    connection.commit()
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    tables = _expected(archive, connection)
    for table in tables:
        driver.execute(f'DELETE FROM "{table}"')
    for table in tables:
        columns, rows = _columns_and_rows(archive, connection, table)
        marks = ", ".join("?" * len(columns))
        driver.executemany(f'INSERT INTO "{table}" ({_listed(columns)}) VALUES ({marks})', rows)
    if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
        raise Unusable(f"rows of {broken[0][0]} point at rows that are not there")
    driver.commit()


def _copy_sqlite(source: sa.Engine, live: sa.Engine) -> None:
    """Other processes see the old rows until the last page is there, then the new ones."""
    deadline = time.monotonic() + PATIENCE

    def look_at_the_clock(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > deadline:
            raise Conflict("somebody is writing all the time; end the portal first")

    with source.connect() as filled, live.connect() as target:
        driver: Any = target.connection.driver_connection
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        all_of_it: Any = filled.connection.driver_connection
        all_of_it.backup(driver, progress=look_at_the_clock)


def _into_postgresql(archive: Archive, engine: sa.Engine, finish: Finish) -> None:
    _refuse_strangers(engine, archive)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        connection.exec_driver_sql("SET LOCAL TimeZone = 'UTC'")
        if schema.revision_of(connection) != archive.manifest.revision:
            _drop_everything(connection)
            schema.bring(connection, archive.manifest.revision)
        _fill_postgresql(archive, connection)
        schema.bring(connection, schema.newest())
        finish(connection)


def _drop_everything(connection: sa.Connection) -> None:
    names = [*schema.tables_of(connection), schema.OWN]
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_listed(names)}")


def _fill_postgresql(archive: Archive, connection: sa.Connection) -> None:
    """Foreign keys are taken away and made again, as pg_dump does: tables point at each other."""
    tables = _expected(archive, connection)
    keys = _foreign_keys(connection)
    for table, name, _ in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    connection.exec_driver_sql(f"TRUNCATE {_listed(tables)}")
    driver: Any = connection.connection.driver_connection
    for table in tables:
        columns, rows = _columns_and_rows(archive, connection, table)
        taking = f'COPY "{table}" ({_listed(columns)}) FROM STDIN'
        with driver.cursor() as cursor, cursor.copy(taking) as copy:
            for row in rows:
                copy.write_row(row)
    for table, name, definition in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    _count_on(archive, connection)


def _foreign_keys(connection: sa.Connection) -> list[Any]:
    found = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    )
    return list(found)


def _count_on(archive: Archive, connection: sa.Connection) -> None:
    """New ids are larger than any that the archive's portal has ever given."""
    given = archive.manifest.sequences
    for table, sequence in schema.sequences(connection).items():
        largest = f'SELECT max(id) FROM "{table}"'
        last = max(connection.exec_driver_sql(largest).scalar() or 0, given.get(table, 0))
        connection.execute(
            sa.text("SELECT setval(cast(:sequence AS regclass), :last, :is_called)"),
            {"sequence": sequence, "last": max(last, 1), "is_called": last > 0},
        )


def _refuse_strangers(engine: sa.Engine, archive: Archive) -> None:
    """What is about to be replaced has to be a portal's."""
    with engine.connect() as connection:
        strange = set(schema.tables_of(connection))
    strange -= set(Base.metadata.tables) | set(archive.manifest.tables)
    if strange:
        raise Conflict(f"the database holds tables that are not the portal's: {min(strange)}")


def _expected(archive: Archive, connection: sa.Connection) -> list[str]:
    """The tables of the archive's schema; the archive has each of them, and no other."""
    there, said = schema.tables_of(connection), sorted(archive.manifest.tables)
    if there != said:
        odd = min(set(there) ^ set(said))
        raise Unusable(f"the archive does not fit its schema: the table {odd}")
    return there


def _columns_and_rows(
    archive: Archive, connection: sa.Connection, table: str
) -> tuple[list[str], Iterator[list[Any]]]:
    columns, rows = archive.rows(table)
    known = {column["name"] for column in sa.inspect(connection).get_columns(table)}
    if len(columns) != len(known) or set(columns) != known:
        raise Unusable(f"the archive does not fit its schema: the columns of {table}")
    return columns, rows


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
