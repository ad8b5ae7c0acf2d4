"""Installations of their own: restoring replaces a whole database, also its tables."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from config import Settings
from portal import create_app
from portal.cli import allow_migrations
from portal.core.database import db
from tests.client import PortalClient
from tests.conftest import a_database_of_ones_own
from tests.core.backups.acting import run

Install = Callable[..., Flask]


@pytest.fixture(scope="module")
def install(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Install]:
    """Makes installations without any table, on this run's engine or on the one that is named."""
    server = os.environ.get("PORTAL_TEST_DATABASE_URL")
    with ExitStack() as stack:

        def make(name: str, *, embedded: bool = not server) -> Flask:
            folder = Path(tmp_path_factory.mktemp(name))
            file = folder / "portal.sqlite"
            place = a_database_of_ones_own(None if embedded else server, file, f"backup_{name}")
            url = stack.enter_context(place)
            own = replace(settings, DATA_DIR=folder, SQLALCHEMY_DATABASE_URI=url)
            made = create_app(own)
            made.test_client_class = PortalClient
            stack.callback(_let_go, made)
            return made

        yield make


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def alliance(install: Install) -> Flask:
    """An installation with the demo alliance in it."""
    made = install("alliance")
    allow_migrations(made)
    with made.app_context():
        upgrade()
    assert run(made, "demo").exit_code == 0
    return made


@pytest.fixture(scope="module")
def archive(alliance: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the alliance."""
    folder = tmp_path_factory.mktemp("archive")
    answer = run(alliance, "backup", str(folder))
    assert answer.exit_code == 0, answer.output
    return next(folder.glob("portal-*.zip"))
