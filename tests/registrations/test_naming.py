"""A name is public by its owner's own yes, for a place that they have; and gone with their no."""

from portal.core.database import db
from portal.registrations import queries, services
from tests.letters import history
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    guest_registers,
    people,
)
from tests.registrations.pages import EVENT, words

NAME = "/mein/termine/fuenfte-allianztagung/nennen"


def etag(client) -> str:
    return client.get(EVENT).headers["ETag"]


def test_nobody_is_named_by_default(client, ada):
    all_register(an_allocation(ada), people(2))

    assert "Mit dabei" not in words(client.get(EVENT)) and "Muster" not in words(client.get(EVENT))


def test_name_appears_with_the_yes_and_vanishes_with_the_no_at_once(client, client_of, ada):
    allocation = an_allocation(ada)
    first, _ = all_register(allocation, people(2))
    person = client_of(first.person)
    before = etag(client)

    person.post(NAME, data={"agreed": "y"})
    named = client.get(EVENT, headers={"If-None-Match": before})
    person.post(NAME)
    gone = client.get(EVENT, headers={"If-None-Match": named.headers["ETag"]})

    assert named.status_code == 200 and "Mit dabei Person 1 Muster" in words(named)
    assert gone.status_code == 200 and "Person 1" not in words(gone)
    assert [fact for fact, *_ in history()][-2:] == ["NamedInPublic", "NoLongerNamed"]


def test_second_click_changes_nothing(client_of, ada):
    (first,) = all_register(an_allocation(ada), people(1))
    person = client_of(first.person)

    for _ in range(2):
        assert person.post(NAME, data={"agreed": "y"}).status_code == 303

    assert [fact for fact, *_ in history()].count("NamedInPublic") == 1


def test_who_waits_is_named_when_they_move_up_and_not_before(client, ada):
    allocation = an_allocation(ada)
    first, _, third = all_register(allocation, people(3))
    services.name_in_public(third, agreed=True, by=third.person)
    db.session.commit()
    page = client.get(EVENT)
    assert "Person 3" not in words(page)

    services.withdraw(first, by=first.person)
    db.session.commit()

    again = client.get(EVENT, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200 and "Mit dabei Person 3 Muster" in words(again)


def test_who_leaves_is_named_no_longer(client, ada):
    (first,) = all_register(an_allocation(ada), people(1))
    services.name_in_public(first, agreed=True, by=first.person)
    db.session.commit()
    page = client.get(EVENT)
    assert "Person 1" in words(page)

    services.withdraw(first, by=first.person)
    db.session.commit()

    again = client.get(EVENT, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200 and "Person 1" not in words(again)


def test_guest_is_named_after_proving_the_address(client, ada):
    allocation = an_allocation(ada)
    guest = guest_registers(allocation)
    link = f"/anmeldung/{guest.id}/{queries.registration_token(guest)}"
    client.post(f"{link}/nennen", data={"agreed": "y"})
    page = client.get(EVENT)
    assert "Gabi" not in words(page)

    client.post(f"{link}/bestaetigen")

    # The link's own page has given this browser a cookie.
    fresh = client.application.test_client().get(EVENT)
    assert "Mit dabei Gabi Gast Gastwerk" in words(fresh)


def test_who_has_left_cannot_be_named(client_of, ada):
    (first,) = all_register(an_allocation(ada), people(1))
    services.withdraw(first, by=first.person)
    db.session.commit()

    assert client_of(first.person).post(NAME, data={"agreed": "y"}).status_code == 409


def test_nobody_names_somebody_else(client_of, ada, stefan):
    all_register(an_allocation(ada), people(1))

    assert client_of(stefan).post(NAME, data={"agreed": "y"}).status_code == 404


def test_registrations_without_a_name_leave_the_public_page_as_it_was(client, ada):
    allocation = an_allocation(ada, an_event(ada))
    before = etag(client)
    first, *_ = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()

    assert etag(client) == before
