"""Where everybody of the office is tied, two administrators decide together and disclose it
(safety.md, case 8)."""

import pytest

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.exchange.models import OfferReview
from portal.partners.models import ApplicationState
from portal.projects.models import ReviewState
from tests.cast import a_user
from tests.exchange import making as offers
from tests.joint.acting import (
    GIVE_BACK,
    address_of,
    confirmed,
    joints,
    notes,
    proposed,
    states,
    version_of,
)
from tests.letters import history, letters
from tests.partners.conftest import an_application
from tests.projects.making import OFFICE, in_state, state_of

SUBMITTED = ReviewState.SUBMITTED
BOTH = "Ada Amt: Bis vor einem Monat Mitglied. / Berta Büro: Ich auch."


def facts() -> list[tuple[str, int | None]]:
    return [(fact, by) for fact, by, _for in history()]


@pytest.mark.parametrize(
    ("act", "fact", "state"),
    [
        ("publish", "ProjectPublished", ReviewState.PUBLISHED),
        ("give_back", "ProjectReturned", ReviewState.RETURNED),
        ("reject", "ProjectRejected", ReviewState.REJECTED),
    ],
)
def test_second_person_confirms_and_it_happens_with_both_names(
    client_of, ada, berta, project, act, fact, state
):
    proposal = proposed(client_of(ada), project, act, note="Bitte kürzen.")
    assert (proposal.status_code, state_of(project)) == (303, SUBMITTED)

    answer = confirmed(client_of(berta), project)

    assert (answer.status_code, state_of(project), states()) == (303, state, ["confirmed"])
    assert facts()[-2:] == [("JointDecisionTaken", berta.id), (fact, berta.id)]
    assert notes("JointDecisionTaken") == [BOTH]


def test_note_of_the_first_is_what_the_organisation_reads(client_of, ada, berta, project):
    proposed(client_of(ada), project, **GIVE_BACK)

    confirmed(client_of(berta), project)

    assert notes("ProjectReturned") == ["Bitte kürzen."]
    assert version_of(project) and project.latest.note == "Bitte kürzen."


def test_entry_of_the_exchange_is_decided_in_the_same_way(
    client_of, windwerk, petra, office, ada, berta
):
    offer = offers.a_draft(windwerk, petra)
    offers.in_review(offer, OfferReview.SUBMITTED)

    assert proposed(client_of(ada), offer).status_code == 303
    assert confirmed(client_of(berta), offer).status_code == 303

    version_of(offer)
    assert offer.latest.state is OfferReview.PUBLISHED
    assert facts()[-2:] == [("JointDecisionTaken", berta.id), ("OfferPublished", berta.id)]


@pytest.mark.parametrize(
    ("act", "state"), [("admit", ApplicationState.ADMITTED), ("decline", ApplicationState.DECLINED)]
)
def test_application_is_decided_in_the_same_way(
    client_of, windwerk, petra, office, ada, berta, act, state
):
    application = an_application(petra, name="Windwerk eG")
    windwerk.folded_name = application.folded_name
    db.session.commit()

    assert proposed(client_of(ada), application, act, note="Nein.").status_code == 303
    assert confirmed(client_of(berta), application).status_code == 303

    version_of(application)
    assert application.state is state
    assert notes("JointDecisionTaken") == [BOTH]


def test_other_administrators_hear_that_a_second_person_is_needed(
    client_of, ada, berta, olga, project
):
    proposed(client_of(ada), project)

    assert letters() == [(berta.email, "joint/joint_decision_opened")]


def test_second_person_refuses_and_the_first_reads_why(client_of, ada, berta, project):
    proposed(client_of(ada), project)
    data = {"version": joints()[-1].version, "widerspruch-reason": "Zu früh."}

    answer = client_of(berta).post(f"{address_of(project)}/widersprechen", data=data)

    assert (answer.status_code, state_of(project), states()) == (303, SUBMITTED, ["refused"])
    assert letters()[-1] == (ada.email, "joint/joint_decision_refused")
    assert "Berta Büro hat den letzten Vorschlag nicht bestätigt: Zu früh." in (
        client_of(ada).get(address_of(project)).text
    )
    assert proposed(client_of(ada), project).status_code == 303


def test_first_person_takes_the_proposal_back(client_of, ada, berta, project):
    proposed(client_of(ada), project)

    data = {"version": joints()[-1].version}
    answer = client_of(ada).post(f"{address_of(project)}/zuruecknehmen", data=data)

    assert (answer.status_code, states()) == (303, ["taken_back"])
    assert confirmed(client_of(berta), project).status_code == 409


def first_is_locked(ada, **_):
    ada.locked_at = now()


def first_leads_no_more(ada, **_):
    ada.office_role = OfficeRole.MODERATOR


def text_was_taken_back_and_sent_again(project, **_):
    in_state(project, ReviewState.DRAFT)
    in_state(project, SUBMITTED)


def text_is_decided(project, **_):
    in_state(project, ReviewState.RETURNED)


@pytest.mark.parametrize(
    "meanwhile",
    [
        first_is_locked,
        first_leads_no_more,
        text_was_taken_back_and_sent_again,
        text_is_decided,
    ],
)
def test_second_click_comes_too_late(client_of, ada, berta, project, meanwhile):
    proposed(client_of(ada), project)
    meanwhile(ada=ada, project=project)
    db.session.commit()
    state = state_of(project)

    assert confirmed(client_of(berta), project).status_code == 409
    assert (state_of(project), states()) == (state, ["open"])


def test_untied_person_who_appears_meanwhile_closes_the_joint_way(client_of, ada, berta, project):
    proposed(client_of(ada), project)
    umut = a_user("umut@office.example", "Umut", "Unbefangen", office_role=OfficeRole.MODERATOR)

    assert confirmed(client_of(berta), project).status_code == 409
    assert proposed(client_of(berta), project).status_code == 403
    assert client_of(berta).get(address_of(project)).status_code == 302
    answer = client_of(umut).post(
        f"{OFFICE}/{project.key}/veroeffentlichen", data=version_of(project)
    )
    assert answer.status_code == 303
