"""Who may do what, in which state: every route of one project, asked by everybody."""

import pytest

from portal.core.database import db
from portal.projects.models import ReviewState
from portal.projects.workflow import WORKFLOW
from tests.projects.making import MINE, OFFICE, a_draft, in_state, state_of, typed

D, S, R, P = ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.RETURNED, ReviewState.PUBLISHED
X = ReviewState.REJECTED
PEOPLE = ["visitor", "stefan", "paul", "erik", "petra", "olga", "tilda", "ada"]
ANSWERS = [
    # verb, address, state:                  visitor stefan paul erik petra olga tilda ada
    ("GET", f"{MINE}/<key>", D, "302 404 200 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>", S, "302 404 200 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>/bearbeiten", D, "302 404 403 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>/bearbeiten", R, "302 404 403 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>/bearbeiten", S, "302 404 403 403 403 403 403 403"),
    ("GET", f"{MINE}/<key>/bearbeiten", P, "302 404 403 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>/bearbeiten", X, "302 404 403 200 200 403 403 403"),
    ("POST", f"{MINE}/<key>/bearbeiten", D, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/bearbeiten", R, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/bearbeiten", S, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/bearbeiten", P, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/einreichen", D, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/einreichen", R, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/einreichen", S, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/einreichen", P, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/zurueckziehen", D, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/zurueckziehen", S, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/zurueckziehen", P, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/bearbeiten", X, "302 404 403 303 303 403 403 403"),
    ("GET", f"{MINE}/<key>/verlauf", P, "302 404 200 200 200 403 403 403"),
    ("GET", f"{MINE}/<key>/verlauf/1", P, "302 404 200 200 200 403 403 403"),
    ("POST", f"{MINE}/<key>/verlauf/1/wiederherstellen", P, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/verlauf/1/wiederherstellen", D, "302 404 403 409 409 403 403 403"),
    ("POST", f"{MINE}/<key>/verwerfen", D, "302 404 403 403 403 403 403 403"),
    ("POST", f"{MINE}/<key>/zwischenstand", D, "302 404 403 204 204 403 403 403"),
    ("POST", f"{MINE}/<key>/zwischenstand", S, "302 404 403 204 204 403 403 403"),
    ("GET", f"{MINE}/<key>/nicht-mehr-zeigen", P, "302 404 403 403 200 403 403 403"),
    ("POST", f"{MINE}/<key>/nicht-mehr-zeigen", P, "302 404 403 403 303 403 403 403"),
    ("POST", f"{MINE}/<key>/nicht-mehr-zeigen", D, "302 404 403 403 409 403 403 403"),
    ("POST", f"{MINE}/<key>/wieder-zeigen", P, "302 404 403 403 409 403 403 403"),
    ("GET", f"{MINE}/<key>/stimmt-noch", P, "302 404 403 200 200 403 403 403"),
    ("POST", f"{MINE}/<key>/stimmt-noch", P, "302 404 403 303 303 403 403 403"),
    ("POST", f"{MINE}/<key>/stimmt-noch", D, "302 404 403 409 409 403 403 403"),
    ("GET", f"{OFFICE}/<key>", D, "302 404 404 404 404 200 200 200"),
    ("GET", f"{OFFICE}/<key>", S, "302 404 404 404 404 200 200 200"),
    ("POST", f"{OFFICE}/<key>/veroeffentlichen", D, "302 404 404 404 404 409 403 409"),
    ("POST", f"{OFFICE}/<key>/veroeffentlichen", S, "302 404 404 404 404 303 403 303"),
    ("POST", f"{OFFICE}/<key>/veroeffentlichen", R, "302 404 404 404 404 409 403 409"),
    ("POST", f"{OFFICE}/<key>/veroeffentlichen", P, "302 404 404 404 404 409 403 409"),
    ("POST", f"{OFFICE}/<key>/zurueckgeben", D, "302 404 404 404 404 409 403 409"),
    ("POST", f"{OFFICE}/<key>/zurueckgeben", S, "302 404 404 404 404 303 403 303"),
    ("POST", f"{OFFICE}/<key>/zurueckgeben", P, "302 404 404 404 404 409 403 409"),
]


@pytest.mark.parametrize(
    ("verb", "pattern", "state", "answers"), ANSWERS, ids=lambda value: str(value)
)
def test_answers(verb, pattern, state, answers, request, client, client_of, windwerk, petra):
    given, left = [], []
    for person in PEOPLE:
        project = a_draft(windwerk, petra)
        address = pattern.replace("<key>", project.key)
        data = in_state(project, state) | typed() | {"note": "Bitte ergänzen.", "way": "archive"}
        asking = client if person == "visitor" else client_of(request.getfixturevalue(person))
        response = asking.open(address, method=verb, data=data if verb == "POST" else None)
        given.append(str(response.status_code))
        if response.status_code not in {303, 204}:
            left.append(state_of(project))

    assert " ".join(given) == answers
    assert set(left) == {state}


@pytest.mark.parametrize(
    ("state", "open_to_authors", "open_to_office"),
    [
        (D, ["submit"], []),
        (S, ["take_back"], ["publish", "give_back", "reject"]),
        (R, ["submit"], []),
        (P, [], []),
    ],
)
def test_steps_open_to(
    state, open_to_authors, open_to_office, project, petra, erik, paul, stefan, olga, tilda
):
    in_state(project, state)

    steps = {
        person.first_name: [step.name for step in WORKFLOW.open_to(person, project.latest)]
        for person in (petra, erik, paul, stefan, olga, tilda)
    }

    assert steps == {
        "Petra": open_to_authors,
        "Erik": open_to_authors,
        "Paul": [],
        "Stefan": [],
        "Olga": open_to_office,
        "Tilda": [],
    }


def test_tied_moderator_sees_the_case_without_buttons(client_of, project, tilda, olga):
    in_state(project, S)

    tied = client_of(tilda).get(f"{OFFICE}/{project.key}").text
    untied = client_of(olga).get(f"{OFFICE}/{project.key}").text

    assert ("/veroeffentlichen" in tied, "/veroeffentlichen" in untied) == (False, True)
    assert "Eine andere Person entscheidet." in tied


def test_author_who_moderates_decides_nothing_about_the_own_text(client_of, project, olga):
    project.author = olga
    data = in_state(project, S)

    assert (
        client_of(olga).post(f"{OFFICE}/{project.key}/veroeffentlichen", data=data).status_code
        == 403
    )


def test_project_stands_only_below_its_own_organisation(client_of, project, petra, stefan):
    solarhof = stefan
    assert client_of(solarhof).get(f"/mein/solarhof/projekte/{project.key}").status_code == 404
    assert client_of(petra).get(f"/mein/solarhof/projekte/{project.key}").status_code == 404


@pytest.mark.parametrize("key", ["", "%00", "x" * 17, "ä", "unbekannt"])
def test_keys_that_nobody_has_answer_404(client_of, project, petra, olga, key):
    for address in (f"{MINE}/{key or '%20'}", f"{MINE}/{key or '%20'}/bearbeiten"):
        assert client_of(petra).get(address).status_code == 404
    assert client_of(olga).get(f"{OFFICE}/{key or '%20'}").status_code == 404


def test_members_create_and_then_only_authors_go_on(client_of, windwerk, paul):
    made = client_of(paul).post(f"{MINE}/neu", data={"title": "Idee von Paul"})

    assert made.status_code == 303
    assert client_of(paul).get(made.location).status_code == 200
    assert client_of(paul).get(f"{made.location}/bearbeiten").status_code == 403
    db.session.rollback()
