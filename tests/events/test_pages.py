"""The page of a date says what is known, no more, and offers nothing that does not work."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.core.database import db
from portal.events import services
from portal.events.agenda import Line
from portal.events.models import Audience
from portal.events.periods import Period
from tests.events.conftest import A_DAY, in_days

PAGE = "/termine/dritte-allianztagung"


def main_of(client, address=PAGE):
    """The page's own words, without the frame and the tags."""
    html = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    return html, " ".join(re.sub(r"<[^>]+>", " ", html).split())


def span(*moments):
    return Period(*(datetime(*moment, tzinfo=UTC) for moment in moments))


WINTER = span((2027, 3, 18, 12), (2027, 3, 18, 16))


@pytest.mark.parametrize(
    ("period", "lines", "line"),
    [
        (WINTER, "Donnerstag, 18. März 2027 13:00 bis 17:00 Uhr",
         "Donnerstag, 18. März 2027, 13:00 bis 17:00 Uhr"),
        (span((2027, 7, 1, 7), (2027, 7, 1, 9, 30)), "Donnerstag, 1. Juli 2027 09:00 bis 11:30 Uhr",
         "Donnerstag, 1. Juli 2027, 09:00 bis 11:30 Uhr"),
        (span((2027, 3, 18, 12), (2027, 3, 18, 12)), "Donnerstag, 18. März 2027 13:00 Uhr",
         "Donnerstag, 18. März 2027, 13:00 Uhr"),
        (span((2027, 3, 18, 12), (2027, 3, 19, 16)),
         "Donnerstag, 18. März 2027, 13:00 Uhr, bis Freitag, 19. März 2027, 17:00 Uhr", None),
        (A_DAY, "Donnerstag, 18. März 2027", None),
        (Period.of_days(date(2027, 3, 18), date(2027, 3, 19)),
         "Donnerstag, 18. März 2027, bis Freitag, 19. März 2027", None),
        (Period.of_month(2027, 4), "April 2027 Der genaue Tag steht noch nicht fest.",
         "April 2027"),
        # the nights of the change
        (span((2027, 3, 28, 0, 30), (2027, 3, 28, 1, 30)),
         "Sonntag, 28. März 2027 01:30 bis 03:30 Uhr",
         "Sonntag, 28. März 2027, 01:30 bis 03:30 Uhr"),
        (span((2027, 10, 30, 23, 30), (2027, 10, 31, 2, 30)),
         "Sonntag, 31. Oktober 2027 01:30 bis 03:30 Uhr",
         "Sonntag, 31. Oktober 2027, 01:30 bis 03:30 Uhr"),
    ],
)  # fmt: skip
def test_time_is_said_as_exactly_as_it_is_known(client, plan, period, lines, line):
    plan(period=period)

    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        page, listed = main_of(client)[1], main_of(client, "/termine")[1]

    assert f"Wann {lines} Für wen" in page
    assert (line or lines) in listed
    if period.precision != "time":
        assert "00:00" not in page and "23:59" not in page


@pytest.mark.parametrize(
    ("period", "hexagon"),
    [
        (WINTER, "<b>18</b><span>März 2027</span>"),
        (Period.of_month(2027, 4), "<b>2027</b><span>April</span>"),
    ],
)
def test_hexagon_names_no_day_that_is_not_known(client, plan, period, hexagon):
    plan(period=period)

    assert hexagon in main_of(client)[0]


def test_past_month_says_that_its_day_is_not_known(client, plan):
    plan(period=Period.of_month(2018, 4))

    assert "Wann April 2018 Der genaue Tag ist nicht bekannt." in main_of(client)[1]


def test_page_shows_what_the_office_wrote(client, plan):
    plan(
        summary="Ein Nachmittag", venue="Rathaus", room="Ratssaal", address="Friedensplatz 1",
        organiser="Stadt Dortmund", audience=Audience.PARTNERS, audience_note="und Gäste",
        text="**Viel** Zeit", documentation="[Protokoll](https://dortmund.de/protokoll)",
        attendance_note="rund 150", source_url="https://dortmund.de/doku",
        agenda=[Line("12:30", "Ankommen"), Line("13:00", "Rede", "Ratssaal"), Line("", "Fest")],
    )  # fmt: skip

    html, words = main_of(client)

    assert "Wo Rathaus Ratssaal Friedensplatz 1" in words
    assert "Für wen Partner der Allianz und Gäste" in words
    assert "Veranstaltet von Stadt Dortmund" in words and "Teilnehmende rund 150" in words
    assert "12:30 Ankommen 13:00 Rede Ratssaal Fest" in words
    assert "<p><strong>Viel</strong> Zeit</p>" in html
    assert '<a href="https://dortmund.de/protokoll"' in html
    assert '<a href="https://dortmund.de/doku"' in html


def test_page_of_a_bare_date_has_no_empty_parts(client, plan):
    plan()

    html, words = main_of(client)

    assert not {"Wo", "Programm", "Quelle", "Veranstaltet"} & set(words.split())
    assert "Ergebnisse" not in words and "<dd></dd>" not in html


def test_nothing_is_offered_that_does_not_work_yet(client, plan):
    plan()

    html = main_of(client)[0]

    assert "<form" not in html and "<button" not in html and "nmeld" not in html


def test_text_of_the_office_runs_no_script(client, plan):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    plan(
        title=f"Titel {evil}", summary=evil, venue=evil, organiser=evil, audience_note=evil,
        text=f"{evil} [x](javascript:alert(1))", documentation=evil, attendance_note=evil,
        agenda=[Line("", evil, evil)],
    )  # fmt: skip
    address = "/termine/titel-script-alert-1-script-img-src-x-onerror-alert-1"

    for page in (client.get(address).text, client.get("/termine").text):
        assert "<script>alert" not in page and "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_invented_date_says_so_everywhere(client, plan):
    plan(fictitious=True)

    assert (
        "erfunden Dieser Termin gehört zur Vorschau und findet nicht statt." in main_of(client)[1]
    )
    assert "erfunden" in main_of(client, "/termine")[1]


def test_real_date_is_not_called_invented(client, plan):
    plan()

    assert "erfunden" not in main_of(client)[1] + main_of(client, "/termine")[1]


def test_over_date_is_offered_to_no_calendar(client, plan):
    plan(period=in_days(-2))

    assert "dritte-allianztagung.ics" not in main_of(client)[0]


def test_date_leads_into_the_calendar(client, plan):
    plan()

    assert f'href="{PAGE}.ics"' in main_of(client)[0]
    assert 'href="/termine.ics"' in main_of(client)[0]
    assert "http://portal.test/termine.ics" in main_of(client, "/termine")[1]


OFFICE_LINKS = [
    "/projektbuero/termine/dritte-allianztagung/bearbeiten",
    "/projektbuero/termine/neu?vorlage=dritte-allianztagung",
    "/projektbuero/termine/dritte-allianztagung/absagen",
]


@pytest.mark.parametrize(("person", "seen"), [("petra", []), ("olga", OFFICE_LINKS)])
def test_only_the_office_sees_its_steps(request, client_of, plan, person, seen):
    plan()

    html = main_of(client_of(request.getfixturevalue(person)))[0]

    assert [link for link in OFFICE_LINKS if f'href="{link}"' in html] == seen


def test_cancelled_date_offers_no_cancelling(client_of, ada, plan):
    services.cancel(plan(), by=ada, reason="x", seen_version=1)
    db.session.commit()

    assert OFFICE_LINKS[2] not in main_of(client_of(ada))[0]
    assert OFFICE_LINKS[2] not in client_of(ada).get(OFFICE_LINKS[0]).text


def test_page_needs_few_statements(client, plan, statements):
    plan(agenda=[Line("13:00", f"Punkt {number}") for number in range(50)])

    with statements() as sent:
        client.get(PAGE)

    assert sent.number <= 6  # one is about places, two are about pictures and documents


def test_team_page_shows_the_teams_next_dates_to_who_may_see_them(
    client, client_of, tara, plan, energie
):
    plan(title="Offenes Treffen", team=energie)
    plan(title="Internes Treffen", team=energie, audience=Audience.TEAM)
    plan(title="War einmal", team=energie, period=in_days(-3))
    plan(title="Fremdes Treffen")

    visitors = client.get("/expertenteams/energie").text
    members = client_of(tara).get("/expertenteams/energie").text

    assert "Offenes Treffen" in visitors and "Internes Treffen" not in visitors
    assert "Offenes Treffen" in members and "Internes Treffen" in members
    assert "War einmal" not in members and "Fremdes Treffen" not in members


def test_programme_says_who_speaks_and_where(client, plan):
    speakers = ("Thomas Muster, Oberbürgermeister", "<b>Petra</b> & Söhne", "שלום עולם")
    plan(agenda=[Line("13:00", "Eröffnung", "mit Musik", "Foyer", speakers)])

    html, words = main_of(client)

    assert "13:00 Eröffnung Thomas Muster, Oberbürgermeister" in words
    assert "שלום עולם Foyer · mit Musik" in words
    assert "&lt;b&gt;Petra&lt;/b&gt; &amp; Söhne" in html and "שלום עולם" in html


def test_way_there_is_told_until_the_date_is_over(client, plan):
    plan(arrival="U-Bahn **Stadtgarten**", period=in_days(1))
    assert "<strong>Stadtgarten</strong>" in main_of(client)[0]

    plan(title="Vorbei", arrival="U-Bahn **Stadtgarten**", period=in_days(-1))
    assert "Stadtgarten" not in main_of(client, "/termine/vorbei")[0]
