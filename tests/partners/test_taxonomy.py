"""The office keeps the words that partners choose from: addresses stay, what is used is kept."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners import services
from portal.partners.models import CompetenceLevel, Organisation
from portal.partners.queries import kept
from portal.topics.models import Competence
from tests.cast import an_organisation, theme
from tests.letters import history, letters
from tests.partners.acting import race
from tests.partners.claims import a_claim, a_competence, claims

OFFICE = "/projektbuero/kompetenzen"
BASIC, EXPERIENCED, LEADING = CompetenceLevel


@pytest.fixture
def sensorik(app):
    return a_competence()


@pytest.fixture
def funk(sensorik):
    return a_competence("funk", "Funknetze")


def stored(slug="sensorik"):
    db.session.rollback()
    return db.session.scalar(select(Competence).where(Competence.slug == slug))


def order():
    db.session.rollback()
    return list(db.session.scalars(select(Competence.slug).order_by(Competence.order)))


def save(client, slug, **more):
    answers = {"name": "Sensorik", "after_id": "0", "version": stored(slug).version}
    return client.post(f"{OFFICE}/{slug}", data=answers | more)


def test_new_competence_can_be_chosen_at_once(client_of, olga, petra, funk):
    answers = {"name": "Über-Robotik", "explanation": "Greifen.", "after_id": funk.id}

    answer = client_of(olga).post(f"{OFFICE}/neu", data=answers)

    assert answer.status_code == 303
    assert order() == ["sensorik", "funk", "ueber-robotik"]
    assert "Über-Robotik" in client_of(petra).get("/mein/windwerk/kompetenzen/neu").text
    assert history() == [("CompetenceAdded", olga.id, None)]
    assert letters() == []


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"name": " "}, 422, "Geben Sie den Namen der Kompetenz ein."),
        ({"name": "x" * 121}, 422, "höchstens 120 Zeichen"),
        ({"explanation": "x" * 301}, 422, "höchstens 300 Zeichen"),
        ({"after_id": "999999"}, 422, "Wählen Sie einen der angebotenen Einträge."),
        ({"name": "SENSORIK"}, 409, "Diesen Namen gibt es schon."),
    ],
)
def test_wrong_input_is_told_and_nothing_is_saved(client_of, olga, sensorik, wrong, status, told):
    answers = {"name": "Robotik", "explanation": "", "after_id": "0"} | wrong

    answer = client_of(olga).post(f"{OFFICE}/neu", data=answers)

    assert answer.status_code == status
    assert told in answer.text
    assert order() == ["sensorik"]


def test_renamed_competence_keeps_its_address_and_is_found_by_the_new_name(
    client_of, client, olga, windwerk, sensorik
):
    a_claim(windwerk, sensorik)

    save(client_of(olga), "sensorik", name="Messtechnik")

    assert "<h1>Messtechnik</h1>" in client.get("/kompetenzen/energie/sensorik").text
    assert "Windwerk eG" in client.get("/partner?q=messtechnik").text
    assert "Windwerk eG" not in client.get("/partner?q=sensorik").text


def test_place_in_the_list_changes_and_open_forms_of_others_stay_valid(
    client_of, client, olga, funk
):
    a_competence("ki", "KI")
    version = stored("funk").version

    save(client_of(olga), "ki", name="KI", after_id="0")
    answer = save(client_of(olga), "funk", name="Funk", after_id=stored("ki").id, version=version)

    assert answer.status_code == 303
    assert order() == ["ki", "funk", "sensorik"]


def test_slower_of_two_gets_409(client_of, olga, ada, sensorik):
    save(client_of(olga), "sensorik", name="Messen")

    answer = save(client_of(ada), "sensorik", name="Fühlen", version=1)

    assert answer.status_code == 409
    assert stored().name == "Messen"


def test_markup_in_name_and_explanation_is_text(client_of, client, olga, sensorik):
    evil = "<img src=x onerror=alert(1)>"

    save(client_of(olga), "sensorik", name=evil, explanation=evil)

    for address in ("/kompetenzen", "/kompetenzen/energie/sensorik"):
        page = client.get(address).text
        assert "&lt;img src=x" in page
        assert "<img src=x" not in page


def test_archived_one_is_offered_again_by_one_click(client_of, client, olga, sensorik):
    client_of(olga).post(f"{OFFICE}/sensorik/archivieren", data={"version": 1})
    assert "Sensorik" not in client.get("/kompetenzen").text

    client_of(olga).post(f"{OFFICE}/sensorik/wieder-anbieten", data={"version": 2})

    assert "Sensorik" in client.get("/kompetenzen").text
    assert [fact for fact, *_ in history()] == ["CompetenceArchived", "CompetenceRestored"]


def test_only_what_is_unused_is_deleted(client_of, olga, windwerk, sensorik, funk):
    a_claim(windwerk, sensorik)
    address = f"{OFFICE}/{{}}/loeschen"

    used = client_of(olga).post(address.format("sensorik"), data={"version": 1})
    unused = client_of(olga).post(address.format("funk"), data={"version": 1})

    assert (used.status_code, unused.status_code) == (409, 303)
    assert "Archivieren Sie sie, statt sie zu löschen." in used.text
    assert order() == ["sensorik"]
    assert "/sensorik/loeschen" not in client_of(olga).get(f"{OFFICE}/sensorik").text


def test_merged_one_hands_over_its_claims_and_the_higher_level_stays(
    client_of, client, olga, windwerk, sensorik
):
    messen = a_competence("messen", "Messen")
    solarhof = an_organisation("solarhof", "Solarhof GmbH")
    a_claim(windwerk, messen, level=LEADING, evidence_title="Besser")
    a_claim(windwerk, sensorik, level=BASIC)
    a_claim(windwerk, messen, "it", BASIC)
    a_claim(solarhof, messen, level=BASIC)
    a_claim(solarhof, sensorik, level=EXPERIENCED)
    data = {"version": 1, "into_id": sensorik.id}

    answer = client_of(olga).post(f"{OFFICE}/messen/zusammenlegen", data=data)

    assert answer.status_code == 303
    assert sorted(claims()) == [
        ("solarhof", "sensorik", "energie", "experienced"),
        ("windwerk", "sensorik", "energie", "leading"),
        ("windwerk", "sensorik", "it", "basic"),
    ]
    assert client.get("/kompetenzen/energie/messen").location == "/kompetenzen/energie/sensorik"
    assert "Windwerk eG" in client.get("/partner?q=sensorik").text
    assert kept([stored("messen")])[0].claims == 0


def test_successor_of_a_successor_is_found(client_of, client, olga, funk):
    a_competence("messen", "Messen")
    for slug, into in (("messen", "sensorik"), ("sensorik", "funk")):
        data = {"version": stored(slug).version, "into_id": stored(into).id}
        client_of(olga).post(f"{OFFICE}/{slug}/zusammenlegen", data=data)

    assert client.get("/kompetenzen/energie/messen").location == "/kompetenzen/energie/funk"


@pytest.mark.parametrize("into", ["sensorik", "archived", "nothing"])
def test_nothing_is_merged_into_itself_or_into_what_is_not_offered(client_of, olga, sensorik, into):
    archived = a_competence("alt", "Alt", archived_at=now()).id
    chosen = {"sensorik": sensorik.id, "archived": archived, "nothing": 999999}[into]

    answer = client_of(olga).post(
        f"{OFFICE}/sensorik/zusammenlegen", data={"version": 1, "into_id": chosen}
    )

    assert answer.status_code == 422
    assert stored().archived_at is None


def test_claim_against_merge_leaves_no_claim_behind(app, windwerk, petra, olga, sensorik):
    """Either the claim comes first and moves, or it is refused: nothing stays with what is gone."""
    ids = windwerk.id, sensorik.id, a_competence("messen", "Messen").id, petra.id, olga.id

    race(app, lambda: _claim(*ids), lambda: _merge(*ids))

    left = [competence for _, competence, *_ in claims()]
    assert left in ([], ["sensorik"])


def test_without_the_held_row_a_claim_would_stay_behind(app, windwerk, sensorik):
    """The control: offered when it was asked, gone when it is written."""
    messen = a_competence("messen", "Messen")
    offered = messen.archived_at is None
    messen.archived_at = now()
    messen.merged_into_id = sensorik.id
    db.session.commit()

    a_claim(windwerk, messen)

    assert offered
    assert [competence for _, competence, *_ in claims()] == ["messen"]


def _claim(windwerk, sensorik, messen, petra, olga):
    services.claim(
        db.session.get(Organisation, windwerk),
        services.Said(level=BASIC, evidence_kind="product", evidence_title="x", evidence_url="y"),
        theme_id=theme().id,
        competence_id=messen,
        by=db.session.get(User, petra),
    )


def _merge(windwerk, sensorik, messen, petra, olga):
    services.merge_competence(
        db.session.get(Competence, messen),
        db.session.get(Competence, sensorik),
        by=db.session.get(User, olga),
        seen_version=1,
    )
