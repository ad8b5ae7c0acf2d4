"""Calendar files, read by a second program that shares no code with the one that wrote them; it
takes the rules of the clock from the file itself."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject

from portal.events.models import Audience
from portal.events.periods import Period
from portal.teams.models import Team
from tests.events.test_calendars import SPANS

ADDRESSES = ["/termine.ics", "/termine/dritte-allianztagung.ics"]
READER = """
import sys, vobject
from datetime import UTC
entry = vobject.readOne(sys.stdin.buffer.read().decode()).vevent
for moment in (entry.dtstart.value, entry.dtend.value):
    print(moment.astimezone(UTC).isoformat())
"""


def entry_of(client, address):
    return vobject.readOne(client.get(address).data.decode()).vevent


@pytest.mark.parametrize("period", SPANS, ids=lambda p: p.starts_at.isoformat())
def test_second_parser_reads_the_very_moments(client, plan, period):
    plan(period=period)

    entry = entry_of(client, ADDRESSES[1])

    assert entry.dtstart.value.astimezone(UTC) == period.starts_at
    assert entry.dtend.value.astimezone(UTC) == period.ends_at


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("period", SPANS[4:6], ids=lambda p: p.starts_at.isoformat())
def test_moments_do_not_depend_on_where_the_reader_is(client, plan, period, zone):
    plan(period=period)
    content = client.get(ADDRESSES[1]).data

    environment = os.environ | {"TZ": zone}
    command = [sys.executable, "-c", READER]
    read = subprocess.run(command, input=content, env=environment, capture_output=True, check=True)

    assert read.stdout.decode().split() == [
        period.starts_at.isoformat(),
        period.ends_at.isoformat(),
    ]


WRITER = """
from datetime import UTC, datetime
from portal import create_app
from portal.events import calendars
from portal.events.calendars import Address, OwnEntry, Status
from portal.events.models import Precision
entry = OwnEntry(
    uid="1", sequence=3, stamp=datetime(2027, 3, 1, tzinfo=UTC), status=Status.CONFIRMED,
    title="Größe, Straße; und\\\\", starts_at=datetime(2027, 3, 27, 22, tzinfo=UTC),
    ends_at=datetime(2027, 3, 28, 2, tzinfo=UTC), precision=Precision.TIME, place="Ö" * 90,
    summary="x", url="http://portal.test/x",
)
with create_app().app_context():
    made = calendars.invitation(
        entry, method="REQUEST", organiser=Address("A", "a@x.example"),
        attendee=Address('Kim; "K", Ä', "k@x.example"),
    )
import sys
sys.stdout.buffer.write(made)
"""


def test_server_writes_the_same_bytes_wherever_it_stands(app, tmp_path):
    written = set()
    for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
        environment = os.environ | {
            "TZ": zone,
            "PORTAL_ENV": "demo",
            "PORTAL_DATA_DIR": str(tmp_path),
            "PORTAL_BASE_URL": "http://portal.test",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path]),
        }
        command = [sys.executable, "-c", WRITER]
        run = subprocess.run(command, env=environment, capture_output=True, check=True)
        written.add(run.stdout)

    [content] = written
    entry = vobject.readOne(content.decode()).vevent
    assert entry.summary.value == "Größe, Straße; und\\"
    assert entry.dtstart.value.astimezone(UTC) == datetime(2027, 3, 27, 22, tzinfo=UTC)
    assert entry.dtend.value.astimezone(UTC) == datetime(2027, 3, 28, 2, tzinfo=UTC)
    assert max(map(len, content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_whole_days_of_the_change_are_whole_days(client, plan, day):
    plan(period=Period.of_days(day))

    entry = entry_of(client, ADDRESSES[0])

    assert (entry.dtstart.value, entry.dtend.value) == (day, day + timedelta(days=1))


@pytest.mark.parametrize(
    "title", ["Komma, Semikolon; Backslash \\ und \\n", "Größe 日本語 🌳", "ä" * 160]
)
def test_words_come_back_from_the_second_parser_too(client, plan, title):
    plan(title=title, summary=f"{title}\nzweite Zeile", venue=title)

    entry = entry_of(client, ADDRESSES[0])

    assert entry.summary.value == entry.location.value == title
    assert entry.description.value.startswith(f"{title}\nzweite Zeile\n")


def test_feed_of_a_team_holds_what_everybody_may_see(client, plan, energie: Team):
    plan(title="Offen", team=energie)
    plan(title="Nur für uns", team=energie, audience=Audience.TEAM)
    plan(title="Anderswo")

    answer = client.get("/expertenteams/energie/termine.ics")

    calendar = vobject.readOne(answer.data.decode())
    assert [entry.summary.value for entry in calendar.vevent_list] == ["Offen"]
    assert calendar.contents["x-wr-calname"][0].value == "Termine: Energie"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_feed_of_a_team_is_the_same_for_everybody(client, client_of, plan, energie, tara, ada):
    plan(title="Nur für uns", team=energie, audience=Audience.TEAM)
    address = "/expertenteams/energie/termine.ics"

    assert {one.get(address).data for one in (client, client_of(tara), client_of(ada))} == {
        client.get(address).data
    }
    assert b"Nur" not in client.get(address).data


def test_page_of_a_team_leads_to_its_calendar(client, energie):
    assert "/expertenteams/energie/termine.ics" in client.get("/expertenteams/energie").text
