"""One's own calendar: a secret address, what it shows, and that it can be given up."""

from datetime import timedelta

import pytest
import vobject
from icalendar import Calendar

from portal.core.database import db
from portal.core.times import now
from portal.events import services as events
from portal.events.models import Audience
from portal.registrations import services
from portal.registrations.models import CalendarKey
from portal.teams.models import Joining, Seat, SeatState, Team
from tests.cast import a_user, affiliated, saved, theme
from tests.letters import history
from tests.registrations.cast import all_register, an_allocation, an_event, guest_registers, people

PAGE = "/mein/kalender"


@pytest.fixture
def person(app, windwerk):
    person = a_user("kim@x.example", "Kim", "Muster")
    affiliated(person, windwerk)
    return person


@pytest.fixture
def team(app):
    return saved(Team(slug="energie", name="Energie", theme=theme(), joining=Joining.ON_REQUEST))


def sits(person, team, windwerk):
    return saved(
        Seat(
            user=person,
            team=team,
            organisation=windwerk,
            state=SeatState.SEATED,
            requested_at=now(),
        )
    )


def opened(client_of, person) -> str:
    """The path of the person's calendar."""
    client = client_of(person)
    assert client.post(PAGE).status_code == 303
    page = client.get(PAGE).text
    return "/kalender/" + page.partition("http://portal.test/kalender/")[2].partition("<")[0]


def shown(client, path) -> list[tuple[str, str]]:
    """(title, status) of every entry."""
    answer = client.get(path)
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.data).events
    assert len(getattr(vobject.readOne(answer.text), "vevent_list", [])) == len(found)
    return sorted((str(entry["SUMMARY"]), str(entry["STATUS"])) for entry in found)


def test_nobody_has_an_address_until_they_ask_for_one(client_of, person):
    page = client_of(person).get(PAGE).text

    assert "/kalender/" not in page.replace(PAGE, "")
    assert db.session.query(CalendarKey).count() == 0


def test_address_is_hard_to_guess_and_stored_nowhere(client_of, person):
    path = opened(client_of, person)

    secret = path.partition("-")[2].removesuffix(".ics")
    assert len(secret) == 64
    key = db.session.query(CalendarKey).one()
    assert secret not in f"{key.nonce}{key.id}"


def test_second_click_keeps_the_address(client_of, person):
    assert opened(client_of, person) == opened(client_of, person)


def test_holder_needs_no_session_and_leaves_no_trace(client, client_of, person):
    answer = client.get(opened(client_of, person))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers and "ETag" not in answer.headers
    assert "/kalender/" not in client.get("/sitemap.xml").text


def test_place_is_certain_and_the_line_is_not(client, client_of, ada, person):
    for title, before in (("Mit Platz", 0), ("Warteliste", 2)):
        allocation = an_allocation(ada, an_event(ada, title=title))
        all_register(allocation, [*people_of(title, before), person])

    path = opened(client_of, person)

    assert shown(client, path) == [("Mit Platz", "CONFIRMED"), ("Warteliste", "TENTATIVE")]


def people_of(title, count):
    return [a_user(f"{title[:3]}{n}@x.example", "Kim", "Vor") for n in range(count)]


def test_place_given_back_is_struck_for_a_while_and_then_gone(client, client_of, ada, person):
    allocation = an_allocation(ada)
    [registration] = all_register(allocation, [person])
    services.withdraw(registration, by=person)
    db.session.commit()
    path = opened(client_of, person)

    assert shown(client, path) == [("Fünfte Allianztagung", "CANCELLED")]

    registration.ended_at = now() - timedelta(days=31)
    db.session.commit()
    assert shown(client, path) == []


def test_who_registers_again_has_one_entry_with_a_higher_number(client, client_of, ada, person):
    allocation = an_allocation(ada)
    [registration] = all_register(allocation, [person])
    path = opened(client_of, person)
    [first] = Calendar.from_ical(client.get(path).data).events
    services.withdraw(registration, by=person)
    db.session.commit()
    all_register(allocation, [person])

    [second] = Calendar.from_ical(client.get(path).data).events

    assert (second["UID"], second["STATUS"]) == (first["UID"], "CONFIRMED")
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_cancelled_date_is_struck(client, client_of, ada, person):
    allocation = an_allocation(ada)
    all_register(allocation, [person])
    events.cancel(allocation.event, by=ada, reason="Sturm", seen_version=1)
    db.session.commit()

    assert shown(client, opened(client_of, person)) == [("Fünfte Allianztagung", "CANCELLED")]


def test_dates_of_own_teams_are_there_while_the_person_sits_in_them(
    client, client_of, ada, person, team, windwerk
):
    an_event(ada, title="Teamtreff", audience=Audience.TEAM, team=team)
    an_event(ada, title="Offen")
    seat = sits(person, team, windwerk)
    path = opened(client_of, person)
    assert shown(client, path) == [("Teamtreff", "CONFIRMED")]

    db.session.delete(seat)
    db.session.commit()

    assert shown(client, path) == []


def test_registration_for_a_date_that_one_may_not_see_any_more_is_not_told(
    client, client_of, ada, person, team, windwerk
):
    event = an_event(ada, title="Teamtreff", audience=Audience.TEAM, team=team)
    seat = sits(person, team, windwerk)
    all_register(an_allocation(ada, event), [person])
    path = opened(client_of, person)
    assert shown(client, path) == [("Teamtreff", "CONFIRMED")]  # once, not as a team's date too

    db.session.delete(seat)
    db.session.commit()

    assert shown(client, path) == []


def test_what_a_stranger_typed_with_ones_address_stands_in_no_calendar(
    client, client_of, ada, person
):
    guest_registers(an_allocation(ada), person.email)

    assert shown(client, opened(client_of, person)) == []


def test_nobody_else_is_in_it(client, client_of, ada, person):
    all_register(an_allocation(ada), people(2))

    assert shown(client, opened(client_of, person)) == []


def test_new_address_ends_the_old_one_at_once(client, client_of, person):
    old = opened(client_of, person)

    assert client_of(person).post(f"{PAGE}/neu").status_code == 303
    new = opened(client_of, person)

    assert old != new
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_address_that_was_turned_off_stays_off(client, client_of, person):
    old = opened(client_of, person)
    client_of(person).post(f"{PAGE}/aus")
    assert client.get(old).status_code == 404

    new = opened(client_of, person)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


@pytest.mark.parametrize("change", [{"locked_at": now()}, {"confirmed_at": None}])
def test_locked_account_shows_nothing(client, client_of, person, change):
    path = opened(client_of, person)
    for name, value in change.items():
        setattr(person, name, value)
    db.session.commit()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "1",
        "1-",
        "-" + "0" * 64,
        "1-" + "0" * 64,
        "ffffffff-" + "0" * 64,
        "1-" + "g" * 64,
        "1-" + "0" * 5000,
        "%00",
        "ä-" + "0" * 64,
        "1-" + "٣" * 64,
    ],
)
def test_forged_address_is_not_found(client, client_of, person, key):
    opened(client_of, person)

    assert client.get(f"/kalender/{key}.ics").status_code == 404


def test_key_of_one_person_opens_nothing_of_another(client, client_of, person, paul):
    mine, theirs = opened(client_of, person), opened(client_of, paul)
    number, _, secret = mine.removeprefix("/kalender/").partition("-")
    other = theirs.removeprefix("/kalender/").partition("-")[0]

    assert number != other
    assert client.get(f"/kalender/{other}-{secret}").status_code == 404


def test_history_knows_who_opened_renewed_and_closed(client_of, person):
    client = client_of(person)
    for path in (PAGE, PAGE, f"{PAGE}/neu", f"{PAGE}/aus", f"{PAGE}/aus"):
        client.post(path)

    assert [fact for fact, *_ in history()] == [
        "CalendarOpened",
        "CalendarRenewed",
        "CalendarClosed",
    ]


def test_calendar_speaks_the_language_of_its_person(client, client_of, ada, person):
    person.language = "en"
    all_register(an_allocation(ada), [person])

    text = client.get(opened(client_of, person)).text

    assert "My events of the alliance" in text and "Place confirmed" in text


@pytest.mark.parametrize("count", [1, 4])
def test_calendar_counts_the_same_statements_however_long_it_is(
    client, client_of, ada, person, count, statements
):
    for number in range(count):
        all_register(an_allocation(ada, an_event(ada, title=f"T{number}")), [person])
    path = opened(client_of, person)

    with statements() as asked:
        client.get(path)

    assert asked.number <= 4
