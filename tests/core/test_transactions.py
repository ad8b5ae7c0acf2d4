"""One transaction per request: GET cannot write, a failed POST leaves nothing."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now


@pytest.fixture
def view(app, monkeypatch):
    """Replaces what a route of the portal does; its guard and its transaction stay."""

    def does(endpoint, act):
        monkeypatch.setitem(app.view_functions, endpoint, act)

    return does


def add_kim(**_):
    db.session.add(
        User(email="kim@windwerk.example", first_name="K", last_name="M", created_at=now())
    )
    return "done"


def test_get_cannot_write(client, view):
    def write_at_once():
        add_kim()
        db.session.flush()
        return "written"

    view("accounts.sign_in", write_at_once)

    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        client.get("/konto/anmelden")


def test_constraint_that_fails_at_the_commit_is_a_conflict(client_of, petra, view):
    def add_petra_again():
        db.session.add(User(email=petra_email, first_name="P", last_name="P", created_at=now()))
        return "done"

    petra_email = petra.email
    view("accounts.sign_out", add_petra_again)

    assert client_of(petra).post("/konto/abmelden").status_code == 409


def test_answer_of_400_and_more_rolls_back(client_of, olga, view):
    view("accounts.sign_out", lambda: (add_kim(), 422))

    assert client_of(olga).post("/konto/abmelden").status_code == 422
    assert db.session.scalars(select(User)).all() == [olga]


def test_enum_stores_values_and_knows_no_others(olga):
    raw = text('SELECT office_role FROM "user"')

    assert db.session.scalar(raw) == "moderator"
    with pytest.raises(IntegrityError):
        db.session.execute(text("""UPDATE "user" SET office_role = 'MODERATOR'"""))


def test_moment_without_its_zone_is_refused(olga):
    olga.created_at = datetime(2026, 11, 22, 12, 0)

    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def test_moment_comes_back_in_utc(olga):
    olga.created_at = datetime.fromisoformat("2026-11-22T12:00:00+01:00")
    db.session.commit()

    assert olga.created_at == datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
