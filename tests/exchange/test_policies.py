"""Every state × every act, from the workflows' own tables, asked by everybody."""

import pytest

from portal.core.database import db
from portal.exchange.models import InquiryState, OfferReview, OfferState
from portal.exchange.workflow import LIFE, REVIEW, THREAD
from tests.exchange.making import (
    MINE,
    OFFICE,
    THEIRS,
    asked,
    in_life,
    in_review,
    review_of,
    state_of,
    typed,
)
from tests.letters import history

PEOPLE = ["visitor", "stefan", "paul", "erik", "petra", "olga", "tilda", "ada"]
ADDRESSES = {
    "submit": f"{MINE}/<key>/einreichen",
    "take_back": f"{MINE}/<key>/zurueckziehen",
    "publish": f"{OFFICE}/<key>/veroeffentlichen",
    "give_back": f"{OFFICE}/<key>/zurueckgeben",
    "renew": f"{MINE}/<key>/erneuern",
    "end": f"{MINE}/<key>/beenden",
    "remove": f"{OFFICE}/<key>/offline",
}
DATA = {"note": "Bitte kürzer.", "outcome": "found", "offline-reason": "Beschwerden."}
BY_ITS_PEOPLE = "302 404 403 {0} {0} 403 403 403"
BY_THE_OFFICE = "302 404 404 404 404 {0} 403 {0}"


def answers(offer, put, state, name, people) -> str:
    """Of everybody in turn; what somebody changed is put back."""
    given = []
    for person, client in people.items():
        data = DATA | put(offer, state)
        address = ADDRESSES[name].replace("<key>", offer.key)
        given.append(str(client.post(address, data=data).status_code))
        if given[-1] != "303":
            assert (review_of if put is in_review else state_of)(offer) is state, person
    return " ".join(given)


@pytest.fixture
def people(request, client, client_of):
    return {
        person: client if person == "visitor" else client_of(request.getfixturevalue(person))
        for person in PEOPLE
    }


@pytest.mark.parametrize("state", OfferReview)
@pytest.mark.parametrize("name", REVIEW.steps)
def test_texts_take_the_steps_of_their_table_and_no_others(people, draft, name, state):
    step = REVIEW.steps[name]
    who = BY_THE_OFFICE if ADDRESSES[name].startswith(OFFICE) else BY_ITS_PEOPLE

    given = answers(draft, in_review, state, name, people)

    assert given == who.format(303 if state in step.leaves else 409)


@pytest.mark.parametrize("state", OfferState)
@pytest.mark.parametrize("name", [name for name in LIFE.steps if name != "expire"])
def test_entries_take_the_steps_of_their_table_and_no_others(people, live, name, state):
    step = LIFE.steps[name]
    who = BY_THE_OFFICE if ADDRESSES[name].startswith(OFFICE) else BY_ITS_PEOPLE

    given = answers(live, in_life, state, name, people)

    assert given == who.format(303 if state in step.leaves else 409)


def test_only_time_lets_an_entry_expire(live, petra, olga, ada):
    assert not any(LIFE.is_open("expire", person, live) for person in (petra, olga, ada))
    assert LIFE.steps["expire"].may(None, live)


@pytest.mark.parametrize("state", InquiryState)
@pytest.mark.parametrize("act", ["", "/schliessen"])
def test_threads_take_the_steps_of_their_table_and_no_others(
    people, live, stefan, solarhof, state, act
):
    inquiry = asked(live, stefan, solarhof)
    open_ = state in THREAD.steps["close"].leaves
    given = {}
    for person in people:
        inquiry.state = state
        db.session.commit()
        side = THEIRS if person == "stefan" else MINE
        data = {"text": f"Hallo von {person}.", "version": inquiry.version}
        answer = people[person].post(f"{side}/anfragen/{inquiry.key}{act}", data=data)
        given[person] = answer.status_code
        db.session.expire_all()

    done = 303 if open_ else 409
    assert given == {
        "visitor": 302,
        "stefan": done,
        "paul": 404,
        "erik": done,
        "petra": done,
        "olga": 403,
        "tilda": 403,
        "ada": 403,
    }


def test_refused_decision_of_a_tied_moderator_is_written_down(client_of, draft, tilda):
    data = in_review(draft, OfferReview.SUBMITTED)

    client_of(tilda).post(f"{OFFICE}/{draft.key}/veroeffentlichen", data=data)

    assert history()[-1][:2] == ("ActDenied", tilda.id)


def test_page_of_a_tied_moderator_offers_no_decision(client_of, draft, tilda, olga):
    in_review(draft, OfferReview.SUBMITTED)

    tied, free = (client_of(who).get(f"{OFFICE}/{draft.key}").text for who in (tilda, olga))

    assert "Eine andere Person entscheidet" in tied and "/veroeffentlichen" not in tied
    assert "/veroeffentlichen" in free


def test_entry_of_another_organisation_does_not_exist(client_of, live, stefan):
    client = client_of(stefan)

    for address in ("", "/bearbeiten", "/erneuern"):
        assert client.get(f"{THEIRS}/{live.key}{address}").status_code == 404
    for act in ("bearbeiten", "einreichen", "zurueckziehen", "erneuern", "beenden"):
        assert client.post(f"{THEIRS}/{live.key}/{act}", data=typed()).status_code == 404
