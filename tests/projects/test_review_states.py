"""Every state and every act of a review, from the workflow's own table."""

import pytest

from portal.core.database import db
from portal.projects.models import CommentState, ReviewState
from portal.projects.policies import OPEN, reviews
from portal.projects.workflow import COMMENTS
from tests.projects.making import MINE, OFFICE, in_state
from tests.projects.reviewing import a_comment, comments, seen, state_of_comment

ADDRESSES = {
    "finish": "erledigt",
    "reopen": "offen",
    "resolve": "klaeren",
    "repeat": "wiederholen",
}
OFFICES = {name for name, step in COMMENTS.steps.items() if step.may is reviews}


def address_of(step, project, comment):
    where = OFFICE if step in OFFICES else MINE
    return f"{where}/{project.key}/anmerkungen/{comment.id}/{ADDRESSES[step]}"


def test_each_step_has_its_address():
    assert set(COMMENTS.steps) == set(ADDRESSES)


@pytest.mark.parametrize("state", CommentState)
@pytest.mark.parametrize("step", COMMENTS.steps)
def test_step_is_taken_from_its_states_only(client_of, petra, olga, project, step, state):
    in_state(project, ReviewState.SUBMITTED if step in OFFICES else ReviewState.RETURNED)
    comment = a_comment(project, "goal", state=state)
    client = client_of(olga if step in OFFICES else petra)

    answer = client.post(address_of(step, project, comment), data=seen(comment))

    row = COMMENTS.steps[step]
    expected = (303, row.reaches) if state in row.leaves else (409, state)
    assert (answer.status_code, state_of_comment(comment)) == expected


@pytest.mark.parametrize("project_state", ReviewState)
@pytest.mark.parametrize("step", COMMENTS.steps)
def test_step_needs_the_project_where_it_belongs(
    client_of, petra, olga, project, step, project_state
):
    in_state(project, project_state)
    comment = a_comment(project, "goal", state=next(iter(COMMENTS.steps[step].leaves)))
    before = comment.state
    client = client_of(olga if step in OFFICES else petra)

    answer = client.post(address_of(step, project, comment), data=seen(comment))

    its_states = {ReviewState.SUBMITTED} if step in OFFICES else OPEN
    fits = project_state in its_states
    assert (answer.status_code, state_of_comment(comment) is before) == (
        303 if fits else 409,
        not fits,
    )


@pytest.mark.parametrize("project_state", ReviewState)
@pytest.mark.parametrize(
    ("act", "data"), [("anmerkungen", {"on_goal": "Neu"}), ("kriterien", {"useful": "met"})]
)
def test_office_writes_only_in_review(client_of, olga, project, project_state, act, data):
    shown = in_state(project, project_state)
    version = {"version": 0} if act == "kriterien" else shown

    answer = client_of(olga).post(f"{OFFICE}/{project.key}/{act}", data=version | data)

    in_review = project_state is ReviewState.SUBMITTED
    assert answer.status_code == (303 if in_review else 409)
    assert bool(comments(project)) == (in_review and act == "anmerkungen")


@pytest.mark.parametrize("project_state", ReviewState)
@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("act", ["aendern", "entfernen"])
def test_comment_is_touched_in_review_and_before_it_is_sent(
    client_of, olga, project, project_state, sent, act
):
    in_state(project, project_state)
    comment = a_comment(project, "goal", "Vorher", sent=sent)
    address = f"{OFFICE}/{project.key}/anmerkungen/{comment.id}/{act}"

    answer = client_of(olga).post(address, data=seen(comment) | {f"a{comment.id}-text": "Neu"})

    fits = project_state is ReviewState.SUBMITTED and not sent
    assert answer.status_code == (303 if fits else 409)
    assert (comments(project) == [("goal", "Vorher", sent)]) is not fits


@pytest.mark.parametrize("act", ["klaeren", "wiederholen"])
def test_comment_that_was_not_sent_is_neither_resolved_nor_repeated(client_of, olga, project, act):
    in_state(project, ReviewState.SUBMITTED)
    comment = a_comment(project, "goal", state=CommentState.DONE, sent=False)
    address = f"{OFFICE}/{project.key}/anmerkungen/{comment.id}/{act}"

    assert client_of(olga).post(address, data=seen(comment)).status_code == 409


@pytest.mark.parametrize("number", ["0", "99999999", "2147483648", "x", "-1"])
def test_comments_that_do_not_exist_answer_404(client_of, petra, olga, project, number):
    in_state(project, ReviewState.SUBMITTED)

    for client, where, act in (
        (client_of(olga), OFFICE, "klaeren"),
        (client_of(petra), MINE, "erledigt"),
    ):
        address = f"{where}/{project.key}/anmerkungen/{number}/{act}"
        assert client.post(address, data={"version": 1}).status_code == 404
    db.session.rollback()


@pytest.mark.parametrize("version", ["0", "99", "x", ""])
def test_old_page_decides_nothing(client_of, olga, project, version):
    in_state(project, ReviewState.SUBMITTED)
    comment = a_comment(project, "goal")

    answer = client_of(olga).post(
        f"{OFFICE}/{project.key}/anmerkungen/{comment.id}/klaeren", data={"version": version}
    )

    assert (answer.status_code, state_of_comment(comment)) == (409, CommentState.OPEN)
