"""Everybody can check the order; nobody is named."""

import pytest

from portal.core.database import db
from portal.core.times import local
from portal.events import services as events
from portal.registrations import services
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    guest_registers,
    people,
)
from tests.registrations.pages import EVENT, LEDGER, words


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def test_sequence_has_number_arrival_move_and_moment_newest_last(client, allocation):
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()

    said = words(client.get(LEDGER))

    arrivals = [local(one.received_at).strftime("%d.%m.%Y, %H:%M:%S") for one in (first, third)]
    assert f"2 1 {arrivals[0]} angemeldet: Platz frei, Platz bekommen {arrivals[0]}" in said
    assert f"4 3 {arrivals[1]} angemeldet: kein Platz frei, auf die Warteliste" in said
    assert said.index("selbst abgemeldet") < said.index("nachgerückt: ein Platz wurde frei")
    assert "1 Anmeldung eingerichtet: 2 Plätze" in said


def test_nobody_is_named(client, client_of, petra, windwerk, allocation):
    services.register(allocation, by=petra, organisation=windwerk, answer="Vegan")
    guest = guest_registers(allocation)
    db.session.commit()

    for page in (client.get(LEDGER), client.get(f"{LEDGER}?nummer=2")):
        for secret in (
            "Petra", "Probe", "Windwerk", "Vegan", "Gabi", "Gast ", "Gastwerk", "@x.example",
            guest.code, guest.nonce,
        ):  # fmt: skip
            assert secret not in words(page)


def test_own_number_shows_its_lines_state_and_place(client, allocation):
    all_register(allocation, people(4))

    said = words(client.get(f"{LEDGER}?nummer=4"))

    assert "Nummer 4 auf der Warteliste · Platz 2" in said
    assert "angemeldet: Platz frei" not in said and "kein Platz frei" in said


@pytest.mark.parametrize("asked", ["9", "0", "-1", "x", "1.5", "9" * 400, "١", "1'--", "%00", "  "])
def test_number_that_is_not_there_shows_everything(client, allocation, asked):
    all_register(allocation, people(1))

    page = client.get(f"{LEDGER}?nummer={asked}")

    assert page.status_code == 200 and "Anmeldung eingerichtet" in words(page)


def test_new_registration_shows_at_once_to_a_browser_that_knows_the_page(client, allocation):
    page = client.get(LEDGER)
    assert "ETag" not in page.headers and page.headers["Cache-Control"] == "private, no-store"
    known = client.get(EVENT).headers["ETag"]

    all_register(allocation, people(1))

    for etag in (known, "*", 'W/"x"'):
        again = client.get(LEDGER, headers={"If-None-Match": etag})
        assert again.status_code == 200 and "Platz bekommen" in words(again)
    assert "Set-Cookie" not in page.headers


def test_date_without_places_has_no_ledger(client, ada):
    an_event(ada)

    for page in ("platzvergabe", "anmelden", "anmelden/danke"):
        assert client.get(f"{EVENT}/{page}").status_code == 404
    assert client.get("/termine/gibt-es-nicht/platzvergabe").status_code == 404


def test_ledger_is_paged_by_fifty(client, allocation, monkeypatch):
    person = people(1)[0]
    for _ in range(30):
        made = services.register(allocation, by=person)
        services.withdraw(made, by=person)
    db.session.commit()  # 61 lines

    first, second = words(client.get(LEDGER)), words(client.get(f"{LEDGER}?seite=2"))

    assert first.count("Platz bekommen") + first.count("selbst abgemeldet") == 49
    assert second.count("Platz bekommen") + second.count("selbst abgemeldet") == 11
    assert client.get(f"{LEDGER}?seite=3").status_code == 404


def test_ledger_of_a_cancelled_date_stays(client, allocation, ada):
    all_register(allocation, people(1))
    event = allocation.event
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()

    assert "Termin abgesagt" in words(client.get(LEDGER))


def test_statements_do_not_grow_with_the_lines(client, allocation, statements):
    def asked(address):
        with statements() as sent:
            assert client.get(address).status_code == 200
        return sent.number

    all_register(allocation, people(1))
    few = [asked(LEDGER), asked(f"{LEDGER}?nummer=1")]
    guest_registers(allocation, "g1@x.example")
    guest_registers(allocation, "g2@x.example")

    assert [asked(LEDGER), asked(f"{LEDGER}?nummer=1")] == few
    assert few[0] <= 3
