"""What is typed is kept between two saves: for who typed it, until it is saved or dropped."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.times import now
from portal.projects import services
from portal.projects.models import Autosave, ReviewState
from tests.letters import history, letters
from tests.projects.making import MINE, in_state, shown, typed


def kept() -> list[tuple[int, str, str]]:
    """(person, key, title) of every row."""
    db.session.rollback()
    db.session.expire_all()
    rows = db.session.query(Autosave).order_by(Autosave.id)
    return [(row.user_id, row.key, row.said.get("title", [""])[0]) for row in rows]


def keep(client_of, person, project, **said):
    address = f"{MINE}/{project.key}/zwischenstand"
    return client_of(person).post(address, data=typed(**said) | shown(project))


def test_typed_text_comes_back_after_the_end_of_the_session(client_of, petra, project):
    answer = keep(client_of, petra, project, title="Halb getippt", begins="nächstes Ja")

    again = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text

    assert (answer.status_code, answer.text) == (204, "")
    assert 'value="Halb getippt"' in again
    assert 'value="nächstes Ja"' in again
    assert "Ihre Eingaben sind wieder da" in again


def test_it_is_nobody_elses_business_and_no_line_of_history(client_of, petra, erik, olga, project):
    before = history()
    keep(client_of, petra, project, title="Halb getippt")

    for person, path in ((erik, f"{MINE}/{project.key}/bearbeiten"), (erik, MINE)):
        assert "Halb getippt" not in client_of(person).get(path).text
    assert "Halb getippt" not in client_of(olga).get(f"/projektbuero/projekte/{project.key}").text
    assert (history(), letters()) == (before, [])


def test_the_last_one_counts(client_of, petra, project):
    keep(client_of, petra, project, title="Eins")
    keep(client_of, petra, project, title="Zwei")

    assert kept() == [(petra.id, project.key, "Zwei")]


def test_saving_ends_it(client_of, petra, project):
    keep(client_of, petra, project, title="Halb getippt")

    client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(title="Ganz") | shown(project)
    )

    assert kept() == []


def test_dropping_it_brings_the_stored_text_back(client_of, petra, project):
    keep(client_of, petra, project, title="Halb getippt")

    answer = client_of(petra).post(f"{MINE}/{project.key}/zwischenstand/verwerfen")

    assert (answer.status_code, answer.location) == (303, f"{MINE}/{project.key}/bearbeiten")
    assert kept() == []


def test_it_remembers_which_version_it_was_made_from(client_of, petra, erik, project):
    keep(client_of, petra, project, title="Petras Titel")
    client_of(erik).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(title="Eriks Titel") | shown(project)
    )

    form = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text
    version = form.split('name="version" value="')[1].split('"')[0]
    answer = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(title="Petras Titel", version=version)
    )

    assert answer.status_code == 409
    assert "Eriks" in answer.text


def test_it_is_kept_while_a_colleague_has_submitted(client_of, petra, project):
    in_state(project, ReviewState.SUBMITTED)

    answer = keep(client_of, petra, project, title="Halb getippt")

    assert answer.status_code == 204
    assert kept() == [(petra.id, project.key, "Halb getippt")]


def test_unfinished_new_project_waits_on_the_page_for_new_ones(client_of, windwerk, petra):
    key = services.new_key()
    client_of(petra).post(f"{MINE}/neu/zwischenstand", data=typed(title="Noch ohne", key=key))

    form = client_of(petra).get(f"{MINE}/neu").text
    saved = client_of(petra).post(f"{MINE}/neu", data=typed(title="Fertig", key=key))

    assert 'value="Noch ohne"' in form
    assert f'value="{key}"' in form
    assert saved.status_code == 303
    assert kept() == []


def test_only_one_unfinished_new_project_is_kept(client_of, windwerk, petra):
    for title in ("Eins", "Zwei"):
        data = typed(title=title, key=services.new_key())
        client_of(petra).post(f"{MINE}/neu/zwischenstand", data=data)

    assert [title for _, _, title in kept()] == ["Zwei"]


@pytest.mark.parametrize("title", ["x" * 100_000, "a\x00b", "\ud800".encode("utf-8", "replace")])
def test_nothing_that_is_typed_breaks_it(client_of, petra, project, title):
    answer = client_of(petra).post(
        f"{MINE}/{project.key}/zwischenstand",
        data=typed(title=title, unbekannt="x" * 1000) | shown(project),
    )

    assert answer.status_code == 204
    assert client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").status_code == 200
    said = db.session.query(Autosave).one().said
    assert len(said["title"][0]) <= 20_000
    assert "unbekannt" not in said
    assert "csrf_token" not in said


def test_what_nobody_comes_back_for_goes_after_thirty_days(client_of, petra, project):
    keep(client_of, petra, project)
    row = db.session.query(Autosave).one()

    for days, left in ((29, 1), (31, 0)):
        row.kept_at = now() - timedelta(days=days)
        db.session.commit()
        services.sweep()
        db.session.commit()
        assert db.session.query(Autosave).count() == left
