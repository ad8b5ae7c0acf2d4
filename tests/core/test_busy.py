"""A database that others hold for too long answers 503: nothing is stored, and what was typed can
be sent once more. The others are real connections."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import text

from config import Settings
from portal import create_app
from portal.accounts import passwords
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.accounts.sessions import KEY
from portal.core.database import db
from portal.core.limits import limiter
from portal.history.models import Entry
from portal.projects.models import ReviewState
from tests.cast import PASSWORD
from tests.client import PortalClient
from tests.projects.making import OFFICE, a_draft, in_state, state_of

GIVE_BACK = {"note": "Bitte <kürzen>.\nUnd ändern."}


@pytest.fixture
def hasty(app: Flask, settings: Settings) -> Iterator[Flask]:
    """A portal on the same database that waits for nobody."""
    hasty = create_app(replace(settings, SQLITE_BUSY_MS=50, POSTGRESQL_LOCK_MS=50))
    hasty.test_client_class = PortalClient
    limiter.enabled = False
    yield hasty
    with hasty.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def case(windwerk, petra) -> tuple:
    """A project in review, and what a form of that moment would send."""
    project = a_draft(windwerk, petra)
    return project, in_state(project, ReviewState.SUBMITTED)


def client_in(portal: Flask, user: User) -> PortalClient:
    key = accounts.open_session(user, browser="Test")
    db.session.commit()
    client = portal.test_client()
    with client.session_transaction() as session:
        session[KEY] = key
    return client  # type: ignore[return-value]


@contextmanager
def held(row: str) -> Iterator[None]:
    """By somebody else: the row on PostgreSQL, on SQLite everything that can be written."""
    db.session.rollback()
    url = db.engine.url.render_as_string(hide_password=False)
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        connection.execute(text("BEGIN IMMEDIATE" if is_sqlite else "BEGIN"))
        connection.execute(text(row if is_sqlite else f"{row} FOR UPDATE"))
        yield
        connection.execute(text("ROLLBACK"))
    engine.dispose()


def lines() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Entry.id))) or 0


def test_busy_database_is_503_and_nothing_is_half_done(hasty, olga, case, caplog):
    project, version = case
    client = client_in(hasty, olga)
    address = f"{OFFICE}/{project.key}/veroeffentlichen"
    before = lines()

    with held("SELECT id FROM revision"), caplog.at_level(logging.WARNING):
        answer = client.post(address, data=version)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Gespeichert wurde nichts" in answer.text
    assert (state_of(project), lines()) == (ReviewState.SUBMITTED, before)
    assert [record.message[:10] for record in caplog.records] == ["busy: POST"]


def test_what_was_typed_stands_on_the_page_and_is_sent_again(hasty, olga, case):
    project, version = case
    client = client_in(hasty, olga)
    address = f"{OFFICE}/{project.key}/zurueckgeben"

    with held("SELECT id FROM revision"):
        answer = client.post(address, data=version | GIVE_BACK)

    assert f'action="{address}' in answer.text
    assert '<textarea name="note" hidden>\nBitte &lt;kürzen&gt;.\nUnd ändern.</textarea>' in (
        answer.text.replace("\r", "")
    )
    assert client.post(address, data=version | GIVE_BACK).status_code == 303
    assert state_of(project) is ReviewState.RETURNED


def test_no_page_repeats_a_password(hasty, petra):
    petra.password_hash = passwords.hashed(PASSWORD)
    client = client_in(hasty, petra)
    data = {"current": PASSWORD, "password": "Ein neuer Satz, der gilt"}

    with held('SELECT id FROM "user"'):
        answer = client.post("/konto/passwort", data=data)

    assert answer.status_code == 503
    assert "Ein neuer Satz" not in answer.text and "textarea" not in answer.text


def test_reading_waits_for_nobody(hasty, petra):
    client = client_in(hasty, petra)

    with held('SELECT id FROM "user"'):
        assert [client.get(page).status_code for page in ("/projekte", "/mein")] == [200, 200]


def test_refusal_stays_a_refusal_where_its_line_cannot_be_written(hasty, petra, case):
    project, version = case
    client, address = client_in(hasty, petra), f"{OFFICE}/{project.key}/veroeffentlichen"

    with held("SELECT id FROM revision"):
        answer = client.post(address, data=version)

    assert answer.status_code == 404


def test_deadlock_is_503(app, client_of, petra, olga, monkeypatch):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("a writer of SQLite locks everything at once")
    client, first, second = client_of(petra), petra.id, olga.id
    mine, theirs = Event(), Event()
    url = db.engine.url.render_as_string(hide_password=False)

    def update(connection, id_):
        connection.execute(
            text('UPDATE "user" SET first_name = first_name WHERE id = :i'), {"i": id_}
        )

    def the_other() -> None:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            update(connection, second)
            theirs.set()
            assert mine.wait(10)
            update(connection, first)

    def view() -> str:
        db.session.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
        update(db.session, first)
        mine.set()
        assert theirs.wait(10)
        update(db.session, second)
        return "done"

    monkeypatch.setitem(app.view_functions, "accounts.sign_out", view)
    with ThreadPoolExecutor() as pool:
        other = pool.submit(the_other)
        answer = client.post("/konto/abmelden")
        other.result(10)

    assert answer.status_code == 503
