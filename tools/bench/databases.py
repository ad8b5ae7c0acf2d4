"""The databases that are measured: new ones, on each engine that is there."""

import os
import sys

import sqlalchemy as sa
from flask_migrate import upgrade

import config
from portal import create_app
from portal.cli import allow_migrations
from portal.core.database import db, transaction
from portal.demo import services as demo
from tools.bench import many

POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/test"


def prepare(environment: dict[str, str], size: many.Size | None = None) -> None:
    os.environ.update(environment)
    app = create_app(config.from_environment())
    allow_migrations(app)
    with app.app_context():
        upgrade()
        with transaction(writing=True):
            demo.load()
        if size:
            with transaction(writing=True):
                many.fill(size)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if db.engine.dialect.name == "postgresql":
                connection.execute(sa.text("VACUUM ANALYZE"))  # as the server does by itself
        db.engine.dispose()


def engines() -> dict[str, str | None]:
    """SQLite always; PostgreSQL where a server answers."""
    found: dict[str, str | None] = {"SQLite": None}
    server = os.environ.get("PORTAL_TEST_DATABASE_URL", POSTGRESQL)
    try:
        engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect():
            found["PostgreSQL"] = server
    except sa.exc.OperationalError:
        print("PostgreSQL does not answer; measured on SQLite only.", file=sys.stderr)
    return found


def database_for(server: str, name: str) -> str:
    url = sa.make_url(server)
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    return url.set(database=name).render_as_string(hide_password=False)
