"""The office asks, the applicant answers from the mail's link or logged in, and nobody waits in
silence."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal.core.database import db, transaction
from portal.core.times import now, today, working_days_after
from portal.core.tokens import token_for
from portal.notifications.jobs import jobs_of
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners import services
from portal.partners.models import ApplicationState
from portal.partners.text_blocks import asking_blocks
from tests.letters import history, letters
from tests.partners.conftest import START, an_application, applications

NEXT = "/projektbuero/naechster?kind=applications"
ASKED = ("kim@probewerk.example", "partners/question_asked")
DAY = timedelta(days=1)


def case(application):
    return f"/projektbuero/antraege/{application.number}"


def ask(client, application, question="Sind Sie der Verein?", version=None):
    version = application.version if version is None else version
    return client.post(
        f"{case(application)}/fragen", data={"question": question, "version": version}
    )


def the_application():
    (application,) = applications()
    return application


def link(application, *, until=None):
    token = token_for(application, "answer", until or now() + DAY)
    return f"{START}/rueckfrage/{application.id}/{token}"


def answer(client, application, text="Nein, wir sind neu.", **data):
    form = {"answer": text, "version": application.version} | data
    return client.post(link(application), data=form)


@pytest.fixture
def asked(kim):
    """Kim was asked a day ago."""
    return an_application(
        kim,
        state=ApplicationState.QUESTION,
        question="Sind Sie der Verein?",
        answer_by=today() + 13 * DAY,
        heard_at=now() - DAY,
    )


def test_question_goes_to_the_applicant_and_the_next_case_opens(client_of, olga, kim, application):
    reply = ask(client_of(olga), application)

    found = the_application()
    assert (reply.status_code, reply.location) == (303, NEXT)
    assert (found.state, found.question, found.answer_by) == (
        ApplicationState.QUESTION,
        "Sind Sie der Verein?",
        today() + 14 * DAY,
    )
    assert letters() == [ASKED]
    assert history() == [("QuestionAsked", olga.id, None)]


def test_link_in_the_mail_leads_to_the_question_without_a_log_in(client, client_of, olga, kim):
    ask(client_of(olga), an_application(kim))

    (letter,) = db.session.scalars(select(Letter))
    _subject, text = words(letter)
    (address,) = [line for line in text.splitlines() if "/rueckfrage/" in line]
    page = client.get(address.strip().removeprefix("http://portal.test"))

    assert (page.status_code, "Sind Sie der Verein?" in page.text) == (200, True)
    assert "Sind Sie der Verein?" in text


def test_answer_brings_the_case_back_with_a_new_promise(client, client_of, olga, ada, kim, asked):
    reply = answer(client, asked)

    found = the_application()
    assert (reply.status_code, reply.location) == (303, f"{START}/rueckfrage/danke")
    assert client.get(reply.location).status_code == 200
    assert (found.state, found.answer_by) == (ApplicationState.RECEIVED, None)
    assert found.promised_by == working_days_after(now(), 5)
    assert sorted(letters()) == sorted(
        (user.email, "partners/question_answered") for user in (olga, ada)
    )
    assert history() == [("QuestionAnswered", kim.id, None)]
    assert "Nein, wir sind neu." in client_of(olga).get(case(found)).text


def test_looking_at_the_question_changes_nothing(client, asked):
    assert [client.get(link(asked)).status_code for _ in range(2)] == [200, 200]
    assert the_application().state is ApplicationState.QUESTION
    assert history() == []


def test_link_works_once(client, client_of, kim, asked):
    address = link(asked)
    answer(client, asked)

    assert client.get(address).status_code == 404
    second = client.post(address, data={"answer": "Noch etwas.", "version": 2})
    assert second.status_code == 404
    own = client_of(kim).get(address)
    assert (own.status_code, own.location) == (302, f"/mein/antraege/{asked.number}")


def test_new_question_burns_the_link_of_the_old_one(client, client_of, olga, asked):
    old = link(asked)
    answer(client, asked)
    ask(client_of(olga), the_application(), "Und seit wann?")

    assert client.get(old).status_code == 404
    assert "Und seit wann?" in client.get(link(the_application())).text


def test_expired_link_offers_a_new_one(client, asked):
    late = link(asked, until=now() - DAY)

    assert client.get(late).status_code == 410
    assert client.post(late, data={"answer": "x", "version": 1}).status_code == 410
    assert client.post(f"{late}/neu").status_code == 303
    assert letters() == [("kim@probewerk.example", "partners/question_asked_again")]
    assert client.get(late).status_code == 404


def test_no_more_than_three_new_links_an_hour(client, asked):
    codes = []
    for _ in range(4):
        late = link(the_application(), until=now() - DAY)
        codes.append(client.post(f"{late}/neu").status_code)

    assert codes == [303, 303, 303, 429]


@pytest.mark.parametrize("forged", ["confirm", "password"])
def test_link_for_another_purpose_opens_nothing(client, asked, forged):
    token = token_for(asked, forged, now() + DAY)

    assert client.get(f"{START}/rueckfrage/{asked.id}/{token}").status_code == 404


def test_applicant_answers_in_the_own_area_too(client_of, kim, asked):
    own = f"/mein/antraege/{asked.number}"
    client = client_of(kim)
    assert "Sind Sie der Verein?" in client.get(own).text

    reply = client.post(f"{own}/antwort", data={"answer": "Nein.", "version": asked.version})

    assert (reply.status_code, reply.location) == (303, own)
    assert the_application().state is ApplicationState.RECEIVED
    assert 'name="answer"' not in client.get(own).text


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 2001, "a\x00b"])
def test_bad_answer_is_explained_and_nothing_is_stored(client, client_of, kim, asked, text):
    by_link = answer(client, asked, text)
    own = client_of(kim).post(f"/mein/antraege/{asked.number}/antwort", data={"answer": text})

    assert (by_link.status_code, own.status_code) == (422, 422)
    assert the_application().state is ApplicationState.QUESTION


@pytest.mark.parametrize("question", ["", " ", "x" * 2001])
def test_bad_question_is_explained_and_the_form_stays_open(client_of, olga, application, question):
    reply = ask(client_of(olga), application, question)

    assert (reply.status_code, 'name="question"' in reply.text) == (422, True)
    assert the_application().state is ApplicationState.RECEIVED


def test_every_text_block_lies_ready(client_of, olga, application):
    client = client_of(olga)
    for word, (_label, text) in asking_blocks().items():
        assert text[:40] in client.get(f"{case(application)}?fragen={word}").text
    assert client.get(f"{case(application)}?fragen=nichts").status_code == 200


def test_who_is_tied_may_not_ask(client_of, kim, application):
    kim.office_role = "moderator"
    db.session.commit()

    assert ask(client_of(kim), application).status_code == 403


def test_second_of_two_moderators_gets_the_newer_state(client_of, olga, ada, application):
    version = application.version
    assert ask(client_of(olga), application, version=version).status_code == 303

    late = ask(client_of(ada), application, "Wer sind Sie?", version=version)

    assert late.status_code == 409
    assert the_application().question == "Sind Sie der Verein?"


def test_office_may_decide_without_waiting_for_the_answer(client, client_of, olga, asked):
    data = {"message": "Willkommen.", "version": asked.version}

    assert client_of(olga).post(f"{case(asked)}/aufnehmen", data=data).status_code == 303
    assert answer(client, the_application()).status_code == 409


def test_question_leaves_the_desk_and_comes_back_when_nobody_answers(client_of, olga, asked):
    desk = client_of(olga)
    assert "Probewerk" not in desk.get("/projektbuero").text

    asked.answer_by = today() - DAY
    db.session.commit()

    assert "Probewerk" in desk.get("/projektbuero").text


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (ApplicationState.RECEIVED, "partners/applicant_reminded"),
        (ApplicationState.QUESTION, "partners/answer_missing"),
    ],
)
def test_who_heard_nothing_for_a_week_hears_how_things_stand(app, kim, state, kind):
    start = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        application = an_application(
            kim, state=state, question="Wer?", answer_by=today() + 14 * DAY, heard_at=now()
        )
        db.session.commit()
    heard = []
    for days in (6, 8, 9, 14, 16):
        then = time_machine.travel(start + timedelta(days=days), tick=False)
        with then, transaction(writing=True):
            heard.append(services.remind_applicants())

    assert heard == [0, 1, 0, 0, 1]
    assert letters() == [("kim@probewerk.example", kind)] * 2
    assert history() == [("ApplicantReminded", None, None)] * 2
    db.session.refresh(application)


@pytest.mark.parametrize("state", ["unconfirmed", "admitted", "declined", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over_or_was_never_confirmed(kim, state):
    an_application(kim, state=ApplicationState(state), heard_at=now() - 30 * DAY)
    db.session.commit()

    with transaction(writing=True):
        assert services.remind_applicants() == 0


def test_reminder_says_sorry_when_the_promise_is_over(app, kim):
    late = {"promised_by": today() - DAY, "heard_at": now() - 8 * DAY}
    an_application(kim, **late)
    db.session.commit()

    jobs_of(app).remind.call_local()

    (letter,) = db.session.scalars(select(Letter))
    assert "Das tut uns leid" in words(letter)[1]
