"""The lists: coming dates first, then the archive. Nonsense in an address does no harm."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.core.database import db
from portal.events import services
from portal.events.models import Event, EventKind
from portal.events.periods import Period
from tests.events.conftest import content, in_days

CHIPS = re.compile(r'art=(\w+)"[^>]*>([^<]+) <span class="num">(\d+)')
HEADINGS = re.compile(r'<h3><a href="/termine/([^"]+)"')


def slugs(client, address="/termine"):
    return HEADINGS.findall(client.get(address).text)


def test_coming_dates_stand_first_and_the_end_of_the_archive_below(client, plan):
    for title, days in (("b", 20), ("d", -20), ("a", 10), ("c", -10), ("e", -30), ("f", -40)):
        plan(title=title, period=in_days(days))

    assert slugs(client) == ["a", "b", "c", "d", "e"]


def test_archive_shows_the_last_one_first(client, plan):
    for title, days in (("Alt", -20), ("Kommt", 10), ("Neu", -10)):
        plan(title=title, period=in_days(days))

    assert slugs(client, "/termine?zeit=vergangen") == ["neu", "alt"]


@pytest.mark.parametrize(
    ("moment", "coming"),
    [
        ("2027-03-18T12:30:00+01:00", True),
        ("2027-03-18T23:59:59+01:00", True),  # over, but it is still its day
        ("2027-03-19T00:00:00+01:00", False),
    ],
)
@pytest.mark.parametrize(
    "period",
    [
        Period(datetime(2027, 3, 18, 9, tzinfo=UTC), datetime(2027, 3, 18, 11, tzinfo=UTC)),
        Period.of_days(date(2027, 3, 18)),
        Period.of_days(date(2027, 3, 16), date(2027, 3, 18)),
    ],
)
def test_date_goes_into_the_archive_when_its_last_day_is_over(client, plan, period, moment, coming):
    plan(period=period)

    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        archived = slugs(client, "/termine?zeit=vergangen")

    assert archived == ([] if coming else ["dritte-allianztagung"])


def test_month_counts_as_coming_until_it_is_over(client, plan):
    plan(period=Period.of_month(2027, 3))

    with time_machine.travel(datetime(2027, 3, 31, 21, 59, tzinfo=UTC), tick=False):
        assert slugs(client, "/termine?zeit=vergangen") == []
    with time_machine.travel(datetime(2027, 3, 31, 22, 0, tzinfo=UTC), tick=False):
        assert slugs(client, "/termine?zeit=vergangen") == ["dritte-allianztagung"]


def test_kinds_narrow_the_list_and_say_how_many(client, plan):
    plan(title="Tagung")
    plan(title="Werkstatt", kind=EventKind.WORKSHOP)
    plan(title="Werkstatt zwei", kind=EventKind.WORKSHOP)

    assert slugs(client, "/termine?art=workshop") == ["werkstatt", "werkstatt-zwei"]
    chips = re.findall(
        r'art=(\w+)"[^>]*>([^<]+) <span class="num">(\d+)', client.get("/termine").text
    )
    assert chips == [("allianztagung", "Allianztagung", "1"), ("workshop", "Workshop", "2")]


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_has_an_address_of_its_own(client, plan, kind):
    plan(title="Anderes", kind=next(k for k in EventKind if k is not kind))
    plan(title="Dieses", kind=kind)

    assert slugs(client, f"/termine?art={kind.slug}") == ["dieses"]


@pytest.mark.parametrize(
    "query", ["art=party", "art=", "art=%00", "zeit=morgen", "zeit=%00", "art=workshop%27--", "x=1"]
)
def test_choice_that_is_not_known_narrows_nothing(client, plan, query):
    plan()

    assert slugs(client, f"/termine?{query}") == ["dritte-allianztagung"]


@pytest.fixture
def many(ada):
    """30 coming dates and 30 past ones."""
    for days in [*range(1, 31), *range(-30, 0)]:
        services.plan(content(title=f"Termin {days + 100}", period=in_days(days)), by=ada)
    db.session.commit()


@pytest.mark.parametrize("time", ["", "zeit=vergangen&"])
def test_nonsense_for_a_page_is_the_first_page_or_none(client, many, time):
    expected = {
        "1": 200, "3": 200, "4": 404, "0": 200, "-1": 200, "abc": 200, "": 200, "1.5": 200,
        "%00": 200, "٣": 200, "999999": 404, "1" + "0" * 30: 200, "2&seite=3": 200,
    }  # fmt: skip

    found = {page: client.get(f"/termine?{time}seite={page}").status_code for page in expected}

    assert found == expected


def test_twelve_stand_on_a_page(client, many):
    pages = [slugs(client, f"/termine?zeit=vergangen&seite={page}") for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [12, 12, 6]
    assert len({slug for page in pages for slug in page}) == 30


def test_pages_keep_the_choice(client, ada):
    for days in range(1, 15):
        services.plan(
            content(title=f"Termin {days}", period=in_days(-days), kind=EventKind.WORKSHOP), by=ada
        )
    db.session.commit()

    page = client.get("/termine?zeit=vergangen&art=workshop").text

    assert "/termine?zeit=vergangen&amp;art=workshop&amp;seite=2" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/termine", "Zurzeit steht kein Termin fest."),
        ("/termine?zeit=vergangen", "Das Archiv ist noch leer."),
        ("/termine?art=workshop", "Kein Termin passt zu dieser Auswahl."),
        ("/termine?art=workshop&zeit=vergangen", "Kein Termin passt zu dieser Auswahl."),
    ],
)
def test_empty_list_says_what_goes_next(client, address, words):
    assert words in client.get(address).text


@pytest.mark.parametrize(
    ("address", "most"), [("/termine", 5), ("/termine?zeit=vergangen", 4), ("/termine.ics", 3)]
)
def test_statements_do_not_grow_with_the_dates(client, plan, ada, statements, address, most):
    for days in (1, 2, 3, -1, -2, -3):
        plan(title=f"Termin {days}", period=in_days(days), agenda=[])
    with statements() as few:
        assert client.get(address).status_code == 200
    for number in range(60):  # several pages of each time
        services.plan(content(title=f"Mehr {number}", period=in_days(number - 30)), by=ada)
    db.session.commit()

    with statements() as many:
        assert client.get(address).status_code == 200

    assert many.number == few.number <= most


@pytest.mark.parametrize(
    "address", ["/projektbuero/termine", "/projektbuero/termine?zeit=vergangen"]
)
def test_statements_of_the_offices_list_do_not_grow(client_of, plan, ada, statements, address):
    client = client_of(ada)
    for days in (1, 2, 3, -1, -2, -3):
        plan(title=f"Termin {days}", period=in_days(days))
    with statements() as few:
        client.get(address)
    for number in range(60):  # several pages of each time
        services.plan(content(title=f"Mehr {number}", period=in_days(number - 30)), by=ada)
    db.session.commit()

    with statements() as many:
        assert client.get(address).status_code == 200

    assert many.number == few.number


def test_list_does_not_read_the_texts(client, plan, statements):
    plan(text="Ein langer Text")

    with statements() as sent:
        client.get("/termine")

    assert not [line for line in sent.sent if Event.text.key + "_html" in line]


@pytest.mark.parametrize(
    ("address", "shown"), [("/termine", "Kommt"), ("/termine?zeit=vergangen", "War")]
)
def test_visitor_who_has_the_list_is_told_so_until_something_changes(client, plan, address, shown):
    plan(title="Kommt"), plan(title="War", period=in_days(-5))
    first = client.get(address)
    assert shown in first.text

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    plan(title="Noch einer")
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, changed.status_code) == (304, b"", 200)
    assert "Set-Cookie" not in first.headers and "Cookie" not in first.headers.get("Vary", "")


def test_office_finds_coming_and_past_dates(client_of, ada, plan, energie):
    plan(title="Kommt"), plan(title="War", period=in_days(-5))
    client = client_of(ada)

    assert "Kommt" in client.get("/projektbuero/termine").text
    assert "War" in client.get("/projektbuero/termine?zeit=vergangen").text
    assert client.get("/projektbuero/termine?seite=2").status_code == 404
