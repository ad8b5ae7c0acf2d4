"""What people change about themselves: their name, and the language of their e-mails."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from tests.events.forms import fields_of
from tests.letters import history

KIM = {"first_name": "Kim", "last_name": "Muster", "language": "en", "version": "1"}


def person(email="petra@windwerk.example") -> User:
    db.session.rollback()
    return db.session.scalars(select(User).where(User.email == email)).one()


def test_name_and_language_of_the_mails_are_kept(client_of, petra) -> None:
    answer = client_of(petra).post("/konto", data=KIM)

    assert (answer.status_code, answer.location) == (303, "/konto")
    assert (person().name, person().language) == ("Kim Muster", "en")
    assert history() == [("AccountChanged", petra.id, None)]


def test_form_shows_the_language_that_is_set(client_of, petra) -> None:
    client = client_of(petra)
    client.post("/konto", data=KIM)

    assert fields_of(client.get("/konto").text)["language"] == "en"


@pytest.mark.parametrize("language", ["fr", "", "EN", "en\0", "x" * 3000, "deutsch"])
def test_language_that_is_not_offered_is_not_taken(client_of, petra, language) -> None:
    answer = client_of(petra).post("/konto", data=KIM | {"language": language})

    assert answer.status_code == 422
    assert 'value="Kim"' in answer.text
    assert (person().name, person().language) == ("Petra Probe", "de")


def test_slower_of_two_changes_is_refused(client_of, petra) -> None:
    client = client_of(petra)

    answers = [client.post("/konto", data=KIM | {"language": one}) for one in ("en", "de")]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert person().language == "en"
