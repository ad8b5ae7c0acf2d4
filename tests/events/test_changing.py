"""Changing and cancelling: calendars are told of what they show, and of nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.events import services
from portal.events.agenda import Line
from portal.events.models import AgendaItem, Audience, Event, EventKind, EventState
from portal.events.periods import Period
from tests.events.conftest import A_DAY, content, in_days, reread, typed
from tests.events.forms import fields_of
from tests.letters import history

AT = in_days(30)
FULL: dict[str, Any] = {
    "period": AT,
    "venue": "Rathaus",
    "room": "Ratssaal",
    "address": "Friedensplatz 1",
    "summary": "Ein Nachmittag",
    "agenda": [Line("13:00", "Eröffnung", "Ratssaal")],
}


def edit_url(event: Event) -> str:
    return f"/projektbuero/termine/{event.slug}/bearbeiten"


def cancel_url(event: Event) -> str:
    return f"/projektbuero/termine/{event.slug}/absagen"


def changed(event: Event, by: Any, **more: Any) -> Event:
    services.change(event, content(**{**FULL, **more}), by=by, seen_version=event.version)
    db.session.commit()
    return reread(event)


@pytest.mark.parametrize(
    "difference",
    [
        {"title": "Vierte Allianztagung"},
        {"kind": EventKind.WORKSHOP},
        {"period": Period(AT.starts_at + timedelta(minutes=15), AT.ends_at)},
        {"period": Period(AT.starts_at, AT.ends_at + timedelta(minutes=15))},
        {"period": A_DAY},
        {"venue": "IHK"},
        {"room": ""},
        {"address": "Märkische Straße 120"},
        {"arrival": "Bitte einen Ausweis mitbringen"},
        {"summary": "Ein Abend"},
        {"agenda": []},
        {"agenda": [Line("13:15", "Eröffnung", "Ratssaal")]},
        {"agenda": [Line("13:00", "Eröffnung", "Foyer")]},
        {"agenda": [Line("13:00", "Eröffnung", "Ratssaal", "Foyer")]},
        {"agenda": [Line("13:00", "Eröffnung", "Ratssaal", "", ("Petra",))]},
        {"agenda": [*FULL["agenda"], Line("17:00", "Ausklang")]},
    ],
    ids=str,
)
def test_calendars_learn_of_what_they_show(ada, plan, difference):
    event = plan(**FULL)

    assert changed(event, ada, **difference).sequence == 1
    assert changed(event, ada, **difference).sequence == 1  # the same again


@pytest.mark.parametrize(
    "difference",
    [
        {"organiser": "Stadt Dortmund"},
        {"audience": Audience.PARTNERS},
        {"audience_note": "Alle"},
        {"text": "Mehr dazu"},
        {"documentation": "Ergebnisse"},
        {"attendance_note": "rund 150"},
        {"source_url": "https://dortmund.de/doku"},
    ],
    ids=str,
)
def test_what_calendars_do_not_show_leaves_their_sequence(ada, plan, difference):
    event = plan(**FULL)

    after = changed(event, ada, **difference)

    assert (after.sequence, after.version) == (0, 2)
    assert history()[-1] == ("EventChanged", ada.id, None)


def test_saving_without_a_difference_does_nothing(ada, plan):
    event = plan(**FULL)
    moment = event.changed_at

    after = changed(event, ada)

    assert (after.sequence, after.version, after.changed_at) == (0, 1, moment)
    assert history() == [("EventPlanned", ada.id, None)]


def test_sequence_grows_with_each_change_and_with_the_cancelling(ada, plan):
    event = plan(**FULL)
    uid = event.uid

    assert changed(event, ada, venue="IHK").sequence == 1
    assert changed(event, ada, venue="U").sequence == 2
    services.cancel(reread(event), by=ada, reason="Sturm", seen_version=3)
    db.session.commit()
    assert reread(event).sequence == 3
    assert changed(event, ada, venue="U", summary="Abgesagt").sequence == 4
    assert reread(event).uid == uid


def test_programme_is_replaced_and_leaves_no_orphans(ada, plan):
    event = plan(**FULL)

    changed(event, ada, agenda=[Line("14:00", "Neu"), Line("", "Alt")])

    assert db.session.scalar(select(func.count(AgendaItem.id))) == 2


def test_office_changes_a_date_by_its_form(client, client_of, olga, plan):
    event = plan(period=A_DAY)

    answer = client_of(olga).post(edit_url(event), data=typed(version=1, title="Neuer Titel"))

    assert (answer.status_code, answer.location) == (303, "/termine/dritte-allianztagung")
    page = client.get(answer.location).text
    assert "<h1>Neuer Titel</h1>" in page
    assert "13:00 bis 17:00\u00a0Uhr" in page


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        (A_DAY, ["2027-03-18"]),
        (Period.of_month(2018, 4), ["2018-04-01"]),
        (Period(AT.starts_at, AT.starts_at), []),
        (Period.of_days(A_DAY.starts_at.date(), A_DAY.starts_at.date() + timedelta(days=3)), []),
    ],
)
def test_form_that_was_opened_and_saved_changes_nothing(client_of, ada, plan, period, shown):
    event = plan(
        **{**FULL, "period": period}, text="Text", organiser="Stadt", documentation="Doku",
        attendance_note="150", source_url="https://dortmund.de", audience_note="Alle",
    )  # fmt: skip
    client = client_of(ada)
    page = client.get(edit_url(event)).text

    answer = client.post(edit_url(event), data={**fields_of(page), "version": 1})

    assert answer.status_code == 303
    assert reread(event).version == 1
    assert all(value in page for value in shown)


def test_past_date_can_still_be_documented(client, client_of, ada, plan):
    event = plan(period=Period.of_month(2018, 4))

    client_of(ada).post(
        edit_url(event),
        data=typed(
            version=1, precision="month", start_day="2018-04-01", start_clock="", end_clock="",
            documentation="126 Partner", attendance_note="rund 150",
        ),
    )  # fmt: skip

    page = client.get(f"/termine/{event.slug}").text
    assert "<p>126 Partner</p>" in page and "rund 150" in page


@pytest.mark.parametrize("version", [0, 2, "", "x", 10**30])
def test_slower_of_two_people_changes_nothing(client_of, ada, plan, version):
    event = plan()

    answer = client_of(ada).post(edit_url(event), data=typed(version=version, title="Zweiter"))

    assert answer.status_code == 409
    assert reread(event).title == "Dritte Allianztagung"


def test_bad_input_keeps_the_date_as_it_is_and_the_text_in_the_form(client_of, ada, plan):
    event = plan()

    answer = client_of(ada).post(
        edit_url(event), data=typed(version=1, title="", text="Mein langer Text")
    )

    assert answer.status_code == 422
    assert "Mein langer Text" in answer.text
    assert reread(event).version == 1


def test_cancelled_date_stays_and_says_why(client, client_of, olga, plan):
    event = plan()

    answer = client_of(olga).post(cancel_url(event), data={"version": 1, "reason": "Der Sturm."})

    assert (answer.status_code, answer.location) == (303, f"/termine/{event.slug}")
    page = client.get(answer.location).text
    assert "Dieser Termin ist abgesagt" in page and "Der Sturm." in page
    assert "abgesagt" in client.get("/termine").text
    assert history()[-1] == ("EventCancelled", olga.id, None)
    assert "STATUS:CANCELLED" in client.get("/termine.ics").text


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Nennen Sie den Grund der Absage."),
        ("\u200b", "Nennen Sie den Grund der Absage."),
        ("x" * 501, "höchstens 500 Zeichen"),
        ("a\x00b", "Steuerzeichen"),
    ],
)
def test_nothing_is_cancelled_without_a_reason(client_of, ada, plan, reason, message):
    event = plan()

    answer = client_of(ada).post(cancel_url(event), data={"version": 1, "reason": reason})

    assert answer.status_code == 422
    assert message in answer.text
    assert reread(event).state is EventState.PLANNED


@pytest.mark.parametrize("version", [0, 2, ""])
def test_who_saw_another_version_does_not_cancel(client_of, ada, plan, version):
    event = plan()

    answer = client_of(ada).post(cancel_url(event), data={"version": version, "reason": "x"})

    assert answer.status_code == 409
    assert reread(event).state is EventState.PLANNED


def test_cancelled_date_is_not_cancelled_again(client_of, ada, plan):
    event = plan()
    client = client_of(ada)
    client.post(cancel_url(event), data={"version": 1, "reason": "Sturm"})

    assert client.get(cancel_url(event)).location == f"/termine/{event.slug}"
    assert client.post(cancel_url(event), data={"version": 2, "reason": "x"}).status_code == 409
    assert reread(event).cancel_reason == "Sturm"


@pytest.mark.parametrize("person", ["petra", "paul", "stefan", "tara"])
def test_only_the_office_plans_changes_and_cancels(request, plan, person):
    user, event = request.getfixturevalue(person), plan()

    with pytest.raises(Denied):
        services.plan(content(), by=user)
    with pytest.raises(Denied):
        services.change(event, content(), by=user, seen_version=1)
    with pytest.raises(Denied):
        services.cancel(event, by=user, reason="x", seen_version=1)


@pytest.mark.parametrize("person", ["olga", "ada"])
def test_both_roles_of_the_office_may(request, plan, person):
    user, event = request.getfixturevalue(person), plan()

    services.change(event, content(title="Neu"), by=user, seen_version=1)
    with pytest.raises(Conflict):
        services.change(event, content(title="Neuer"), by=user, seen_version=1)
    services.cancel(event, by=user, reason="x", seen_version=2)


@pytest.mark.parametrize(
    ("verb", "address"),
    [
        ("GET", "/projektbuero/termine"),
        ("GET", "/projektbuero/termine/neu"),
        ("POST", "/projektbuero/termine/neu"),
        ("GET", "/projektbuero/termine/dritte-allianztagung/bearbeiten"),
        ("POST", "/projektbuero/termine/dritte-allianztagung/bearbeiten"),
        ("GET", "/projektbuero/termine/dritte-allianztagung/absagen"),
        ("POST", "/projektbuero/termine/dritte-allianztagung/absagen"),
    ],
)
def test_pages_of_the_office_exist_for_the_office_only(
    client, client_of, petra, plan, verb, address
):
    plan()

    assert client.open(address, method=verb).status_code == 302
    assert client_of(petra).open(address, method=verb, data=typed(version=1)).status_code == 404
