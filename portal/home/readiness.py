"""Can this process serve? Each problem is one line; none means yes."""

import shutil
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.pages import slot

LEAST_SPACE = 100 * 1024 * 1024


def problems() -> list[str]:
    """Features above and beside add their own through the slot "readiness.problems"."""
    try:
        found = _of_the_database()
        found += str(slot("readiness.problems", None, seen_by=None)).split("\n")
    except SQLAlchemyError as error:
        db.session.rollback()
        found = [f"database: {type(error).__name__}"]
    if shutil.disk_usage(current_app.config["DATA_DIR"]).free < LEAST_SPACE:
        found.append("disk: less than 100 MB are free")
    return [line for line in found if line]


def _of_the_database() -> list[str]:
    """Answers, has the tables, and stands where the newest migration leads."""
    # 5 MB, for those only who ask.
    from alembic.migration import MigrationContext  # noqa: PLC0415

    db.session.execute(sa.select(User.id).limit(1))
    context = MigrationContext.configure(db.session.connection())
    here, there = set(context.get_current_heads()), _newest_migrations()
    return ["migrations: the database is not up to date"] if here != there else []


@lru_cache
def _newest_migrations() -> frozenset[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    folder = Path(current_app.root_path).parent / "migrations"
    return frozenset(ScriptDirectory(str(folder)).get_heads()) if folder.is_dir() else frozenset()
