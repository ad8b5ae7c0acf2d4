"""What is public stays public while its next text is written, checked, turned down or dropped."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.times import now
from portal.projects import services
from portal.projects.models import Project, ReviewState
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, published, shown, state_of, typed, without_marks

ONLINE = "/projekte/windpark"


@pytest.fixture
def project(windwerk, petra) -> Project:
    """Online, as \"Windpark\"."""
    return published(windwerk, "Windpark", author=petra, goal="Strom vom Kai.")


def revised(client_of, person, project, **said):
    data = typed(title="Windpark am Kai", goal="Strom vom Kai.") | said | shown(project)
    return client_of(person).post(f"{MINE}/{project.key}/bearbeiten", data=data)


def submitted(client_of, petra, project):
    revised(client_of, petra, project)
    client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))


def decided(client_of, clerk, project, step, **more):
    return client_of(clerk).post(f"{OFFICE}/{project.key}/{step}", data=shown(project) | more)


def states(project: Project) -> list[tuple[int, str]]:
    db.session.rollback()
    db.session.expire_all()
    return [(one.number, one.state.value) for one in project.revisions]


def test_editing_a_public_project_begins_a_revision_and_changes_nothing_in_public(
    client, client_of, windwerk, petra, project
):
    before = [client.get(path).text for path in (ONLINE, "/projekte", "/projekte.csv", "/")]

    answer = revised(client_of, petra, project)

    assert answer.status_code == 303
    assert states(project) == [(1, "published"), (2, "draft")]
    after = [client.get(path).text for path in (ONLINE, "/projekte", "/projekte.csv", "/")]
    assert after == before
    assert "Kai" not in client.get("/projekte.atom").text
    assert client.get("/suche?q=Kai").text.count("Windpark am Kai") == 0
    assert history()[-1] == ("ProjectSaved", petra.id, windwerk.id)


def test_form_of_a_public_project_shows_what_is_public(client_of, petra, project):
    text = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text

    assert 'value="Windpark"' in text
    assert "Sie schreiben eine Überarbeitung." in text


def test_published_revision_takes_the_place_of_the_public_text_at_the_same_address(
    client, client_of, windwerk, petra, erik, olga, project
):
    submitted(client_of, petra, project)

    answer = decided(client_of, olga, project, "veroeffentlichen")

    assert answer.status_code == 303
    assert states(project) == [(1, "published"), (2, "published")]
    assert "Windpark am Kai</h1>" in client.get(ONLINE).text
    assert project.live is project.latest
    assert sorted(letters()[-2:]) == [
        ("erik@windwerk.example", "projects/project_updated"),
        ("petra@windwerk.example", "projects/project_updated"),
    ]
    assert history()[-1] == ("ProjectUpdated", olga.id, windwerk.id)


def test_office_sees_what_is_public_until_the_decision(client, client_of, petra, olga, project):
    submitted(client_of, petra, project)

    assert "Windpark</h1>" in client.get(ONLINE).text
    assert client_of(olga).get(f"{OFFICE}/{project.key}").status_code == 200


def test_author_sees_what_will_be_different_and_only_that(client_of, petra, project):
    revised(client_of, petra, project)

    text = client_of(petra).get(f"{MINE}/{project.key}").text
    table = text[text.index("Was anders wird") : text.index("</table>")]

    assert "<ins>Windpark am Kai</ins>" in table or "<ins>am Kai</ins>" in table
    assert "Titel" in table
    assert "Ziel" not in table


def test_returned_text_is_kept_and_mended_in_the_next_one(client_of, petra, olga, project):
    submitted(client_of, petra, project)
    decided(client_of, olga, project, "zurueckgeben", note="Bitte ein Ziel.")

    revised(client_of, petra, project, title="Windpark am Kai, ergänzt")
    revised(client_of, petra, project, title="Windpark am Kai, ganz")

    assert states(project) == [(1, "published"), (2, "returned"), (3, "returned")]
    assert [one.title for one in project.revisions[1:]] == [
        "Windpark am Kai",
        "Windpark am Kai, ganz",
    ]
    assert project.latest.note == "Bitte ein Ziel."


def test_first_text_that_came_back_is_kept_too(client_of, windwerk, petra, olga):
    where = client_of(petra).post(f"{MINE}/neu", data=typed()).location
    project = db.session.query(Project).one()
    client_of(petra).post(f"{where}/einreichen", data=shown(project))
    decided(client_of, olga, project, "zurueckgeben", note="Kürzer, bitte.")

    revised(client_of, petra, project, title="Kürzer")
    client_of(petra).post(f"{where}/einreichen", data=shown(project))
    decided(client_of, olga, project, "veroeffentlichen")

    assert states(project) == [(1, "returned"), (2, "published")]
    assert (project.slug, project.latest.note) == ("kuerzer", "")
    assert letters()[-1] == ("petra@windwerk.example", "projects/project_published")


def test_discarded_revision_leaves_the_public_text_and_is_kept(
    client, client_of, windwerk, petra, project
):
    before = client.get(ONLINE).text
    revised(client_of, petra, project)

    answer = client_of(petra).post(f"{MINE}/{project.key}/verwerfen", data=shown(project))

    assert answer.status_code == 303
    assert states(project) == [(1, "published"), (2, "discarded")]
    assert project.latest.number == 1
    assert client.get(ONLINE).text == before
    assert history()[-1] == ("ProjectDiscarded", petra.id, windwerk.id)


def test_rejected_revision_leaves_no_trace_in_public(client, client_of, petra, olga, project):
    before = client.get(ONLINE).text
    submitted(client_of, petra, project)
    services.reject(project, by=olga, note="Werbung.", seen_version=shown(project)["version"])
    db.session.commit()

    assert states(project) == [(1, "published"), (2, "rejected")]
    assert client.get(ONLINE).text == before
    assert letters()[-1] == ("petra@windwerk.example", "projects/project_rejected")
    page = client_of(petra).get(f"{MINE}/{project.key}").text
    assert "Werbung." in page
    assert "Neu schreiben" in page


def test_form_that_showed_an_earlier_text_never_fits_a_later_one(client_of, petra, olga, project):
    old = shown(project)
    submitted(client_of, petra, project)
    decided(client_of, olga, project, "veroeffentlichen")

    late = client_of(petra).post(f"{MINE}/{project.key}/bearbeiten", data=typed() | old)

    assert late.status_code == 409
    assert states(project) == [(1, "published"), (2, "published")]


def test_earlier_text_becomes_the_draft_and_what_is_public_stays(
    client, client_of, windwerk, petra, olga, project
):
    submitted(client_of, petra, project)
    decided(client_of, olga, project, "veroeffentlichen")
    restore = f"{MINE}/{project.key}/verlauf/1/wiederherstellen"

    answer = client_of(petra).post(restore, data=shown(project))

    assert answer.status_code == 303
    assert states(project) == [(1, "published"), (2, "published"), (3, "draft")]
    assert (project.latest.title, project.latest.based_on) == ("Windpark", 1)
    assert "Windpark am Kai</h1>" in client.get(ONLINE).text
    assert history()[-1] == ("ProjectRestored", petra.id, windwerk.id)


def test_nothing_is_restored_over_a_draft(client_of, petra, project):
    revised(client_of, petra, project)
    restore = f"{MINE}/{project.key}/verlauf/1/wiederherstellen"

    answer = client_of(petra).post(restore, data=shown(project))

    assert answer.status_code == 409
    assert project.latest.title == "Windpark am Kai"


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "1e9", "٣", "9" * 30])
def test_text_that_there_is_not_is_not_found(client_of, petra, project, number):
    for address, verb in ((number, "GET"), (f"{number}/wiederherstellen", "POST")):
        answer = client_of(petra).open(
            f"{MINE}/{project.key}/verlauf/{address}", method=verb, data=shown(project)
        )
        assert answer.status_code == 404


def test_list_of_texts_names_the_public_one_and_each_shows_its_differences(
    client_of, petra, olga, project
):
    submitted(client_of, petra, project)
    decided(client_of, olga, project, "veroeffentlichen")

    listed = client_of(petra).get(f"{MINE}/{project.key}/verlauf").text
    second = client_of(petra).get(f"{MINE}/{project.key}/verlauf/2").text

    assert listed.count("Das ist öffentlich.") == 1
    assert listed.index("Fassung 2") < listed.index("Fassung 1")
    assert "Was anders ist als in Fassung 1" in second
    assert "Windpark am Kai" in without_marks(second)
    assert "/wiederherstellen" not in second


def test_text_of_a_resting_organisation_is_not_published(client_of, petra, olga, project, windwerk):
    submitted(client_of, petra, project)
    windwerk.suspended_at = now() - timedelta(days=1)
    db.session.commit()

    answer = decided(client_of, olga, project, "veroeffentlichen")

    assert answer.status_code == 409
    assert state_of(project) is ReviewState.SUBMITTED


def test_one_click_saves_and_submits(client_of, petra, project):
    answer = revised(client_of, petra, project, then="submit")

    assert answer.status_code == 303
    assert states(project) == [(1, "published"), (2, "submitted")]
    assert [fact for fact, _, _ in history()[-2:]] == ["ProjectSaved", "ProjectSubmitted"]


def test_one_click_with_gaps_says_what_is_missing_and_keeps_what_was_typed(
    client_of, petra, project
):
    answer = revised(client_of, petra, project, then="submit", summary="", title="Neuer Name")

    assert answer.status_code == 422
    assert '<a href="#summary">' in answer.text
    assert 'value="Neuer Name"' in answer.text
    assert states(project) == [(1, "published")]


def test_slower_of_two_chooses_field_by_field(client_of, petra, erik, project):
    seen = shown(project)
    revised(client_of, erik, project, title="Eriks Titel", goal="Eriks Ziel")
    mine = typed(title="Petras Titel", goal="Petras Ziel")

    conflict = client_of(petra).post(f"{MINE}/{project.key}/bearbeiten", data=mine | seen)
    answer = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten",
        data=mine | {"nimm-title": "stored", "nimm-goal": "mine"} | shown(project),
    )

    assert conflict.status_code == 409
    assert 'name="nimm-title" value="stored"' in conflict.text
    assert answer.status_code == 303
    assert states(project)[-1] == (2, "draft")
    assert (project.latest.title, project.latest.goal) == ("Eriks Titel", "Petras Ziel")


def test_two_first_revisions_at_once_are_one(petra, erik, project):
    seen = shown(project)["version"]
    services.save(project, by=petra, seen_version=seen, content=services.Content(title="Eins"))
    db.session.flush()

    with pytest.raises(Conflict):
        services.save(project, by=erik, seen_version=seen, content=services.Content(title="Zwei"))
