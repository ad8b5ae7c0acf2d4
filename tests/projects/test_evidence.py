"""Public projects show what a partner can do; one that is public no more shows it to nobody."""

import pytest

from portal.core.database import db
from portal.projects.models import Basis, Project
from tests.cast import an_organisation, theme
from tests.partners.claims import CLAIMS, a_claim, a_competence, claims
from tests.projects.making import a_draft, published

NEW = f"{CLAIMS}/neu"
PAGE = "/partner/windwerk"
GONE = "zurzeit nicht öffentlich"


def answers(key):
    return {
        "competence_id": a_competence().id,
        "theme_id": theme().id,
        "level": "leading",
        "evidence_key": key,
    }


@pytest.fixture
def live(windwerk) -> str:
    """The key of a public project of Windwerk eG."""
    project = published(windwerk, "Windpark am Hafen")
    db.session.commit()
    return project.key


def test_own_public_project_is_evidence_enough(client_of, client, petra, live):
    answer = client_of(petra).post(NEW, data=answers(live))

    assert answer.status_code == 303
    assert claims() == [("windwerk", "sensorik", "energie", "leading")]
    assert '<a href="/projekte/windpark-am-hafen">Windpark am Hafen</a>' in client.get(PAGE).text


def test_drafts_and_other_peoples_projects_are_no_evidence(client_of, windwerk, petra):
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    draft = a_draft(windwerk, petra, title="Entwurf").key
    foreign = published(netzwerk, "Netz").key
    unasked = published(netzwerk, "Kabel", partners=(windwerk,), basis=Basis.PENDING).key
    db.session.commit()

    form = client_of(petra).get(NEW).text
    codes = [
        client_of(petra).post(NEW, data=answers(key)).status_code
        for key in (draft, foreign, unasked)
    ]

    assert codes == [422, 422, 422]
    assert "evidence_key" not in form
    assert claims() == []


def test_named_partner_may_point_to_a_project_of_another(client_of, windwerk, petra):
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    shared = published(netzwerk, "Netz", partners=(windwerk,), basis=Basis.CONFIRMED).key
    db.session.commit()

    assert client_of(petra).post(NEW, data=answers(shared)).status_code == 303


def test_project_that_left_the_public_is_named_nowhere(client, windwerk, live):
    a_claim(windwerk, evidence_key=live, evidence_title="")
    assert "Windpark am Hafen" in client.get(PAGE).text

    project = db.session.query(Project).filter_by(key=live).one()
    project.live_revision_id = None
    project.published_at = None
    db.session.commit()
    a_claim(windwerk, in_theme="it")  # something public changes: no page is old

    page = client.get(PAGE).text
    assert GONE in page
    assert "windpark-am-hafen" not in page
