"""Submitting: what has to be there, what is promised, and the way back."""

from datetime import date

import pytest

from portal.core.database import db
from portal.projects.models import ReviewState
from portal.projects.queries import waiting_cases
from tests.letters import history, letters
from tests.projects.making import MINE, a_draft, in_state, shown, state_of

MISSING = {
    "title": ("", "Geben Sie dem Projekt einen Titel."),
    "summary": ("", "Fassen Sie das Projekt in einem Satz zusammen."),
    "theme_id": (None, "Wählen Sie ein Thema."),
    "phase": (None, "Wählen Sie die Phase."),
    "problem": ("", "Beschreiben Sie das Problem oder das Ziel."),
    "solution": ("", "Beschreiben Sie die Lösung."),
    "district_ids": ((), "Sagen Sie, wo das Projekt stattfindet"),
}


@pytest.mark.parametrize("field", MISSING)
def test_incomplete_project_comes_back_with_a_link_to_the_field(client_of, windwerk, petra, field):
    empty, message = MISSING[field]
    project = a_draft(windwerk, petra, **{field: empty})

    answer = client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    anchor = f"{field}-0" if field == "district_ids" else field
    assert answer.status_code == 422
    assert f'<a href="#{anchor}">{message}' in answer.text
    assert f'id="{anchor}"' in answer.text
    assert state_of(project) is ReviewState.DRAFT
    assert letters() == []


def test_everything_that_is_missing_is_listed_at_once_and_on_the_preview(
    client_of, windwerk, petra
):
    project = a_draft(windwerk, petra, **{name: empty for name, (empty, _) in MISSING.items()})

    answer = client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))
    preview = client_of(petra).get(f"{MINE}/{project.key}")

    for _empty, message in MISSING.values():
        assert message in answer.text
        assert message in preview.text


@pytest.mark.parametrize(
    "instead",
    [
        {"problem": "", "goal": "Ein Ziel genügt."},
        {"district_ids": (), "citywide": True},
        {"district_ids": (), "place": "Kai 3"},
    ],
)
def test_what_may_stand_instead(client_of, windwerk, petra, instead):
    project = a_draft(windwerk, petra, **instead)

    answer = client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    assert answer.status_code == 303


def test_submitted_project_lies_on_the_desk_with_a_promise(
    client_of, windwerk, petra, olga, tilda, project, monkeypatch
):
    answer = client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    revision = project.latest
    (case,) = waiting_cases()
    assert answer.status_code == 303
    assert (revision.submitted_by_id, revision.submitted_at is not None) == (petra.id, True)
    assert (case.kind, case.title, case.promised_by) == (
        "projects",
        "Windpark am Hafen",
        revision.promised_by,
    )
    assert (case.about, case.about_id, case.values) == (
        "project",
        project.id,
        {"key": project.key},
    )
    assert letters() == [("olga@office.example", "projects/project_submitted")]
    assert history()[-1] == ("ProjectSubmitted", petra.id, windwerk.id)


def test_answer_is_promised_within_five_working_days(client_of, petra, project, monkeypatch):
    client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    days = (project.latest.promised_by - project.latest.submitted_at.date()).days
    assert isinstance(project.latest.promised_by, date)
    assert 5 <= days <= 15


def test_double_submit_is_one_submission(client_of, project, petra):
    seen = shown(project)

    answers = [
        client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=seen).status_code
        for _ in range(2)
    ]

    assert answers == [303, 409]
    assert [fact for fact, *_ in history()] == ["ProjectDrafted", "ProjectSubmitted"]


def test_taken_back_it_is_a_draft_that_nobody_waits_for(client_of, project, petra, windwerk):
    data = in_state(project, ReviewState.SUBMITTED)

    answer = client_of(petra).post(f"{MINE}/{project.key}/zurueckziehen", data=data)

    assert answer.status_code == 303
    assert state_of(project) is ReviewState.DRAFT
    assert project.latest.promised_by is None
    assert waiting_cases() == []
    assert history()[-1] == ("ProjectTakenBack", petra.id, windwerk.id)


def test_denied_act_leaves_a_line_of_history_and_nothing_else(client_of, project, paul):
    answer = client_of(paul).post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    assert answer.status_code == 403
    assert [fact for fact, *_ in history()] == ["ProjectDrafted", "ActDenied"]
    db.session.rollback()
