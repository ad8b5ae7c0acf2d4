"""Nobody decides for an organisation of their own (safety.md, cases 8 and 9): on the page and at
the POST, and what was tried is written down."""

from datetime import timedelta

import pytest

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import InvitationState
from portal.projects.models import CaseNote, ReviewState
from portal.projects.policies import is_untied
from tests.cast import a_user, affiliated, saved
from tests.letters import history, letters
from tests.partners.acting import an_invitation
from tests.projects.making import OFFICE, in_state, shown, state_of
from tests.projects.reviewing import a_comment, comments, seen

ACTS = {
    "anmerkungen": {"on_goal": "Bitte."},
    "kriterien": {"useful": "met"},
    "notizen": {"intern-text": "Notiz"},
    "zurueckgeben": {"note": "Bitte.", "on_goal": "Bitte."},
    "veroeffentlichen": {},
}
COMMENT_ACTS = ["aendern", "entfernen", "klaeren", "wiederholen"]


def member_until(olga, windwerk, petra, project):
    affiliated(olga, windwerk).until = now() - timedelta(days=364)


def member_now(olga, windwerk, petra, project):
    affiliated(olga, windwerk)


def author(olga, windwerk, petra, project):
    project.author = olga


def invited(olga, windwerk, petra, project):
    an_invitation(windwerk, olga, petra)


def invited_and_refused(olga, windwerk, petra, project):
    an_invitation(windwerk, olga, petra, state=InvitationState.DECLINED)


@pytest.fixture(params=[member_now, member_until, author, invited, invited_and_refused])
def tie(request, olga, windwerk, petra, project):
    """Olga is tied to Windwerk eG in each of these ways."""
    request.param(olga, windwerk, petra, project)
    db.session.commit()


@pytest.mark.parametrize("act", ACTS)
def test_tied_moderator_is_refused_and_it_is_written_down(tie, client_of, olga, project, act):
    data = in_state(project, ReviewState.SUBMITTED) | ACTS[act]

    answer = client_of(olga).post(f"{OFFICE}/{project.key}/{act}", data=data)

    assert answer.status_code == 403
    assert history()[-1] == ("ActDenied", olga.id, None)
    assert (state_of(project), comments(project)) == (ReviewState.SUBMITTED, [])


@pytest.mark.parametrize("act", COMMENT_ACTS)
def test_tied_moderator_touches_no_comment(client_of, tilda, project, act):
    in_state(project, ReviewState.SUBMITTED)
    comment = a_comment(project, "goal", sent=act in {"klaeren", "wiederholen"})

    answer = client_of(tilda).post(
        f"{OFFICE}/{project.key}/anmerkungen/{comment.id}/{act}", data=seen(comment)
    )

    assert answer.status_code == 403
    assert history()[-1] == ("ActDenied", tilda.id, None)


def test_tied_moderators_page_has_no_button_and_says_why(tie, client_of, olga, project):
    in_state(project, ReviewState.SUBMITTED)
    a_comment(project, "goal", "Noch geheim", sent=False)
    a_comment(project, "title", "Schon gesendet")
    saved(CaseNote(project_id=project.id, text="Intern", written_at=now()))

    page = client_of(olga).get(f"{OFFICE}/{project.key}").text

    assert "Eine andere Person entscheidet." in page
    assert not [act for act in (*ACTS, *COMMENT_ACTS) if f'/{act}"' in page]
    assert ("Noch geheim" in page, "Intern" in page) == (False, False)
    assert "Schon gesendet" in page


def who_was_a_member_13_months_ago(olga, windwerk, petra):
    affiliated(olga, windwerk).until = now() - timedelta(days=366)


def who_was_invited_13_months_ago(olga, windwerk, petra):
    an_invitation(windwerk, olga, petra, sent_at=now() - timedelta(days=366))


def who_invited_others(olga, windwerk, petra):
    an_invitation(windwerk, petra, olga)


@pytest.mark.parametrize(
    "was", [who_was_a_member_13_months_ago, who_was_invited_13_months_ago, who_invited_others]
)
def test_old_ties_are_over(olga, windwerk, petra, project, was):
    was(olga, windwerk, petra)
    db.session.commit()

    assert is_untied(olga, project.latest)


def test_untied_administrator_decides_where_every_moderator_is_tied(client_of, tilda, ada, project):
    data = in_state(project, ReviewState.SUBMITTED)
    case = f"{OFFICE}/{project.key}/veroeffentlichen"

    assert client_of(tilda).post(case, data=data).status_code == 403
    assert client_of(ada).post(case, data=data).status_code == 303


def test_tied_administrator_reads_the_notes_and_decides_nothing(client_of, windwerk, ada, project):
    affiliated(ada, windwerk)
    data = in_state(project, ReviewState.SUBMITTED)
    saved(CaseNote(project_id=project.id, text="Nachfragen", written_at=now()))

    page = client_of(ada).get(f"{OFFICE}/{project.key}").text

    assert "Nachfragen" in page
    assert not [act for act in ACTS if f'/{act}"' in page]
    for act, more in ACTS.items():
        answer = client_of(ada).post(f"{OFFICE}/{project.key}/{act}", data=data | more)
        assert answer.status_code == 403


def test_no_letter_asks_a_tied_moderator_to_decide(client_of, windwerk, petra, olga, project):
    an_invitation(windwerk, olga, petra)
    max_ = a_user("max@office.example", "Max", "Muster", office_role=OfficeRole.MODERATOR)

    client_of(petra).post(f"/mein/windwerk/projekte/{project.key}/einreichen", data=shown(project))

    assert letters() == [(max_.email, "projects/project_submitted")]
