"""The named organisation answers: yes, no, not any more, and that a source is wrong."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.times import now, show_short_day
from portal.projects.models import Basis, ParticipationRole
from portal.projects.workflow import PARTS
from tests.cast import an_organisation
from tests.letters import history, letters
from tests.projects.making import MINE, published
from tests.projects.parts import ASKED, a_part, fresh, seen

PETRA = "petra@windwerk.example"
PEOPLE = ["visitor", "petra", "sara", "edda", "stefan", "olga", "ada"]
S, C, P, R, W, E = (
    Basis.SOURCE,
    Basis.CONFIRMED,
    Basis.PENDING,
    Basis.REFUSED,
    Basis.WITHDRAWN,
    Basis.EXPIRED,
)
ANSWERS = [
    # verb, address, basis:  visitor petra sara edda stefan olga ada
    ("GET", "", P, "302 404 200 200 200 403 403"),
    ("GET", "", W, "302 404 200 200 200 403 403"),
    ("POST", "/zusagen", P, "302 404 403 303 303 403 403"),
    ("POST", "/zusagen", C, "302 404 403 409 409 403 403"),
    ("POST", "/zusagen", S, "302 404 403 409 409 403 403"),
    ("POST", "/zusagen", R, "302 404 403 409 409 403 403"),
    ("POST", "/zusagen", W, "302 404 403 409 409 403 403"),
    ("POST", "/zusagen", E, "302 404 403 409 409 403 403"),
    ("POST", "/absagen", P, "302 404 403 303 303 403 403"),
    ("POST", "/absagen", C, "302 404 403 409 409 403 403"),
    ("POST", "/absagen", S, "302 404 403 409 409 403 403"),
    ("POST", "/absagen", R, "302 404 403 409 409 403 403"),
    ("POST", "/absagen", W, "302 404 403 409 409 403 403"),
    ("POST", "/absagen", E, "302 404 403 409 409 403 403"),
    ("POST", "/beenden", P, "302 404 403 409 409 403 403"),
    ("POST", "/beenden", C, "302 404 403 303 303 403 403"),
    ("POST", "/beenden", S, "302 404 403 303 303 403 403"),
    ("POST", "/beenden", R, "302 404 403 409 409 403 403"),
    ("POST", "/beenden", W, "302 404 403 409 409 403 403"),
    ("POST", "/beenden", E, "302 404 403 409 409 403 403"),
]


@pytest.mark.parametrize(("verb", "act", "basis", "answers"), ANSWERS, ids=str)
def test_answers(verb, act, basis, answers, request, client, client_of, project, solarhof, petra):
    part = a_part(project, solarhof, petra, basis)
    given, left = [], []
    for person in PEOPLE:
        fresh(part).basis = basis
        part.expires_at = now() + timedelta(days=20) if basis is P else None
        db.session.commit()
        data = {"reason": "Ein Grund"} | seen(part)
        asking = client if person == "visitor" else client_of(request.getfixturevalue(person))
        address = f"{ASKED}/{part.id}{act}"
        response = asking.open(address, method=verb, data=data if verb == "POST" else None)
        given.append(str(response.status_code))
        if response.status_code != 303:
            left.append(fresh(part).basis)

    assert " ".join(given) == answers
    assert set(left) <= {basis}


@pytest.mark.parametrize(
    ("basis", "of_lead", "of_named"),
    [
        (P, ["take_back"], ["confirm", "refuse"]),
        (C, ["remove", "offer", "lower"], ["leave"]),
        (S, ["remove"], ["contest"]),
        (R, ["ask_again"], []),
        (W, ["ask_again"], []),
        (E, ["ask_again"], []),
    ],
)
def test_steps_open_to(
    basis, of_lead, of_named, project, solarhof, petra, stefan, paul, sara, olga
):
    part = a_part(project, solarhof, petra, basis)

    open_to = {
        person.first_name: [step.name for step in PARTS.open_to(person, part)]
        for person in (petra, stefan, paul, sara, olga)
    }

    assert open_to == {"Petra": of_lead, "Stefan": of_named, "Paul": [], "Sara": [], "Olga": []}


def test_yes_puts_the_name_on_the_page_at_once(
    client, client_of, stefan, petra, windwerk, solarhof
):
    project = published(windwerk, "Windpark", author=petra)
    part = a_part(project, solarhof, petra, note="Messtechnik")
    before = client.get("/projekte/windpark")

    answer = client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=seen(part))
    after = client.get("/projekte/windpark", headers={"If-None-Match": before.headers["ETag"]})

    assert answer.status_code == 303
    assert ("Solarhof GmbH" in before.text, after.status_code) == (False, 200)
    assert "Solarhof GmbH" in after.text
    assert f"Messtechnik · bestätigt am {show_short_day(now())}" in after.text
    assert letters() == [(PETRA, "projects/participation_confirmed")]
    assert history()[-1] == ("ParticipationConfirmed", stefan.id, solarhof.id)


def test_no_needs_a_reason_that_the_authors_read(client_of, stefan, petra, project, solarhof):
    part = a_part(project, solarhof, petra)
    client = client_of(stefan)

    empty = client.post(f"{ASKED}/{part.id}/absagen", data=seen(part))
    said = client.post(f"{ASKED}/{part.id}/absagen", data={"reason": "Kein Bezug."} | seen(part))
    read = client_of(petra).get(f"{MINE}/{project.key}/beteiligte/{part.id}").text

    assert (empty.status_code, said.status_code) == (422, 303)
    assert "Schreiben Sie den Grund auf." in empty.text
    assert "Kein Bezug." in read
    assert letters() == [(PETRA, "projects/participation_refused")]


def test_yes_is_taken_back_at_any_time_and_the_name_is_gone(
    client, client_of, stefan, petra, windwerk, solarhof
):
    project = published(windwerk, "Windpark", author=petra)
    part = a_part(project, solarhof, petra, C)

    answer = client_of(stefan).post(f"{ASKED}/{part.id}/beenden", data=seen(part))

    assert answer.status_code == 303
    assert "Solarhof GmbH" not in client.get("/projekte/windpark").text
    assert fresh(part).basis is R
    assert letters() == [(PETRA, "projects/participation_left")]


def test_wrong_source_is_contested_and_the_office_hears_of_it(
    client, client_of, stefan, petra, olga, tilda, windwerk, solarhof
):
    project = published(windwerk, "Windpark", partners=(solarhof,), author=petra)
    part = project.participations[-1]
    assert "Solarhof GmbH" in client.get("/projekte/windpark").text

    data = {"reason": "Wir waren nie dabei."} | seen(part)
    answer = client_of(stefan).post(f"{ASKED}/{part.id}/beenden", data=data)

    assert answer.status_code == 303
    assert "Solarhof GmbH" not in client.get("/projekte/windpark").text
    assert letters() == [
        (PETRA, "projects/participation_contested"),
        ("olga@office.example", "projects/participation_contested_office"),
    ]


def test_request_that_ran_out_is_answered_by_nobody(client_of, stefan, petra, project, solarhof):
    part = a_part(project, solarhof, petra, expires_at=now() - timedelta(minutes=1))
    client = client_of(stefan)

    yes = client.post(f"{ASKED}/{part.id}/zusagen", data=seen(part))
    no = client.post(f"{ASKED}/{part.id}/absagen", data={"reason": "Nein."} | seen(part))
    text = client.get(f"{ASKED}/{part.id}").text

    assert (yes.status_code, no.status_code) == (409, 409)
    assert "Die Anfrage ist abgelaufen." in yes.text
    assert "/zusagen" not in text


def test_answer_to_an_older_request_is_refused(client_of, stefan, petra, project, solarhof):
    """Asked as a partner, answered after it became more: nobody agrees to what they never read."""
    part = a_part(project, solarhof, petra)
    old = seen(part)
    part.role = ParticipationRole.CO_OWNER
    db.session.commit()

    answer = client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=old)

    assert answer.status_code == 409
    assert fresh(part).basis is P


def test_resting_organisation_reads_and_answers_nothing(
    client_of, stefan, petra, project, solarhof
):
    part = a_part(project, solarhof, petra)
    solarhof.suspended_at = now()
    db.session.commit()
    client = client_of(stefan)

    answers = [
        client.get(f"{ASKED}/{part.id}").status_code,
        client.post(f"{ASKED}/{part.id}/zusagen", data=seen(part)).status_code,
    ]

    assert answers == [200, 403]
    assert "Dabei bei" not in client.get("/mein").text


def test_request_waits_on_ones_own_page_until_it_is_answered(
    client_of, stefan, sara, petra, project, solarhof
):
    part = a_part(project, solarhof, petra)
    client = client_of(stefan)

    before, for_members = client.get("/mein").text, client_of(sara).get("/mein").text
    client.post(f"{ASKED}/{part.id}/zusagen", data=seen(part))
    after = client.get("/mein").text

    asked = "Dabei bei „Windpark am Hafen“?"
    assert (asked in before, asked in for_members, asked in after) == (True, False, False)


def test_named_organisation_reads_title_and_summary_of_a_draft_and_nothing_else(
    client_of, stefan, petra, project, solarhof
):
    part = a_part(project, solarhof, petra)
    client = client_of(stefan)

    text = client.get(f"{ASKED}/{part.id}").text
    below = client.get(f"/mein/solarhof/projekte/{project.key}").status_code

    assert ("Windpark am Hafen" in text, "Fünf Windräder für den Hafen." in text) == (True, True)
    assert "Der Strom kommt von weit her." not in text
    assert below == 404


def test_forged_ids_are_nobodys(client_of, stefan, petra, project, windwerk, solarhof):
    other = an_organisation("netzwerk", "Netzwerk AG")
    theirs, own_lead = a_part(project, other, petra), project.participations[0]
    mine = a_part(project, solarhof, petra)
    second = published(windwerk, "Anderes", author=petra)
    client, authors = client_of(stefan), client_of(petra)

    answers = [
        client.post(f"{ASKED}/{id_}/zusagen", data={"version": 1}).status_code
        for id_ in (theirs.id, own_lead.id, 2147483647, 2147483648, 0, -1, "x")
    ]
    wrong_project = authors.post(
        f"{MINE}/{second.key}/beteiligte/{mine.id}/entfernen", data=seen(mine)
    )

    assert answers == [404] * 7
    assert wrong_project.status_code == 404
    assert fresh(mine).basis is P


def test_list_shows_what_waits_first_and_costs_the_same_however_long(
    client_of, stefan, petra, windwerk, solarhof, statements
):
    client, counted = client_of(stefan), []
    named = published(windwerk, "Genannt", author=petra)
    a_part(named, solarhof, petra, C)
    for number in range(3):
        asked = published(windwerk, f"Gefragt {number}", author=petra)
        a_part(asked, solarhof, petra)
        with statements() as sent:
            text = client.get(ASKED).text
        counted.append(sent.number)

    assert len(set(counted)) == 1
    assert text.index("Gefragt 0") < text.index("Genannt")


def test_nobody_named_yet_is_said_in_words(client_of, stefan, solarhof):
    assert "Noch nennt niemand Ihre Organisation." in client_of(stefan).get(ASKED).text
