"""What the office asked for is a checklist: the authors walk it, and are asked before they submit
with open points."""

import pytest

from portal.core.database import db
from portal.core.times import now
from portal.partners.queries import affiliations_of
from portal.projects.models import CommentState, ReviewState
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, in_state, shown, state_of, typed
from tests.projects.reviewing import a_comment, comments, seen, state_of_comment

DONE, OPEN, RESOLVED = CommentState.DONE, CommentState.OPEN, CommentState.RESOLVED


@pytest.fixture
def returned(project):
    """Given back with two open points and one that is done."""
    in_state(project, ReviewState.RETURNED)
    project.latest.decided_at = now()
    db.session.commit()
    return [
        a_comment(project, "title", "Kürzer, bitte."),
        a_comment(project, "goal", "Woran messen Sie das?"),
        a_comment(project, "district_ids", "Nur Eving?", state=DONE),
    ]


def tick(client, project, point, act="erledigt", **more):
    address = f"{MINE}/{project.key}/anmerkungen/{point.id}/{act}"
    return client.post(address, data=seen(point) | more)


def test_checklist_shows_progress_and_leads_to_each_field(client_of, petra, project, returned):
    page = client_of(petra).get(f"{MINE}/{project.key}").text
    form = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text

    edit = f"{MINE}/{project.key}/bearbeiten"
    assert "1 von 3 Punkten erledigt" in page
    for anchor in ("title", "goal", "district_ids-0"):
        assert f'<a href="{edit}#{anchor}">' in page
        assert f'<a href="#{anchor}">' in form
        assert f'id="{anchor}"' in form


def test_open_point_stands_at_its_field_and_is_read_with_it(client_of, petra, project, returned):
    form = client_of(petra).get(f"{MINE}/{project.key}/bearbeiten").text

    assert form.count("Anmerkung des Projektbüros:") == 2
    assert 'aria-describedby="goal-hinweis goal-anmerkung"' in form
    assert form.index('id="goal-anmerkung"') < form.rindex("Woran messen Sie das?")


def test_members_read_the_checklist_without_buttons(client_of, paul, project, returned):
    page = client_of(paul).get(f"{MINE}/{project.key}").text

    assert "1 von 3 Punkten erledigt" in page
    assert "/anmerkungen/" not in page
    assert tick(client_of(paul), project, returned[0]).status_code == 403


def test_point_is_done_with_a_short_answer(client_of, petra, windwerk, project, returned):
    field = f"p{returned[1].id}-answer"

    answer = tick(client_of(petra), project, returned[1], **{field: "An den Kilowattstunden."})

    page = client_of(petra).get(f"{MINE}/{project.key}").text
    assert (answer.status_code, answer.location) == (303, f"{MINE}/{project.key}#punkte")
    assert (state_of_comment(returned[1]), returned[1].done_by_id) == (DONE, petra.id)
    assert "2 von 3 Punkten erledigt" in page
    assert "Ihre Antwort: An den Kilowattstunden." in page
    assert history()[-1] == ("CommentDone", petra.id, windwerk.id)
    assert letters() == []


def test_point_that_is_not_done_after_all(client_of, petra, windwerk, project, returned):
    answer = tick(client_of(petra), project, returned[2], "offen")

    assert answer.status_code == 303
    assert (state_of_comment(returned[2]), returned[2].done_at) == (OPEN, None)
    assert history()[-1] == ("CommentReopened", petra.id, windwerk.id)


@pytest.mark.parametrize("text", ["x" * 501, "a\x00b"])
def test_answer_that_cannot_be_kept_comes_back_at_its_point(
    client_of, petra, project, returned, text
):
    field = f"p{returned[0].id}-answer"

    answer = tick(client_of(petra), project, returned[0], **{field: text})

    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    assert state_of_comment(returned[0]) is OPEN


def test_submitting_with_open_points_asks_once(client_of, petra, project, returned):
    client = client_of(petra)
    client.post(f"{MINE}/{project.key}/bearbeiten", data=typed() | shown(project))

    asked = client.post(f"{MINE}/{project.key}/einreichen", data=shown(project))
    meant = client.post(f"{MINE}/{project.key}/einreichen", data=shown(project) | {"anyway": "1"})

    assert (asked.status_code, meant.status_code) == (422, 303)
    assert "2 Punkte des Projektbüros sind noch offen." in asked.text
    assert "Trotzdem einreichen" in asked.text
    assert "Seit der Rückgabe wurde am Text nichts geändert." not in asked.text
    assert state_of(project) is ReviewState.SUBMITTED


def test_returned_project_says_when_nothing_was_changed(client_of, petra, project, returned):
    client = client_of(petra)
    for point in returned[:2]:
        tick(client, project, point)

    page = client.get(f"{MINE}/{project.key}").text
    asked = client.post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    for text in (page, asked.text):
        assert "Seit der Rückgabe wurde am Text nichts geändert." in text
        assert "noch offen" not in text.replace("Doch noch offen", "")
    assert (asked.status_code, state_of(project)) == (422, ReviewState.RETURNED)


def test_all_done_and_changed_it_is_submitted_without_a_question(
    client_of, petra, project, returned
):
    client = client_of(petra)
    client.post(f"{MINE}/{project.key}/bearbeiten", data=typed() | shown(project))
    for point in returned[:2]:
        tick(client, project, point)

    page = client.get(f"{MINE}/{project.key}").text
    answer = client.post(f"{MINE}/{project.key}/einreichen", data=shown(project))

    assert ("Beim Projektbüro einreichen" in page, answer.status_code) == (True, 303)


def test_second_round_shows_the_office_what_is_done_and_what_is_not(
    client_of, petra, olga, project, returned
):
    client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project) | {"anyway": "1"})
    case = f"{OFFICE}/{project.key}"

    page = client_of(olga).get(case).text
    answers = [
        client_of(olga).post(f"{case}/anmerkungen/{point.id}/{act}", data=seen(point)).status_code
        for point, act in zip(returned, ("klaeren", "klaeren", "wiederholen"), strict=True)
    ]

    goal = page.index('id="teil-goal"')
    assert "state--change" in page[goal : page.index('id="teil-solution"')]
    districts = page[page.index('id="teil-district_ids"') : page.index('id="teil-place"')]
    assert "state--run" in districts
    assert answers == [303, 303, 303]
    assert [state_of_comment(point) for point in returned] == [RESOLVED, RESOLVED, OPEN]
    assert [fact for fact, *_ in history()][-3:] == [
        "CommentResolved",
        "CommentResolved",
        "CommentRepeated",
    ]
    client_of(olga).post(f"{case}/zurueckgeben", data=shown(project))
    assert "0 von 1 Punkten erledigt" in client_of(petra).get(f"{MINE}/{project.key}").text


def test_what_the_office_does_in_a_review_stands_in_no_history_of_the_partner(
    client_of, petra, olga, project, returned
):
    client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project) | {"anyway": "1"})
    case = f"{OFFICE}/{project.key}"
    client_of(olga).post(f"{case}/anmerkungen/{returned[0].id}/klaeren", data=seen(returned[0]))
    client_of(olga).post(f"{case}/kriterien", data={"version": 0, "useful": "not_met"})
    client_of(olga).post(f"{case}/notizen", data={"intern-text": "Sehr dünn."})

    for address in (f"{MINE}/{project.key}", "/mein/windwerk/profil", "/mein"):
        page = client_of(petra).get(address).text
        assert not [word for word in ("geklärt", "Kriterien", "Sehr dünn", "Notiz") if word in page]


def test_author_who_leaves_in_review_hears_nothing_more_and_the_owners_do(
    client_of, windwerk, petra, erik, olga, project
):
    project.author = erik
    db.session.commit()
    client_of(erik).post(f"{MINE}/{project.key}/einreichen", data=shown(project))
    for affiliation in affiliations_of(erik):
        affiliation.until = now()
    db.session.commit()

    client_of(olga).post(
        f"{OFFICE}/{project.key}/zurueckgeben", data=shown(project) | {"on_goal": "Bitte."}
    )

    assert letters()[1:] == [("petra@windwerk.example", "projects/project_returned")]
    assert project.organisation_id == windwerk.id
    assert client_of(erik).get(f"{MINE}/{project.key}").status_code == 404
    assert "0 von 1 Punkten erledigt" in client_of(petra).get(f"{MINE}/{project.key}").text
    assert comments(project) == [("goal", "Bitte.", True)]
