"""What I am registered for, and what is open to me."""

from datetime import timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import now
from portal.events import services as events
from portal.events.models import Audience
from portal.registrations import services
from tests.cast import a_user, affiliated, an_organisation
from tests.registrations.cast import all_register, an_allocation, an_event, people
from tests.registrations.pages import MINE, words


@pytest.fixture
def person(app):
    return a_user("ich@x.example", "Ich", "Selbst")


def dates(ada, count: int, start: int = 0):
    return [
        an_allocation(ada, an_event(ada, title=f"Treffen {n}", days=30 + n), capacity=1)
        for n in range(start, start + count)
    ]


def test_empty_list_says_what_goes_next(client_of, person):
    page = words(client_of(person).get(MINE))

    assert "Sie sind zu keinem Termin angemeldet." in page and "Alle Termine" in page
    assert "Noch waren Sie bei keinem Termin." in words(
        client_of(person).get(f"{MINE}?zeit=vergangen")
    )


def test_list_says_date_state_and_place_in_line(client_of, ada, person):
    first, second, third = dates(ada, 3)
    services.register(first, by=person)
    all_register(second, people(2))
    services.register(second, by=person)
    left = services.register(third, by=person)
    services.withdraw(left, by=person)
    db.session.commit()

    page = words(client_of(person).get(MINE))

    assert "Treffen 0" in page and "Nummer 1 Platz bestätigt" in page
    assert "Nummer 3 · Platz 2 auf der Warteliste auf der Warteliste" in page
    assert "Nummer 1 abgemeldet" in page


def test_past_ones_have_a_list_of_their_own(client_of, ada, person):
    (allocation,) = dates(ada, 1)
    services.register(allocation, by=person)
    db.session.commit()

    with time_machine.travel(now() + timedelta(days=40), tick=False):
        client = client_of(person)
        coming, past = words(client.get(MINE)), words(client.get(f"{MINE}?zeit=vergangen"))

    assert "Treffen 0" not in coming and "Treffen 0" in past


def test_cancelled_date_says_so(client_of, ada, person):
    (allocation,) = dates(ada, 1)
    services.register(allocation, by=person)
    event = allocation.event
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()

    assert "Termin abgesagt" in words(client_of(person).get(MINE))


def test_my_area_shows_what_i_have_and_what_is_open_to_me(client_of, ada, petra, windwerk):
    mine, open_, partners_only = dates(ada, 2) + [
        an_allocation(ada, an_event(ada, title="Für Partner", audience=Audience.PARTNERS))
    ]
    services.register(mine, by=petra, organisation=windwerk)
    for closed in ("Zu früh", "Zu spät"):
        at = now() + timedelta(days=1 if closed == "Zu früh" else -1)
        event = an_event(ada, title=closed)
        an_allocation(
            ada,
            event,
            **{"opens_at" if closed == "Zu früh" else "closes_at": at},
            **({} if closed == "Zu früh" else {"opens_at": at - timedelta(days=1)}),
        )
    db.session.commit()

    page = words(client_of(petra).get("/mein"))

    having, _, offered = page.partition("Hier können Sie sich anmelden")
    offered = offered.partition("Die nächsten Termine")[0]
    assert "Hier sind Sie angemeldet" in having and mine.event.title in having
    assert partners_only.event.title in offered and open_.event.title in offered
    assert mine.event.title not in offered
    assert "Zu früh" not in offered and "Zu spät" not in offered


def test_partners_dates_are_not_open_to_strangers_and_resting_ones(
    client_of, ada, person, petra, windwerk
):
    an_allocation(ada, an_event(ada, title="Für Partner", audience=Audience.PARTNERS))
    affiliated(person, an_organisation("aussen", "Außen GmbH", member=False))
    assert "Hier können Sie sich anmelden" in client_of(petra).get("/mein").text

    windwerk.suspended_at = now()
    db.session.commit()

    for one in (petra, person, ada):
        assert "Hier können Sie sich anmelden" not in client_of(one).get("/mein").text


def test_lists_need_as_many_statements_for_one_as_for_three(client_of, ada, person, statements):
    def asked(address):
        with statements() as sent:
            assert client.get(address).status_code == 200
        return sent.number

    client = client_of(person)
    line = people(1)
    for allocation in dates(ada, 1):
        all_register(allocation, [*line, person])
    dates(ada, 1, start=10)
    few = [asked(MINE), asked("/mein")]
    for allocation in dates(ada, 2, start=20):
        all_register(allocation, [*line, person])
    dates(ada, 2, start=30)

    assert [asked(MINE), asked("/mein")] == few


def test_visitors_are_led_to_the_log_in(client):
    assert client.get(MINE).location.startswith("/konto/anmelden")
