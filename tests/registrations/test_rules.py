"""The office sets the rules of a date's places: sensible to begin with, checked in words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import now
from portal.events import services as events
from portal.events.models import EventKind
from portal.events.periods import Period
from portal.registrations import defaults, queries
from portal.registrations.models import Allocation
from tests.events.forms import fields_of
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    counters,
    lines,
    people,
    rules,
)
from tests.registrations.office import office, typed_rules

ERROR = re.compile(r'id="(\w+)-fehler".*?kern-body">([^<]+)')


def errors(reply):
    return dict(ERROR.findall(reply.text))


def rules_page(event):
    return f"/projektbuero/termine/{event.slug}/platzvergabe"


def only(kind):
    db.session.rollback()
    return db.session.query(kind).one()


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture
def meeting(ada):
    """Thursday, 18 March 2027, from one to five."""
    begin = at("2027-03-18T13:00+01:00")
    return an_event_at(ada, begin, begin + timedelta(hours=4))


def an_event_at(by, begin, end, **more):
    event = an_event(by, **more)
    event.starts_at, event.ends_at = begin, end
    db.session.commit()
    return event


@time_machine.travel(datetime(2027, 2, 1, 9, 30, tzinfo=UTC), tick=False)
def test_form_begins_with_sensible_rules(client_of, olga, meeting):
    fields = fields_of(client_of(olga).get(rules_page(meeting)).text)

    shown = {
        name: (fields[f"{name}_day"], fields[f"{name}_clock"])
        for name in ("opens", "closes", "cancel", "offers", "moves")
    }
    assert shown == {
        "opens": ("2027-02-01", "10:30"),
        "closes": ("2027-03-17", "13:00"),
        "cancel": ("2027-03-18", "11:00"),
        "offers": ("2027-03-15", "13:00"),
        "moves": ("2027-03-17", "13:00"),
    }
    assert (fields["offer_hours"], fields["per_organisation"]) == ("24", "")


@time_machine.travel(datetime(2027, 2, 1, 9, 30, tzinfo=UTC), tick=False)
def test_what_the_form_begins_with_can_be_saved_as_it_is(client_of, olga, meeting):
    client = client_of(olga)
    fields = fields_of(client.get(rules_page(meeting)).text)

    reply = client.post(rules_page(meeting), data=fields)

    assert (reply.status_code, reply.location) == (303, f"{rules_page(meeting)[:-12]}anmeldungen")
    allocation = only(Allocation)
    assert (allocation.capacity, allocation.offer_hours) == (60, 24)
    assert allocation.closes_at == at("2027-03-17T13:00+01:00")


@pytest.mark.parametrize("hours", [3, 20, 30])
def test_rules_of_a_date_that_is_near_can_be_saved_as_they_are(client_of, olga, ada, hours):
    event = an_event(ada, days=hours / 24)
    client = client_of(olga)

    fields = fields_of(client.get(rules_page(event)).text)

    assert client.post(rules_page(event), data=fields).status_code == 303


def test_next_meeting_begins_with_the_rules_of_the_last_one_as_long_before_it(
    client_of, olga, ada, meeting
):
    an_allocation(ada, meeting, capacity=80, per_organisation=2, question="Was brauchen Sie?")
    begin = at("2027-10-31T13:00+01:00")  # the clocks have gone back in the night
    following = an_event_at(ada, begin, begin + timedelta(hours=4), title="Sechste Allianztagung")

    page = client_of(olga).get(rules_page(following)).text

    fields = fields_of(page)
    assert "Mit den Regeln von „Fünfte Allianztagung“" in page
    assert (fields["capacity"], fields["per_organisation"]) == ("80", "2")
    assert fields["question"] == "Was brauchen Sie?"
    assert (fields["offers_day"], fields["offers_clock"]) == ("2027-10-28", "13:00")
    assert (fields["closes_day"], fields["closes_clock"]) == ("2027-10-30", "13:00")
    usual = client_of(olga).get(f"{rules_page(following)}?regeln=neu").text
    assert fields_of(usual)["capacity"] == "60"


def test_rules_of_another_kind_of_date_are_one_button_away(client_of, olga, ada):
    an_allocation(ada, an_event(ada, days=20, kind=EventKind.WORKSHOP), capacity=12)
    event = an_event(ada, days=40, title="Werkstatt zwei", kind=EventKind.WORKSHOP)
    client = client_of(olga)

    page = client.get(rules_page(event)).text
    copied = client.get(f"{rules_page(event)}?regeln=vorher").text

    assert "Regeln von „Fünfte Allianztagung“ übernehmen" in page
    assert (fields_of(page)["capacity"], fields_of(copied)["capacity"]) == ("60", "12")


def test_hour_that_does_not_exist_becomes_the_next_one_where_rules_are_moved_along(ada, meeting):
    allocation = an_allocation(ada, meeting)
    allocation.closes_at = at("2027-03-17T02:30+01:00")
    begin = at("2027-03-29T13:00+02:00")
    following = an_event_at(ada, begin, begin, title="Sechste")

    assert defaults.rules_like(following, allocation).closes_at == at("2027-03-28T03:30+02:00")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("capacity", "", "wie viele Plätze"),
        ("capacity", "0", "mindestens einen Platz"),
        ("capacity", "10.001", "höchstens 10.000"),
        ("capacity", "-3", "ganze Zahl"),
        ("capacity", "=1+1", "ganze Zahl"),
        ("capacity", "9" * 500, "ganze Zahl"),
        ("per_organisation", "0", "mindestens 1"),
        ("offer_hours", "0", "mindestens eine Stunde"),
        ("offer_hours", "", "wie viele Stunden"),
        ("question", "x" * 201, "höchstens 200 Zeichen"),
        ("closes_day", "", "Tag"),
        ("closes_clock", "25:00", "gibt es nicht"),
        ("closes_day", "31.02.2027", "gibt es nicht"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client_of, olga, ada, field, value, words):
    event = an_event(ada)

    reply = client_of(olga).post(
        rules_page(event), data=typed_rules(rules(event), **{field: value})
    )

    assert reply.status_code == 422
    assert list(errors(reply)) == [field] and words in errors(reply)[field]
    assert queries.find_of(event) is None


@pytest.mark.parametrize(
    ("moment", "from_start", "field", "words"),
    [
        ("closes_at", timedelta(days=-60), "closes_day", "bevor sie beginnt"),
        ("cancel_until", timedelta(days=-60), "cancel_day", "vor dem Beginn der Anmeldung"),
        ("closes_at", timedelta(hours=4), "closes_day", "höchstens das Ende des Termins"),
        ("moves_up_until", timedelta(days=1), "moves_day", "höchstens das Ende des Termins"),
        ("offers_from", timedelta(hours=-1), "offers_day", "nie ein Platz angeboten"),
    ],
)
def test_order_of_the_moments_is_checked_in_words(
    client_of, olga, ada, moment, from_start, field, words
):
    event = an_event(ada)
    typed = typed_rules(rules(event, **{moment: event.starts_at + from_start}))

    reply = client_of(olga).post(rules_page(event), data=typed)

    assert reply.status_code == 422
    assert list(errors(reply)) == [field] and words in errors(reply)[field]


def test_deadline_at_an_hour_that_does_not_exist_is_refused(client_of, olga, ada):
    begin = at("2026-03-30T13:00+02:00")
    event = an_event_at(ada, begin, begin)
    typed = typed_rules(rules(event), closes_day="2026-03-29", closes_clock="02:30")

    reply = client_of(olga).post(rules_page(event), data=typed)

    assert reply.status_code == 422
    assert "gibt es in dieser Nacht nicht" in errors(reply)["closes_clock"]


@pytest.mark.parametrize(("chosen", "hour"), [("first", 0), ("second", 1)])
def test_deadline_at_an_hour_that_occurs_twice_is_asked_for(client_of, olga, ada, chosen, hour):
    begin = at("2026-10-26T13:00+01:00")
    event = an_event_at(ada, begin, begin)
    given = rules(event, opens_at=at("2026-09-01T08:00+02:00"))
    typed = typed_rules(given, closes_day="2026-10-25", closes_clock="02:30")
    client = client_of(olga)

    asked = client.post(rules_page(event), data=typed)
    reply = client.post(rules_page(event), data=typed | {"closes_which": chosen})

    assert asked.status_code == 422 and "erste 2:30 Uhr (Sommerzeit)" in asked.text
    assert reply.status_code == 303
    assert only(Allocation).closes_at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_fewer_places_than_are_taken_are_refused_with_the_number(client_of, olga, ada):
    allocation = an_allocation(ada)
    all_register(allocation, people(3))
    typed = typed_rules(rules(allocation.event, capacity=1), version=str(allocation.version))

    reply = client_of(olga).post(office(allocation, "/platzvergabe"), data=typed)

    assert reply.status_code == 422
    assert "Vergeben sind schon 2 Plätze" in errors(reply)["capacity"]
    assert counters(allocation) == (2, 1)


def test_who_is_slower_than_a_registration_hears_that_nobody_is_removed(
    client_of, olga, ada, monkeypatch
):
    allocation = an_allocation(ada)
    all_register(allocation, people(2))
    monkeypatch.setattr(
        "portal.registrations.forms.rules.RulesForm.validate_capacity", lambda *_: None
    )
    typed = typed_rules(rules(allocation.event, capacity=1), version=str(allocation.version))

    reply = client_of(olga).post(office(allocation, "/platzvergabe"), data=typed)

    assert reply.status_code == 409 and "niemand verliert den Platz" in reply.text
    assert counters(allocation) == (2, 0)


def test_more_places_go_to_who_waits_and_the_page_says_so(client_of, olga, ada):
    allocation = an_allocation(ada)
    all_register(allocation, people(4))
    typed = typed_rules(rules(allocation.event, capacity=3), version=str(allocation.version))
    client = client_of(olga)

    reply = client.post(office(allocation, "/platzvergabe"), data=typed)

    assert reply.status_code == 303
    assert "Eine Person rückt nach." in client.get(reply.location).text
    assert counters(allocation) == (3, 1)


def test_slower_of_two_changes_is_refused(client_of, olga, ada):
    allocation = an_allocation(ada)
    seen = allocation.version
    first = typed_rules(rules(allocation.event, capacity=5), version=str(seen))
    second = typed_rules(rules(allocation.event, capacity=9), version=str(seen))
    client = client_of(olga)

    answers = [
        client.post(office(allocation, "/platzvergabe"), data=typed).status_code
        for typed in (first, second)
    ]

    assert answers == [303, 409]
    assert only(Allocation).capacity == 5


def test_cancelled_date_gets_no_places(client_of, olga, ada):
    event = an_event(ada)
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()

    page = client_of(olga).get(rules_page(event))
    reply = client_of(olga).post(rules_page(event), data=typed_rules(rules(event)))

    assert "Dieser Termin ist abgesagt." in page.text and 'name="capacity"' not in page.text
    assert reply.status_code == 409


def test_second_click_on_setting_up_changes_nothing_and_other_rules_are_a_conflict(
    client_of, olga, ada
):
    event = an_event(ada)
    client = client_of(olga)
    typed = [
        typed_rules(rules(event)),
        typed_rules(rules(event)),
        typed_rules(rules(event), capacity="9"),
    ]

    answers = [client.post(rules_page(event), data=one).status_code for one in typed]

    assert answers == [303, 303, 409]
    assert only(Allocation).capacity == 2
    assert lines(only(Allocation)) == [("opened", None)]


def test_office_list_of_dates_says_how_full_each_is_in_one_statement(
    client_of, olga, ada, statements
):
    an_event(ada, title="Ohne Plätze")
    all_register(an_allocation(ada), people(3))
    client = client_of(olga)
    client.get("/projektbuero/termine")
    with statements() as one:
        page = client.get("/projektbuero/termine").text
    for number in range(3):
        an_allocation(ada, an_event(ada, title=f"Termin {number}"))
    with statements() as four:
        client.get("/projektbuero/termine")

    assert re.findall(r"Anmeldungen \d+/\d+(?:, \d+ warten)?", page) == [
        "Anmeldungen 2/2, 1 warten"
    ]
    assert one.number == four.number


def test_pages_of_the_date_lead_the_office_to_list_and_rules(client_of, olga, petra, ada):
    event = an_event(ada)
    before = client_of(olga).get(f"/termine/{event.slug}").text
    an_allocation(ada, event)
    after = client_of(olga).get(f"/projektbuero/termine/{event.slug}/bearbeiten").text

    assert "Platzvergabe einrichten" in before
    assert f'href="/projektbuero/termine/{event.slug}/anmeldungen"' in after
    assert "/projektbuero/" not in client_of(petra).get(f"/termine/{event.slug}").text


def test_month_without_a_day_can_have_places(client_of, olga, ada):
    event = an_event(ada)
    start = now() + timedelta(days=60)
    period = Period.of_month(start.year, start.month)
    event.starts_at, event.ends_at = period.starts_at, period.ends_at
    event.precision = period.precision
    db.session.commit()
    client = client_of(olga)

    fields = fields_of(client.get(rules_page(event)).text)

    assert client.post(rules_page(event), data=fields).status_code == 303
