"""The demo alliance, with the competences that every installation starts with. Loading it takes
seconds of work; so a worker does it once a day, keeps a copy of the tables beside the database, and
puts the rows back for the next test."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from portal.core.database import Base, db, transaction
from portal.core.times import today
from portal.demo import services as demo
from tests.conftest import REFERENCE
from tests.taxonomy import start_with_competences

CIRCLE = ("project", "live_revision_id")  # a project and its live revision name each other
_kept: dict[str, tuple[date, int]] = {}


def settle_alliance() -> None:
    """Into empty tables, and commits."""
    known = _kept.get(str(db.engine.url))
    if known and known == (today(), _reference()):
        _put_back()
    else:
        with transaction(writing=True):
            start_with_competences()
            demo.load()
        _keep()
        _kept[str(db.engine.url)] = today(), _reference()
    db.session.remove()


def _reference() -> int:
    """What tells whether the rows that all tests share are those that the copy was made beside."""
    tables = [Base.metadata.tables[name] for name in sorted(REFERENCE)]
    return hash(str([db.session.execute(table.select()).all() for table in tables]))


def _keep() -> None:
    media = _media()
    shutil.rmtree(_copy_of(media), ignore_errors=True)
    if media.is_dir():
        shutil.copytree(media, _copy_of(media))
    statements = ["DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept"]
    copies = [f"CREATE TABLE kept.{_q(t)} AS SELECT * FROM {_own(t)}" for t in _tables()]
    if _file():
        _file_of_copies().unlink(missing_ok=True)
        statements = []
    _run([*statements, *copies])


def _put_back() -> None:
    if _copy_of(_media()).is_dir():
        shutil.copytree(_copy_of(_media()), _media(), dirs_exist_ok=True)
    table, column = CIRCLE
    circle = (
        f"UPDATE {_own(Base.metadata.tables[table])} SET {column} = (SELECT copy.{column}"
        f" FROM kept.{table} AS copy WHERE copy.id = {table}.id)"
    )
    _run([*(_insert(t) for t in _tables()), circle])


def _insert(table: sa.Table) -> str:
    columns = [_q(column) for column in table.columns]
    values = [
        "NULL" if (table.name, column.name) == CIRCLE else _q(column) for column in table.columns
    ]
    return (
        f"INSERT INTO {_own(table)} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM kept.{_q(table)}"
    )


def _tables() -> list[sa.Table]:
    return [t for t in Base.metadata.sorted_tables if t.name not in REFERENCE]


def _run(statements: list[str]) -> None:
    """All or nothing."""
    db.session.remove()
    if not _file():
        with db.engine.begin() as server:
            for statement in statements:
                server.exec_driver_sql(statement)
        return
    with closing(sqlite3.connect(_file(), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("ATTACH ? AS kept", (str(_file_of_copies()),))
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")


def _file() -> str:
    """SQLite's; nothing where a server keeps the tables."""
    return db.engine.url.database or "" if db.engine.dialect.name == "sqlite" else ""


def _file_of_copies() -> Path:
    return Path(f"{_file()}.kept")


def _own(table: sa.Table) -> str:
    return f"{'main' if _file() else 'public'}.{_q(table)}"


def _q(thing: sa.Table | sa.Column[object]) -> str:
    return f'"{thing.name}"'


def _media() -> Path:
    folder: Path = current_app.config["DATA_DIR"]
    return folder / "media"


def _copy_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.kept")
