"""What came by mail or telephone is entered with its true time of arrival."""

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import now
from portal.events.models import Audience
from portal.registrations import queries, services
from portal.registrations.models import Registration, Way
from tests.cast import an_organisation
from tests.registrations.cast import (
    a_guest,
    all_register,
    an_allocation,
    an_event,
    counters,
    guest_registers,
    lines,
    people,
    states,
)
from tests.registrations.office import a_mail, office
from tests.registrations.test_rules import errors

ADDRESS = "/anmeldungen/nachtragen"
SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')


@pytest.fixture
def allocation(ada):
    """Full, two wait; it opened yesterday."""
    allocation = an_allocation(ada)
    all_register(allocation, people(4))
    return allocation


def entered(client, allocation, typed):
    """Look, then say yes to what the page foresees."""
    looked = client.post(office(allocation, ADDRESS), data=typed)
    assert looked.status_code == 422, looked.status_code
    seen = SEEN.search(looked.text)
    assert seen, looked.text
    return client.post(office(allocation, ADDRESS), data=typed | {"seen": seen[1]})


def an_hour_ago(hours=1):
    return now() - timedelta(hours=hours)


def test_page_shows_what_will_happen_before_anything_does(client_of, olga, allocation):
    typed = a_mail(an_hour_ago())

    looked = client_of(olga).post(office(allocation, ADDRESS), data=typed)

    assert looked.status_code == 422
    assert "Kommt auf Platz 1 der Warteliste" in looked.text
    assert re.search(r"Dahinter:\s+Nr. 3 Person 3 Muster \(", looked.text)
    assert counters(allocation) == (2, 2)


def test_yes_enters_it_at_its_true_place_and_nobody_loses_one(client_of, olga, allocation):
    client = client_of(olga)

    reply = entered(client, allocation, a_mail(an_hour_ago(), note="Fax"))

    assert reply.status_code == 303
    assert "Nr. 5, Bettina Brief: Platz 1 der Warteliste." in client.get(reply.location).text
    assert states(allocation)[:2] == [(1, "confirmed"), (2, "confirmed")]
    assert lines(allocation)[-1] == ("entered_queued", 5)
    made = db.session.query(Registration).filter_by(number=5).one()
    assert (made.way, made.entered_by.name, made.note) == (Way.MAIL, "Olga Ordnung", "Fax")


def test_free_place_is_given_and_counted(client_of, olga, ada):
    allocation = an_allocation(ada)
    client = client_of(olga)

    looked = client.post(office(allocation, ADDRESS), data=a_mail(an_hour_ago()))
    reply = entered(client, allocation, a_mail(an_hour_ago()))

    assert "Bekommt einen Platz: den 1. von 2" in looked.text
    assert "Nr. 1, Bettina Brief: hat einen Platz." in client.get(reply.location).text


def test_what_changed_meanwhile_is_shown_once_more(client_of, olga, ada):
    allocation = an_allocation(ada, capacity=1)
    client, typed = client_of(olga), a_mail(an_hour_ago())
    seen = SEEN.search(client.post(office(allocation, ADDRESS), data=typed).text)[1]
    all_register(allocation, people(1))

    reply = client.post(office(allocation, ADDRESS), data=typed | {"seen": seen})

    assert reply.status_code == 422
    assert "Inzwischen hat sich etwas geändert." in reply.text
    assert "Kommt auf Platz 1 der Warteliste" in reply.text
    assert counters(allocation) == (1, 0)


def test_next_mail_begins_with_way_and_day_of_the_last(client_of, olga, allocation):
    client = client_of(olga)
    reply = entered(client, allocation, a_mail(an_hour_ago(), way="phone"))

    page = client.get(reply.location).text

    assert re.search(r'value="phone" checked', page)
    day = a_mail(an_hour_ago())["arrived_day"]
    assert f'value="{day}"' in page
    assert "brief@x.example" not in reply.location


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"first_name": ""}, "first_name", "Vornamen"),
        ({"last_name": "\u202eevil"}, "last_name", "Steuerzeichen"),
        ({"last_name": "x" * 10_000}, "last_name", "höchstens 80"),
        ({"email": "kein"}, "email", "nicht vollständig"),
        ({"email": ""}, "email", "E-Mail-Adresse"),
        ({"way": ""}, "way", "Wählen Sie"),
        ({"way": "portal"}, "way", "angebotenen"),
        ({"way": "guest"}, "way", "angebotenen"),
        ({"arrived_clock": ""}, "arrived_clock", "Uhrzeit"),
        ({"arrived_day": ""}, "arrived_day", "wann"),
        ({"note": "x" * 301}, "note", "höchstens 300"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    client_of, olga, allocation, typed, field, words
):
    reply = client_of(olga).post(office(allocation, ADDRESS), data=a_mail(an_hour_ago()) | typed)

    assert reply.status_code == 422
    assert words in errors(reply)[field]
    assert counters(allocation) == (2, 2)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=2), "liegt in der Zukunft"),
        (timedelta(days=-3), "Die Anmeldung war von"),
    ],
)
def test_times_when_nobody_could_register_are_refused(client_of, olga, allocation, away, words):
    reply = client_of(olga).post(office(allocation, ADDRESS), data=a_mail(now() + away))

    assert reply.status_code == 422
    assert words in errors(reply)["arrived_clock"]


def test_address_that_is_registered_already_is_shown_with_its_registration(
    client_of, olga, allocation
):
    guest_registers(allocation, "brief@x.example")

    reply = client_of(olga).post(
        office(allocation, ADDRESS), data=a_mail(an_hour_ago(), email="Brief@X.example")
    )

    assert reply.status_code == 422
    assert "schon angemeldet: Nr. 5, Gabi Gast" in reply.text
    assert counters(allocation) == (2, 3)


def test_namesake_is_pointed_out_and_can_be_entered(client_of, olga, allocation):
    guest_registers(allocation, "andere@x.example")
    typed = a_mail(an_hour_ago(), first_name="Gabi", last_name="GAST")
    client = client_of(olga)

    looked = client.post(office(allocation, ADDRESS), data=typed)

    assert "Gleicher Name: Nr. 5, andere@x.example" in looked.text
    assert entered(client, allocation, typed).status_code == 303


def test_name_of_a_partner_is_that_partner(client_of, olga, windwerk, allocation):
    typed = a_mail(an_hour_ago(), organisation_name="windwerk EG")
    client = client_of(olga)

    looked = client.post(office(allocation, ADDRESS), data=typed)
    entered(client, allocation, typed)

    made = db.session.query(Registration).filter_by(number=5).one()
    assert "für den Partner Windwerk eG" in looked.text
    assert (made.organisation_id, made.organisation_name) == (windwerk.id, "Windwerk eG")


def test_other_names_stay_as_typed(client_of, olga, allocation):
    an_organisation("aussen", "Außen GmbH", member=False)
    client = client_of(olga)

    entered(client, allocation, a_mail(an_hour_ago(), organisation_name="Außen GmbH"))

    made = db.session.query(Registration).filter_by(number=5).one()
    assert (made.organisation_id, made.organisation_name) == (None, "Außen GmbH")


def test_date_for_partners_takes_partners_only(client_of, olga, ada, windwerk):
    allocation = an_allocation(ada, an_event(ada, audience=Audience.PARTNERS))
    client = client_of(olga)

    refused = client.post(office(allocation, ADDRESS), data=a_mail(an_hour_ago()))
    typed = a_mail(an_hour_ago(), organisation_name="Windwerk eG")

    assert refused.status_code == 422 and "für Partner" in errors(refused)["organisation_name"]
    assert entered(client, allocation, typed).status_code == 303


@pytest.mark.parametrize(("chosen", "hour"), [("first", 0), ("second", 1)])
def test_mail_of_the_hour_that_occurs_twice_is_asked_for(client_of, olga, ada, chosen, hour):
    with time_machine.travel(datetime(2026, 10, 26, 8, tzinfo=UTC), tick=False):
        event = an_event(ada)
        allocation = an_allocation(ada, event, opens_at=now() - timedelta(days=20))
        typed = a_mail(now()) | {"arrived_day": "2026-10-25", "arrived_clock": "02:30"}
        client = client_of(olga)

        asked = client.post(office(allocation, ADDRESS), data=typed)
        entered(client, allocation, typed | {"arrived_which": chosen})

    made = db.session.query(Registration).one()
    assert "zweite 2:30 Uhr (Winterzeit)" in asked.text
    assert made.received_at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_fifty_mails_in_any_order_stand_in_the_order_of_their_arrival(ada):
    allocation = an_allocation(ada, capacity=1)
    all_register(allocation, people(1))
    arrivals = [an_hour_ago() - timedelta(minutes=7 * n) for n in range(50)]
    mixed = random.Random(5).sample(arrivals, 50)  # noqa: S311 - an order, no secret

    for number, moment in enumerate(mixed):
        guest = a_guest(f"b{number}@x.example")
        services.take_in(allocation, guest, by=ada, way=Way.MAIL, arrived_at=moment)
        db.session.commit()

    waiting = [one for one in queries.active(allocation) if one.state.value == "waiting"]
    by_place = sorted(waiting, key=queries.place_in_line)
    assert [one.received_at for one in by_place] == sorted(arrivals)
    assert states(allocation)[0] == (1, "confirmed")


def test_ten_mails_in_a_row_through_the_page(client_of, olga, ada):
    allocation = an_allocation(ada, capacity=4)
    client = client_of(olga)

    for number in range(10):
        typed = a_mail(an_hour_ago(number + 1), email=f"b{number}@x.example")
        assert entered(client, allocation, typed).status_code == 303

    assert counters(allocation) == (4, 6)
    last = db.session.query(Registration).filter_by(number=10).one()
    assert queries.place_in_line(last) == 1


def test_second_click_on_yes_enters_nobody_twice(client_of, olga, allocation):
    client, typed = client_of(olga), a_mail(an_hour_ago())
    looked = client.post(office(allocation, ADDRESS), data=typed)
    typed |= {"seen": SEEN.search(looked.text)[1]}

    answers = [client.post(office(allocation, ADDRESS), data=typed).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert counters(allocation) == (2, 3)


def test_page_asks_the_same_number_of_statements_for_a_long_line(
    client_of, olga, allocation, statements
):
    client, typed = client_of(olga), a_mail(an_hour_ago())
    client.post(office(allocation, ADDRESS), data=typed)
    with statements() as few:
        client.post(office(allocation, ADDRESS), data=typed)
    for number in range(10):
        guest_registers(allocation, f"g{number}@x.example")
    with statements() as many:
        client.post(office(allocation, ADDRESS), data=typed)

    assert many.number == few.number
