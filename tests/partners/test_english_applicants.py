"""Somebody who reads English applies, and the office reads German: each is spoken to in their own
language."""

import re

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.core.languages import speaking
from portal.history.models import Entry
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners.text_blocks import asking_blocks, declining_blocks
from tests.cast import a_user
from tests.partners.conftest import an_application, apply

ENGLISH = {"Accept-Language": "en"}


def newest_letter() -> tuple[str, str]:
    db.session.rollback()
    return words(db.session.scalars(select(Letter).order_by(Letter.id.desc())).first())


@pytest.fixture
def mary(app):
    return a_user("mary@probewerk.example", "Mary", "Muster", language="en")


@pytest.mark.parametrize(
    ("chosen", "language", "subject"),
    [
        ("en", "en", "Confirm your e-mail address"),
        ("de", "de", "Bestätigen Sie Ihre E-Mail-Adresse"),
    ],
)
def test_sign_up_keeps_the_language_that_the_person_reads(
    client, chosen, language, subject
) -> None:
    client.get(f"/partner-werden?lang={chosen}")

    assert apply(client).applicant.language == language
    assert newest_letter()[0] == subject


def test_who_has_an_account_keeps_its_language(client, mary) -> None:
    client.get("/partner-werden?lang=de")

    assert apply(client, email=mary.email).applicant.language == "en"


def test_what_the_office_prepares_is_in_the_language_of_who_gets_it(client_of, olga, mary) -> None:
    case = f"/projektbuero/antraege/{an_application(mary).number}"
    client = client_of(olga)

    page = client.get(case).text
    assert "We are delighted to welcome Probewerk gGmbH to the alliance." in page
    assert "<dt>E-Mails auf</dt><dd>English</dd>" in page
    for way, blocks in (("ablehnen", declining_blocks), ("fragen", asking_blocks)):
        for word, (label, text) in blocks().items():
            page = client.get(f"{case}?{way}={word}").text
            with speaking("en"):
                said = blocks()[word][1]
            assert label in page
            assert text not in page
            assert said in page


def test_office_that_reads_english_still_writes_german_to_who_reads_german(client_of, olga) -> None:
    kim = a_user("kim@probewerk.example", "Kim", "Muster")
    case = f"/projektbuero/antraege/{an_application(kim).number}"

    page = client_of(olga).get(case, headers=ENGLISH).text

    assert "Message to the organisation" in page
    assert "Wir freuen uns, Probewerk gGmbH in der Allianz zu begrüßen." in page
    assert "<dt>E-mails in</dt><dd>Deutsch</dd>" in page


@pytest.mark.parametrize(
    ("reads", "said"), [("en", "Your role: Editor."), ("de", "Ihre Rolle: Redaktion.")]
)
def test_invitation_names_the_role_in_the_language_of_who_is_invited(
    client_of, petra, mary, reads, said
) -> None:
    mary.language = reads
    db.session.commit()

    client_of(petra).post(
        "/mein/windwerk/personen/einladen",
        data={"emails": mary.email, "role": "editor"},
        headers=ENGLISH,
    )

    assert said in newest_letter()[1]


@pytest.mark.parametrize("answer", ["annehmen", "ablehnen"])
def test_answer_to_an_invitation_names_the_role_to_who_invited(
    client_of, petra, mary, answer
) -> None:
    client_of(petra).post(
        "/mein/windwerk/personen/einladen", data={"emails": mary.email, "role": "editor"}
    )
    client = client_of(mary)
    page = client.get("/mein", headers=ENGLISH).text
    (link,) = set(re.findall(r'href="([^"]*einladung[^"]*)"', page))

    client.post(f"{link}/{answer}", data={"version": 1}, headers=ENGLISH)

    assert re.search(r"olle: Redaktion\.", newest_letter()[1])


@pytest.mark.parametrize(("reads", "role"), [("en", "Editor"), ("de", "Redaktion")])
def test_role_is_named_in_the_language_of_whose_it_is(client_of, petra, paul, reads, role) -> None:
    paul.language = reads
    db.session.commit()

    client_of(petra).post(
        f"/mein/windwerk/personen/{paul.id}/rolle",
        data={"role": "editor", "seen": "member"},
        headers=ENGLISH,
    )

    assert f": {role}." in newest_letter()[1]
    assert db.session.scalars(select(Entry.note).where(Entry.fact == "RoleGiven")).one() == (
        "Redaktion"
    )
