"""Calendar files, read back by a calendar's parser: the moments, the words and the rules of
subscribing (RFC 5545, 5546, 7986)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from portal.core.database import db
from portal.core.times import BERLIN
from portal.events import calendars, services
from portal.events.agenda import Line
from portal.events.models import AgendaItem, Event, EventKind, EventState, Precision
from portal.events.periods import Period
from tests.events.conftest import A_DAY, content, in_days, reread

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


def calendar(client, address="/termine.ics"):
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.data)


def entries(client, address="/termine.ics"):
    return calendar(client, address).events


def span(*moments):
    return Period(*(datetime(*moment, tzinfo=UTC) for moment in moments))


SPANS = [
    span((2027, 1, 18, 12), (2027, 1, 18, 16)),  # winter
    span((2027, 7, 18, 11), (2027, 7, 18, 15)),  # summer
    span((2027, 3, 28, 0, 30), (2027, 3, 28, 0, 59)),  # before the clocks go forward
    span((2027, 3, 28, 0, 30), (2027, 3, 28, 1, 0)),  # until they do
    span((2027, 3, 28, 1, 0), (2027, 3, 28, 1, 30)),  # at once after it
    span((2027, 3, 27, 12), (2027, 3, 29, 12)),  # around it
    span((2027, 10, 30, 23, 30), (2027, 10, 31, 0, 0)),  # before they go back
    span((2027, 10, 31, 0, 30), (2027, 10, 31, 0, 45)),  # the first 2:30
    span((2027, 10, 31, 1, 30), (2027, 10, 31, 1, 45)),  # the second 2:30
    span((2027, 10, 31, 0, 30), (2027, 10, 31, 1, 30)),  # from the first to the second
    span((2027, 10, 31, 1, 30), (2027, 10, 31, 2, 0)),  # until they have gone back
    span((2027, 10, 31, 2, 0), (2027, 10, 31, 3, 0)),  # after it
    span((2028, 2, 29, 22, 59), (2028, 2, 29, 23, 1)),  # over midnight, in a leap year
    span((2090, 7, 1, 10), (2090, 7, 1, 11)),  # later than any list of transitions
    span((1995, 10, 10, 10), (1995, 10, 10, 11)),  # by the rules of another time
]


@pytest.mark.parametrize("period", SPANS, ids=lambda p: p.starts_at.isoformat())
def test_calendars_read_the_very_moments(client, plan, period):
    plan(period=period)

    [entry] = entries(client, "/termine/dritte-allianztagung.ics")

    assert entry.start.astimezone(UTC) == period.starts_at
    assert entry.end.astimezone(UTC) == period.ends_at


@pytest.mark.parametrize("period", SPANS, ids=lambda p: p.starts_at.isoformat())
def test_zone_that_the_file_carries_says_the_same(client, plan, period):
    """For programs that trust VTIMEZONE and know no Europe/Berlin of their own."""
    plan(period=period)
    found = calendar(client, "/termine/dritte-allianztagung.ics")
    [entry], [zone] = found.events, found.timezones

    for name, moment in (("DTSTART", period.starts_at), ("DTEND", period.ends_at)):
        value = entry[name]
        if value.params.get("TZID") == "Europe/Berlin":
            assert by_the_rules_of(zone, value.dt.replace(tzinfo=None)) == moment
        else:
            assert value.to_ical() == moment.strftime("%Y%m%dT%H%M%SZ").encode()


def by_the_rules_of(zone, clock):
    """The moment of a local time, by nothing but the observances in the file (RFC 5545, 3.6.5)."""
    onsets = []
    for observance in zone.subcomponents:
        rule = observance["RRULE"]
        assert (rule["FREQ"], rule["BYDAY"]) == (["YEARLY"], ["-1SU"])
        for year in range(observance["DTSTART"].dt.year, clock.year + 1):
            onset = last_sunday(year, rule["BYMONTH"][0], observance["DTSTART"].dt)
            onsets.append((onset, observance))
    _, valid = max(((at, found) for at, found in onsets if at <= clock), key=lambda pair: pair[0])
    return (clock - valid["TZOFFSETTO"].td).replace(tzinfo=UTC)


def last_sunday(year, month, clock):
    day = date(year, month, 31)
    while day.weekday() != 6:
        day -= timedelta(days=1)
    return datetime.combine(day, clock.time())


@pytest.mark.parametrize("year", [1997, 2026, 2027, 2050])
def test_zone_changes_when_berlin_does(client, year):
    [zone] = calendar(client).timezones
    days = [datetime(year, month, 1) for month in range(1, 13)]
    days += [last_sunday(year, month, datetime.min) for month in (3, 10)]

    for clock in (day + timedelta(minutes=30 * half) for day in days for half in range(48)):
        local = clock.replace(tzinfo=BERLIN)
        exists = local.astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) == clock
        if exists and local.utcoffset() == local.replace(fold=1).utcoffset():
            assert by_the_rules_of(zone, clock) == local.astimezone(UTC)


@pytest.mark.parametrize("year", [1997, 2026, 2027, 2050])
def test_zone_names_the_very_moments_of_the_change(client, year):
    """An onset is told in the time that ends with it: 2:00 in spring, 3:00 in autumn."""
    [zone] = calendar(client).timezones

    for observance in zone.subcomponents:
        clock = last_sunday(year, observance["RRULE"]["BYMONTH"][0], observance["DTSTART"].dt)
        moment = (clock - observance["TZOFFSETFROM"].td).replace(tzinfo=UTC)
        before, after = (
            (moment - timedelta(seconds=1)).astimezone(BERLIN),
            moment.astimezone(BERLIN),
        )
        assert before.utcoffset() == observance["TZOFFSETFROM"].td
        assert after.utcoffset() == observance["TZOFFSETTO"].td


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        (A_DAY, date(2027, 3, 18), date(2027, 3, 19)),
        (Period.of_days(date(2027, 3, 27), date(2027, 3, 28)), date(2027, 3, 27),
         date(2027, 3, 29)),
        (Period.of_days(date(2027, 10, 31)), date(2027, 10, 31), date(2027, 11, 1)),
        (Period.of_days(date(2026, 12, 31)), date(2026, 12, 31), date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_day_without_a_time_is_a_whole_day(client, plan, period, first, after):
    plan(period=period)

    [entry] = entries(client)

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (first, after)
    assert entry["DTSTART"].to_ical() == first.strftime("%Y%m%d").encode()


def test_open_end_is_no_end(client, plan):
    period = in_days(5)
    plan(period=Period(period.starts_at, period.starts_at))

    [entry] = entries(client)

    assert "DTEND" not in entry and "DURATION" not in entry


def test_month_is_no_calendar_entry_and_its_page_offers_none(client, plan):
    plan(period=Period.of_month(2099, 4))

    assert entries(client) == []
    assert client.get("/termine/dritte-allianztagung.ics").status_code == 404
    assert "dritte-allianztagung.ics" not in client.get("/termine/dritte-allianztagung").text


def test_entry_says_what_where_and_where_more(client, plan):
    moment = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
    event = plan(
        at=moment, venue="Rathaus", room="Ratssaal", address="Friedensplatz 1, 44135 Dortmund",
        summary="Ein Nachmittag", kind=EventKind.WORKSHOP,
        agenda=[Line("12:30", "Ankommen"), Line("13:00", "Eröffnung", "Ratssaal")],
    )  # fmt: skip

    [entry] = entries(client)

    assert str(entry["SUMMARY"]) == "Dritte Allianztagung"
    assert str(entry["LOCATION"]) == "Ratssaal, Rathaus, Friedensplatz 1, 44135 Dortmund"
    assert entry["URL"] == "http://portal.test/termine/dritte-allianztagung"
    assert str(entry["DESCRIPTION"]) == (
        "Ein Nachmittag\n\n12:30 Ankommen\n13:00 Eröffnung (Ratssaal)\n\n"
        "http://portal.test/termine/dritte-allianztagung"
    )
    assert entry["CATEGORIES"].to_ical() == b"Workshop"
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (event.uid, 0, "CONFIRMED")
    stamps = {entry[name].dt for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED")}
    assert stamps == {moment.replace(microsecond=0)}


def test_entry_says_who_speaks_where_and_how_to_get_there(client, plan):
    plan(
        arrival="- U-Bahn **Stadtgarten**\n- [Plan](https://dortmund.de/plan)",
        agenda=[Line("13:00", "Eröffnung", "mit Musik", "Foyer", ("Petra, Windwerk eG", "Olga"))],
    )

    [entry] = entries(client)

    assert str(entry["DESCRIPTION"]) == (
        "13:00 Eröffnung (Foyer, mit Musik)\n- Petra, Windwerk eG\n- Olga\n\n"
        "Anreise und Zugang:\nU-Bahn Stadtgarten\nPlan\n\n"
        "http://portal.test/termine/dritte-allianztagung"
    )


def test_nothing_is_said_of_a_place_that_nobody_named(client, plan):
    plan()

    [entry] = entries(client)

    assert "LOCATION" not in entry


def test_cancelled_date_stays_in_the_feed_as_cancelled(client, plan, ada):
    event = plan()
    uid = event.uid
    services.cancel(event, by=ada, reason="Der Sturm.", seen_version=1)
    db.session.commit()

    [entry] = entries(client)

    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (uid, 1, "CANCELLED")
    assert "Dieser Termin ist abgesagt: Der Sturm." in str(entry["DESCRIPTION"])


def test_identity_stays_through_all_changes(client, plan, ada):
    event = plan()
    [before] = entries(client)
    for version, title in ((1, "Eins"), (2, "Zwei")):
        services.change(reread(event), content(title=title), by=ada, seen_version=version)
        db.session.commit()

    [after] = entries(client)

    assert (after["UID"], after["URL"]) == (before["UID"], before["URL"])
    assert (str(after["SUMMARY"]), after["SEQUENCE"]) == ("Zwei", 2)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


@pytest.mark.parametrize(
    "title",
    [
        "Komma, Semikolon; Backslash \\ und \\n",
        'Anführung "so" und: so',
        "Größe, Straße, 日本語, 🌳🌳🌳",
        "ä" * 160,
        "BEGIN:VEVENT",
        "x" * 74 + "ß" * 80,
    ],
)
def test_words_come_back_as_they_were(client, plan, title):
    plan(title=title, venue=title, summary=f"{title}\nzweite Zeile")

    [entry] = entries(client)

    assert str(entry["SUMMARY"]) == title
    assert str(entry["LOCATION"]) == title
    assert str(entry["DESCRIPTION"]).startswith(f"{title}\nzweite Zeile\n")


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\x00"])
def test_no_text_breaks_out_of_its_line(app, break_):
    """Such text comes from no form and into no database; an import might try."""
    evil = f"Titel{break_}END:VEVENT{break_}BEGIN:VEVENT{break_}UID:evil"
    period = in_days(5)
    event = Event(
        slug="x", uid="good", sequence=0, state=EventState.PLANNED, title=evil, venue=evil, room="",
        kind=EventKind.OTHER, starts_at=period.starts_at, ends_at=period.ends_at, address=evil,
        precision=Precision.TIME, summary=evil, created_at=NOW, changed_at=NOW, arrival=evil,
        agenda=[AgendaItem(clock="", title=evil, note=evil, place=evil, speakers=[evil])],
    )  # fmt: skip

    written = calendars.feed([event])

    assert written.count(b"\r\nBEGIN:VEVENT") == 1
    assert [str(entry["UID"]) for entry in Calendar.from_ical(written).events] == ["good"]
    assert b"\x00" not in written


def test_lines_are_folded_at_75_bytes_and_end_as_they_should(client, plan):
    plan(title="Ü" * 160, summary="🌳" * 150)

    content_ = client.get("/termine.ics").data

    lines = content_.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in content_.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    content_.decode("utf-8")


def test_feed_says_how_it_is_called_and_how_often_to_ask(client):
    answer = client.get("/termine.ics")
    feed = Calendar.from_ical(answer.data)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(feed["X-WR-CALNAME"]) == "Termine der Allianz Smart City Dortmund"
    assert str(feed["NAME"]) == str(feed["X-WR-CALNAME"])
    assert str(feed["X-WR-TIMEZONE"]) == "Europe/Berlin"
    assert feed["REFRESH-INTERVAL"].to_ical() == b"PT6H"
    assert feed["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert (str(feed["VERSION"]), str(feed["METHOD"])) == ("2.0", "PUBLISH")
    assert [str(zone["TZID"]) for zone in feed.timezones] == ["Europe/Berlin"]


@pytest.mark.parametrize(
    ("period", "is_in"),
    [
        (span((2026, 1, 14, 23, 0), (2026, 1, 14, 23, 30)), True),  # a year ago, to the day
        (span((2026, 1, 14, 22, 0), (2026, 1, 14, 22, 59)), False),
        (span((2027, 1, 14, 9), (2027, 1, 14, 10)), True),
        (span((2099, 1, 1, 9), (2099, 1, 1, 10)), True),
        (Period.of_days(date(2026, 1, 15)), True),
        (Period.of_days(date(2026, 1, 14)), False),
    ],
)
def test_feed_holds_the_last_year_and_everything_that_comes(client, plan, period, is_in):
    plan(period=period)

    with time_machine.travel(NOW, tick=False):
        assert len(entries(client)) == is_in


def test_single_date_is_a_file_of_its_own_however_old(client, plan):
    plan(period=Period.of_days(date(2017, 3, 2)))

    answer = client.get("/termine/dritte-allianztagung.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    expected = 'attachment; filename="dritte-allianztagung.ics"'
    assert answer.headers["Content-Disposition"] == expected
    assert len(Calendar.from_ical(answer.data).events) == 1


@pytest.mark.parametrize("address", ["/termine.ics", "/termine/dritte-allianztagung.ics"])
def test_same_dates_make_the_same_bytes_and_304_until_they_change(client, plan, ada, address):
    event = plan()
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False):
        first = client.get(address)
    with time_machine.travel(datetime(2026, 11, 22, 20, tzinfo=UTC), tick=False):
        later = client.get(address)
        asked = {"If-None-Match": first.headers["ETag"]}
        kept = client.get(address, headers=asked)
        services.change(event, content(title="Neu"), by=ada, seen_version=1)
        db.session.commit()
        changed = client.get(address, headers=asked)

    assert first.data == later.data
    assert (kept.status_code, kept.data) == (304, b"")
    assert changed.status_code == 200 and b"SUMMARY:Neu" in changed.data
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize(
    "slug", ["nirgends", "x" * 3000, "%00", "..%2f", "a%0d%0ab", "%ff", "Dritte-Allianztagung"]
)
@pytest.mark.parametrize("ending", ["", ".ics"])
def test_unknown_address_is_not_found(client, plan, slug, ending):
    plan()

    assert client.get(f"/termine/{slug}{ending}").status_code == 404


BASE = {"summary": "a", "venue": "b", "agenda": [Line("13:00", "c")], "text": "d"}


@pytest.mark.parametrize(
    "more",
    [
        {"text": "D"}, {"venue": "B"}, {"organiser": "E"}, {"agenda": []}, {"room": "x"},
        {"summary": ""}, {"address": "y"}, {"title": "z"}, {"kind": EventKind.OTHER},
        {"documentation": "F"}, {"audience_note": "G"}, {"period": A_DAY},
    ],
    ids=str,
)  # fmt: skip
def test_entry_differs_just_where_the_sequence_grows(plan, ada, more):
    event = plan(**BASE)
    before = shown(event)

    services.change(event, content(**{**BASE, **more}), by=ada, seen_version=1)

    assert (event.sequence == 1) == (shown(event) != before)


def shown(event):
    silent = (b"SEQUENCE", b"DTSTAMP", b"LAST-MODIFIED")
    lines = calendars.entry(event).replace(b"\r\n ", b"").split(b"\r\n")
    return [line for line in lines if not line.startswith(silent)]
