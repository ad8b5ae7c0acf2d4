"""The migrations: up and down on a database of their own, and no step away from the models."""

import os
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import Flask

from portal.core.database import Base, db
from tests.conftest import a_database_of_ones_own


@pytest.fixture
def empty(app: Flask, tmp_path) -> Iterator[tuple[sa.Engine, Config]]:
    """An empty database of the same engine, and Alembic's configuration for it."""
    server = os.environ.get("PORTAL_TEST_DATABASE_URL")
    config = Config("migrations/alembic.ini")
    config.set_main_option("script_location", "migrations")
    with a_database_of_ones_own(server, tmp_path / "empty.sqlite", "migrations") as url:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        yield engine, config
        engine.dispose()


def run(engine: sa.Engine, config: Config, act, target: str) -> None:
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        act(config, target)
        connection.commit()


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_every_step_goes_up_and_down_again(empty) -> None:
    engine, config = empty

    run(engine, config, command.upgrade, "head")
    there = tables(engine)
    run(engine, config, command.downgrade, "base")
    assert tables(engine) == set()
    run(engine, config, command.upgrade, "head")

    assert tables(engine) == there
    assert set(Base.metadata.tables) <= there


def test_models_and_migrations_say_the_same(app: Flask) -> None:
    def known(_object, name, _kind, _reflected, _other) -> bool:
        return not (name and name.startswith("search_fts"))

    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": known}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_seven_themes_and_twelve_districts_are_there_from_the_start(app: Flask) -> None:
    counted = [
        db.session.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[name]))
        for name in ("theme", "district")
    ]

    assert counted == [7, 12]
