"""/mein: what waits for somebody, and what they have, whoever they are."""

from datetime import date, timedelta

import pytest

from portal.core.database import db
from portal.core.times import now
from portal.events.models import Audience, Event, EventKind
from portal.partners.models import (
    AffiliationRole,
    Application,
    ApplicationState,
    OrganisationKind,
)
from portal.projects.models import Project, ReviewState, Revision
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from tests.cast import a_user, affiliated, an_organisation, saved, theme

MINE = "/mein"


def a_project(title: str, organisation, state=ReviewState.DRAFT, **more) -> Project:
    project = Project(
        key=title.lower()[:16], organisation=organisation, created_at=now(), slug=None
    )
    project.revisions = [Revision(title=title, state=state, changed_at=now(), html={}, **more)]
    return saved(project)


def a_team(slug: str) -> Team:
    return saved(Team(slug=slug, name=slug.title(), theme=theme(), joining=Joining.ON_REQUEST))


def a_seat(user, organisation, team, state=SeatState.SEATED, role=SeatRole.MEMBER) -> Seat:
    return saved(
        Seat(
            user=user,
            organisation=organisation,
            team=team,
            state=state,
            role=role,
            requested_at=now(),
            decided_at=now() if state is SeatState.SEATED else None,
        )
    )


def an_application(user, state: ApplicationState) -> Application:
    received = None if state is ApplicationState.UNCONFIRMED else now()
    return saved(
        Application(
            state=state,
            name="Neuland GmbH",
            folded_name="neuland gmbh",
            kind=OrganisationKind.COMPANY,
            website="https://neuland.example",
            city="Dortmund",
            function="Leitung",
            applicant=user,
            sent_at=now(),
            received_at=received,
            promised_by=date(2027, 2, 27) if received else None,
        )
    )


@pytest.fixture
def see(client_of):
    """The page of somebody, as text."""

    def text_of(user) -> str:
        answer = client_of(user).get(MINE)
        assert answer.status_code == 200
        assert answer.text.count("<h1") == 1
        return str(answer.text)

    return text_of


def test_visitor_is_sent_to_the_log_in_and_back(client):
    answer = client.get(MINE)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/konto/anmelden?weiter=/mein"


def test_returned_project_waits_for_who_may_mend_it(see, windwerk, petra, paul):
    a_project("Windpark", windwerk, ReviewState.RETURNED, note="Ziel fehlt", decided_at=now())

    owner, member = see(petra), see(paul)

    assert "Das wartet auf Sie" in owner
    assert "Änderungen an „Windpark“" in owner and "Ziel fehlt" in owner
    assert "Änderungen an „Windpark“" not in member and "Windpark" in member


def test_requests_wait_for_who_leads_the_team(see, windwerk, petra, paul, stefan):
    team = a_team("energie")
    a_seat(petra, windwerk, team, role=SeatRole.LEAD)
    a_seat(paul, windwerk, team)
    a_seat(stefan, an_organisation("netz", "Netz AG"), team, SeatState.REQUESTED)

    assert "Eine Anfrage an Ihr Team Energie" in see(petra)
    assert "/mein/windwerk/teams/energie/anfragen" in see(petra)
    assert "Anfrage an Ihr Team" not in see(paul)


def test_unconfirmed_application_waits(see, petra):
    application = an_application(petra, ApplicationState.UNCONFIRMED)

    text = see(petra)

    assert "Bestätigen Sie den Antrag von Neuland GmbH" in text
    assert f"/mein/antraege/{application.number}" in text


def test_applicant_without_an_organisation_sees_the_application(see, app):
    anna = a_user("anna@neuland.example", "Anna", "Antrag")
    an_application(anna, ApplicationState.RECEIVED)

    text = see(anna)

    assert "Mein Antrag" in text and "eingegangen" in text
    assert "Antwort zugesagt bis 27. Februar 2027" in text
    assert "Projekte Ihrer" not in text


def test_person_without_anything_is_told_how_to_begin(see, app):
    text = see(a_user("neu@x.example", "Kim", "Muster"))

    assert "Sie gehören noch zu keiner Organisation." in text
    assert "/partner-werden" in text


def test_owner_with_nothing_to_do_may_present_a_project(see, petra):
    text = see(petra)

    assert "Nichts wartet auf Sie. Guter Moment, ein Projekt vorzustellen." in text
    assert "/mein/windwerk/projekte/neu" in text


def test_member_is_offered_nothing_that_a_member_may_not_do(see, paul):
    assert "/projekte/neu" not in see(paul)


def test_projects_stand_with_their_state_and_next_step(see, windwerk, petra):
    a_project("Entwurf", windwerk)
    a_project("Pruefung", windwerk, ReviewState.SUBMITTED, promised_by=date(2027, 2, 27))
    a_project("Zurueck", windwerk, ReviewState.RETURNED)
    a_project("Online", windwerk, ReviewState.PUBLISHED)

    text = see(petra)

    for words in (
        "fertig schreiben und einreichen",
        "Antwort bis 27. Februar 2027",
        "ändern und noch einmal einreichen",
        "keiner",
        "/mein/windwerk/projekte/entwurf",
    ):
        assert words in text


def test_person_in_two_organisations_sees_both_with_their_roles(see, petra, windwerk):
    netz = an_organisation("netz", "Netz AG")
    affiliated(petra, netz, AffiliationRole.SIGNATORY)
    a_project("Windpark", windwerk)
    a_project("Netzpark", netz)

    text = see(petra)

    assert "Meine Organisationen" in text
    assert "Verwaltung der Organisation" in text and "Zeichnungsberechtigung" in text
    assert "/mein/windwerk/projekte/windpark" in text and "/mein/netz/projekte/netzpark" in text
    assert "/mein/netz/projekte/neu" not in text
    assert "Sie handeln für" not in text


def test_two_roles_in_one_organisation_are_one_line(see, petra, windwerk):
    affiliated(petra, windwerk, AffiliationRole.EDITOR)

    text = see(petra)

    assert "Verwaltung der Organisation, Redaktion" in text
    assert "Meine Organisation<" in text


def test_seats_stand_with_role_or_request(see, petra, windwerk):
    a_seat(petra, windwerk, a_team("energie"), role=SeatRole.DEPUTY)
    a_seat(petra, windwerk, a_team("sicherheit"), SeatState.REQUESTED)

    text = see(petra)

    assert "Stellvertretung" in text and "angefragt" in text


def test_dates_of_the_own_team_are_among_the_next_ones(see, petra, paul, windwerk):
    team = a_team("energie")
    a_seat(petra, windwerk, team)
    starts = now() + timedelta(days=3)
    saved(
        Event(
            slug="teamtreff",
            uid="teamtreff@portal.test",
            title="Teamtreff",
            kind=EventKind.WORKSHOP,
            starts_at=starts,
            ends_at=starts,
            audience=Audience.TEAM,
            team=team,
            created_at=now(),
            changed_at=now(),
        )
    )

    assert "Teamtreff" in see(petra)
    assert "Teamtreff" not in see(paul)


def test_office_is_led_to_the_desk(see, olga):
    text = see(olga)

    assert "Zur Arbeitsliste" in text
    assert "keiner Organisation" not in text


def test_what_ended_is_gone(see, petra, windwerk):
    a_project("Windpark", windwerk)
    for affiliation in windwerk.affiliations:
        affiliation.until = now()
    db.session.commit()

    assert "Windpark" not in see(petra)


def test_page_is_private(client_of, petra):
    assert client_of(petra).get(MINE).headers["Cache-Control"] == "private, no-store"


def test_statements_do_not_grow_with_what_somebody_has(client_of, statements, petra, windwerk):
    def more(start: int) -> None:
        for number in range(start, start + 3):
            a_project(f"p{number}", windwerk, ReviewState.RETURNED)
            a_seat(petra, windwerk, a_team(f"team-{number}"), role=SeatRole.LEAD)
            affiliated(petra, an_organisation(f"o{number}", f"Org {number}"))
            an_application(petra, ApplicationState.WITHDRAWN)

    client = client_of(petra)
    more(0)
    with statements() as few:
        assert client.get(MINE).status_code == 200
    more(3)
    more(6)
    with statements() as many:
        assert client.get(MINE).status_code == 200

    assert many.number == few.number


def test_revised_project_shows_where_its_newest_text_stands(client_of, petra, windwerk):
    project = a_project("Windpark", windwerk, ReviewState.PUBLISHED)
    first = project.latest
    later = Revision(
        project=project,
        number=2,
        state=ReviewState.SUBMITTED,
        title="Windpark, überarbeitet",
        changed_at=first.changed_at + timedelta(days=1),
        html={},
    )
    saved(later)

    text = client_of(petra).get("/mein").text

    assert "Windpark, überarbeitet" in text
    assert "in Prüfung" in text
