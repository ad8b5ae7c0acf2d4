"""Archived with a reason, the address keeps answering; offline, it does not."""

import pytest

from portal.core.counters import counters
from portal.core.database import db
from portal.projects.models import Project
from tests.letters import history, letters
from tests.projects.making import MINE, published, shown, typed

ONLINE = "/projekte/windpark"
REASON = "Der Versuch ist zu Ende."
LISTS = ("/projekte", "/projekte.csv", "/projekte.atom", "/", "/suche?q=Windpark", "/sitemap.xml")


@pytest.fixture
def project(windwerk, petra) -> Project:
    return published(windwerk, "Windpark", author=petra)


def hide(client_of, person, project, way, note=REASON):
    data = shown(project) | {"way": way, "note": note}
    return client_of(person).post(f"{MINE}/{project.key}/nicht-mehr-zeigen", data=data)


def test_archived_project_keeps_its_page_and_leaves_the_lists(
    client, client_of, windwerk, petra, erik, project
):
    answer = hide(client_of, petra, project, "archive")

    page = client.get(ONLINE)
    assert answer.status_code == 303
    assert (page.status_code, REASON in page.text, "Archiviert am" in page.text) == (
        200,
        True,
        True,
    )
    for path in LISTS:
        assert "/projekte/windpark" not in client.get(path).text, path
    assert "/projekte/windpark" not in client.get("/partner/windwerk").text
    assert counters("projects") == {}
    assert history()[-1] == ("ProjectArchived", petra.id, windwerk.id)
    assert letters() == [("erik@windwerk.example", "projects/project_archived")]


def test_archived_projects_stand_in_the_archive_and_only_there(client, client_of, petra, project):
    assert "/projekte/windpark" not in client.get("/projektarchiv").text

    hide(client_of, petra, project, "archive")

    assert "/projekte/windpark" in client.get("/projektarchiv").text
    assert client.get("/projektarchiv?seite=2").status_code == 404


def test_archived_project_comes_back_as_it_was(client, client_of, petra, project):
    before = counters("projects")
    hide(client_of, petra, project, "archive")

    answer = client_of(petra).post(f"{MINE}/{project.key}/wieder-zeigen", data=shown(project))

    assert answer.status_code == 303
    assert counters("projects") == before
    assert "/projekte/windpark" in client.get("/projekte").text
    assert REASON not in client.get(ONLINE).text


def test_archived_project_is_not_edited_until_it_is_back(client_of, petra, project):
    hide(client_of, petra, project, "archive")

    form = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten")
    saving = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed() | shown(project)
    )

    assert (form.status_code, saving.status_code) == (403, 409)


def test_offline_project_answers_to_nobody_outside(client, client_of, windwerk, petra, project):
    answer = hide(client_of, petra, project, "unpublish")

    assert answer.status_code == 303
    assert client.get(ONLINE).status_code == 404
    for path in LISTS:
        assert "/projekte/windpark" not in client.get(path).text, path
    assert counters("projects") == {}
    assert history()[-1] == ("ProjectUnpublished", petra.id, windwerk.id)


def test_offline_project_returns_to_its_address_with_the_next_published_text(
    client, client_of, petra, olga, project
):
    hide(client_of, petra, project, "unpublish")
    data = typed(title="Windpark, neu", then="submit") | shown(project)
    client_of(petra).post(f"{MINE}/{project.key}/bearbeiten", data=data)

    answer = client_of(olga).post(
        f"/projektbuero/projekte/{project.key}/veroeffentlichen", data=shown(project)
    )

    assert answer.status_code == 303
    assert "Windpark, neu</h1>" in client.get(ONLINE).text


@pytest.mark.parametrize(
    ("way", "note", "field"),
    [("", REASON, "way"), ("loeschen", REASON, "way"), ("archive", " ", "note")]
    + [("archive", "x" * 1001, "note")],
)
def test_way_and_reason_are_asked_for(client, client_of, petra, project, way, note, field):
    answer = hide(client_of, petra, project, way, note)

    assert answer.status_code == 422
    assert f'<a href="#{field}' in answer.text
    assert client.get(ONLINE).status_code == 200


def test_while_a_text_waits_for_its_decision_nothing_is_hidden(client_of, petra, project):
    data = typed(then="submit") | shown(project)
    client_of(petra).post(f"{MINE}/{project.key}/bearbeiten", data=data)

    answer = hide(client_of, petra, project, "archive")

    assert answer.status_code == 409


def test_archived_projects_of_a_resting_organisation_stay_out_of_the_lists(
    client_of, client, windwerk, petra, ada, project
):
    hide(client_of, petra, project, "archive")
    office = f"/projektbuero/partner/{windwerk.slug}"
    version = {"version": windwerk.version}
    client_of(ada).post(f"{office}/ruhen", data={"reason": "Streit", "projects": "rest"} | version)
    assert client.get(ONLINE).status_code == 404
    db.session.expire_all()

    answer = client_of(ada).post(
        f"{office}/aufwecken", data={"reason": "Geklärt", "version": windwerk.version}
    )
    assert answer.status_code == 303

    assert client.get(ONLINE).status_code == 200
    assert counters("projects") == {}
    assert "/projekte/windpark" not in client.get("/projekte").text
