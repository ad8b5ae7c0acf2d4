"""Forgotten and changed passwords: links that open once, and sessions that end."""

import re

import pytest
import time_machine
from sqlalchemy import select

from portal.accounts import passwords, queries, services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.notifications.messages import compose
from portal.notifications.models import Letter
from tests.cast import PASSWORD, a_user
from tests.letters import letters

FORGOT = "/konto/passwort-vergessen"
NEW = "Ein neuer Satz, der gilt"


@pytest.fixture(scope="module")
def kept():
    return passwords.hashed(PASSWORD)


@pytest.fixture
def kim(app, kept):
    return a_user("kim@windwerk.example", "Kim", "Muster", password_hash=kept)


def link_for(user, lifetime=services.LINK_LIFETIME):
    user = db.session.get(User, user.id)
    token = token_for(user, services.PASSWORD_LINK, now() + lifetime)
    return f"/konto/passwort/{user.id}/{token}"


def test_known_and_unknown_address_get_the_same_answer_and_only_the_known_one_a_letter(app, kim):
    answers = []
    for email in ["kim@windwerk.example", "nobody@windwerk.example"]:
        answer = app.test_client().post(FORGOT, data={"email": email})
        answers.append((answer.status_code, answer.location))

    assert answers == [(303, "/konto/anmelden")] * 2
    assert letters() == [("kim@windwerk.example", "accounts/password_link_asked")]


def test_fourth_link_within_an_hour_is_refused_for_any_address(app):
    for _ in range(services.LINKS):
        assert app.test_client().post(FORGOT, data={"email": "no@body.example"}).status_code == 303

    assert app.test_client().post(FORGOT, data={"email": "no@body.example"}).status_code == 429


def test_get_shows_and_post_acts_once(client, kim):
    link = link_for(kim)

    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": NEW}).status_code == 303
    assert client.post(link, data={"password": NEW}).status_code == 404
    assert passwords.matches(NEW, db.session.get(User, kim.id).password_hash)


def test_newest_link_counts(client, kim):
    old = link_for(kim)
    client.post(FORGOT, data={"email": kim.email})

    assert client.get(old).status_code == 404
    assert client.get(link_for(kim)).status_code == 200


def test_expired_link_says_so_and_offers_a_new_one(client, kim):
    link = link_for(kim)

    with time_machine.travel(now() + services.LINK_LIFETIME):
        answer = client.get(link)

    assert answer.status_code == 410
    assert FORGOT in answer.text


def test_token_opens_one_purpose_of_one_person(client, kim, petra):
    until = now() + services.LINK_LIFETIME
    wrong = [
        token_for(petra, services.PASSWORD_LINK, until),
        token_for(kim, "another purpose", until),
        "ä",
        "0",
        "ffffffffff-" + "0" * 64,
        "x" * 5000,
    ]

    for token in wrong:
        assert client.post(f"/konto/passwort/{kim.id}/{token}").status_code == 404


def test_new_password_ends_every_session(client, client_of, kim):
    elsewhere = client_of(kim)

    client.post(link_for(kim), data={"password": NEW})

    assert elsewhere.get("/konto").status_code == 302
    assert ("kim@windwerk.example", "accounts/password_changed") in letters()


def test_changing_the_password_needs_the_present_one_and_spares_this_browser(client_of, kim):
    here, elsewhere = client_of(kim), client_of(kim)

    refused = here.post("/konto/passwort", data={"current": "not this one", "password": NEW})
    taken = here.post("/konto/passwort", data={"current": PASSWORD, "password": NEW})

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert here.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 302


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "Geben Sie ein Passwort ein."),
        ("short", "mindestens 12 Zeichen"),
        ("x" * 300, "mindestens 12 Zeichen"),
        ("1234567890password1", "Liste der häufigsten"),
    ],
)
def test_poor_password_is_refused_with_the_reason(client, kim, password, message):
    answer = client.post(link_for(kim), data={"password": password})

    assert answer.status_code == 422
    assert message in answer.text


def test_ending_one_session_leaves_the_others(client_of, kim):
    here, elsewhere = client_of(kim), client_of(kim)
    other = queries.sessions_of(kim)[-1]
    there = [s.id for s in queries.sessions_of(kim)]

    assert here.post(f"/konto/sitzungen/{other.id}/beenden").status_code == 303
    states = sorted([here.get("/konto").status_code, elsewhere.get("/konto").status_code])
    assert states == [200, 302]
    assert len(there) == 2


def test_nobody_ends_the_session_of_another_person(client_of, kim, petra):
    client_of(kim)
    [session] = queries.sessions_of(kim)

    client_of(petra).post(f"/konto/sitzungen/{session.id}/beenden")

    assert len(queries.sessions_of(kim)) == 1


def test_links_in_letters_lead_to_the_portals_own_address(app, kim):
    app.test_client().post(
        FORGOT,
        data={"email": kim.email},
        headers={"Host": "portal.test", "X-Forwarded-Host": "evil"},
    )

    [letter] = db.session.scalars(select(Letter)).all()
    [link] = re.findall(r"https?://\S+/passwort/\S+", compose(letter).get_content())

    assert link.startswith("http://portal.test/konto/passwort/")
