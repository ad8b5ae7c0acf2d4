"""A new Allianztagung begins with the last one: click, day, save."""

from datetime import date, time

import pytest

from portal.core.database import db
from portal.core.times import in_berlin
from portal.events import services
from portal.events.agenda import Line
from portal.events.content import lines_of
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from tests.events.conftest import PlanEvent
from tests.events.forms import fields_of

NEW = "/projektbuero/termine/neu?art=allianztagung"
LIST = "/projektbuero/termine"
LAST = {
    "title": "Zweite Allianztagung",
    "venue": "Rathaus",
    "room": "Ratssaal",
    "address": "Friedensplatz 1",
    "arrival": "U-Bahn Stadtgarten",
    "organiser": "Projektbüro",
    "summary": "Worum es geht",
    "text": "Wie immer",
    "audience": Audience.PARTNERS,
    "audience_note": "Alle Partner",
    "agenda": [Line("13:00", "Eröffnung", "Musik", "Foyer", ("Petra, Windwerk eG",))],
}
AFTERWARDS = {
    "documentation": "Was war",
    "attendance_note": "rund 150",
    "source_url": "https://dortmund.de/doku",
}


def on(year: int) -> Period:
    begins = in_berlin(date(year, 3, 18), time(13))
    return Period(begins, in_berlin(date(year, 3, 18), time(17)))


@pytest.fixture
def the_last(plan: PlanEvent) -> Event:
    plan(title="Erste Allianztagung", period=on(2025), venue="IHK")
    plan(title="Später, aber ein Workshop", kind=EventKind.WORKSHOP, period=on(2029))
    return plan(**LAST, **AFTERWARDS, period=on(2027))


@pytest.mark.parametrize("page", [LIST, "/projektbuero"])
def test_way_to_a_new_one_is_on_the_desk_and_on_the_list(client_of, olga, page):
    assert NEW in client_of(olga).get(page).text


def test_new_one_begins_with_the_last_one_without_its_day_and_what_came_of_it(
    client_of, olga, the_last
):
    fields = fields_of(client_of(olga).get(NEW).text)

    words = {name: value for name, value in LAST.items() if name not in {"agenda", "audience"}}
    assert {name: fields[name] for name in words} == words
    assert fields["agenda"] == "13:00 Eröffnung | Musik\n@ Foyer\n- Petra, Windwerk eG"
    assert (fields["kind"], fields["audience"]) == ("alliance_meeting", "partners")
    assert (fields["start_clock"], fields["end_clock"]) == ("13:00", "17:00")
    empty = ("start_day", "end_day", *AFTERWARDS)
    assert {fields[name] for name in empty} == {""}


def test_day_is_all_that_has_to_be_typed(client_of, olga, the_last):
    office = client_of(olga)
    page = office.get(NEW).text
    action = page.partition("<main")[2].partition('action="')[2].partition('"')[0]

    saved = office.post(action, data={**fields_of(page), "start_day": "2028-03-16"})

    assert (action, saved.status_code) == (f"{LIST}/neu?vorlage=zweite-allianztagung", 303)
    db.session.rollback()
    made = db.session.query(Event).order_by(Event.id.desc()).first()
    assert made and made.id != the_last.id
    assert made.starts_at == in_berlin(date(2028, 3, 16), time(13))
    assert (made.slug, lines_of(made)) == ("zweite-allianztagung-2", LAST["agenda"])


def test_form_that_comes_back_still_knows_its_template(client_of, olga, the_last):
    answer = client_of(olga).post(
        f"{LIST}/neu?vorlage=zweite-allianztagung", data={"title": "Dritte"}
    )

    assert answer.status_code == 422
    assert "neu?vorlage=zweite-allianztagung" in answer.text


def test_where_there_was_none_only_the_kind_is_known(client_of, olga):
    fields = fields_of(client_of(olga).get(NEW).text)

    assert (fields["kind"], fields["title"]) == ("alliance_meeting", "")


def test_cancelled_one_is_no_template(client_of, olga, the_last, plan):

    cancelled = plan(title="Fällt aus", period=on(2028))
    services.cancel(cancelled, by=olga, reason="Sturm", seen_version=cancelled.version)
    db.session.commit()

    assert fields_of(client_of(olga).get(NEW).text)["title"] == "Zweite Allianztagung"


def test_day_without_a_clock_stays_one(client_of, olga, plan):
    plan(period=Period.of_days(date(2027, 3, 18)))

    fields = fields_of(client_of(olga).get(NEW).text)

    assert (fields["precision"], fields["start_clock"]) == ("day", "")
