"""Logging in: one answer for every failure, limits that hold, and a session that can be ended."""

import pytest
import time_machine
from sqlalchemy import select

from portal.accounts import passwords, services
from portal.accounts.models import Attempt, User, UserSession
from portal.accounts.sessions import KEY
from portal.core.database import db
from portal.core.times import now
from tests.cast import PASSWORD, a_user

SIGN_IN = "/konto/anmelden"


@pytest.fixture(scope="module")
def kept():
    return passwords.hashed(PASSWORD)


@pytest.fixture
def kim(app, kept):
    return a_user("kim@windwerk.example", "Kim", "Muster", password_hash=kept)


def sign_in(client, email="kim@windwerk.example", password=PASSWORD, **more):
    return client.post(SIGN_IN, data={"email": email, "password": password}, **more)


def test_right_password_opens_a_session_and_leads_to_ones_own_page(client, kim):
    answer = sign_in(client)

    assert (answer.status_code, answer.location) == (303, "/mein")
    assert [s.user_id for s in db.session.scalars(select(UserSession))] == [kim.id]
    assert client.get("/konto").status_code == 200


def test_address_is_taken_however_it_is_written(client, kim):
    assert sign_in(client, email="  KIM@Windwerk.example ").status_code == 303


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/mein/windwerk/projekte?seite=2", "/mein/windwerk/projekte?seite=2"),
        ("https://evil.example/", "/mein"),
        ("//evil.example", "/mein"),
        ("/\\evil.example", "/mein"),
        ("/mein\r\nX: y", "/mein"),
        ("/" + "a" * 600, "/mein"),
        ("javascript:alert(1)", "/mein"),
        ("", "/mein"),
    ],
)
def test_way_back_stays_in_the_portal(client, kim, target, leads_to):
    answer = client.post(
        SIGN_IN,
        query_string={"weiter": target},
        data={"email": kim.email, "password": PASSWORD},
    )

    assert answer.location == leads_to


def test_unknown_address_and_wrong_password_get_the_same_bytes_and_the_same_work(
    app, kim, monkeypatch
):
    checks = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *a: checks.append(a) or matches(*a))
    bodies = []
    for email in ["kim@windwerk.example", "nobody@windwerk.example"]:
        client = app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = "0" * 40
        answer = sign_in(client, email=email, password="wrong, but long enough")
        token = answer.text.split('name="csrf_token" value="')[1].split('"')[0]
        bodies.append(answer.text.replace(email, "").replace(token, ""))

        assert answer.status_code == 422
    assert bodies[0] == bodies[1]
    assert len(checks) == 2


@pytest.mark.parametrize("state", ["unconfirmed", "locked", "without a password"])
def test_account_that_may_not_log_in_looks_like_a_wrong_password(client, kept, app, state):
    a_user(
        "kim@windwerk.example",
        "Kim",
        "Muster",
        password_hash=None if state == "without a password" else kept,
        confirmed_at=None if state == "unconfirmed" else now(),
        locked_at=now() if state == "locked" else None,
    )

    assert sign_in(client).status_code == 422
    assert db.session.scalars(select(UserSession)).all() == []


@pytest.mark.parametrize("email", ["kim@windwerk.example", "nobody@windwerk.example"])
def test_after_ten_failures_even_the_right_password_waits(client, kim, email):
    for _ in range(services.FAILURES):
        assert sign_in(client, email=email, password="wrong, but long enough").status_code == 422

    answer = sign_in(client, email=email)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    with time_machine.travel(now() + services.FAILURES_WITHIN):
        expected = 303 if email == kim.email else 422
        assert sign_in(client, email=email).status_code == expected


def test_failures_are_kept_without_the_address(client, kim):
    sign_in(client, password="wrong, but long enough")

    [attempt] = db.session.scalars(select(Attempt)).all()
    assert "kim" not in attempt.subject
    assert len(attempt.subject) == 64


def test_signing_out_ends_the_session_for_good(client, kim):
    sign_in(client)
    with client.session_transaction() as session:
        key = session[KEY]

    assert client.post("/konto/abmelden").status_code == 303
    with client.session_transaction() as session:
        session[KEY] = key
    assert client.get("/konto").status_code == 302


def test_planted_cookie_is_dropped_at_the_log_in(client, kim):
    with client.session_transaction() as session:
        session["planted"] = "by somebody"

    sign_in(client)

    with client.session_transaction() as session:
        assert "planted" not in session


def test_locked_person_is_out_at_once(client_of, kim):
    client = client_of(kim)
    assert client.get("/konto").status_code == 200

    db.session.get(User, kim.id).locked_at = now()
    db.session.commit()

    assert client.get("/konto").status_code == 302


def test_session_ends_after_thirty_days(client_of, kim):
    client = client_of(kim)

    with time_machine.travel(now() + 31 * services.timedelta(days=1)):
        assert client.get("/konto").status_code == 302


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "", "password": "x"}, "Geben Sie Ihre E-Mail-Adresse ein."),
        ({"email": "kim@", "password": "x"}, "nicht vollständig"),
        ({"email": "kim@windwerk.example", "password": ""}, "Geben Sie Ihr Passwort ein."),
        ({"email": "k\x00im@windwerk.example", "password": "x"}, "Steuerzeichen"),
        ({"email": "a" * 300 + "@windwerk.example", "password": "x"}, "höchstens 254 Zeichen"),
        ({"email": "kim@windwerk.example", "password": "x" * 300}, "Passwort ist zu lang"),
    ],
)
def test_bad_input_is_explained_at_the_field(client, kim, data, message):
    answer = client.post(SIGN_IN, data=data)

    assert answer.status_code == 422
    assert message in answer.text
    assert db.session.scalars(select(Attempt)).all() == []
