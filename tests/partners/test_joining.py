"""A colleague asks to speak for a partner, every owner hears of it, and one of them answers. Where
nobody administers the partner it is a claim, and the office checks the person."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.core.times import now
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners import queries, services
from portal.partners.models import Affiliation, AffiliationRole, JoinRequest, RequestState
from tests.cast import a_user, affiliated, an_organisation
from tests.letters import history, letters
from tests.partners.acting import (
    PASSWORD,
    PEOPLE,
    a_join_request,
    race,
    roles,
    without_guard,
)

OWNER, EDITOR, MEMBER, SIGNATORY = AffiliationRole
ASK = "/partner/windwerk/mitwirken"
KIM = {
    "first_name": "Kim",
    "last_name": "Muster",
    "email": "kim@windwerk.example",
    "function": "Technik",
    "motivation": "Ich baue die Anlage.",
    "consent": "y",
}
NO = "absage-reason"
DAY = timedelta(days=1)


def requests():
    db.session.rollback()
    return list(db.session.scalars(select(JoinRequest).order_by(JoinRequest.id)))


def the_request():
    (request,) = requests()
    return request


def secret_link():
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    lines = words(letter)[1].splitlines()
    return next(line for line in lines if "/mitwirken/" in line).removeprefix("http://portal.test")


def decide(client, request, word, **data):
    where = f"{PEOPLE}/anfragen/{request.id}/{word}"
    return client.post(where, data={"version": request.version} | data)


@pytest.fixture
def eva(windwerk):
    """A second owner."""
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, windwerk, OWNER)
    return eva


@pytest.fixture
def kim(app):
    return a_user("kim@windwerk.example", "Kim", "Muster")


@pytest.fixture
def waise(app):
    """A partner from a file, whom nobody has claimed."""
    return an_organisation("waise", "Waise GmbH", website="https://waise.example")


def test_partner_is_found_by_the_domain_of_the_address(client, windwerk):
    answer = client.post("/mitwirken", data={"email": "Kim@Office.Windwerk.example"})

    assert answer.location == "/mitwirken?domain=office.windwerk.example"
    assert ASK in client.get(answer.location).text


@pytest.mark.parametrize(
    "domain", ["example", "werk.example", "xwindwerk.example", "%", "'--", "."]
)
def test_other_domains_find_nobody(client, windwerk, domain):
    assert ASK not in client.get("/mitwirken", query_string={"domain": domain}).text


def test_visitor_asks_proves_the_address_and_every_owner_hears_of_it(
    client, windwerk, petra, eva, paul
):
    assert client.post(ASK, data=KIM).location == f"{ASK}/gesendet"
    assert letters() == [("kim@windwerk.example", "partners/join_request_sent")]
    link = secret_link()
    client.get(link)
    assert the_request().state is RequestState.UNCONFIRMED

    answer = client.post(link, data={"password": PASSWORD, "version": the_request().version})

    assert answer.location == "/mein"
    assert the_request().state is RequestState.ASKED
    assert letters()[1:] == [
        (petra.email, "partners/join_requested"),
        (eva.email, "partners/join_requested"),
    ]
    assert "Meine Anfragen" in client.get("/mein").text
    assert client.application.test_client().get(link).status_code == 404


@pytest.mark.parametrize("missing", ["first_name", "last_name", "email", "function", "consent"])
def test_visitor_is_told_what_is_missing(client, windwerk, petra, missing):
    answer = client.post(ASK, data={k: v for k, v in KIM.items() if k != missing})

    assert answer.status_code == 422
    assert (requests(), letters()) == ([], [])


def test_second_request_finds_the_first(client, windwerk, petra):
    client.post(ASK, data=KIM)
    client.post(ASK, data=KIM)

    assert len(requests()) == 1


def test_known_address_hears_nothing_different_and_gets_no_other_name(client, windwerk, petra, kim):
    answer = client.post(ASK, data=KIM | {"last_name": "Anders"})

    assert answer.location == f"{ASK}/gesendet"
    assert db.session.get(User, kim.id).name == "Kim Muster"


def test_expired_link_offers_a_new_one(client, windwerk, petra):
    client.post(ASK, data=KIM)
    link = secret_link()

    with time_machine.travel(now() + 8 * DAY, tick=False):
        late = client.get(link)
        assert client.post(f"{link}/neu").status_code == 303

    assert (late.status_code, len(letters())) == (410, 2)


def test_who_is_logged_in_asks_with_one_form_and_takes_it_back(client_of, windwerk, petra, kim):
    client = client_of(kim)

    assert client.post(ASK, data={"function": "Technik"}).location == "/mein"
    assert letters() == [(petra.email, "partners/join_requested")]
    where = f"/mein/anfragen/{the_request().id}/zuruecknehmen"
    assert client.post(where, data={"version": the_request().version}).location == "/mein"
    assert the_request().state is RequestState.WITHDRAWN


def test_people_of_the_partner_and_the_office_do_not_ask(client_of, windwerk, paul, ada):
    for person in (paul, ada):
        assert client_of(person).get(ASK).status_code == 403
        assert client_of(person).post(ASK, data=KIM).status_code == 403


def test_colleague_without_organisation_is_shown_the_partner_of_the_address(client_of, petra, kim):
    assert "Ihre Adresse gehört zu einem Partner." in client_of(kim).get("/mein").text


def test_owner_lets_the_person_in_with_a_role(client_of, windwerk, petra, kim):
    request = a_join_request(windwerk, kim, function="Technik")
    client = client_of(petra)
    assert "Eine Person möchte für Windwerk eG handeln" in client.get("/mein").text

    answer = decide(client, request, "aufnehmen", role="editor", reason="Willkommen")

    assert answer.location == PEOPLE
    assert roles(kim) == [EDITOR]
    assert letters() == [(kim.email, "partners/join_request_accepted")]
    assert history() == [("JoinRequestAccepted", petra.id, windwerk.id)]


def test_refusal_needs_a_reason_and_the_person_reads_it(client_of, windwerk, petra, kim):
    request = a_join_request(windwerk, kim)
    client = client_of(petra)

    assert decide(client, request, "ablehnen").status_code == 422
    assert decide(client, request, "ablehnen", **{NO: "Wir kennen Sie nicht."}).status_code == 303

    assert roles(kim) == []
    letter = db.session.scalars(select(Letter)).one()
    assert "Wir kennen Sie nicht." in words(letter)[1]


def test_slower_owner_gets_409(client_of, windwerk, petra, eva, kim):
    request = a_join_request(windwerk, kim)
    decide(client_of(petra), request, "aufnehmen", role="member")
    request.version = 1

    assert decide(client_of(eva), request, "ablehnen", **{NO: "Nein"}).status_code == 409
    assert roles(kim) == [MEMBER]


def test_request_of_another_organisation_is_not_there(client_of, petra, stefan, kim):
    solarhof = queries.organisations_of(stefan)[0]
    request = a_join_request(solarhof, kim)

    assert client_of(petra).get(f"{PEOPLE}/anfragen/{request.id}").status_code == 404
    assert decide(client_of(petra), request, "aufnehmen", role="member").status_code == 404


def test_unproven_request_is_shown_to_nobody(client_of, windwerk, petra, kim):
    request = a_join_request(windwerk, kim, RequestState.UNCONFIRMED)

    assert kim.name not in client_of(petra).get(PEOPLE).text
    assert client_of(petra).get(f"{PEOPLE}/anfragen/{request.id}").status_code == 404


def test_claim_lies_on_the_offices_desk_and_makes_an_owner(client_of, client, waise, olga):
    assert "Dieses Profil hat noch niemand übernommen." in client.get("/partner/waise").text
    client.post("/partner/waise/mitwirken", data=KIM | {"email": "kim@waise.example"})
    client.post(secret_link(), data={"password": PASSWORD, "version": the_request().version})
    claim = the_request()
    where = f"/projektbuero/uebernahmen/{claim.id}"
    office = client_of(olga)

    assert where in office.get("/projektbuero?art=claims").text
    assert "Mail-Domain und Webadresse stimmen überein." in office.get(where).text
    done = office.post(f"{where}/zustimmen", data={"version": claim.version})

    assert done.status_code == 303
    assert roles(claim.person) == [OWNER]
    page = client.get("/partner/waise").text
    assert "vom Projektbüro bei der Übernahme des Profils geprüft" in page
    assert "noch niemand übernommen" not in page
    assert letters()[-2:] == [
        (olga.email, "partners/profile_claimed"),
        ("kim@waise.example", "partners/claim_accepted"),
    ]
    assert office.get(where).status_code == 200


def test_refused_claim_leaves_the_profile_unclaimed(client_of, waise, kim, olga):
    claim = a_join_request(waise, kim)
    where = f"/projektbuero/uebernahmen/{claim.id}/ablehnen"

    assert client_of(olga).post(where, data={"version": 1}).status_code == 422
    assert client_of(olga).post(where, data={"version": 1, NO: "Nein"}).status_code == 303
    assert roles(kim) == []


def test_who_is_tied_to_the_partner_checks_no_claim(client_of, waise, kim):
    tied = a_user("tom@office.example", "Tom", "Amt", office_role=OfficeRole.MODERATOR)
    affiliated(tied, waise).until = now() - 100 * DAY
    claim = a_join_request(waise, kim)

    answer = client_of(tied).post(
        f"/projektbuero/uebernahmen/{claim.id}/zustimmen", data={"version": 1}
    )

    assert answer.status_code == 403
    assert "Sie sind beteiligt" in client_of(tied).get("/projektbuero?art=claims").text


def test_office_answers_no_request_that_is_the_owners(client_of, windwerk, petra, kim, olga):
    request = a_join_request(windwerk, kim)

    assert client_of(olga).get(f"/projektbuero/uebernahmen/{request.id}").status_code == 404


def grants(request_id, by_id):
    def grant():
        request, by = db.session.get(JoinRequest, request_id), db.session.get(User, by_id)
        services.grant_claim(request, by=by, seen_version=1)

    return grant


def test_two_claims_granted_at_once_make_one_owner(app, waise, kim, olga, ada):
    other = a_user("ole@waise.example", "Ole", "Probe")
    claims = [a_join_request(waise, one) for one in (kim, other)]

    won = race(app, grants(claims[0].id, olga.id), grants(claims[1].id, ada.id))

    assert won == ["Denied", "done"]
    assert roles(kim) + roles(other) == [OWNER]


def test_without_asking_again_under_the_lock_both_would_own(app, waise, kim):
    other = a_user("ole@waise.example", "Ole", "Probe")
    ids = (kim.id, other.id)
    organisation_id = waise.id

    def look():
        return db.session.scalar(
            select(func.count(Affiliation.id)).where(Affiliation.organisation_id == organisation_id)
        )

    def own(user_id):
        def add():
            db.session.add(
                Affiliation(
                    organisation_id=organisation_id, user_id=user_id, role=OWNER, since=now()
                )
            )

        return add

    assert without_guard(app, *((look, own(one)) for one in ids)) == [0, 0]
    assert roles(kim) + roles(other) == [OWNER, OWNER]


def test_same_person_twice_at_once_asks_once(app, windwerk, petra, kim):
    kim_id = kim.id

    def asks():
        person = db.session.get(User, kim_id)
        services.ask_to_join(
            queries.known_organisation("windwerk"),
            by=person,
            email="",
            first_name="",
            last_name="",
            function="Technik",
            motivation="",
            language="de",
            subject="x",
        )

    race(app, asks, asks)

    assert [request.state for request in requests()] == [RequestState.ASKED]
