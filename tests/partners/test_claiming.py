"""Owners and editors say what their organisation can do, and what shows it; it stands at once on
their page and in the search, and rests when they rest."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now, today
from portal.partners import queries, services
from portal.partners.models import (
    MOST_CLAIMS,
    AffiliationRole,
    CompetenceClaim,
    CompetenceLevel,
    EvidenceKind,
    Membership,
    Organisation,
)
from portal.partners.services import competences as claiming_services
from portal.partners.services.directory import index_partner
from tests.cast import a_user, affiliated, an_organisation, theme
from tests.letters import history, letters
from tests.partners.acting import race, without_guard
from tests.partners.claims import CLAIMS, a_claim, a_competence, claims

NEW = f"{CLAIMS}/neu"
PAGE = "/partner/windwerk"


@pytest.fixture
def listed(windwerk):
    index_partner(windwerk)
    db.session.commit()
    return windwerk


@pytest.fixture
def sensorik(app):
    return a_competence()


def answers(competence, **more):
    return {
        "competence_id": competence.id,
        "theme_id": theme().id,
        "level": "leading",
        "evidence_kind": "product",
        "evidence_title": "Messkoffer",
        "evidence_url": "windwerk.example/messkoffer",
    } | more


def stored(claim):
    db.session.rollback()
    return db.session.get(CompetenceClaim, claim.id)


def test_claim_stands_on_the_page_and_in_the_search_at_once(
    client_of, client, listed, petra, sensorik
):
    answer = client_of(petra).post(NEW, data=answers(sensorik))

    assert (answer.status_code, answer.location) == (303, CLAIMS)
    assert claims() == [("windwerk", "sensorik", "energie", "leading")]
    page = client.get(PAGE).text
    for shown in ("Sensorik", "führend", 'href="https://windwerk.example/messkoffer"'):
        assert shown in page, shown
    for found in ("/partner?q=sensoren", "/suche?q=sensorik"):
        assert "Windwerk eG" in client.get(found).text, found
    assert history() == [("CompetenceClaimed", petra.id, listed.id)]
    assert letters() == []


def test_editor_claims_and_member_only_reads(client_of, listed, petra, paul, sensorik):
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, listed, AffiliationRole.EDITOR)
    db.session.commit()

    assert client_of(eva).post(NEW, data=answers(sensorik)).status_code == 303
    assert client_of(paul).get(CLAIMS).status_code == 200
    assert "Kompetenz angeben" not in client_of(paul).get(CLAIMS).text
    assert client_of(paul).post(NEW, data=answers(sensorik)).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"competence_id": ""}, "Wählen Sie eine Kompetenz."),
        ({"competence_id": "999999"}, "Wählen Sie einen der angebotenen Einträge."),
        ({"competence_id": "x"}, "Wählen Sie einen der angebotenen Einträge."),
        ({"theme_id": ""}, "Wählen Sie ein Thema."),
        ({"level": ""}, "Wählen Sie, wie gut Sie das können."),
        ({"level": "god"}, "Wählen Sie einen der angebotenen Einträge."),
        ({"evidence_kind": ""}, "Wählen Sie die Art des Nachweises."),
        ({"evidence_kind": "rumour"}, "Wählen Sie einen der angebotenen Einträge."),
        ({"evidence_title": " "}, "Geben Sie den Titel des Nachweises ein."),
        ({"evidence_title": "x" * 201}, "höchstens 200 Zeichen"),
        ({"evidence_title": "a\x00b"}, "unsichtbares Steuerzeichen"),
        ({"evidence_url": ""}, "Geben Sie die Adresse ein"),
        ({"evidence_url": "javascript:alert(1)"}, "keine Webadresse"),
        ({"evidence_url": "https://x.example/" + "x" * 300}, "höchstens 300 Zeichen"),
        ({"evidence_key": "nobodys"}, "Wählen Sie einen der angebotenen Einträge."),
    ],
)
def test_wrong_input_is_told_at_its_field_and_nothing_is_saved(
    client_of, listed, petra, sensorik, wrong, told
):
    answer = client_of(petra).post(NEW, data=answers(sensorik, **wrong))

    assert answer.status_code == 422
    assert told in answer.text
    assert claims() == []


def test_markup_is_shown_as_it_was_typed(client_of, client, listed, petra, sensorik):
    client_of(petra).post(NEW, data=answers(sensorik, evidence_title="<script>alert(1)</script>"))

    page = client.get(PAGE).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_is_archived_is_not_offered_and_stays_where_it_is_used(
    client_of, client, listed, petra
):
    old = a_competence("alt", "Faxgeräte", archived_at=now())
    a_claim(listed, old)

    form = client_of(petra).get(NEW).text
    answer = client_of(petra).post(NEW, data=answers(old, theme_id=theme("it").id))

    assert "Faxgeräte" not in form
    assert answer.status_code == 422
    assert "Faxgeräte" in client.get(PAGE).text


def test_same_claim_twice_is_refused_with_the_way_out(client_of, listed, petra, sensorik):
    client_of(petra).post(NEW, data=answers(sensorik))

    answer = client_of(petra).post(NEW, data=answers(sensorik, level="basic"))

    assert answer.status_code == 409
    assert "steht in diesem Thema schon in Ihrer Liste" in answer.text
    assert claims() == [("windwerk", "sensorik", "energie", "leading")]


def test_list_has_an_end(client_of, listed, petra, sensorik):
    moment = now()
    many = [a_competence(f"k{number}", f"Können {number}") for number in range(MOST_CLAIMS)]
    for one in many:
        db.session.add(
            CompetenceClaim(
                organisation=listed,
                competence=one,
                theme=theme(),
                level=CompetenceLevel.BASIC,
                evidence_kind=EvidenceKind.PRODUCT,
                claimed_at=moment,
                confirmed_at=moment,
            )
        )
    db.session.commit()

    answer = client_of(petra).post(NEW, data=answers(sensorik))

    assert answer.status_code == 409
    assert "Entfernen Sie erst eine andere." in answer.text
    assert len(claims()) == MOST_CLAIMS
    assert "Ihre Liste ist voll" in client_of(petra).get(CLAIMS).text


def test_level_and_evidence_change_and_the_slower_one_gets_409(client_of, client, listed, petra):
    claim = a_claim(listed)
    address = f"{CLAIMS}/{claim.id}"
    first = answers(claim.competence, level="basic", version=1)

    assert client_of(petra).post(address, data=first).status_code == 303
    assert client_of(petra).post(address, data=first | {"level": "leading"}).status_code == 409
    assert stored(claim).level is CompetenceLevel.BASIC
    assert "Grundkenntnisse" in client.get(PAGE).text
    assert history() == [("CompetenceClaimChanged", petra.id, listed.id)]


def test_removed_claim_is_gone_everywhere(client_of, client, listed, petra):
    claim = a_claim(listed)

    assert client_of(petra).post(f"{CLAIMS}/{claim.id}/entfernen").status_code == 409
    answer = client_of(petra).post(f"{CLAIMS}/{claim.id}/entfernen", data={"version": 1})

    assert answer.status_code == 303
    assert claims() == []
    assert "Sensorik" not in client.get(PAGE).text
    assert "Windwerk eG" not in client.get("/partner?q=sensorik").text
    assert history() == [("CompetenceClaimRemoved", petra.id, listed.id)]


@pytest.mark.parametrize("act", ["", "/entfernen"])
def test_claim_of_another_organisation_does_not_exist(client_of, listed, petra, act):
    foreign = a_claim(an_organisation("netzwerk", "Netzwerk AG"))

    answer = client_of(petra).post(
        f"{CLAIMS}/{foreign.id}{act}", data=answers(foreign.competence, version=1)
    )

    assert answer.status_code == 404
    assert claims() == [("netzwerk", "sensorik", "energie", "experienced")]


def test_posted_fields_that_no_form_has_change_nothing(client_of, listed, petra):
    claim = a_claim(listed)
    other = a_competence("ki", "Künstliche Intelligenz")
    forged = {"organisation_id": "7", "competence_id": other.id, "confirmed_at": "2001-01-01"}

    client_of(petra).post(
        f"{CLAIMS}/{claim.id}", data=answers(other, version=1, level="basic") | forged
    )

    assert claims() == [("windwerk", "sensorik", "energie", "basic")]


def test_old_claims_say_so_until_they_are_confirmed(client_of, client, listed, petra):
    claim = a_claim(listed, confirmed_at=now() - timedelta(days=400))
    assert "vor mehr als einem Jahr" in client.get(PAGE).text

    client_of(petra).post(f"{CLAIMS}/bestaetigen")

    assert "vor mehr als einem Jahr" not in client.get(PAGE).text
    assert (stored(claim).version, stored(claim).is_fresh) == (1, True)
    assert history() == [("CompetencesConfirmed", petra.id, listed.id)]


def test_claims_rest_with_the_organisation_and_come_back_with_it(
    client_of, client, listed, petra, ada
):
    a_claim(listed)
    rest, wake = (f"/projektbuero/partner/windwerk/{act}" for act in ("ruhen", "aufwecken"))

    client_of(ada).post(rest, data={"reason": "Streit", "projects": "stay", "version": 1})
    assert "Sensorik" not in client.get(PAGE).text
    assert "Windwerk eG" not in client.get("/partner?q=sensorik").text
    assert client_of(petra).post(f"{CLAIMS}/bestaetigen").status_code == 403
    client_of(ada).post(wake, data={"reason": "Geklärt", "version": 2})

    assert "Sensorik" in client.get(PAGE).text
    assert "Windwerk eG" in client.get("/partner?q=sensorik").text


def test_who_left_the_alliance_claims_nothing_in_public(client, listed):
    a_claim(listed)
    membership = db.session.scalars(select(Membership)).one()
    membership.until = today()
    db.session.commit()

    assert client.get(PAGE).status_code == 404


def test_old_keywords_stay_until_the_partner_removes_them(client_of, client, listed, petra):
    listed.competences = "Turmbau, Netze"
    db.session.commit()
    index_partner(listed)
    db.session.commit()
    assert "Turmbau, Netze" in client.get(PAGE).text
    assert "Windwerk eG" in client.get("/partner?q=turmbau").text
    assert "Turmbau, Netze" in client_of(petra).get(CLAIMS).text

    old = client_of(petra).post(f"{CLAIMS}/stichworte", data={"version": 1})
    new = client_of(petra).post(f"{CLAIMS}/stichworte", data={"version": 2})

    assert (old.status_code, new.status_code) == (409, 303)
    assert "Turmbau, Netze" not in client.get(PAGE).text
    assert "Windwerk eG" not in client.get("/partner?q=turmbau").text
    assert history() == [("ProfileChanged", petra.id, listed.id)]


def test_page_takes_the_same_statements_for_many_claims(client, statements, listed):
    client.get(PAGE)
    a_claim(listed)
    with statements() as few:
        client.get(PAGE)
    for number in range(6):
        a_claim(listed, a_competence(f"k{number}", f"Können {number}"))
    with statements() as many:
        page = client.get(PAGE).text

    assert "Können 5" in page
    assert many.number == few.number


def claiming(organisation_id, competence_id, theme_id, user_id):
    organisation = db.session.get(Organisation, organisation_id)
    services.claim(
        organisation,
        services.Said(
            level=CompetenceLevel.LEADING,
            evidence_kind=EvidenceKind.PRODUCT,
            evidence_title="Messkoffer",
            evidence_url="https://windwerk.example",
        ),
        theme_id=theme_id,
        competence_id=competence_id,
        by=db.session.get(User, user_id),
    )


def test_same_claim_twice_at_once_is_made_once(app, listed, petra, sensorik):
    ids = listed.id, sensorik.id, theme().id, petra.id

    outcome = race(app, lambda: claiming(*ids), lambda: claiming(*ids))

    assert outcome == ["Conflict", "done"]
    assert claims() == [("windwerk", "sensorik", "energie", "leading")]


def test_last_place_of_the_list_is_given_once(app, listed, petra, sensorik, monkeypatch):
    monkeypatch.setattr(claiming_services, "MOST_CLAIMS", 1)
    one, other = sensorik.id, a_competence("funk", "Funknetze").id
    windwerk, energie, person = listed.id, theme().id, petra.id

    outcome = race(
        app,
        lambda: claiming(windwerk, one, energie, person),
        lambda: claiming(windwerk, other, energie, person),
    )

    assert outcome == ["Conflict", "done"]
    assert len(claims()) == 1


def test_without_the_lock_both_would_get_it(app, listed, sensorik):
    """The control: both count before anybody writes."""
    ids = listed.id, theme().id
    competences = sensorik.id, a_competence("funk", "Funknetze").id

    def look():
        return queries.claim_count(db.session.get(Organisation, ids[0]))

    def write(competence_id):
        db.session.add(
            CompetenceClaim(
                organisation_id=ids[0],
                theme_id=ids[1],
                competence_id=competence_id,
                level=CompetenceLevel.LEADING,
                evidence_kind=EvidenceKind.PRODUCT,
                claimed_at=now(),
                confirmed_at=now(),
            )
        )

    seen = without_guard(app, *[(look, lambda one=one: write(one)) for one in competences])

    assert seen == [0, 0]
    assert len(claims()) == 2
