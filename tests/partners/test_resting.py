"""A suspended organisation's people read and do nothing for it (safety.md, cases 1 and 13); one
that nobody administers raises an alarm, and three clicks rescue it."""

from datetime import timedelta

import pytest

from portal.charter.policies import may_sign
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import AffiliationRole
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from tests.cast import a_user, affiliated, an_organisation, saved, theme
from tests.letters import history, letters
from tests.partners.acting import PEOPLE, roles

OFFICE = "/projektbuero/partner/windwerk"
OWNER, EDITOR, MEMBER, SIGNATORY = AffiliationRole


SUSPENDED = {"version": 1, "reason": "Streit", "projects": "stay"}


@pytest.fixture
def resting(windwerk):
    windwerk.suspended_at, windwerk.suspension_reason = now(), "Streit"
    db.session.commit()
    return windwerk


def test_administration_lets_it_rest_with_a_reason_and_all_its_people_hear(
    client_of, windwerk, petra, paul, ada
):
    client = client_of(ada)

    for incomplete in ({"reason": "Streit"}, {"projects": "stay"}):
        assert client.post(f"{OFFICE}/ruhen", data={"version": 1} | incomplete).status_code == 422
    assert client.post(f"{OFFICE}/ruhen", data=SUSPENDED).location == OFFICE

    assert letters() == [
        (petra.email, "partners/organisation_suspended"),
        (paul.email, "partners/organisation_suspended"),
    ]
    assert history() == [("OrganisationSuspended", ada.id, windwerk.id)]
    assert "ruht zurzeit: nur lesen" in client_of(paul).get(PEOPLE).text


def test_its_people_read_and_every_write_is_refused(client_of, resting, petra, paul):
    owner = client_of(petra)

    for page in ("personen", "projekte", "teams"):
        assert owner.get(f"/mein/windwerk/{page}").status_code == 200
    assert owner.post(f"{PEOPLE}/{paul.id}/rolle", data={"role": "editor"}).status_code == 403
    assert owner.post(f"{PEOPLE}/{paul.id}/entfernen").status_code == 403
    assert owner.post(f"{PEOPLE}/einladen", data={"emails": "x@y.example"}).status_code == 403
    assert owner.post("/mein/windwerk/projekte/neu", data={"title": "Neu"}).status_code == 403
    assert roles(paul) == [MEMBER]


def test_nobody_signs_for_it(client_of, resting, petra):
    assert may_sign(petra, resting) is False


def test_leaving_stays_everybodys_own_matter(client_of, resting, petra, paul):
    assert client_of(paul).post(f"{PEOPLE}/{paul.id}/entfernen").status_code == 303


def test_nobody_joins_a_team_for_it_and_its_lead_answers_nobody(client_of, resting, petra, paul):
    team = saved(Team(slug="netze", name="Netze", theme=theme(), joining=Joining.ON_REQUEST))
    saved(
        Seat(
            team=team,
            user=petra,
            organisation=resting,
            state=SeatState.SEATED,
            role=SeatRole.LEAD,
            requested_at=now(),
        )
    )

    joining = client_of(paul).post("/mein/windwerk/teams/netze/mitmachen", data={"motivation": "x"})

    assert joining.status_code == 403
    assert client_of(petra).get("/mein/windwerk/teams/netze/anfragen").status_code in {403, 404}


def test_it_wakes_up_again(client_of, resting, petra, ada):
    data = {"version": resting.version, "reason": "Geklärt"}

    assert client_of(ada).post(f"{OFFICE}/aufwecken", data=data).status_code == 303
    assert client_of(ada).post(f"{OFFICE}/aufwecken", data=data).status_code == 409

    assert letters() == [(petra.email, "partners/organisation_reactivated")]
    assert "ruht zurzeit" not in client_of(petra).get(PEOPLE).text


def test_moderators_and_partners_let_nobody_rest(client_of, windwerk, petra, olga):
    for person, status in ((petra, 404), (olga, 403)):
        answer = client_of(person).post(f"{OFFICE}/ruhen", data=SUSPENDED)
        assert answer.status_code == status


def test_partner_without_an_owner_who_can_log_in_raises_an_alarm(client_of, petra, paul, ada, olga):
    assert "Partner ohne Verwaltung" not in client_of(ada).get("/projektbuero").text

    petra.locked_at = now() - timedelta(days=2)
    db.session.commit()

    assert "Partner ohne Verwaltung" in client_of(ada).get("/projektbuero?art=orphans").text
    assert "Partner ohne Verwaltung" not in client_of(olga).get("/projektbuero").text


def test_three_clicks_rescue_it(client_of, windwerk, petra, paul, ada):
    petra.locked_at = now()
    db.session.commit()
    client = client_of(ada)

    desk = client.get("/projektbuero?art=orphans").text
    case = client.get(OFFICE).text
    done = client.post(
        f"{OFFICE}/personen/{paul.id}/rolle", data={"role": "owner", "seen": "member"}
    )

    assert f'href="{OFFICE}"' in desk
    assert "Niemand verwaltet diese Organisation." in case
    assert done.location == OFFICE
    assert roles(paul) == [OWNER]
    assert "Partner ohne Verwaltung" not in client.get("/projektbuero").text


def test_imported_partner_that_nobody_claimed_is_no_orphan(client_of, ada):
    an_organisation("waise", "Waise GmbH")

    assert "Waise GmbH" not in client_of(ada).get("/projektbuero").text


def test_office_invites_an_owner_for_it(client_of, windwerk, petra, ada):
    petra.locked_at = now()
    db.session.commit()

    answer = client_of(ada).post(
        f"{OFFICE}/einladen", data={"emails": "neu@windwerk.example", "role": "owner"}
    )

    assert answer.location == OFFICE
    assert letters() == [("neu@windwerk.example", "partners/person_invited")]
    assert "Eingeladen: neu@windwerk.example" in client_of(ada).get(OFFICE).text


def test_office_removes_nobody_who_is_the_last_owner(client_of, windwerk, petra, ada):
    answer = client_of(ada).post(f"{OFFICE}/personen/{petra.id}/entfernen")

    assert answer.status_code == 409
    assert roles(petra) == [OWNER]


def test_page_of_an_organisation_shows_its_people_to_the_office_only(client_of, petra, paul, olga):
    text = client_of(olga).get(OFFICE).text

    assert petra.email in text
    assert "Ruhen lassen" not in text
    assert client_of(paul).get(OFFICE).status_code == 404


def test_page_of_an_organisation_takes_the_same_statements_for_many_people(
    client_of, statements, windwerk, petra, ada
):
    client = client_of(ada)
    with statements() as few:
        client.get(OFFICE)
    for number in range(12):
        affiliated(a_user(f"n{number}@windwerk.example", "Kim", f"Muster {number}"), windwerk)
    with statements() as many:
        client.get(OFFICE)

    assert many.number == few.number
