"""One database per worker for the whole run: a SQLite file, or one of its own on the server that
PORTAL_TEST_DATABASE_URL names. The cast: Petra (owner) and Paul (member) of Windwerk eG, Stefan the
stranger, Olga who moderates, Ada who leads the office."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import Settings
from portal import create_app
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.accounts.sessions import KEY
from portal.cli import allow_migrations
from portal.core import generation
from portal.core.database import Base, db
from portal.core.limits import limiter
from tests.client import PortalClient
from tools import catalogues

pytest_plugins = ["tests.cast"]


def pytest_configure() -> None:
    """The portal offers the languages whose catalogues are compiled."""
    catalogues.compile_stale()


REFERENCE = {"theme", "district"}  # filled by a migration, as in every installation


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Iterator[str]:
    server = os.environ.get("PORTAL_TEST_DATABASE_URL")
    with TemporaryDirectory(dir=memory_disk()) as folder:
        file = Path(folder) / "portal.sqlite"
        with a_database_of_ones_own(server, file, worker) as url:
            yield url


def memory_disk() -> str | None:
    """Nobody needs a test's database after a power cut."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@contextmanager
def a_database_of_ones_own(server: str | None, file: Path, name: str) -> Iterator[str]:
    """The address of an empty database: the file, or a new one on the server, dropped later."""
    if not server:
        yield f"sqlite:///{file}"
        return
    url = sa.make_url(server)
    own = f"{url.database}_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with _administration(url) as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{own}"'))
    hasty = {"options": "-c synchronous_commit=off"}
    yield url.set(database=own, query=hasty).render_as_string(hide_password=False)
    with _administration(url) as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)'))


def _administration(url: sa.URL) -> sa.Connection:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    return engine.connect()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, database_url: str, worker: str) -> Settings:
    return Settings(
        ENVIRONMENT="demo",
        DATA_DIR=Path(tmp_path_factory.mktemp("data")),
        SECRET_KEY="only-for-tests-0123456789-abcdefghijkl",
        SQLALCHEMY_DATABASE_URI=database_url,
        REDIS_URL=redis_of_ones_own(worker),
        BASE_URL="http://portal.test",
        TESTING=True,
    )


def redis_of_ones_own(worker: str) -> str | None:
    """Each worker counts in a database number of its own."""
    server = os.environ.get("PORTAL_TEST_REDIS_URL")
    number = 1 + int(re.sub(r"\D", "", worker) or 0) % 15
    return f"{server.rstrip('/').removesuffix('/0')}/{number}" if server else None


@pytest.fixture(scope="session")
def portal(settings: Settings) -> Iterator[Flask]:
    portal = create_app(settings)
    allow_migrations(portal)
    portal.test_client_class = PortalClient
    with portal.app_context():
        upgrade()
        empty_tables()  # what the office may change is no test's beginning
    yield portal
    with portal.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(portal: Flask) -> Iterator[Flask]:
    """An app context with empty tables; themes and districts are there. Limits are off (they belong
    to the process, and every app that a test makes turns them on again), but in test_limits.py."""
    limiter.enabled = False
    with portal.app_context():
        yield portal
        db.session.rollback()
        empty_tables()


def empty_tables() -> None:
    """Circles between tables (a project and its live revision) are cut first. Most tables are empty
    already; asking all of them at once is quicker than emptying each."""
    generation.forget()
    tables = [t for t in reversed(Base.metadata.sorted_tables) if t.name not in REFERENCE]
    asked = sa.select(*(sa.exists().select_from(t).label(t.name) for t in tables))
    filled = db.session.execute(asked).one()._asdict()
    if filled["project"]:
        db.session.execute(sa.update(Base.metadata.tables["project"]).values(live_revision_id=None))
    for table in tables:
        if filled[table.name]:
            db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()


@pytest.fixture
def client(app: Flask) -> PortalClient:
    """A visitor."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def client_of(app: Flask) -> Callable[[User], PortalClient]:
    """Somebody who has logged in."""

    def signed_in_as(user: User) -> PortalClient:
        key = accounts.open_session(user, browser="Test")
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session[KEY] = key
        return client  # type: ignore[return-value]

    return signed_in_as


class Counted:
    """How many statements a block sent; what opens a transaction does not count."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    @property
    def number(self) -> int:
        return len(self.sent)


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[Counted]]:
    @contextmanager
    def counting() -> Iterator[Counted]:
        counted = Counted()

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SET ", "SAVEPOINT", "RELEASE")):
                counted.sent.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)

    return counting
