"""The office's list of a date: who has a place, who waits, and what the office does to single
entries."""

import re
from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.times import now
from portal.registrations import attendance, services
from portal.registrations.attendance import Stand
from tests.cast import a_user
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    counters,
    guest_registers,
    lines,
    people,
    states,
)
from tests.registrations.office import office

NAMES = re.compile(r'<th scope="row">([^<]+)<span class="note table__sub">Nr. (\d+)')
FIGURES = re.compile(r"<dt>([^<]+)</dt><dd class=\"num\">([^<]+)</dd>")


def names(client, allocation, query=""):
    return [name for name, _ in NAMES.findall(client.get(office(allocation, LIST + query)).text)]


LIST = "/anmeldungen"


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def registers(allocation, first_name, last_name, email):
    return all_register(allocation, [a_user(email, first_name, last_name)])[0]


def test_list_says_how_it_stands_and_shows_everybody_by_number(client_of, olga, allocation):
    all_register(allocation, people(2))
    guest_registers(allocation)

    page = client_of(olga).get(office(allocation, LIST)).text

    assert dict(FIGURES.findall(page)) == {
        "Plätze": "2",
        "vergeben": "2",
        "warten": "1",
        "davon angeboten": "0",
        "E-Mail unbestätigt": "1",
        "eingelassen": "0",
    }
    assert NAMES.findall(page) == [
        ("Person 1 Muster", "1"),
        ("Person 2 Muster", "2"),
        ("Gabi Gast", "3"),
    ]
    assert "Warteliste, Platz 1" in page


def test_each_stand_narrows_the_list(client_of, olga, allocation):
    first, second, _ = all_register(allocation, people(3))
    guest_registers(allocation)
    services.withdraw(first, by=first.person)
    services.check_in(second, by=olga)
    db.session.commit()
    client = client_of(olga)

    shown = {stand.value: names(client, allocation, f"?stand={stand.value}") for stand in Stand}

    assert shown == {
        "platz": ["Person 2 Muster", "Person 3 Muster"],
        "warteliste": ["Gabi Gast"],
        "angebot": [],
        "unbestaetigt": ["Gabi Gast"],
        "eingelassen": ["Person 2 Muster"],
        "abgemeldet": ["Person 1 Muster"],
    }
    assert names(client, allocation, "?stand=quatsch")[0] == "Person 2 Muster"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("müller", ["Jörg Müller-Straßer"]),
        ("MUELLER", ["Jörg Müller-Straßer"]),
        ("muller strasser", ["Jörg Müller-Straßer"]),
        ("jorg", ["Jörg Müller-Straßer"]),
        ("koc", ["Ayşe Koç"]),
        ("ayse@", ["Ayşe Koç"]),
        ("gastwerk", ["Gabi Gast"]),
        ("2", ["Ayşe Koç"]),
        ("100%", []),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE registration", []),
        ("muster x", []),
    ],
)
def test_search_finds_names_organisations_and_addresses_however_they_are_written(
    client_of, olga, ada, typed, found
):
    allocation = an_allocation(ada)
    registers(allocation, "Jörg", "Müller-Straßer", "jms@example.org")
    registers(allocation, "Ayşe", "Koç", "ayse@example.org")
    guest_registers(allocation)

    reply = client_of(olga).get(office(allocation, LIST), query_string={"q": typed})

    assert [name for name, _ in NAMES.findall(reply.text)] == found


def test_list_is_paged_and_asks_the_same_number_of_statements(client_of, olga, ada, statements):
    allocation = an_allocation(ada, capacity=40)
    all_register(allocation, people(3))
    client = client_of(olga)
    client.get(office(allocation, LIST))
    with statements() as few:
        client.get(office(allocation, LIST))
    persons = [a_user(f"q{n}@x.example", f"Q {n}", "Muster") for n in range(57)]
    for person in persons:
        services.register(allocation, by=person)
    db.session.commit()
    with statements() as many:
        first = names(client, allocation)

    assert len(first) == 50 and names(client, allocation, "?seite=2")[-1] == "Q 56 Muster"
    assert many.number == few.number
    assert client.get(office(allocation, LIST + "?seite=3")).status_code == 404


def test_office_removes_with_a_reason_and_the_next_moves_up(client_of, olga, allocation):
    all_register(allocation, people(3))
    client = client_of(olga)
    address = office(allocation, f"{LIST}/1/abmelden")

    asked = client.get(address)
    empty = client.post(address, data={"reason": " "})
    reply = client.post(address, data={"reason": "Doppelt angemeldet."})

    assert "Person 1 Muster abmelden?" in asked.text
    assert empty.status_code == 422
    assert reply.status_code == 303
    assert states(allocation) == [(1, "cancelled"), (2, "confirmed"), (3, "confirmed")]
    assert lines(allocation)[-2:] == [("removed", 1), ("moved_up", 3)]


def test_who_has_left_cannot_be_removed_again(client_of, olga, allocation):
    (registration,) = all_register(allocation, people(1))
    services.withdraw(registration, by=registration.person)
    db.session.commit()
    client = client_of(olga)
    address = office(allocation, f"{LIST}/1/abmelden")

    assert client.get(address).location == office(allocation, LIST)
    assert client.post(address, data={"reason": "x"}).status_code == 409


@pytest.mark.parametrize("number", ["2", "0", "99999999999", "-1", "x"])
def test_number_that_nobody_has_leads_nowhere(client_of, olga, allocation, number):
    all_register(allocation, people(1))

    reply = client_of(olga).get(office(allocation, f"{LIST}/{number}/abmelden"))

    assert reply.status_code == 404


def test_after_the_cut_off_the_office_lets_the_first_in_line_move_up(client_of, olga, ada):
    allocation = an_allocation(ada, an_event(ada), moves_up_until=now() - timedelta(minutes=1))
    first, *_ = all_register(allocation, people(4))
    client = client_of(olga)
    assert "Nachrücken lassen" not in client.get(office(allocation, LIST)).text
    services.withdraw(first, by=first.person)
    db.session.commit()

    page = client.get(office(allocation, LIST)).text
    answers = [client.post(office(allocation, f"{LIST}/nachruecken")) for _ in range(2)]

    assert "Nachrücken lassen" in page
    assert [answer.status_code for answer in answers] == [303, 409]
    assert states(allocation)[2:] == [(3, "confirmed"), (4, "waiting")]
    assert counters(allocation) == (2, 1)


def test_list_ends_with_what_happened_last(client_of, olga, allocation):
    first, *_ = all_register(allocation, people(2))
    services.withdraw(first, by=first.person)
    db.session.commit()

    page = client_of(olga).get(office(allocation, LIST)).text

    happened = page.partition('id="zuege"')[2]
    assert happened.index("selbst abgemeldet") < happened.index("Platz frei, Platz bekommen")
    assert "Nr. 1, Person 1 Muster" in happened


def test_date_without_places_has_no_list(client_of, olga, ada):
    event = an_event(ada)

    for rest in ("/anmeldungen", "/anmeldungen/nachtragen", "/einlass"):
        reply = client_of(olga).get(f"/projektbuero/termine/{event.slug}{rest}")
        assert reply.status_code == 404


def test_line_is_counted_from_the_true_arrival(allocation):
    *_, third, fourth = all_register(allocation, people(4))

    assert attendance.places_in_line(allocation) == {third.id: 1, fourth.id: 2}
