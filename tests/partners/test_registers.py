"""The legal identity: register, court and district, asked for in the application, kept in one
spelling and shown to the office."""

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Organisation, OrganisationKind
from portal.partners.registers import normalised_number
from portal.topics.queries import districts
from tests.partners.conftest import (
    ORGANISATION,
    START,
    an_application,
    applications,
    apply,
    fill_in,
    link_of,
)

COURT = "Amtsgericht Dortmund"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("HRB 12345", "HRB 12345"),
        ("hrb12345", "HRB 12345"),
        ("  VR-01234 ", "VR 1234"),
        ("gnr: 77", "GnR 77"),
        ("HRA 12 B", "HRA 12 B"),
        ("GSR 9", "GsR 9"),
    ],
)
def test_number_is_kept_in_its_usual_spelling(typed, kept):
    assert normalised_number(typed) == kept


@pytest.mark.parametrize("typed", ["12345", "HRB", "HRX 1", "HRB 1234567", "HRB 1/2", "VR 1 ABCD"])
def test_what_no_court_would_write_is_no_number(typed):
    assert normalised_number(typed) is None


@pytest.mark.parametrize(
    ("court", "number", "message"),
    [
        (COURT, "", "Geben Sie die Nummer an"),
        ("", "HRB 1", "Geben Sie das Gericht an"),
        (COURT, "eins", "sieht aus wie HRB 12345"),
        (COURT, "HRB " + "1" * 40, "höchstens 40 Zeichen"),
        ("x" * 121, "HRB 1", "höchstens 120 Zeichen"),
    ],
)
def test_half_a_register_is_explained_at_the_field(client, court, number, message):
    data = ORGANISATION | {"register_court": court, "register_number": number}

    answer = client.post(START, data=data)

    assert (answer.status_code, message in answer.text) == (422, True)


@pytest.mark.parametrize("district", ["-1", "999", "abc", "1 OR 1"])
def test_district_outside_of_the_list_is_refused(client, district):
    answer = client.post(START, data=ORGANISATION | {"district_id": district})

    assert (answer.status_code, 'href="#district_id' in answer.text) == (422, True)


def test_identity_reaches_the_application_and_the_organisation(client, client_of, olga):
    hoerde = next(one for one in districts() if one.slug == "hoerde")
    identity = {"register_court": COURT, "register_number": "hrb 4711", "district_id": hoerde.id}
    fill_in(client)
    assert client.post(START, data=ORGANISATION | identity).status_code == 303
    checked = client.get(f"{START}/pruefen").text
    assert (f"{COURT}, HRB 4711" in checked, "Hörde" in checked) == (True, True)
    client.post(f"{START}/pruefen")
    (sent,) = applications()
    client.post(link_of(sent), data={"version": sent.version, "password": "Ein Satz, der gilt"})

    office, (received,) = client_of(olga), applications()
    case = f"/projektbuero/antraege/{received.number}"
    assert f"{COURT}, HRB 4711" in office.get(case).text
    office.post(f"{case}/aufnehmen", data={"message": "", "version": received.version})

    organisation = db.session.scalars(select(Organisation)).one()
    assert (organisation.register, organisation.district_id) == (f"{COURT}, HRB 4711", hoerde.id)


def test_answers_from_before_these_questions_can_still_be_sent(client):
    application = apply(client)

    assert (application.register, application.district_id) == ("", None)


def test_same_register_number_is_a_hint_whatever_the_name(client_of, olga, kim):
    application = an_application(kim, name="Ganz Anders AG", register_number="HRB 4711")
    db.session.add(
        Organisation(
            slug="noch-anders",
            name="Noch Einmal SE",
            folded_name="noch einmal se",
            kind=OrganisationKind.COMPANY,
            register_number="HRB 4711",
            created_at=now(),
        )
    )
    db.session.commit()

    page = client_of(olga).get(f"/projektbuero/antraege/{application.number}").text

    assert "Gleiche Registernummer: Noch Einmal SE" in " ".join(page.split())
