"""Every half year the owner says with one click that the public text is still right."""

from datetime import timedelta

import pytest

from portal.core.counters import counters
from portal.core.database import db
from portal.core.times import now
from portal.projects import services
from portal.projects.models import Project
from portal.projects.queries import overview
from portal.projects.services.freshness import ASKED_BEFORE
from portal.projects.services.publishing import FRESH_FOR
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, published, shown, typed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def project(windwerk, petra) -> Project:
    return published(windwerk, "Windpark", author=petra)


def aged(project: Project, age: timedelta) -> None:
    project.confirmed_at = now() - age
    db.session.commit()


def night() -> None:
    services.keep_true()
    db.session.commit()


def current() -> int:
    """What the figure on the start page says."""
    db.session.rollback()
    return overview().current


def seen(project: Project) -> dict[str, int]:
    db.session.expire_all()
    assert project.live
    return {"version": project.live.version}


@pytest.mark.parametrize(
    ("age", "asked", "counted"),
    [
        (FRESH_FOR - ASKED_BEFORE - MINUTE, [], 1),
        (FRESH_FOR - ASKED_BEFORE, ["projects/project_grows_old"], 1),
        (FRESH_FOR - MINUTE, ["projects/project_grows_old"], 1),
        (FRESH_FOR, ["projects/project_grows_old", "projects/project_lapsed"], 0),
    ],
)
def test_owner_is_asked_three_weeks_before_and_then_it_counts_no_more(
    project, petra, age, asked, counted
):
    aged(project, age)

    night()
    night()

    assert [kind for _, kind in letters()] == asked
    assert current() == counted


def test_lapsed_project_is_marked_and_stays_in_the_list(client, project):
    aged(project, FRESH_FOR)
    night()

    assert "nicht bestätigt" in client.get("/projekte/windpark").text
    listed = client.get("/projekte").text
    assert '<span class="tag">nicht bestätigt</span>' in listed
    assert "/projekte/windpark" in listed
    assert counters("projects")["all"] == {"all": 1}


def test_one_click_makes_it_true_again(client, client_of, windwerk, petra, project):
    aged(project, FRESH_FOR)
    night()

    page = client_of(petra).get(f"{MINE}/{project.key}/stimmt-noch")
    answer = client_of(petra).post(f"{MINE}/{project.key}/stimmt-noch", data=seen(project))

    assert (page.status_code, answer.status_code) == (200, 303)
    assert current() == 1
    assert (now() - project.confirmed_at) < MINUTE
    assert "nicht bestätigt" not in client.get("/projekte/windpark").text
    assert history()[-1] == ("ProjectConfirmed", petra.id, windwerk.id)


def test_looking_at_the_question_confirms_nothing(client_of, petra, project):
    aged(project, FRESH_FOR)
    night()

    client_of(petra).get(f"{MINE}/{project.key}/stimmt-noch")

    assert current() == 0


def test_who_saw_another_text_confirms_nothing(client_of, petra, olga, project):
    old = seen(project)
    client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(then="submit") | shown(project)
    )
    client_of(olga).post(f"{OFFICE}/{project.key}/veroeffentlichen", data=shown(project))

    answer = client_of(petra).post(f"{MINE}/{project.key}/stimmt-noch", data=old)

    assert answer.status_code == 409


def test_publishing_a_revision_confirms_it(client_of, petra, olga, project):
    aged(project, FRESH_FOR)
    night()
    client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(then="submit") | shown(project)
    )

    client_of(olga).post(f"{OFFICE}/{project.key}/veroeffentlichen", data=shown(project))

    assert current() == 1
    db.session.expire_all()
    assert project.lapsed is False


@pytest.mark.parametrize("way", ["archive", "unpublish"])
def test_hidden_projects_are_asked_nothing(client_of, petra, project, way):
    data = shown(project) | {"way": way, "note": "Ende."}
    client_of(petra).post(f"{MINE}/{project.key}/nicht-mehr-zeigen", data=data)
    aged(project, FRESH_FOR * 2)

    night()

    assert letters() == []
    assert current() == 0


def test_lapsed_project_that_is_hidden_and_shown_again_is_counted_once(client_of, petra, project):
    aged(project, FRESH_FOR)
    night()
    data = shown(project) | {"way": "archive", "note": "Ende."}
    client_of(petra).post(f"{MINE}/{project.key}/nicht-mehr-zeigen", data=data)
    assert counters("projects") == {}

    client_of(petra).post(f"{MINE}/{project.key}/wieder-zeigen", data=shown(project))

    assert current() == 1
    assert counters("projects")["all"] == {"all": 1}
