"""At the door: found by name or code, let in once, and undone when the wrong one was tapped."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.core.codes import new_proof_code
from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.core.times import BERLIN, now
from portal.events import services as events
from portal.registrations import services
from portal.registrations.entrance import check_in_address
from portal.registrations.models import Registration
from tests.cast import a_user
from tests.letters import history
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    at,
    counters,
    guest_registers,
    people,
    states,
)
from tests.registrations.office import office

DOOR = "/einlass"
FOUND = re.compile(r"<strong>([^<]+)</strong><span class=\"note table__sub\">")


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


@pytest.fixture
def first(allocation):
    return all_register(allocation, people(3))[0]


def door(registration, rest=""):
    return office(registration.allocation, f"{DOOR}/{registration.shown_code}{rest}")


def reread(registration):
    db.session.rollback()
    db.session.refresh(registration)
    return registration


def told():
    return [fact for fact, *_ in history() if fact.startswith("Check")]


def test_one_tap_lets_in_and_the_counter_grows(client_of, olga, allocation, first):
    client = client_of(olga)
    assert "0 von 2 da" in client.get(office(allocation, DOOR)).text

    reply = client.post(door(first))

    page = client.get(reply.location).text
    assert (reply.status_code, reply.location) == (303, office(allocation, DOOR))
    assert "Person 1 Muster ist da." in page and "1 von 2 da" in page
    assert FOUND.findall(page) == ["Person 1 Muster"]
    assert reread(first).checked_in_by_id == olga.id
    assert told() == ["CheckedIn"]


def test_second_scan_says_when_the_first_one_was_and_by_whom(client_of, olga, ada, first):
    with time_machine.travel(now().replace(hour=12, minute=2), tick=False):
        client_of(olga).post(door(first))
        since = reread(first).checked_in_at
        other = client_of(ada)
        shown = other.get(door(first)).text
        page = other.get(other.post(door(first)).location).text

    clock = since.astimezone(BERLIN).strftime("%H:%M")
    assert f"da seit {clock} Uhr" in shown and "Einlassen" not in shown
    assert f"ist schon seit {clock} Uhr da, eingelassen von Olga Ordnung." in page
    assert reread(first).checked_in_at == since
    assert told() == ["CheckedIn"]


def test_looking_lets_nobody_in(client_of, olga, first):
    for address in (door(first), office(first.allocation, f"{DOOR}?q={first.code}")):
        client_of(olga).get(address)

    assert reread(first).checked_in_at is None


def test_wrong_tap_is_undone_and_a_second_undo_changes_nothing(client_of, olga, first):
    client = client_of(olga)
    client.post(door(first))

    answers = [client.post(door(first, "/zuruecknehmen")).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert reread(first).checked_in_at is None
    assert told() == ["CheckedIn", "CheckInUndone"]


@pytest.mark.parametrize("typed", ["code", "shown_code", "lower"])
def test_whole_code_in_the_search_leads_to_its_person(client_of, olga, first, typed):
    code = first.shown_code.lower() if typed == "lower" else getattr(first, typed)

    reply = client_of(olga).get(office(first.allocation, DOOR), query_string={"q": f" {code} "})

    assert (reply.status_code, reply.location) == (302, door(first))


def test_search_at_the_door_finds_names_and_shows_the_next_step(client_of, olga, allocation, first):
    page = client_of(olga).get(office(allocation, f"{DOOR}?q=muster")).text

    assert FOUND.findall(page) == ["Person 1 Muster", "Person 2 Muster", "Person 3 Muster"]
    assert page.count(">Einlassen<") == 2
    assert "Warteliste, Platz 1" in page and "Es ist kein Platz frei." in page


def test_codes_of_others_are_not_found(client_of, olga, ada, first):
    other = an_allocation(ada, an_event(ada, title="Werkstatt"))
    (stranger,) = all_register(other, [a_user("s@x.example", "Sara", "Fremd")])
    client = client_of(olga)

    for code in (stranger.code, new_proof_code(), "x", "A" * 500, "ß" * 16, "%00", "..%2f"):
        for verb in ("GET", "POST"):
            reply = client.open(office(first.allocation, f"{DOOR}/{code}"), method=verb)
            assert reply.status_code == 404, (verb, code)
    nobody = client.get(office(first.allocation, DOOR), query_string={"q": stranger.code})
    assert "Niemand gefunden" in nobody.text
    assert reread(stranger).checked_in_at is None


def test_door_is_for_the_office_alone(client, client_of, petra, olga, first):
    for address in (door(first), office(first.allocation, DOOR)):
        assert client.get(address).status_code == 302
        assert client_of(petra).get(address).status_code == 404
    assert client_of(petra).post(door(first)).status_code == 404
    assert client_of(first.person).post(door(first)).status_code == 404
    with pytest.raises(Denied):
        services.check_in(first, by=petra)
    with pytest.raises(Denied):
        services.undo_check_in(first, by=petra)


def test_who_waits_or_has_left_is_not_let_in(client_of, olga, allocation):
    first, _, third = all_register(allocation, people(3))
    client = client_of(olga)

    assert client.post(door(third)).status_code == 409
    services.remove(first, by=olga, reason="x")
    db.session.commit()
    refused = client.post(door(first))

    assert refused.status_code == 409 and "hat keinen Platz" in refused.text
    assert reread(first).checked_in_at is None


def test_who_was_let_in_can_still_be_removed_and_counts_no_more(client_of, olga, allocation, first):
    client = client_of(olga)
    client.post(door(first))
    services.remove(reread(first), by=olga, reason="Verwechselt.")
    db.session.commit()

    assert "0 von 2 da" in client.get(office(allocation, DOOR)).text
    assert client.post(door(first)).status_code == 409


def test_first_in_line_gets_a_free_place_at_the_door(client_of, olga, ada):
    allocation = an_allocation(ada, moves_up_until=now() - timedelta(minutes=1))
    first, _, third, fourth = all_register(allocation, people(4))
    services.withdraw(first, by=first.person)
    db.session.commit()
    client = client_of(olga)

    page = client.get(office(allocation, f"{DOOR}?q=muster")).text
    reply = client.post(office(allocation, "/anmeldungen/nachruecken"), data={"weiter": "einlass"})

    assert page.count("Platz geben") == 1 and "aber eine Person wartet länger" in page
    assert reply.location == office(allocation, DOOR)
    assert client.post(door(third)).status_code == 303
    assert client.post(door(fourth)).status_code == 409


def test_offered_place_is_taken_by_coming(client_of, olga, ada):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()
    assert third.state.value == "offered"

    assert client_of(olga).post(door(third)).status_code == 303

    assert states(allocation)[-1] == (3, "confirmed")
    assert reread(third).checked_in_at


def test_offer_that_is_over_is_no_place(client_of, olga, ada, monkeypatch):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()
    at(third.offered_until, monkeypatch)

    assert client_of(olga).post(door(third)).status_code == 409
    assert reread(third).checked_in_at is None


def test_guest_who_came_keeps_the_place_without_having_confirmed_the_address(
    client_of, olga, ada, monkeypatch
):
    allocation = an_allocation(ada)
    guest = guest_registers(allocation)
    client_of(olga).post(door(guest))

    at(guest.entered_at + timedelta(hours=25), monkeypatch)
    assert services.let_lapse() == 0
    db.session.commit()

    assert counters(allocation) == (1, 0)


def test_cancelled_date_lets_nobody_in(client_of, olga, ada, allocation, first):
    event = allocation.event
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()

    reply = client_of(olga).post(door(first))

    assert reply.status_code == 409 and "abgesagt" in reply.text


def test_check_in_never_takes_a_place_away(client_of, olga, allocation, first):
    before = counters(allocation)

    client_of(olga).post(door(first))
    client_of(olga).post(door(first, "/zuruecknehmen"))

    assert counters(allocation) == before


def test_code_on_the_confirmation_leads_to_the_door(app, client_of, olga, first):
    with app.test_request_context():
        address = check_in_address(first)
        db.session.rollback()

    assert address == f"http://portal.test{door(first)}"
    assert "Person 1 Muster" in client_of(olga).get(door(first)).text


def test_pages_of_the_door_ask_the_same_number_of_statements(client_of, olga, ada, statements):
    allocation = an_allocation(ada, capacity=30)
    persons = people(20)
    all_register(allocation, persons[:2])
    client = client_of(olga)
    for one in db.session.query(Registration):
        client.post(door(one))
    numbers = []
    for more in ([], persons[2:]):
        all_register(allocation, more)
        for one in db.session.query(Registration).all()[:8]:
            client.post(door(one))
        client.get(office(allocation, DOOR))
        for address in (DOOR, f"{DOOR}?q=muster"):
            with statements() as counted:
                client.get(office(allocation, address))
            numbers.append(counted.number)

    assert numbers[:2] == numbers[2:]


def test_checked_in_moment_is_the_clocks(olga, allocation, first):
    with time_machine.travel(datetime(2027, 3, 18, 12, 2, tzinfo=UTC), tick=False):
        assert services.check_in(first, by=olga)
        assert not services.check_in(first, by=olga)

    assert first.checked_in_at == datetime(2027, 3, 18, 12, 2, tzinfo=UTC)


def test_conflict_of_who_has_no_place_is_told_in_words(olga, allocation):
    *_, third = all_register(allocation, people(3))

    with pytest.raises(Conflict) as refused:
        services.check_in(third, by=olga)

    assert "keinen Platz" in str(refused.value.message)
