"""Two reviewers at the same moment, in two processes: one wins, and each race is run again without
its guard, which then has two winners."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from config import Settings
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.core.database import db
from portal.projects.models import Comment, CommentState, Judgement, Project, ReviewState
from tests.letters import history
from tests.projects.making import MINE, OFFICE, in_state, state_of
from tests.projects.racers import Post, Racers, two_racers
from tests.projects.reviewing import a_comment, comments, seen, state_of_comment

ROUNDS = 3


@pytest.fixture(scope="module")
def racers(settings: Settings, portal: object) -> Iterator[Racers]:
    with two_racers(settings) as racers:
        yield racers


def key_of(user: User) -> str:
    key = accounts.open_session(user, browser="Test")
    db.session.commit()
    return key


def facts() -> list[str]:
    return sorted(fact for fact, *_ in history() if fact != "ProjectDrafted")


def comment_and_decision(project: Project, olga: User, ada: User) -> tuple[Post, Post]:
    data = in_state(project, ReviewState.SUBMITTED)
    case = f"{OFFICE}/{project.key}"
    return (
        Post(f"{case}/anmerkungen", data | {"on_goal": "Woran?"}, key_of(olga)),
        Post(f"{case}/veroeffentlichen", data, key_of(ada)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_comment_against_publication_never_hangs_on_a_published_project(
    racers, petra, olga, ada, project, round_
):
    comment, decision = racers.race(*comment_and_decision(project, olga, ada))

    assert (decision.status, state_of(project)) == (303, ReviewState.PUBLISHED)
    assert comments(project) == []  # too late, or dropped with the publication
    assert comment.status in {303, 409}
    assert comment.status == 303 or "Woran?" in comment.text


def test_without_its_guard_the_comment_hangs_on_a_published_project(
    racers, petra, olga, ada, project
):
    left = 0
    for _ in range(ROUNDS):
        posts = comment_and_decision(project, olga, ada)
        comment, decision = racers.without_guards(*posts)
        assert (comment.status, decision.status) == (303, 303)
        left += len(comments(project))

    assert left > 0 or facts().count("CommentWritten") == ROUNDS


def resolutions(project: Project, olga: User, ada: User) -> tuple[Comment, Post, Post]:
    in_state(project, ReviewState.SUBMITTED)
    comment = a_comment(project, "goal", state=CommentState.DONE)
    address = f"{OFFICE}/{project.key}/anmerkungen/{comment.id}"
    return (
        comment,
        Post(f"{address}/klaeren", seen(comment), key_of(olga)),
        Post(f"{address}/wiederholen", seen(comment), key_of(ada)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_resolve_against_repeat_has_one_winner(racers, petra, olga, ada, project, round_):
    comment, resolve, repeat = resolutions(project, olga, ada)

    answers = [answer.status for answer in racers.race(resolve, repeat)]

    won = CommentState.RESOLVED if answers[0] == 303 else CommentState.OPEN
    assert sorted(answers) == [303, 409]
    assert state_of_comment(comment) is won
    assert len(facts()) == 1


def test_without_its_guard_both_answers_to_a_comment_count(racers, petra, olga, ada, project):
    _comment, resolve, repeat = resolutions(project, olga, ada)

    answers = racers.without_guards(resolve, repeat)

    assert [answer.status for answer in answers] == [303, 303]
    assert facts() == ["CommentRepeated", "CommentResolved"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_point_is_ticked_off_once(racers, petra, erik, project, round_):
    in_state(project, ReviewState.RETURNED)
    comment = a_comment(project, "goal")
    address = f"{MINE}/{project.key}/anmerkungen/{comment.id}/erledigt"
    posts = [
        Post(address, seen(comment) | {f"p{comment.id}-answer": who.first_name}, key_of(who))
        for who in (petra, erik)
    ]

    answers = [answer.status for answer in racers.race(*posts)]

    winner = "Petra" if answers[0] == 303 else "Erik"
    assert sorted(answers) == [303, 409]
    assert (state_of_comment(comment), comment.answer) == (CommentState.DONE, winner)
    assert facts() == ["CommentDone"]


def edit_and_return(project: Project, olga: User, ada: User) -> tuple[Post, Post]:
    data = in_state(project, ReviewState.SUBMITTED)
    comment = a_comment(project, "goal", "Vorher", sent=False)
    case = f"{OFFICE}/{project.key}"
    text = {f"a{comment.id}-text": "Nachher"}
    return (
        Post(f"{case}/anmerkungen/{comment.id}/aendern", seen(comment) | text, key_of(olga)),
        Post(f"{case}/zurueckgeben", data, key_of(ada)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_comment_that_is_sent_is_changed_before_or_not_at_all(
    racers, petra, olga, ada, project, round_
):
    edit, decision = racers.race(*edit_and_return(project, olga, ada))

    assert decision.status == 303
    assert edit.status in {303, 409}
    expected = "Nachher" if edit.status == 303 else "Vorher"
    assert comments(project) == [("goal", expected, True)]


def judgings(project: Project, olga: User, ada: User) -> tuple[Post, Post]:
    in_state(project, ReviewState.SUBMITTED)
    address = f"{OFFICE}/{project.key}/kriterien"
    return (
        Post(address, {"version": 0, "useful": "met"}, key_of(olga)),
        Post(address, {"version": 0, "useful": "not_met"}, key_of(ada)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_judgements_at_once_have_one_winner(racers, petra, olga, ada, project, round_):
    answers = [answer.status for answer in racers.race(*judgings(project, olga, ada))]

    db.session.rollback()
    (judgement,) = db.session.scalars(select(Judgement))
    assert sorted(answers) == [303, 409]
    assert judgement.verdict == ("met" if answers[0] == 303 else "not_met")
    assert facts() == ["CriteriaJudged"]


def test_without_the_version_the_second_judgement_overwrites_the_first(
    racers, petra, olga, ada, project
):
    answers = racers.without_guards(*judgings(project, olga, ada))

    assert [answer.status for answer in answers] == [303, 303]
    assert facts() == ["CriteriaJudged"] * 2
