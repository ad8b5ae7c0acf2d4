"""The link of the mail: GET shows, POST acts, again and again; nobody else's opens anything."""

from datetime import timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.registrations import queries, services
from tests.letters import history
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    at,
    guest_registers,
    lines,
    people,
    states,
)
from tests.registrations.pages import FORM, labels, words


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def link_of(registration, act: str = "") -> str:
    token = queries.registration_token(registration)
    return f"/anmeldung/{registration.id}/{token}{act and '/' + act}"


@pytest.fixture
def guest(allocation):
    return guest_registers(allocation)


def test_get_shows_and_changes_nothing(client, allocation, guest):
    page = client.get(link_of(guest))

    assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in page.text
    # Pages elsewhere learn the portal's address at most, never the link.
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "noch zu bestätigen Ihre Nummer 1" in words(page)
    assert labels(page) == ["Anmeldung bestätigen", "Platz zurückgeben", "Meinen Namen zeigen"]
    assert lines(allocation) == [("opened", None), ("confirmed", 1)]


def test_post_confirms_once(client, allocation, guest):
    answers = [client.post(link_of(guest, "bestaetigen")) for _ in range(2)]

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, link_of(guest))}
    assert lines(allocation)[1:] == [("confirmed", 1), ("proved", 1)]
    assert "Platz bestätigt Ihre Nummer 1" in words(client.get(link_of(guest)))


def test_one_link_and_one_button_give_the_place_to_the_next(client, allocation, guest):
    all_register(allocation, people(2))

    answers = [client.post(link_of(guest, "abmelden")).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert states(allocation) == [(1, "cancelled"), (2, "confirmed"), (3, "confirmed")]
    page = client.get(link_of(guest))
    assert "Diese Anmeldung ist beendet: selbst abgemeldet." in words(page)
    assert f'href="{FORM}"' in page.text and labels(page) == []


def test_who_has_a_place_sees_the_code_for_the_entrance_and_nobody_else(client, allocation, guest):
    before = client.get(link_of(guest))
    services.prove(guest)
    db.session.commit()

    page = client.get(link_of(guest))

    assert f"Code für den Einlass {guest.shown_code}" in words(page)
    assert 'aria-label="QR-Code für den Einlass"' in page.text
    assert guest.shown_code not in before.text and "QR-Code" not in before.text


def test_waiting_guest_sees_the_place_in_line(client, allocation):
    all_register(allocation, people(3))
    guest = guest_registers(allocation)
    services.prove(guest)
    db.session.commit()

    page = client.get(link_of(guest))

    assert "auf der Warteliste Ihre Nummer 4 Warteliste Platz 2" in words(page)
    assert "Wird ein Platz frei, rücken Sie von selbst nach." in words(page)
    assert labels(page) == ["Warteliste verlassen", "Meinen Namen zeigen"]


def test_offered_place_is_accepted_and_the_address_proved_by_it(client, ada):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _ = all_register(allocation, people(2))
    guest = guest_registers(allocation)
    services.withdraw(first, by=first.person)
    db.session.commit()

    assert labels(client.get(link_of(guest)))[0] == "Platz annehmen"
    answers = [client.post(link_of(guest, "annehmen")).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert states(allocation)[2] == (3, "confirmed")
    db.session.refresh(guest)
    assert guest.is_proved


def test_entry_that_lapsed_says_so_and_offers_to_register_anew(
    client, allocation, guest, monkeypatch
):
    at(guest.entered_at + timedelta(hours=24), monkeypatch)
    services.let_lapse()
    db.session.commit()

    page, answer = client.get(link_of(guest)), client.post(link_of(guest, "bestaetigen"))

    assert "E-Mail-Adresse nicht rechtzeitig bestätigt" in words(page)
    assert f'href="{FORM}"' in page.text and labels(page) == []
    assert answer.status_code == 303
    assert states(allocation) == [(1, "cancelled")]


@pytest.mark.parametrize("act", ["", "bestaetigen", "abmelden", "annehmen", "nennen", "neuer-link"])
def test_forged_and_foreign_links_open_nothing(client, allocation, guest, act):
    other = guest_registers(allocation, "andere@x.example")
    good = queries.registration_token(guest)
    stamp, _, digest = good.partition("-")
    later = f"{int(stamp, 16) + 9999:x}-{digest}"
    wrong = [
        (other.id, good),
        (guest.id + 999, good),
        (guest.id, later),
        (guest.id, digest),
        (guest.id, stamp),
        (guest.id, "x"),
        (guest.id, "z" * 5000),
        (guest.id, "ffffffffff-" + "0" * 64),
        (guest.id, token_for(guest, "password", now() + timedelta(days=1))),
        (guest.id, token_for(guest.person, queries.LINK, now() + timedelta(days=1))),
        (2_147_483_647, good),
        (2_147_483_648, good),
        (-1, good),
    ]

    for id_, token in wrong:
        address = f"/anmeldung/{id_}/{token}{act and '/' + act}"
        answer = client.post(address) if act else client.get(address)
        assert answer.status_code == 404, address
        assert "Gast" not in words(answer)
    assert states(allocation) == [(1, "confirmed"), (2, "confirmed")]


def test_link_of_a_locked_person_opens_nothing(client, guest):
    guest.person.locked_at = now()
    db.session.commit()

    assert client.get(link_of(guest)).status_code == 404
    assert client.post(link_of(guest, "abmelden")).status_code == 404


def test_link_lasts_until_a_month_after_the_date(client, allocation, guest):
    end = allocation.event.ends_at + timedelta(days=30)

    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert client.get(link_of(guest)).status_code == 200
    with time_machine.travel(end, tick=False):
        page = client.get(link_of(guest))
        answers = {client.post(link_of(guest, act)).status_code for act in ("abmelden", "nennen")}
    assert page.status_code == 410 and 'href="/termine"' in page.text and labels(page) == []
    assert answers == {410}
    assert states(allocation) == [(1, "confirmed")]


def test_when_the_date_has_moved_an_expired_link_asks_for_a_new_one(client, allocation, guest):
    old = link_of(guest)
    allocation.event.starts_at += timedelta(days=200)
    allocation.event.ends_at += timedelta(days=200)
    db.session.commit()

    with time_machine.travel(now() + timedelta(days=100)):
        page = client.get(old)
        assert page.status_code == 410 and labels(page) == ["Neuen Link senden"]
        answers = [client.post(f"{old}/neuer-link").status_code for _ in range(4)]
        assert client.get(link_of(guest)).status_code == 200
    assert answers == [303, 303, 303, 429]
    assert history()[-1][0] == "RegistrationAskedAgain"


def test_no_other_registration_of_the_person_opens(client, ada, allocation, guest):
    other = guest_registers(an_allocation(ada, an_event(ada, title="Zweites Treffen")))
    token = queries.registration_token(guest)

    assert client.get(f"/anmeldung/{other.id}/{token}").status_code == 404
