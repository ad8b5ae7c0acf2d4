"""Drafts: nearly nothing is enough, the second click makes no second one, nobody's text is lost."""

import re

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.projects.models import Phase, Project, ReviewState, Revision
from tests.cast import theme
from tests.letters import history, letters
from tests.projects.making import MINE, in_state, shown, state_of, typed


def projects() -> list[Project]:
    db.session.rollback()
    return list(db.session.scalars(select(Project).order_by(Project.id)))


@pytest.mark.parametrize("data", [{}, {"title": "Nur ein Titel"}, {"place": "Hafen"}])
def test_draft_may_be_nearly_empty(client_of, windwerk, petra, data):
    answer = client_of(petra).post(f"{MINE}/neu", data=data)

    (project,) = projects()
    assert (answer.status_code, answer.location) == (303, f"{MINE}/{project.key}")
    assert project.latest.state is ReviewState.DRAFT
    assert (project.organisation, project.author, project.slug) == (windwerk, petra, None)
    assert client_of(petra).get(answer.location).status_code == 200


def test_draft_keeps_everything_that_was_typed(client_of, windwerk, petra):
    client_of(petra).post(
        f"{MINE}/neu",
        data=typed(
            short_title="Windpark",
            goal="**Weniger** CO2",
            benefit="- sauber\n- leise",
            status_text="Läuft.",
            status_as_of="03.2026",
            begins="12.2019",
            ends="1.9.2022",
            citywide="y",
            place="Kai 3",
            funding="EFRE",
            transfer="Ja",
            relation="Pilot",
            contact_email="info@windwerk.example",
        ),
    )

    said = projects()[0].latest
    assert (said.title, said.folded_title, said.short_title) == (
        "Windpark am Hafen",
        "windpark am hafen",
        "Windpark",
    )
    assert (said.theme, said.phase) == (theme("energie"), Phase.PILOT)
    assert (said.begins, said.ends, said.status_as_of) == ("2019-12", "2022-09-01", "2026-03")
    assert [district.slug for district in said.districts] == ["eving"]
    assert said.html["goal"] == "<p><strong>Weniger</strong> CO2</p>"
    assert said.html["benefit"] == "<ul>\n<li>sauber</li>\n<li>leise</li>\n</ul>"
    assert (said.citywide, said.place, said.funding, said.transfer, said.relation) == (
        True,
        "Kai 3",
        "EFRE",
        "Ja",
        "Pilot",
    )
    assert said.contact_email == "info@windwerk.example"


def test_edit_form_shows_what_is_stored(client_of, project, petra):
    page = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text

    assert 'value="Windpark am Hafen"' in page
    assert "Fünf Windräder am Kai.</textarea>" in page
    assert re.search(r'<option selected value="pilot">', page)
    assert f'name="version" value="{project.latest.version}"' in page


def test_second_click_on_save_finds_the_draft_of_the_first(client_of, windwerk, petra):
    page = client_of(petra).get(f"{MINE}/neu").text
    key = re.search(r'name="key" type="hidden" value="([^"]+)"', page)[1]

    first = client_of(petra).post(f"{MINE}/neu", data=typed(key=key))
    second = client_of(petra).post(f"{MINE}/neu", data=typed(key=key))

    assert (first.location, second.location) == (f"{MINE}/{key}", f"{MINE}/{key}")
    assert len(projects()) == 1


@pytest.mark.parametrize("key", ["kurz", "x" * 16 + "y", "ä" * 16, "../../../../../.."])
def test_key_that_nobody_made_is_replaced_or_refused(client_of, windwerk, petra, key):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(key=key))

    assert answer.status_code in {303, 422}
    assert [project.key for project in projects() if project.key == key] == []


def test_key_of_a_foreign_project_gives_no_access_to_it(client_of, project, stefan):
    answer = client_of(stefan).post("/mein/solarhof/projekte/neu", data=typed(key=project.key))

    assert answer.status_code == 409
    assert [p.organisation.slug for p in projects()] == ["windwerk"]


def test_saving_writes_one_line_and_no_letter(client_of, windwerk, petra, olga):
    where = client_of(petra).post(f"{MINE}/neu", data=typed()).location
    seen = shown(projects()[0])
    client_of(petra).post(f"{where}/bearbeiten", data=typed(title="Neu") | seen)

    assert history() == [
        ("ProjectDrafted", petra.id, windwerk.id),
        ("ProjectSaved", petra.id, windwerk.id),
    ]
    assert letters() == []


def test_slower_of_two_gets_both_texts_and_may_then_save(client_of, project, petra, erik):
    seen = shown(project)
    edit = f"{MINE}/{project.key}/bearbeiten"
    client_of(erik).post(edit, data=typed(title="Eriks Titel", goal="Eriks Ziel") | seen)

    answer = client_of(petra).post(edit, data=typed(title="Petras Titel", problem="Mein") | seen)

    assert answer.status_code == 409
    assert "Erik Edel hat am" in answer.text
    assert 'value="Petras Titel"' in answer.text
    assert "Mein</textarea>" in answer.text
    assert "Eriks Ziel" in answer.text
    assert stored(project) == ("Eriks Titel", "Eriks Ziel")

    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    again = client_of(petra).post(edit, data=typed(title="Petras Titel", version=version))

    assert again.status_code == 303
    assert stored(project) == ("Petras Titel", "")


def stored(project: Project) -> tuple[str, str]:
    db.session.rollback()
    said = select(Revision.title, Revision.goal).where(Revision.project_id == project.id)
    return tuple(db.session.execute(said).one())


def test_text_of_who_saves_after_it_was_submitted_is_shown_and_not_stored(
    client_of, project, petra, erik
):
    seen = shown(project)
    client_of(erik).post(f"{MINE}/{project.key}/einreichen", data=seen)

    answer = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(title="Zu spät") | seen
    )

    assert answer.status_code == 409
    assert "Zu spät" in answer.text
    assert "Meine Fassung speichern" not in answer.text
    assert state_of(project) is ReviewState.SUBMITTED
    assert stored(project)[0] == "Windpark am Hafen"


def test_refused_form_keeps_the_version_that_it_showed(client_of, project, petra, erik):
    seen = shown(project)
    edit = f"{MINE}/{project.key}/bearbeiten"
    client_of(erik).post(edit, data=typed(title="Eriks Titel") | seen)

    refused = client_of(petra).post(edit, data=typed(begins="unlesbar") | seen)

    assert refused.status_code == 422
    assert f'name="version" value="{seen["version"]}"' in refused.text


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "1" * 400])
def test_form_without_a_proper_version_counts_as_an_old_one(client_of, project, petra, version):
    answer = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(title="Anders", version=version)
    )

    assert answer.status_code == 409
    assert stored(project)[0] == "Windpark am Hafen"


def test_returned_project_shows_the_note_beside_preview_and_form(client_of, project, petra):
    in_state(project, ReviewState.RETURNED)
    project.latest.note = "Bitte <b>kürzer</b>."
    db.session.commit()

    for address in (f"{MINE}/{project.key}", f"{MINE}/{project.key}/bearbeiten"):
        assert "Bitte &lt;b&gt;kürzer&lt;/b&gt;." in client_of(petra).get(address).text


def test_list_says_state_and_next_step(client_of, project, petra, paul):
    page = client_of(paul).get(MINE).text
    assert "einreichen" in page
    assert "Entwurf" in page

    project.latest.title = ""
    db.session.commit()
    page = client_of(paul).get(MINE).text
    assert "Projekt ohne Titel" in page
    assert "eine Angabe fehlt noch" in page


def test_empty_list_says_how_to_begin(client_of, windwerk, petra):
    assert "noch kein Projekt vorgestellt" in client_of(petra).get(MINE).text
