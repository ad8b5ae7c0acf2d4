"""Authors name other organisations: found by name, asked, remembered, taken back, removed."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.times import now
from portal.notifications.jobs import jobs_of
from portal.partners.models import AffiliationRole
from portal.projects.models import Basis, ParticipationRole
from portal.projects.services import naming
from tests.cast import a_user, affiliated, an_organisation
from tests.letters import history, letters
from tests.projects.making import MINE
from tests.projects.parts import a_part, co_owner, fresh, parts_of, seen

ASK = {"role": "partner", "note": "Messtechnik"}
STEFAN = "stefan@solarhof.example"


@pytest.fixture
def here(project):
    return f"{MINE}/{project.key}/beteiligte"


def test_organisation_is_found_by_a_part_of_its_name_and_asked(
    client_of, petra, project, solarhof, windwerk, here
):
    client = client_of(petra)

    found = client.get(f"{here}/suchen?q=SOLAR").text
    answer = client.post(f"{here}/fragen/solarhof", data=ASK)

    assert f"{here}/fragen/solarhof" in found
    assert (answer.status_code, answer.location) == (303, here)
    assert parts_of(project) == [
        ("Solarhof GmbH", "partner", "pending"),
        ("Windwerk eG", "lead", "confirmed"),
    ]
    assert letters() == [(STEFAN, "projects/participation_asked")]
    assert history()[-1] == ("ParticipationAsked", petra.id, windwerk.id)


def test_second_request_finds_the_first(client_of, petra, project, solarhof, here):
    client = client_of(petra)
    client.post(f"{here}/fragen/solarhof", data=ASK)

    again = client.post(f"{here}/fragen/solarhof", data=ASK | {"note": "Anderes"})

    assert again.status_code == 303
    assert len(letters()) == 1
    assert fresh(project.participations[-1]).note == "Messtechnik"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"role": "", "note": ""}, "Wählen Sie eine Rolle."),
        ({"role": "lead", "note": ""}, "Wählen Sie einen der angebotenen Einträge."),
        ({"role": "partner", "note": "x" * 301}, "Kürzen Sie den Text auf höchstens 300 Zeichen."),
        ({"role": "partner", "note": "a\x07b"}, "unsichtbares Steuerzeichen"),
    ],
)
def test_bad_request_keeps_what_was_typed_and_asks_nobody(
    client_of, petra, project, solarhof, here, typed, message
):
    answer = client_of(petra).post(f"{here}/fragen/solarhof", data=typed)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert letters() == []


def test_organisations_that_cannot_answer_say_why(client_of, petra, project, windwerk, here):
    an_organisation("stille", "Haus Stille")
    resting = an_organisation("ruhe", "Haus Ruhe", suspended_at=now())
    affiliated(a_user("r@ruhe.example", "Rita", "Ruhe"), resting, AffiliationRole.OWNER)
    reading = an_organisation("lesen", "Haus Lesen")
    affiliated(a_user("l@lesen.example", "Lea", "Lesen"), reading)
    unproven = an_organisation("neu", "Haus Neu")
    neu = a_user("n@neu.example", "Nina", "Neu", confirmed_at=None)
    affiliated(neu, unproven, AffiliationRole.OWNER)
    client = client_of(petra)

    text = client.get(f"{here}/suchen?q=haus").text
    answers = [
        client.post(f"{here}/fragen/{slug}", data=ASK).status_code
        for slug in ("stille", "ruhe", "lesen", "neu", "windwerk", "niemand")
    ]

    assert text.count("Hier spricht noch niemand für sie.") == 3
    assert text.count("Ruht zurzeit und kann nicht antworten.") == 1
    assert f"{here}/fragen/" not in text
    assert answers == [409, 409, 409, 409, 409, 404]
    assert parts_of(project) == [("Windwerk eG", "lead", "confirmed")]


def test_search_finds_members_and_whoever_can_answer_and_nobody_else(
    client_of, petra, project, here
):
    an_organisation("ehemals", "Amt Ehemals", member=False)
    guest = an_organisation("gast", "Amt Gast", member=False)
    affiliated(a_user("g@gast.example", "Gisa", "Gast"), guest, AffiliationRole.EDITOR)
    client = client_of(petra)

    text = client.get(f"{here}/suchen?q=amt").text
    wild = [client.get(f"{here}/suchen?q={q}").text for q in ("%25", "_", "%00", "x" * 400)]

    assert ("Amt Gast" in text, "Amt Ehemals" in text) == (True, False)
    assert all("Keine Organisation heißt so." in one or "oder einen Teil" in one for one in wild)


def test_whoever_can_answer_stands_first(client_of, petra, project, here):
    an_organisation("amt-a", "Amt A")
    answers = an_organisation("amt-z", "Amt Z")
    affiliated(a_user("z@amt.example", "Zoe", "Zahl"), answers, AffiliationRole.EDITOR)

    text = client_of(petra).get(f"{here}/suchen?q=amt").text

    assert text.index("Amt Z") < text.index("Amt A")


def test_long_results_stand_on_pages(client_of, petra, project, here):
    for number in range(9):
        an_organisation(f"amt-{number}", f"Amt {number}")
    client = client_of(petra)

    pages = [client.get(f"{here}/suchen?q=amt&seite={n}") for n in (1, 2, 3)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert "Amt 8" in pages[1].text


def test_search_costs_the_same_with_one_and_with_eight_results(
    client_of, petra, project, here, statements
):
    client, counted = client_of(petra), []
    for number in range(8):
        an_organisation(f"amt-{number}", f"Amt {number}")
        with statements() as sent:
            client.get(f"{here}/suchen?q=amt")
        counted.append(sent.number)

    assert len(set(counted)) == 1


def test_organisation_that_said_no_has_a_month_of_peace(client_of, petra, project, solarhof, here):
    part = a_part(project, solarhof, petra, Basis.REFUSED, answer="Nein.")
    client = client_of(petra)

    at_once = client.post(f"{here}/fragen/solarhof", data=ASK).status_code
    fresh(part).answered_at = now() - timedelta(days=31)
    db.session.commit()
    later = client.post(f"{here}/fragen/solarhof", data=ASK).status_code

    assert (at_once, later) == (409, 303)
    assert (fresh(part).basis, part.answer, part.note) == (Basis.PENDING, "", "Messtechnik")
    assert letters() == [(STEFAN, "projects/participation_asked")]


@pytest.mark.parametrize("basis", [Basis.WITHDRAWN, Basis.EXPIRED])
def test_request_that_is_over_can_be_repeated_after_a_week(
    client_of, petra, project, solarhof, here, basis
):
    part = a_part(project, solarhof, petra, basis, asked_at=now() - timedelta(days=6))
    client = client_of(petra)

    soon = client.post(f"{here}/fragen/solarhof", data=ASK).status_code
    fresh(part).asked_at = now() - timedelta(days=8)
    db.session.commit()
    later = client.post(f"{here}/fragen/solarhof", data=ASK).status_code

    assert (soon, later) == (409, 303)


def test_request_that_ran_out_this_morning_is_repeated_before_the_nightly_run(
    client_of, petra, project, solarhof, here
):
    part = a_part(project, solarhof, petra, expires_at=now() - timedelta(hours=1))

    answer = client_of(petra).post(f"{here}/fragen/solarhof", data=ASK)

    assert answer.status_code == 303
    assert fresh(part).waits
    assert [fact for fact, *_ in history()][-2:] == ["ParticipationExpired", "ParticipationAsked"]


def test_thirty_open_requests_are_enough(client_of, petra, project, solarhof, here, monkeypatch):
    monkeypatch.setattr(naming, "MOST_OPEN", 1)
    a_part(project, an_organisation("andere", "Andere"), petra)

    answer = client_of(petra).post(f"{here}/fragen/solarhof", data=ASK)

    assert (answer.status_code, "noch offen" in answer.text) == (409, True)


def test_reminder_goes_out_once_a_week(client_of, petra, project, solarhof, here):
    part = a_part(project, solarhof, petra)
    client, address = client_of(petra), f"{here}/{part.id}/erinnern"

    answers = [client.post(address, data=seen(part)).status_code for _ in range(2)]

    assert answers == [303, 409]
    assert letters() == [(STEFAN, "projects/participation_reminded")]
    assert "Erinnern können Sie einmal in der Woche." in client.get(f"{here}/{part.id}").text


def test_what_is_asked_changes_until_the_answer(client_of, petra, project, solarhof, here):
    part = a_part(project, solarhof, petra)
    client, address = client_of(petra), f"{here}/{part.id}/aendern"
    old = seen(part)

    changed = client.post(address, data={"role": "co_owner", "note": "Dach"} | old).status_code
    stale = client.post(address, data={"role": "partner", "note": "Hof"} | old).status_code
    bad = client.post(address, data={"role": ""} | seen(part)).status_code
    fresh(part).basis = Basis.CONFIRMED
    db.session.commit()
    late = client.post(address, data={"role": "partner", "note": "Hof"} | seen(part)).status_code

    assert (changed, stale, bad, late) == (303, 409, 422, 409)
    assert (fresh(part).role, part.note) == (ParticipationRole.CO_OWNER, "Dach")


def test_request_is_taken_back_without_a_mail_and_a_name_with_one(
    client_of, petra, project, solarhof, here
):
    asked = a_part(project, solarhof, petra)
    other = an_organisation("netzwerk", "Netzwerk AG")
    affiliated(a_user("n@netz.example", "Nele", "Netz"), other, AffiliationRole.EDITOR)
    named = a_part(project, other, petra, Basis.CONFIRMED)
    client = client_of(petra)

    answers = [
        client.post(f"{here}/{part.id}/entfernen", data=seen(part)).status_code
        for part in (asked, named, named)
    ]

    assert answers == [303, 303, 409]
    assert [(name, basis) for name, _role, basis in parts_of(project)] == [
        ("Netzwerk AG", "withdrawn"),
        ("Solarhof GmbH", "withdrawn"),
        ("Windwerk eG", "confirmed"),
    ]
    assert letters() == [("n@netz.example", "projects/participant_removed")]


def test_lead_itself_is_no_part_that_can_be_removed(client_of, petra, project, here):
    own = project.participations[0]

    answer = client_of(petra).post(f"{here}/{own.id}/entfernen", data=seen(own))

    assert answer.status_code == 403
    assert fresh(own).basis is Basis.CONFIRMED


def test_only_the_lead_removes_a_co_owner(client_of, petra, stefan, project, solarhof, here):
    own = co_owner(project, solarhof)
    other = an_organisation("netzwerk", "Netzwerk AG")
    third, fourth = co_owner(project, other), a_part(project, an_organisation("d", "Dritte"), petra)
    theirs = f"/mein/solarhof/projekte/{project.key}/beteiligte"
    client = client_of(stefan)

    by_co_owner = [
        client.post(f"{theirs}/{part.id}/entfernen", data=seen(part)).status_code
        for part in (third, fourth)
    ]
    by_lead = client_of(petra).post(f"{here}/{third.id}/entfernen", data=seen(third)).status_code

    assert (by_co_owner, by_lead) == ([403, 303], 303)
    assert fresh(own).owns


def test_nightly_run_closes_what_nobody_answered(app, petra, erik, project, solarhof):
    over = a_part(project, solarhof, petra, expires_at=now() - timedelta(minutes=1))
    other = an_organisation("netzwerk", "Netzwerk AG")
    open_ = a_part(project, other, petra)
    third = an_organisation("dritte", "Dritte")
    offered = a_part(
        project,
        third,
        petra,
        Basis.CONFIRMED,
        offered_role=ParticipationRole.CO_OWNER,
        expires_at=now() - timedelta(minutes=1),
    )

    found = naming.expire()
    db.session.commit()
    again = naming.expire()
    db.session.commit()

    assert (found, again) == (2, 0)
    assert (fresh(over).basis, open_.basis) == (Basis.EXPIRED, Basis.PENDING)
    assert (offered.basis, offered.offered_role) == (Basis.CONFIRMED, None)
    assert (
        letters()
        == [
            ("petra@windwerk.example", "projects/participation_expired"),
            ("erik@windwerk.example", "projects/participation_expired"),
        ]
        * 2
    )


def test_worker_closes_them_each_day(app, petra, project, solarhof):
    part = a_part(project, solarhof, petra, expires_at=now() - timedelta(minutes=1))

    jobs_of(app)._remind()

    assert fresh(part).basis is Basis.EXPIRED


def test_list_of_parts_says_who_stands_where(client_of, paul, petra, project, solarhof, here):
    a_part(project, solarhof, petra, note="Messtechnik")

    text = client_of(paul).get(here).text

    assert "Projektpartner · Messtechnik" in text
    assert "angefragt" in text
    assert "Eine Organisation nennen" not in text  # a member reads, and asks nobody
