"""Two people at the same moment, in two processes: one wins, the other hears 409 and loses nothing.
Each race is run again without its guard, and then has two winners."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from config import Settings
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.core.counters import counters
from portal.core.database import db
from portal.projects.models import Project, ReviewState
from tests.core.papers import png
from tests.letters import history, letters
from tests.projects.making import (
    MINE,
    OFFICE,
    a_draft,
    in_state,
    shown,
    state_of,
    typed,
    without_marks,
)
from tests.projects.racers import Post, Racers, two_racers

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
    return [fact for fact, *_ in history() if fact != "ProjectDrafted"]


def decisions(project: Project, olga: User, ada: User) -> tuple[Post, Post]:
    data = in_state(project, ReviewState.SUBMITTED) | {"note": "Bitte kürzer."}
    case = f"{OFFICE}/{project.key}"
    return (
        Post(f"{case}/veroeffentlichen", data, key_of(olga)),
        Post(f"{case}/zurueckgeben", data, key_of(ada)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_publish_against_return_has_one_winner(racers, petra, olga, ada, project, round_):
    publish, give_back = decisions(project, olga, ada)

    answers = [answer.status for answer in racers.race(publish, give_back)]

    won, letter = ("Published", "published") if answers[0] == 303 else ("Returned", "returned")
    assert sorted(answers) == [303, 409]
    assert facts() == [f"Project{won}"]
    assert letters() == [("petra@windwerk.example", f"projects/project_{letter}")]
    assert state_of(project) is ReviewState(letter)
    assert (project.live is not None, bool(counters("projects"))) == (won == "Published",) * 2


def test_without_version_and_state_both_decisions_count(racers, petra, olga, ada, project):
    answers = racers.without_guards(*decisions(project, olga, ada))

    assert [answer.status for answer in answers] == [303, 303]
    assert sorted(facts()) == ["ProjectPublished", "ProjectReturned"]
    assert len(letters()) == 2


def submissions(project: Project, petra: User, erik: User) -> tuple[Post, Post]:
    address, data = f"{MINE}/{project.key}/einreichen", shown(project)
    return Post(address, data, key_of(petra)), Post(address, data, key_of(erik))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_double_submit_is_one_submission(racers, petra, erik, olga, project, round_):
    answers = racers.race(*submissions(project, petra, erik))

    assert sorted(answer.status for answer in answers) == [303, 409]
    assert facts() == ["ProjectSubmitted"]
    assert letters() == [("olga@office.example", "projects/project_submitted")]


def test_without_version_and_state_it_is_submitted_twice(racers, petra, erik, olga, project):
    answers = racers.without_guards(*submissions(project, petra, erik))

    assert [answer.status for answer in answers] == [303, 303]
    assert facts() == ["ProjectSubmitted"] * 2
    assert len(letters()) == 2


def savings(project: Project, petra: User, erik: User) -> tuple[Post, Post]:
    address, seen = f"{MINE}/{project.key}/bearbeiten", shown(project)
    return (
        Post(address, typed(title="Petras Titel", goal="Petras Ziel") | seen, key_of(petra)),
        Post(address, typed(title="Eriks Titel", goal="Eriks Ziel") | seen, key_of(erik)),
    )


def title_of(project: Project) -> str:
    db.session.rollback()
    db.session.expire_all()
    return project.latest.title


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_owners_saving_one_draft_lose_no_text(racers, petra, erik, project, round_):
    petras, eriks = racers.race(*savings(project, petra, erik))

    assert sorted([petras.status, eriks.status]) == [303, 409]
    slower, name, other = (
        (eriks, "Eriks", "Petras") if petras.status == 303 else (petras, "Petras", "Eriks")
    )
    assert title_of(project) == f"{other} Titel"
    assert f'value="{name} Titel"' in slower.text
    assert f"{name} Ziel</textarea>" in slower.text
    assert f"{other} Ziel" in without_marks(slower.text)
    assert f'name="version" value="{project.latest.version}"' in slower.text
    assert facts() == ["ProjectSaved"]


def test_without_the_version_the_slower_text_overwrites_the_faster(racers, petra, erik, project):
    answers = racers.without_guards(*savings(project, petra, erik))

    assert [answer.status for answer in answers] == [303, 303]
    assert facts() == ["ProjectSaved"] * 2
    assert title_of(project) in {"Petras Titel", "Eriks Titel"}


def uploads(project: Project, *people: User) -> list[Post]:
    """Each sends a picture of its own, from a page of the same moment."""
    address = f"{MINE}/{project.key}/medien/bilder"
    version = shown(project)
    return [
        Post(
            address,
            version
            | {"bild-upload": png(40, 30), "bild-alt": user.first_name, "bild-credit": "Kim"},
            key_of(user),
        )
        for user in people
    ]


def alts(project: Project) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [one.picture.alt for one in project.latest.pictures]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_pictures_at_once_are_one_picture_and_one_409(racers, petra, erik, project, round_):
    petras, eriks = racers.race(*uploads(project, petra, erik))

    won, slower, late = (
        ("Petra", eriks, "Erik") if petras.status == 303 else ("Erik", petras, "Petra")
    )
    assert sorted([petras.status, eriks.status]) == [303, 409]
    assert alts(project) == [won]
    assert f'value="{late}"' in slower.text
    assert facts() == ["ProjectMediaChanged"]


def test_without_the_version_both_pictures_come_in(racers, petra, erik, project):
    answers = racers.without_guards(*uploads(project, petra, erik))

    assert [answer.status for answer in answers] == [303, 303]
    assert sorted(alts(project)) == ["Erik", "Petra"]


def test_two_projects_of_one_title_published_at_once_get_two_addresses(
    racers, windwerk, petra, olga, ada
):
    cases = [a_draft(windwerk, petra, title="Wärme") for _ in range(2)]
    posts = [
        Post(
            f"{OFFICE}/{project.key}/veroeffentlichen",
            in_state(project, ReviewState.SUBMITTED),
            key_of(clerk),
        )
        for project, clerk in zip(cases, (olga, ada), strict=True)
    ]

    answers = racers.race(*posts)

    assert [answer.status for answer in answers] == [303, 303]
    db.session.rollback()
    assert sorted(db.session.scalars(select(Project.slug))) == ["waerme", "waerme-2"]
    assert counters("projects")["all"] == {"all": 2}


def test_double_click_on_save_makes_one_draft(racers, windwerk, petra):
    post = Post(f"{MINE}/neu", typed(key="k" * 16), key_of(petra))

    answers = racers.race(post, post)

    assert sorted(answer.status for answer in answers) in ([303, 303], [303, 409])
    db.session.rollback()
    assert db.session.scalar(select(func.count(Project.id))) == 1
