"""The office comments at the parts of a presentation; nobody else knows before it gives it back."""

import re

import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.notifications import messages
from portal.notifications.models import Letter
from portal.projects.models import Comment, CommentState, ReviewState
from portal.projects.services import MOST
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, a_draft, in_state, shown, state_of
from tests.projects.reviewing import a_comment, comments, seen

TEXT = "Woran messen Sie den Erfolg?"


@pytest.fixture
def case(project):
    in_state(project, ReviewState.SUBMITTED)
    return f"{OFFICE}/{project.key}"


def test_comment_is_kept_and_stands_at_its_part(client_of, olga, project, case):
    answer = client_of(olga).post(
        f"{case}/anmerkungen", data=shown(project) | {"on_goal": TEXT, "on_whole": "Gut!"}
    )

    page = client_of(olga).get(case).text
    assert (answer.status_code, answer.location) == (303, f"{case}#teil-whole")
    assert comments(project) == [("whole", "Gut!", False), ("goal", TEXT, False)]
    assert page.index('id="teil-goal"') < page.index(TEXT) < page.index('id="teil-solution"')
    assert history()[-1] == ("CommentWritten", olga.id, None)
    assert letters() == []


def test_authors_see_nothing_of_it_before_it_is_sent(client_of, petra, paul, olga, project, case):
    client_of(olga).post(f"{case}/anmerkungen", data=shown(project) | {"on_goal": TEXT})

    for person in (petra, paul):
        for address in (f"{MINE}/{project.key}", MINE, "/mein"):
            assert TEXT not in client_of(person).get(address).text
    client_of(petra).post(f"{MINE}/{project.key}/zurueckziehen", data=shown(project))
    for address in (f"{MINE}/{project.key}", f"{MINE}/{project.key}/bearbeiten"):
        page = client_of(petra).get(address).text
        assert (TEXT in page, "angemerkt" in page) == (False, False)
    (comment,) = db.session.scalars(select(Comment))
    ticked = f"{MINE}/{project.key}/anmerkungen/{comment.id}/erledigt"
    assert client_of(petra).post(ticked, data=seen(comment)).status_code == 404


def test_two_clicks_keep_one_comment(client_of, olga, project, case):
    for _ in range(2):
        client_of(olga).post(f"{case}/anmerkungen", data=shown(project) | {"on_goal": TEXT})

    assert comments(project) == [("goal", TEXT, False)]


def test_comment_is_changed_and_removed_until_it_is_sent(client_of, olga, ada, project, case):
    comment = a_comment(project, "goal", sent=False)
    other = a_comment(project, "title", sent=False)

    changed = client_of(ada).post(
        f"{case}/anmerkungen/{comment.id}/aendern",
        data=seen(comment) | {f"a{comment.id}-text": TEXT},
    )
    removed = client_of(olga).post(f"{case}/anmerkungen/{other.id}/entfernen", data=seen(other))

    assert (changed.status_code, changed.location) == (303, f"{case}#teil-goal")
    assert (removed.status_code, removed.location) == (303, f"{case}#teil-title")
    assert comments(project) == [("goal", TEXT, False)]
    assert [fact for fact, *_ in history()][-2:] == ["CommentChanged", "CommentRemoved"]


@pytest.mark.parametrize("text", ["", " ", "\u200b", "x" * 1001, "a\x00b"])
def test_comment_that_says_nothing_is_refused_at_its_field(client_of, olga, project, case, text):
    comment = a_comment(project, "goal", "Vorher", sent=False)
    field = f"a{comment.id}-text"

    answer = client_of(olga).post(
        f"{case}/anmerkungen/{comment.id}/aendern", data=seen(comment) | {field: text}
    )

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert comments(project) == [("goal", "Vorher", False)]


@pytest.mark.parametrize("text", ["\u200b", "x" * 1001, "a\x00b"])
@pytest.mark.parametrize("act", ["anmerkungen", "zurueckgeben"])
def test_new_comment_that_cannot_be_kept_stays_in_its_field(
    client_of, olga, project, case, act, text
):
    said = {"on_goal": text, "on_title": "Kürzer bitte.", "note": "Hinweis"}

    answer = client_of(olga).post(f"{case}/{act}", data=shown(project) | said)

    assert answer.status_code == 422
    assert 'href="#on_goal"' in answer.text
    assert "Kürzer bitte.</textarea>" in answer.text
    assert (comments(project), state_of(project)) == ([], ReviewState.SUBMITTED)


def test_longest_comment_is_kept_whole(client_of, olga, project, case):
    text = "ß" * 1000

    client_of(olga).post(f"{case}/anmerkungen", data=shown(project) | {"on_goal": text})

    assert comments(project) == [("goal", text, False)]


@pytest.mark.parametrize("act", ["anmerkungen", "zurueckgeben"])
def test_forty_comments_are_enough(client_of, olga, project, case, act):
    for number in range(MOST - 1):
        a_comment(project, "goal", f"Punkt {number}", sent=False)
    said = {"on_title": "Der vierzigste", "on_goal": "Einer zu viel", "note": "Bitte."}

    over = client_of(olga).post(f"{case}/{act}", data=shown(project) | said)
    del said["on_goal"]
    fits = client_of(olga).post(f"{case}/{act}", data=shown(project) | said)

    assert (over.status_code, fits.status_code) == (422, 303)
    assert "Mehr als 40 Anmerkungen gehen nicht." in over.text
    assert len(comments(project)) == MOST


def test_giving_back_sends_note_and_comments_and_the_mail_lists_the_fields(
    client_of, petra, olga, project, case
):
    a_comment(project, "title", "Zu lang.", sent=False)

    answer = client_of(olga).post(
        f"{case}/zurueckgeben", data=shown(project) | {"on_goal": TEXT, "note": "Danke!"}
    )

    assert (answer.status_code, answer.location) == (303, "/projektbuero/naechster?kind=projects")
    assert state_of(project) is ReviewState.RETURNED
    assert comments(project) == [("title", "Zu lang.", True), ("goal", TEXT, True)]
    (letter,) = db.session.scalars(select(Letter))
    subject, text = messages.words(letter)
    assert (letter.recipient.email, subject) == (
        "petra@windwerk.example",
        "Bitte ergänzen: Windpark am Hafen",
    )
    assert "2 Anmerkungen warten auf Sie:\n\n- Titel\n- Ziel\n" in text
    assert "    Danke!" in text
    assert TEXT not in text


def test_mail_is_english_for_who_reads_english(client_of, petra, olga, project, case):
    petra.language = "en"
    db.session.commit()

    client_of(olga).post(f"{case}/zurueckgeben", data=shown(project) | {"on_title": TEXT})

    _subject, text = messages.words(db.session.scalars(select(Letter)).one())
    assert "One comment is waiting for you:\n\n- Title\n" in text


@pytest.mark.parametrize("said", [{"note": "Bitte ergänzen."}, {"on_goal": TEXT}])
def test_note_or_comment_is_enough_to_give_back(client_of, olga, project, case, said):
    assert (
        client_of(olga).post(f"{case}/zurueckgeben", data=shown(project) | said).status_code == 303
    )


def test_kept_comment_is_enough_to_give_back(client_of, olga, project, case):
    a_comment(project, "goal", sent=False)

    assert client_of(olga).post(f"{case}/zurueckgeben", data=shown(project)).status_code == 303


def test_giving_back_without_a_word_is_refused(client_of, olga, project, case):
    a_comment(project, "goal", state=CommentState.RESOLVED)

    answer = client_of(olga).post(f"{case}/zurueckgeben", data=shown(project))

    assert answer.status_code == 422
    assert '<a href="#note">Schreiben Sie einen Hinweis oder eine Anmerkung' in answer.text
    assert state_of(project) is ReviewState.SUBMITTED


def test_text_block_keeps_what_was_typed_and_begins_the_note(client_of, petra, olga, project, case):
    petra.language = "en"
    db.session.commit()

    answer = client_of(olga).post(
        f"{case}/anmerkungen", data=shown(project) | {"on_goal": TEXT, "baustein": "nutzen"}
    )
    page = client_of(olga).get(answer.location).text

    assert answer.location == f"{case}?baustein=nutzen#entscheidung"
    assert comments(project) == [("goal", TEXT, False)]
    assert "Please add whom the project benefits" in page


def test_unknown_text_block_begins_with_nothing(client_of, olga, project, case):
    page = client_of(olga).get(f"{case}?baustein=unbekannt")

    assert page.status_code == 200
    assert re.search(r'id="note"[^>]*>\s*</textarea>', page.text)


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "**fett** <b>x</b>", "{{ 7*7 }}"])
def test_comment_is_shown_as_it_was_typed(client_of, petra, olga, project, case, markup):
    client_of(olga).post(f"{case}/zurueckgeben", data=shown(project) | {"on_goal": markup})
    escaped = markup.replace("<", "&lt;").replace(">", "&gt;")

    for person, address in (
        (olga, case),
        (petra, f"{MINE}/{project.key}"),
        (petra, f"{MINE}/{project.key}/bearbeiten"),
    ):
        page = client_of(person).get(address).text
        assert escaped in page, address
        assert markup not in page or markup == escaped


@pytest.mark.parametrize("act", ["anmerkungen", "zurueckgeben"])
def test_who_comes_too_late_keeps_the_typed_text(client_of, olga, ada, project, case, act):
    before = shown(project)
    client_of(ada).post(f"{case}/veroeffentlichen", data=before)

    answer = client_of(olga).post(f"{case}/{act}", data=before | {"on_goal": TEXT, "note": "Danke"})

    assert answer.status_code == 409
    assert "Jemand war schneller. Ihre Eingaben sind nicht gespeichert." in answer.text
    assert "Der Vorgang steht jetzt so: veröffentlicht." in answer.text
    assert TEXT in answer.text and "Danke" in answer.text
    assert (comments(project), state_of(project)) == ([], ReviewState.PUBLISHED)


def test_text_typed_before_it_was_taken_back_and_sent_again_can_be_kept_now(
    client_of, petra, olga, project, case
):
    before = shown(project)
    for step in ("zurueckziehen", "einreichen"):
        client_of(petra).post(f"{MINE}/{project.key}/{step}", data=shown(project))

    late = client_of(olga).post(f"{case}/anmerkungen", data=before | {"on_goal": TEXT})
    again = client_of(olga).post(f"{case}/anmerkungen", data=shown(project) | {"on_goal": TEXT})

    assert (late.status_code, again.status_code) == (409, 303)
    assert f"{TEXT}</textarea>" in late.text
    assert comments(project) == [("goal", TEXT, False)]


def test_comment_of_another_project_is_not_found(client_of, windwerk, petra, olga, project, case):
    from_elsewhere = a_comment(a_draft(windwerk, petra, title="Ein anderes"), "goal", sent=False)

    for act in ("aendern", "entfernen", "klaeren", "wiederholen"):
        address = f"{case}/anmerkungen/{from_elsewhere.id}/{act}"
        assert client_of(olga).post(address, data=seen(from_elsewhere)).status_code == 404


def test_publishing_drops_what_was_not_sent_and_closes_the_rest(client_of, olga, project, case):
    a_comment(project, "goal", "Nie gesendet", sent=False)
    a_comment(project, "title", "Gesendet", state=CommentState.DONE)

    client_of(olga).post(f"{case}/veroeffentlichen", data=shown(project))

    assert comments(project) == [("title", "Gesendet", True)]
    assert db.session.scalars(select(Comment)).one().closed_at is not None
    assert "Gesendet" not in client_of(olga).get(case).text


def test_case_page_sends_the_same_statements_for_1_and_for_40_comments(
    client_of, olga, project, case, statements
):
    def page() -> int:
        client = client_of(olga)
        client.get(case)
        with statements() as sent:
            assert client.get(case).status_code == 200
        return sent.number

    a_comment(project, "goal", by=olga)
    with_one = page()
    for number in range(39):
        a_comment(project, "goal", f"Punkt {number}", by=olga, sent=number % 2 == 0)

    assert page() == with_one <= 30
