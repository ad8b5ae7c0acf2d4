"""Owners write the profile, a meter says what is missing, and no person stands there without their
own yes. The office alone changes the name."""

import io

import pytest
from PIL import Image

from portal.core.counters import counters
from portal.core.database import db
from portal.partners import queries
from portal.partners.models import AffiliationRole, Organisation
from portal.partners.services.directory import index_partner
from tests.cast import a_user, affiliated, theme
from tests.letters import history, letters
from tests.partners.acting import PEOPLE
from tests.partners.claims import a_claim

PROFILE = "/mein/windwerk/profil"
PAGE = "/partner/windwerk"
FULL = {
    "summary": "Wind wird Strom.",
    "text": "Wir **bauen** Windräder.",
    "website": "windwerk.example",
    "city": "Dortmund",
    "contact_email": "info@windwerk.example",
    "version": "1",
}


def a_logo(colour="teal"):
    file = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(file, "PNG")
    file.seek(0)
    return file, "logo.png"


def save(client, **more):
    return client.post(PROFILE, data=FULL | more, content_type="multipart/form-data")


def stored():
    db.session.rollback()
    return db.session.query(Organisation).filter_by(slug="windwerk").one()


@pytest.fixture
def listed(windwerk):
    index_partner(windwerk)
    db.session.commit()
    return windwerk


def test_saved_profile_is_on_the_page_and_in_the_search_at_once(client_of, client, listed, petra):
    answer = save(client_of(petra), themes=[theme().id])

    assert (answer.status_code, answer.location) == (303, PROFILE)
    page = client.get(PAGE).text
    for shown in ("Wind wird Strom.", "<strong>bauen</strong>", "info@windwerk"):
        assert shown in page
    assert "Windwerk eG" in client.get("/partner?q=windräder").text
    assert history() == [("ProfileChanged", petra.id, listed.id)]


def test_changed_topics_change_the_figures_of_the_directory(client_of, listed, petra):
    save(client_of(petra), themes=[theme("energie").id])
    save(client_of(petra), themes=[theme("mobilitaet").id], version=stored().version)

    assert counters("partners")["theme"] == {"mobilitaet": 1}


def test_logo_is_shown_and_stands_on_the_poster_only_where_released(
    client_of, client, listed, petra
):
    save(client_of(petra), picture=a_logo())
    logo = stored().logo
    address = f"{PAGE}/logo/{logo.key}/480.webp"

    assert address in client.get(PAGE).text
    assert client.get(address).status_code == 200
    assert stored().logo_on_poster is False
    save(client_of(petra), logo_on_poster="y", version=stored().version)
    assert stored().logo_on_poster is True


def test_removed_logo_is_gone_with_its_release(client_of, client, listed, petra):
    save(client_of(petra), picture=a_logo(), logo_on_poster="y")
    old = stored().logo.key

    save(client_of(petra), picture_remove="y", logo_on_poster="y", version=stored().version)

    assert (stored().logo, stored().logo_on_poster) == (None, False)
    assert client.get(f"{PAGE}/logo/{old}/480.webp").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"summary": "x" * 401}, "höchstens 400 Zeichen"),
        ({"website": "javascript:alert(1)"}, "keine Webadresse"),
        ({"contact_email": "niemand"}, "E-Mail-Adresse ist nicht vollständig"),
        ({"city": ""}, "Geben Sie den Ort ein."),
        ({"themes": ["999999"]}, "Wählen Sie einen der angebotenen Einträge."),
        ({"picture": (io.BytesIO(b"no picture"), "logo.png")}, "Bild"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_nothing_is_saved(
    client_of, listed, petra, wrong, told
):
    answer = save(client_of(petra), **wrong)

    assert answer.status_code == 422
    assert told in answer.text
    assert stored().summary == ""


def test_posted_fields_of_the_office_change_nothing(client_of, listed, petra):
    forged = {"name": "Bösewerk", "slug": "boese", "kind": "science", "suspended_at": "", "id": "7"}

    save(client_of(petra), **forged)

    assert (stored().name, stored().slug, stored().kind) == ("Windwerk eG", "windwerk", "company")


def test_script_in_the_text_is_text(client_of, client, listed, petra):
    save(client_of(petra), text="<script>alert(1)</script> [x](javascript:alert(1))")

    assert "<script>alert" not in client.get(PAGE).text
    assert 'href="javascript' not in client.get(PAGE).text


def test_slower_owner_gets_409_and_overwrites_nothing(client_of, listed, petra):
    save(client_of(petra), summary="Erste")

    assert save(client_of(petra), summary="Zweite").status_code == 409
    assert stored().summary == "Erste"


def test_meter_counts_what_is_there_and_names_what_is_missing(client_of, listed, petra):
    empty = client_of(petra).get(PROFILE).text
    assert "2 von 8 Angaben" in empty  # website and city
    assert "Noch offen: Kurztext, Text, Logo, Themen, Kompetenzen, Kontakt" in empty

    save(client_of(petra), themes=[theme().id], picture=a_logo())
    assert "Noch offen: Kompetenzen" in client_of(petra).get(PROFILE).text
    a_claim(listed)

    full = client_of(petra).get(PROFILE).text
    assert "8 von 8 Angaben" in full
    assert "Ihr Profil ist vollständig." in full


def test_name_stands_in_public_with_the_persons_own_yes_only(
    client_of, client, listed, petra, paul
):
    assert paul.name not in client.get(PAGE).text

    client_of(paul).post(f"{PROFILE}/zeigen")
    assert paul.name in client.get(PAGE).text
    client_of(paul).post(f"{PROFILE}/verbergen")
    assert paul.name not in client.get(PAGE).text
    assert [fact for fact, *_ in history()] == ["ContactShown", "ContactHidden"]


def test_name_leaves_the_page_with_the_person(client_of, client, listed, petra, paul):
    client_of(paul).post(f"{PROFILE}/zeigen")

    client_of(petra).post(f"{PEOPLE}/{paul.id}/entfernen")

    assert paul.name not in client.get(PAGE).text


def test_yes_stays_when_the_role_changes(client_of, client, listed, petra, paul):
    client_of(paul).post(f"{PROFILE}/zeigen")

    client_of(petra).post(f"{PEOPLE}/{paul.id}/rolle", data={"role": "editor", "seen": "member"})

    assert [one.person.name for one in queries.contacts_of(stored())] == [paul.name]


def test_office_changes_the_name_and_the_owners_hear_of_it(client_of, client, listed, petra, ada):
    answer = client_of(ada).post(
        "/projektbuero/partner/windwerk/umbenennen", data={"name": "Windwerk GmbH", "version": 1}
    )

    assert answer.status_code == 303
    assert "Windwerk GmbH" in client.get(PAGE).text
    assert "Windwerk GmbH" in client.get("/partner?q=windwerk").text
    assert letters() == [(petra.email, "partners/organisation_renamed")]


def test_public_page_takes_the_same_statements_for_many_contacts(
    client_of, client, statements, listed, petra
):
    client.get(PAGE)  # topics and districts are remembered
    with statements() as few:
        client.get(PAGE)
    for number in range(6):
        one = affiliated(
            a_user(f"n{number}@windwerk.example", "Kim", f"Muster {number}"),
            listed,
            AffiliationRole.MEMBER,
        )
        one.shown_since = one.since
    db.session.commit()
    with statements() as many:
        page = client.get(PAGE).text

    assert "Kim Muster 5" in page
    assert many.number == few.number <= 8
