"""Who sees which dates: the page, the lists, the feeds, the search and the pages below agree."""

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.events import policies, queries, services
from portal.events.models import Audience, Event, EventKind
from portal.teams.models import Seat, SeatState, Team
from tests.cast import saved, theme
from tests.events.conftest import a_seat, content, in_days

SEEN = {  # safety.md, rows 1 and 34; audience by person
    Audience.PUBLIC: {"visitor", "petra", "tara", "olga", "ada"},
    Audience.PARTNERS: {"visitor", "petra", "tara", "olga", "ada"},
    Audience.TEAM: {"tara", "olga", "ada"},
}
DOORS = [
    "/termine",
    "/termine?art=allianztagung",
    "/termine/dritte-allianztagung",
    "/termine.ics",
    "/termine/dritte-allianztagung.ics",
    "/suche?q=dritte",
    "/suche?q=dritte&art=termine",
    "/expertenteams/energie",
]
PEOPLE = ["visitor", "petra", "tara", "olga", "ada"]


@pytest.fixture
def person(request):
    return lambda name: None if name == "visitor" else request.getfixturevalue(name)


def unmarked(page):
    return page.replace("<mark>", "").replace("</mark>", "")


def client_for(client_of, client, user):
    return client_of(user) if user else client


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("audience", list(Audience))
def test_every_door_answers_alike(client_of, client, person, plan, energie, door, audience):
    plan(audience=audience, team=energie)

    seen = set()
    for name in PEOPLE:
        answer = client_for(client_of, client, person(name)).get(door)
        assert answer.status_code in {200, 404}
        if "Dritte Allianztagung" in unmarked(answer.text):
            seen.add(name)
        elif door.startswith("/termine/"):
            assert answer.status_code == 404

    assert seen == SEEN[audience]


@pytest.mark.parametrize("door", ["/termine?zeit=vergangen", "/termine"])
def test_archive_hides_the_dates_of_teams_as_well(client, client_of, tara, plan, energie, door):
    plan(audience=Audience.TEAM, team=energie, period=in_days(-30))

    assert "Dritte Allianztagung" not in client.get(door).text
    assert "Dritte Allianztagung" in client_of(tara).get(door).text


def test_counts_tell_nothing_of_hidden_dates(client, client_of, tara, plan, energie):
    plan(title="Offen")
    plan(title="Auch offen", kind=EventKind.WORKSHOP)
    plan(title="Geheim", audience=Audience.TEAM, team=energie, kind=EventKind.COUNCIL)

    assert "Gremiensitzung" not in client.get("/termine").text
    assert "Gremiensitzung" in client_of(tara).get("/termine").text


@pytest.mark.parametrize("state", [SeatState.REQUESTED, SeatState.REFUSED, SeatState.LEFT])
def test_only_who_sits_in_the_team_is_invited(client_of, petra, windwerk, plan, energie, state):
    event = plan(audience=Audience.TEAM, team=energie)
    a_seat(petra, windwerk, energie, state)

    assert client_of(petra).get(f"/termine/{event.slug}").status_code == 404
    assert event.title not in client_of(petra).get("/termine").text
    assert event.title not in client_of(petra).get("/termine.ics").text


def test_seat_in_another_team_opens_nothing(client_of, petra, windwerk, plan, energie):
    event = plan(audience=Audience.TEAM, team=energie)
    other = saved(Team(slug="sicherheit", name="Sicherheit", theme=theme("sicherheit")))
    a_seat(petra, windwerk, other)

    assert client_of(petra).get(f"/termine/{event.slug}").status_code == 404


def test_who_leaves_the_team_sees_it_no_more_at_the_next_request(client_of, tara, plan, energie):
    event = plan(audience=Audience.TEAM, team=energie)
    client = client_of(tara)
    assert client.get(f"/termine/{event.slug}").status_code == 200

    for seat in db.session.scalars(select(Seat)):
        seat.state = SeatState.LEFT
    db.session.commit()

    assert client.get(f"/termine/{event.slug}").status_code == 404
    assert event.title not in client.get("/termine.ics").text


def test_date_that_becomes_the_teams_own_vanishes_for_all_others(client, ada, plan, energie):
    event = plan()
    services.change(
        event, content(audience=Audience.TEAM, team=energie), by=ada, seen_version=event.version
    )
    db.session.commit()

    assert all(event.title not in unmarked(client.get(door).text) for door in DOORS)


def test_rule_and_condition_say_the_same(app, person, plan, energie):
    events = [
        plan(title=f"{audience} {team}", audience=audience, team=team)
        for audience in Audience
        for team in (energie, None)
    ]

    for name in PEOPLE[1:]:
        user = person(name)
        by_rule = {event.id for event in events if policies.may_see(user, event)}
        condition = select(Event.id).where(policies.visible_to(user))
        assert set(db.session.scalars(condition)) == by_rule


def test_start_page_names_the_next_date_that_takes_place_for_everybody(ada, plan, energie):
    cancelled = plan(title="Abgesagt", period=in_days(1))
    plan(title="Team", period=in_days(2), audience=Audience.TEAM, team=energie)
    plan(title="Vorbei", period=in_days(-1))
    partners = plan(title="Partner", period=in_days(3), audience=Audience.PARTNERS)
    public = plan(title="Alle", period=in_days(4))
    services.cancel(cancelled, by=ada, reason="x", seen_version=cancelled.version)
    db.session.commit()

    assert queries.next_one() == partners
    assert queries.upcoming(5) == [partners, public]
    assert queries.upcoming(1) == [partners]


def test_without_dates_there_is_no_next_one(app):
    assert queries.next_one() is None
    assert queries.upcoming(3) == []
