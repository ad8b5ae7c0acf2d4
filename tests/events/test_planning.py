"""The office enters a date; what it types is checked at the border."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.core.search import index
from portal.core.search.models import SearchEntry
from portal.core.times import start_of, today
from portal.events.agenda import Line
from portal.events.content import lines_of
from portal.events.models import Audience, Event, EventKind, EventState, Precision
from tests.events.conftest import typed
from tests.events.forms import fields_of
from tests.letters import history

NEW = "/projektbuero/termine/neu"


def the_event() -> Event:
    db.session.rollback()
    return db.session.scalars(select(Event)).one()


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Event.id))) or 0


def test_date_is_there_for_all_at_once(client, client_of, olga):
    answer = client_of(olga).post(NEW, data=typed(venue="Rathaus Dortmund"))

    assert (answer.status_code, answer.location) == (303, "/termine/dritte-allianztagung")
    assert "Dritte Allianztagung" in client.get("/termine").text
    assert "Rathaus Dortmund" in client.get(answer.location).text
    assert "SUMMARY:Dritte Allianztagung" in client.get("/termine.ics").text
    assert client.get("/termine/dritte-allianztagung.ics").status_code == 200
    assert history() == [("EventPlanned", olga.id, None)]


def test_everything_that_was_typed_is_kept(client_of, ada, energie):
    fields = {
        "summary": "Ein Nachmittag\nfür alle",
        "venue": "Rathaus",
        "room": "Ratssaal",
        "address": "Friedensplatz 1, 44135 Dortmund",
        "arrival": "- U-Bahn *Stadtgarten*\n- Ausweis",
        "organiser": "Stadt Dortmund",
        "audience_note": "Partner und Neugierige",
        "text": "**Viel** Zeit für Gespräche",
        "documentation": "- Ergebnis",
        "attendance_note": "rund 150",
        "source_url": "https://www.dortmund.de/doku.html?id=1#oben",
    }
    client_of(ada).post(
        NEW,
        data=typed(
            **fields,
            team="energie",
            agenda="12:30 Ankommen\r\n13:00 Eröffnung | Musik\r\n@ Ratssaal\r\n- Petra, Windwerk",
        ),
    )

    event = the_event()
    assert {name: getattr(event, name) for name in fields} == fields
    assert (event.starts_at, event.ends_at) == (
        datetime(2027, 3, 18, 12, tzinfo=UTC),
        datetime(2027, 3, 18, 16, tzinfo=UTC),
    )
    assert (event.kind, event.audience, event.team_id, event.precision) == (
        EventKind.ALLIANCE_MEETING,
        Audience.PUBLIC,
        energie.id,
        Precision.TIME,
    )
    assert (event.state, event.sequence, event.fictitious) == (EventState.PLANNED, 0, False)
    assert event.text_html == "<p><strong>Viel</strong> Zeit für Gespräche</p>"
    assert "<li>Ergebnis</li>" in event.documentation_html
    assert lines_of(event) == [
        Line("12:30", "Ankommen"),
        Line("13:00", "Eröffnung", "Musik", "Ratssaal", ("Petra, Windwerk",)),
    ]
    assert "<em>Stadtgarten</em>" in event.arrival_html


@pytest.mark.parametrize(
    ("fields", "starts", "ends", "precision"),
    [
        # only the day, two days, a month
        ({"precision": "day", "start_clock": "", "end_clock": ""}, date(2027, 3, 18),
         date(2027, 3, 19), Precision.DAY),
        ({"precision": "day", "start_clock": "", "end_clock": "", "end_day": "19.03.2027"},
         date(2027, 3, 18), date(2027, 3, 20), Precision.DAY),
        ({"precision": "month", "start_clock": "", "end_clock": ""}, date(2027, 3, 1),
         date(2027, 4, 1), Precision.MONTH),
        ({"precision": "month", "start_clock": "", "end_clock": "", "start_day": "2026-12-31"},
         date(2026, 12, 1), date(2027, 1, 1), Precision.MONTH),
    ],
)  # fmt: skip
def test_dates_are_no_more_exact_than_what_is_known(
    client_of, ada, fields, starts, ends, precision
):
    assert client_of(ada).post(NEW, data=typed(**fields)).status_code == 303

    event = the_event()
    assert (event.starts_at, event.ends_at, event.precision) == (
        start_of(starts),
        start_of(ends),
        precision,
    )


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({"end_clock": ""}, (2027, 3, 18, 12), (2027, 3, 18, 12)),  # an open end
        ({"end_day": "2027-03-19", "end_clock": "9.30"}, (2027, 3, 18, 12), (2027, 3, 19, 8, 30)),
        # through both nights of the change: the clocks show one hour more, one hour less
        ({"start_day": "2027-03-28", "start_clock": "01:30", "end_clock": "03:30"},
         (2027, 3, 28, 0, 30), (2027, 3, 28, 1, 30)),
        ({"start_day": "2027-10-31", "start_clock": "01:30", "end_clock": "03:30"},
         (2027, 10, 30, 23, 30), (2027, 10, 31, 2, 30)),
    ],
)  # fmt: skip
def test_clocks_are_read_as_berlin_shows_them(client_of, ada, fields, starts, ends):
    assert client_of(ada).post(NEW, data=typed(**fields)).status_code == 303

    event = the_event()
    assert (event.starts_at, event.ends_at) == (
        datetime(*starts, tzinfo=UTC),
        datetime(*ends, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({"start_which": "first", "end_clock": "03:00"},
         datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 2, tzinfo=UTC)),
        ({"start_which": "second", "end_clock": "03:00"},
         datetime(2027, 10, 31, 1, 30, tzinfo=UTC), datetime(2027, 10, 31, 2, tzinfo=UTC)),
        ({"start_which": "first", "end_clock": "02:30", "end_which": "second"},
         datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_at_the_doubled_hour_the_office_says_which_one_is_meant(
    client_of, ada, fields, starts, ends
):
    office = client_of(ada)
    asked = office.post(NEW, data=typed(**DOUBLED_HOUR, end_clock=fields["end_clock"]))
    assert (asked.status_code, stored()) == (422, 0)
    assert "erste 2:30 Uhr (Sommerzeit)" in asked.text
    typed_again = {**fields_of(asked.text), **fields}

    assert office.post(NEW, data=typed_again).status_code == 303

    event = the_event()
    assert (event.starts_at, event.ends_at) == (starts, ends)
    edit = f"/projektbuero/termine/{event.slug}/bearbeiten"
    kept = fields_of(office.get(edit).text)
    assert {name: kept[name] for name in fields} == fields


def test_nobody_is_asked_where_the_hour_occurs_once(client_of, ada):
    page = client_of(ada).post(NEW, data=typed(title="")).text

    assert "Welche Uhrzeit" not in page


MISSING_HOUR = {"start_day": "2027-03-28", "start_clock": "02:30"}
DOUBLED_HOUR = {"start_day": "2027-10-31", "start_clock": "02:30"}
CONTROL = "Steuerzeichen"
CHOSEN = "Wählen Sie einen der angebotenen Einträge."


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        # text: missing, invisible, too long, control characters, overrides of the direction
        ({"title": ""}, "title", "Geben Sie dem Termin einen Titel."),
        ({"title": "\u200b \u00ad"}, "title", "Geben Sie dem Termin einen Titel."),
        ({"title": "x" * 161}, "title", "höchstens 160 Zeichen"),
        ({"title": "eins\x00zwei"}, "title", CONTROL),
        ({"title": "eins\u202ezwei"}, "title", CONTROL),
        ({"title": "eins\nzwei"}, "title", "in eine Zeile"),
        ({"summary": "x" * 301}, "summary", "höchstens 300 Zeichen"),
        ({"summary": "a\x07b"}, "summary", CONTROL),
        ({"venue": "x" * 161}, "venue", "höchstens 160 Zeichen"),
        ({"venue": "a\tb"}, "venue", "in eine Zeile"),
        ({"room": "x" * 121}, "room", "höchstens 120 Zeichen"),
        ({"room": "a\x00"}, "room", CONTROL),
        ({"address": "x" * 201}, "address", "höchstens 200 Zeichen"),
        ({"address": "a\x00"}, "address", CONTROL),
        ({"arrival": "x" * 3001}, "arrival", "höchstens 3000 Zeichen"),
        ({"arrival": "a\x00"}, "arrival", CONTROL),
        ({"organiser": "x" * 201}, "organiser", "höchstens 200 Zeichen"),
        ({"organiser": "a\x00"}, "organiser", CONTROL),
        ({"audience_note": "x" * 201}, "audience_note", "höchstens 200 Zeichen"),
        ({"audience_note": "a\x00"}, "audience_note", CONTROL),
        ({"text": "x" * 20_001}, "text", "höchstens 20000 Zeichen"),
        ({"text": "a\x00"}, "text", CONTROL),
        ({"agenda": "x\n" * 10_001}, "agenda", "höchstens 20000 Zeichen"),
        ({"agenda": "13:00 a\x00"}, "agenda", CONTROL),
        ({"documentation": "x" * 20_001}, "documentation", "höchstens 20000 Zeichen"),
        ({"documentation": "a\x00"}, "documentation", CONTROL),
        ({"attendance_note": "x" * 201}, "attendance_note", "höchstens 200 Zeichen"),
        ({"attendance_note": "a\x00"}, "attendance_note", CONTROL),
        ({"source_url": "https://a.example/" + "x" * 483}, "source_url", "höchstens 500 Zeichen"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "keine Webadresse"),
        ({"source_url": "https://"}, "source_url", "keine Webadresse"),
        ({"source_url": "https://name@dortmund.de"}, "source_url", "keine Webadresse"),
        ({"source_url": "https://dortmund.de/a b"}, "source_url", "keine Webadresse"),
        # choices outside of the list
        ({"kind": ""}, "kind", "Wählen Sie die Art des Termins."),
        ({"kind": "party"}, "kind", CHOSEN),
        ({"kind": "\x00"}, "kind", CHOSEN),
        ({"precision": ""}, "precision", "Wählen Sie, was feststeht."),
        ({"precision": "year"}, "precision", CHOSEN),
        ({"audience": ""}, "audience", "Wählen Sie, für wen der Termin ist."),
        ({"audience": "nobody"}, "audience", CHOSEN),
        ({"audience": "team"}, "team", "Wählen Sie das Expertenteam"),
        ({"audience": "team", "team": "no-such-team"}, "team", CHOSEN),
        ({"team": "1"}, "team", CHOSEN),
        # days and times that do not exist, or not once
        ({"start_day": ""}, "start_day", "Geben Sie den Tag ein"),
        ({"start_day": "2027-02-29"}, "start_day", "Diesen Tag gibt es nicht."),
        ({"start_day": "31.04.2027"}, "start_day", "Diesen Tag gibt es nicht."),
        ({"start_day": "morgen"}, "start_day", "Diesen Tag gibt es nicht."),
        ({"start_day": "0000-01-01"}, "start_day", "Diesen Tag gibt es nicht."),
        ({"start_day": "10000-01-01"}, "start_day", "Diesen Tag gibt es nicht."),
        ({"start_day": "1989-12-31"}, "start_day", "zwischen 1990 und 2099"),
        ({"start_day": "2100-01-01"}, "start_day", "zwischen 1990 und 2099"),
        ({"end_day": "2199-01-01"}, "end_day", "zwischen 1990 und 2099"),
        ({"end_day": "\x00"}, "end_day", "Diesen Tag gibt es nicht."),
        ({"start_clock": ""}, "start_clock", "Geben Sie die Uhrzeit ein"),
        ({"start_clock": "24:00"}, "start_clock", "Diese Uhrzeit gibt es nicht."),
        ({"start_clock": "mittags"}, "start_clock", "Diese Uhrzeit gibt es nicht."),
        ({"end_clock": "12:60"}, "end_clock", "Diese Uhrzeit gibt es nicht."),
        (MISSING_HOUR, "start_clock", "gibt es in dieser Nacht nicht"),
        (DOUBLED_HOUR, "start_which", "gibt es in dieser Nacht zweimal"),
        ({**DOUBLED_HOUR, "start_clock": "01:00", "end_clock": "02:30"}, "end_which", "zweimal"),
        ({**DOUBLED_HOUR, "start_which": "second", "end_clock": "02:45", "end_which": "first"},
         "end_clock", "Das Ende liegt nicht nach dem Beginn."),
        ({**MISSING_HOUR, "start_clock": "01:00", "end_clock": "02:59"}, "end_clock", "nicht"),
        # the end before the start
        ({"end_day": "2027-03-17"}, "end_day", "Das Ende liegt vor dem Beginn."),
        ({"end_clock": "12:59"}, "end_clock", "Das Ende liegt nicht nach dem Beginn."),
        ({"end_clock": "13:00"}, "end_clock", "Das Ende liegt nicht nach dem Beginn."),
        ({"end_day": "2027-03-19", "end_clock": ""}, "end_clock", "Geben Sie auch die Uhrzeit"),
        # more or less exact than announced
        ({"precision": "day"}, "start_clock", "Leeren Sie dieses Feld"),
        ({"precision": "month", "start_clock": "", "end_clock": "17:00"}, "end_clock", "Leeren"),
        ({"precision": "month", "start_clock": "", "end_clock": "", "end_day": "2027-04-01"},
         "end_day", "in einem anderen Monat"),
        # the programme
        ({"agenda": "13:00 Eröffnung\n25:00 Ende"}, "agenda", "Zeile 2: Diese Uhrzeit gibt es"),
        ({"agenda": "13:00\n14:00-15:00 Rede"}, "agenda", "Zeile 1: Hinter der Uhrzeit fehlt"),
        ({"agenda": "a\n14:00-15:00 Rede"}, "agenda", "Zeile 2: Schreiben Sie nur den Beginn"),
        ({"agenda": "13:00 " + "x" * 201}, "agenda", "Zeile 1: Kürzen Sie den Programmpunkt"),
        ({"agenda": "a | " + "x" * 301}, "agenda", "Zeile 1: Kürzen Sie den Teil hinter"),
        ({"agenda": "13:00 a\n\n- \n"}, "agenda", "Zeile 3: Hinter dem Strich fehlt"),
        ({"agenda": "- Petra\n13:00 a"}, "agenda", "Zeile 1: Darüber fehlt der Programmpunkt"),
        ({"agenda": "13:00 a\n" * 81}, "agenda", "Zeile 81: Mehr als 80 Punkte"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_its_field_and_the_text_is_kept(
    client_of, ada, energie, fields, field, message
):
    answer = client_of(ada).post(NEW, data=typed(**{"text": "Mein langer Text", **fields}))

    assert answer.status_code == 422
    error = answer.text.partition(f'id="{field}-fehler"')[2].partition("</p>")[0]
    assert message in error
    assert f'<li><a href="#{field}' in answer.text  # the summary at the top leads there
    assert "text" in fields or "Mein langer Text" in answer.text
    assert stored() == 0


def test_what_was_typed_stays_in_every_field(client_of, ada):
    fields = typed(
        title="", venue="Rathaus", start_day="31.02.2027", start_clock="25:00", agenda="13:00",
        documentation="Ergebnis", source_url="nirgends",
    )  # fmt: skip

    page = client_of(ada).post(NEW, data=fields).text

    assert all(fields[name] in page for name in fields)


def test_summary_of_errors_follows_the_order_of_the_page(client_of, ada):
    page = client_of(ada).post(NEW, data={"agenda": "25:00 x", "source_url": "x"}).text

    summary = page.partition('role="alert"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#([a-z_]+)', summary) == [
        "title", "kind", "start_day", "audience", "agenda", "source_url",
    ]  # fmt: skip


def test_second_click_finds_what_the_first_one_made(client_of, ada):
    client = client_of(ada)

    places = [client.post(NEW, data=typed(agenda="13:00 Rede")).location for _ in range(2)]

    assert places == ["/termine/dritte-allianztagung"] * 2
    assert stored() == 1


def test_equal_titles_get_addresses_of_their_own(client_of, ada):
    client = client_of(ada)

    places = [
        client.post(NEW, data=typed(start_day=day)).location for day in ("18.03.2027", "19.03.2027")
    ]

    assert places == ["/termine/dritte-allianztagung", "/termine/dritte-allianztagung-2"]


def test_public_date_is_found_by_every_word_of_it(client_of, ada):
    client_of(ada).post(
        NEW, data=typed(venue="Rathaus", agenda="13:00 Straßenbeleuchtung", text="Wärmenetze")
    )

    for query in ("allianztagung", "rathaus", "strassenbeleuchtung", "waermenetz"):
        found = db.session.scalars(index.matching(query)).all()
        assert [(entry.kind, entry.slug) for entry in found] == [("event", "dritte-allianztagung")]


def test_index_speaks_german_whoever_saves(client_of, ada):
    client_of(ada).post(NEW, data=typed(kind="conference"), headers={"Accept-Language": "en"})

    assert db.session.scalars(index.matching("Konferenz")).all() != []
    assert db.session.scalars(index.matching("Conference")).all() == []


def test_date_of_a_team_is_no_public_entry_of_the_index(client_of, ada, energie):
    client_of(ada).post(NEW, data=typed(audience="team", team="energie"))

    entry = db.session.scalars(select(SearchEntry)).one()
    assert (entry.is_public, entry.organisation_id) == (False, None)


def test_another_date_serves_as_a_template_without_its_day(client_of, ada, plan):
    event = plan(
        venue="Rathaus", agenda=[Line("13:00", "Eröffnung")], documentation="Was war",
        summary="Wie immer", source_url="https://dortmund.de/doku",
    )  # fmt: skip

    page = client_of(ada).get(f"{NEW}?vorlage={event.slug}").text

    assert all(words in page for words in ("Rathaus", "13:00 Eröffnung", "Wie immer"))
    assert "Was war" not in page and "dortmund.de/doku" not in page
    assert (today() + timedelta(days=30)).isoformat() not in page


def test_unknown_template_is_not_found(client_of, ada):
    assert client_of(ada).get(f"{NEW}?vorlage=nirgends").status_code == 404
    assert client_of(ada).get(f"{NEW}?vorlage=%00").status_code == 404
