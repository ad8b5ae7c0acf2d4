"""The criteria and the notes of the office: who reads them, and that they never leave it."""

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.notifications.models import Letter
from portal.projects.hints import bonus
from portal.projects.models import CaseNote, Judgement, ReviewState, Verdict
from portal.projects.queries import district_counts
from portal.projects.services.judging import NOTES_SHOWN
from tests.cast import district
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, a_draft, in_state, published, shown

SECRET = "Wirkt abgeschrieben."
VERDICTS = {"innovative": "partly", "innovative_note": SECRET, "useful": "met"}


@pytest.fixture
def case(project):
    in_state(project, ReviewState.SUBMITTED)
    return f"{OFFICE}/{project.key}"


def judgements():
    db.session.rollback()
    rows = db.session.scalars(select(Judgement).order_by(Judgement.criterion))
    return {one.criterion.value: (one.verdict, one.note, one.version) for one in rows}


def test_criteria_are_judged_one_by_one(client_of, olga, ada, project, case):
    first = client_of(olga).post(f"{case}/kriterien", data={"version": 0} | VERDICTS)
    page = client_of(ada).get(case).text
    second = client_of(ada).post(
        f"{case}/kriterien", data={"version": 2} | VERDICTS | {"useful": "not_met"}
    )

    assert (first.location, second.status_code) == (f"{case}#kriterien", 303)
    assert "2 von 4 Kriterien beurteilt." in page
    assert "2 von 4 Kriterien sind beurteilt." in page
    assert SECRET in page and "Olga Ordnung" in page
    assert judgements() == {
        "innovative": (Verdict.PARTLY, SECRET, 1),
        "useful": (Verdict.NOT_MET, "", 2),
    }
    assert [one for one in history() if one[0] == "CriteriaJudged"] == [
        ("CriteriaJudged", olga.id, None),
        ("CriteriaJudged", ada.id, None),
    ]
    assert letters() == []


def test_judgement_can_be_taken_back(client_of, olga, project, case):
    client_of(olga).post(f"{case}/kriterien", data={"version": 0, "useful": "met"})
    client_of(olga).post(f"{case}/kriterien", data={"version": 1, "useful": ""})

    assert judgements() == {"useful": (None, "", 2)}
    assert "0 von 4 Kriterien beurteilt." in client_of(olga).get(case).text


def test_nothing_changed_is_told_to_nobody(client_of, olga, project, case):
    client_of(olga).post(f"{case}/kriterien", data={"version": 0})

    assert (judgements(), history()[-1][0]) == ({}, "ProjectDrafted")


def test_second_of_two_judgements_keeps_its_text_on_the_page(client_of, olga, ada, project, case):
    client_of(ada).post(f"{case}/kriterien", data={"version": 0, "useful": "met"})

    answer = client_of(olga).post(f"{case}/kriterien", data={"version": 0} | VERDICTS)

    assert answer.status_code == 409
    assert f'value="{SECRET}"' in answer.text
    assert judgements() == {"useful": (Verdict.MET, "", 1)}


@pytest.mark.parametrize("bad", [{"useful": "great"}, {"useful_note": "x" * 301}])
def test_what_is_not_offered_is_not_taken(client_of, olga, project, case, bad):
    answer = client_of(olga).post(f"{case}/kriterien", data={"version": 0} | bad)

    assert (answer.status_code, judgements()) == (422, {})


def test_unjudged_criteria_do_not_stop_a_publication(client_of, olga, project, case):
    page = client_of(olga).get(case).text

    answer = client_of(olga).post(f"{case}/veroeffentlichen", data=shown(project))

    assert "0 von 4 Kriterien sind beurteilt." in page
    assert answer.status_code == 303


@pytest.mark.parametrize("state", ReviewState)
def test_note_is_written_in_every_state_once(client_of, olga, project, state):
    in_state(project, state)
    case = f"{OFFICE}/{project.key}"

    answers = [
        client_of(olga).post(f"{case}/notizen", data={"intern-text": SECRET}).location
        for _ in range(2)
    ]

    page = client_of(olga).get(case).text
    assert answers == [f"{case}#notizen"] * 2
    assert page.count(SECRET) == 1
    assert history()[-1] == ("CaseNoteWritten", olga.id, None)


@pytest.mark.parametrize("text", ["", "\u200b", "x" * 1001])
def test_note_that_says_nothing_is_refused(client_of, olga, project, case, text):
    answer = client_of(olga).post(f"{case}/notizen", data={"intern-text": text})

    assert answer.status_code == 422
    assert 'href="#intern-text"' in answer.text


def test_there_are_at_most_as_many_notes_as_the_page_shows(client_of, olga, project, case):
    for number in range(NOTES_SHOWN):
        note = CaseNote(project_id=project.id, text=str(number), written_at=project.created_at)
        db.session.add(note)
    db.session.commit()

    answer = client_of(olga).post(f"{case}/notizen", data={"intern-text": SECRET})

    assert answer.status_code == 422
    assert "gibt es schon zu viele Notizen" in answer.text


def test_neither_notes_nor_verdicts_leave_the_office(
    client_of, client, petra, paul, olga, tilda, project, case
):
    client_of(olga).post(f"{case}/kriterien", data={"version": 0} | VERDICTS)
    client_of(olga).post(f"{case}/notizen", data={"intern-text": SECRET})
    client_of(olga).post(f"{case}/veroeffentlichen", data=shown(project))
    project.latest.theme.name  # noqa: B018 - loaded again after the requests

    slug = project.slug
    for address in (
        f"/projekte/{slug}", "/projekte", "/projekte.csv", "/projekte.atom",
        f"/suche?q={SECRET}", "/partner/windwerk",
    ):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, SECRET in answer.text.replace(f'value="{SECRET}"', "")) == (
            200,
            address.startswith("/suche"),  # says what was asked for
        )
    for person in (petra, paul):
        assert SECRET not in client_of(person).get(f"{MINE}/{project.key}").text
    assert SECRET not in client_of(tilda).get(case).text
    assert SECRET not in str([letter.parameters for letter in db.session.scalars(select(Letter))])
    assert SECRET not in client_of(olga).get("/projektbuero/protokoll").text


def test_bonus_is_for_districts_with_fewer_projects_than_the_average(windwerk, petra, client):
    for number in range(3):
        published(windwerk, f"Projekt {number}", district_ids=(district("eving").id,))
    many, few, none = (
        a_draft(windwerk, petra, district_ids=ids)
        for ids in ((district("eving").id,), (district("hoerde").id,), ())
    )
    counts = district_counts()

    assert bonus(many.latest, counts) is None
    assert bonus(few.latest, counts) is not None
    assert bonus(none.latest, counts) is None
