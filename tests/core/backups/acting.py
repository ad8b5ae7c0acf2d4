"""What the tests of backups do and look at."""

import hashlib
from typing import Any

import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from portal.core.backups.snapshots import snapshot
from portal.core.database import db
from portal.core.limits import limiter
from portal.core.pictures.storage import media

# Restoring ends all log-ins, and no number of the public generation comes twice.
ITS_OWN = {"user_session", "public_generation"}


def run(app: Flask, *words: str) -> Result:
    limiter.enabled = False
    answer = app.test_cli_runner().invoke(args=list(words))
    with app.app_context():
        db.session.remove()
    return answer


def rows_of(app: Flask) -> dict[str, list[list[Any]]]:
    """All rows of all tables, however an engine orders them and writes yes and no."""
    with app.app_context():
        url = db.engine.url
    with snapshot(url) as source:
        return {
            table: sorted(([plain(v) for v in row] for row in source.rows(table)), key=repr)
            for table in source.columns
            if table not in ITS_OWN
        }


def plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def files_of(app: Flask) -> dict[str, str]:
    """The hash of each media file."""
    with app.app_context():
        store = media()
        found = [(key, name, store.get(key, name)) for key, name in store.files()]
    return {f"{key}/{name}": hashlib.sha256(content).hexdigest() for key, name, content in found}


def scalar(app: Flask, statement: str) -> Any:
    with app.app_context(), db.engine.connect() as connection:
        return connection.execute(sa.text(statement)).scalar()
