"""The public projects of an organisation that rests stay, or rest with it: the office has to choose
(safety.md, case 1)."""

import pytest

from portal.core.counters import counters
from portal.core.database import db
from portal.partners.models import Organisation
from portal.projects.models import Project
from tests.letters import history
from tests.projects.making import published

OFFICE = "/projektbuero/partner/windwerk"
PUBLIC = ("/projekte", "/projekte.csv", "/projekte.atom", "/partner/windwerk", "/suche?q=hafen")


def version():
    db.session.rollback()
    return db.session.query(Organisation).filter_by(slug="windwerk").one().version


def suspend(client, projects):
    data = {"version": version(), "reason": "Streit", "projects": projects}
    return client.post(f"{OFFICE}/ruhen", data=data)


def wake(client):
    return client.post(f"{OFFICE}/aufwecken", data={"version": version(), "reason": "Geklärt"})


@pytest.fixture
def live(windwerk):
    project = published(windwerk, "Windpark am Hafen", problem="Strom")
    db.session.commit()
    return f"/projekte/{project.slug}"


def test_projects_stay_where_the_office_says_so(client_of, client, live, ada):
    suspend(client_of(ada), "stay")

    assert client.get(live).status_code == 200
    assert all("windpark-am-hafen" in client.get(address).text for address in PUBLIC)


def test_projects_that_rest_are_nowhere_in_public_and_come_back_as_they_were(
    client_of, client, live, petra, ada
):
    before = counters("projects")

    suspend(client_of(ada), "rest")

    assert client.get(live).status_code == 404
    assert [a for a in PUBLIC if "windpark-am-hafen" in client.get(a).text] == []
    assert counters("projects") == {}
    assert client_of(petra).get("/mein/windwerk/projekte").status_code == 200
    wake(client_of(ada))
    assert client.get(live).status_code == 200
    assert all("windpark-am-hafen" in client.get(address).text for address in PUBLIC)
    assert counters("projects") == before
    assert sorted(fact for fact, *_ in history() if fact != "ProjectPublished") == [
        "OrganisationReactivated",
        "OrganisationSuspended",
        "ProjectHidden",
        "ProjectShownAgain",
    ]


def test_what_was_never_public_does_not_come_online_with_it(client_of, live, windwerk, petra, ada):
    draft = Project(key="d" * 12, organisation=windwerk, author=petra, created_at=petra.created_at)
    db.session.add(draft)
    db.session.commit()
    suspend(client_of(ada), "rest")

    wake(client_of(ada))

    db.session.rollback()
    assert db.session.get(Project, draft.id).live_revision_id is None
