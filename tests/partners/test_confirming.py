"""The click in the mail proves the address: GET shows, POST acts once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.accounts import passwords
from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.partners import queries
from portal.partners.models import ApplicationState
from tests.cast import PASSWORD, a_user
from tests.letters import history, letters
from tests.partners.conftest import START, an_application, applications, apply, link_of

NEW = "Ein Satz, den ich mir merke"


@pytest.fixture
def sent(app):
    """By somebody without an account."""
    return apply(app.test_client())


@pytest.fixture
def sent_by_kim(kim):
    return an_application(kim, state=ApplicationState.UNCONFIRMED)


def state():
    (application,) = applications()
    return application.state


def click(client, application, **data):
    return client.post(link_of(application), data={"version": application.version} | data)


def test_looking_at_the_link_changes_nothing(client, sent):
    pages = [client.get(link_of(sent)) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Probewerk gGmbH" in pages[1].text
    assert state() is ApplicationState.UNCONFIRMED
    assert [fact for fact, *_ in history()] == ["ApplicationSent"]


def test_new_person_chooses_a_password_is_logged_in_and_sees_the_application(client, sent):
    answer = click(client, sent, password=NEW)

    (received,) = applications()
    assert (answer.status_code, answer.location) == (303, f"/mein/antraege/{received.number}")
    page = client.get(answer.location)
    assert (page.status_code, "Ihre Adresse ist bestätigt." in page.text) == (200, True)
    assert received.state is ApplicationState.RECEIVED
    assert received.applicant.confirmed_at
    assert passwords.matches(NEW, received.applicant.password_hash)


def test_received_application_reaches_the_office_and_the_promise_begins(client, sent, olga):
    with time_machine.travel(datetime(2026, 12, 23, 23, 30, tzinfo=UTC), tick=False):
        sent.sent_at = now()
        db.session.commit()
        click(client, sent, password=NEW)

    (received,) = applications()
    # From the 24th in Berlin: 28, 29, 30, 31 December and, after New Year's Day, 4 January.
    assert received.received_at == datetime(2026, 12, 23, 23, 30, tzinfo=UTC)
    assert received.promised_by.isoformat() == "2027-01-04"
    assert letters()[-2:] == [
        ("kim@probewerk.example", "partners/application_received"),
        ("olga@office.example", "partners/application_received_office"),
    ]
    assert history()[-1] == ("ApplicationReceived", received.applicant_id, None)


def test_person_with_a_password_confirms_and_is_led_to_the_log_in(client, sent_by_kim):
    page = client.get(link_of(sent_by_kim)).text
    answer = click(client, sent_by_kim)

    (received,) = applications()
    assert "Passwort für Ihren Zugang" not in page
    assert (answer.status_code, answer.location) == (
        303,
        f"/konto/anmelden?weiter=/mein/antraege/{received.number}",
    )
    assert received.state is ApplicationState.RECEIVED
    assert client.get("/mein").status_code == 302


def test_password_of_a_known_person_is_never_replaced(client, kim, sent_by_kim):
    click(client, sent_by_kim, password=NEW)

    db.session.rollback()
    assert state() is ApplicationState.RECEIVED
    assert passwords.matches(PASSWORD, kim.password_hash)


def test_who_is_logged_in_as_the_applicant_goes_straight_to_the_application(
    client_of, kim, sent_by_kim
):
    assert click(client_of(kim), sent_by_kim).location == f"/mein/antraege/{sent_by_kim.number}"


def test_click_in_a_strangers_browser_leads_to_the_log_in(client_of, stefan, sent_by_kim):
    assert click(client_of(stefan), sent_by_kim).location.startswith("/konto/anmelden?")


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "Geben Sie ein Passwort ein."),
        ("zu kurz", "mindestens 12 Zeichen"),
        ("password1234", "Liste der häufigsten"),
        ("x" * 201, "mindestens 12 Zeichen"),
    ],
)
def test_bad_password_confirms_nothing_and_the_link_stays(client, sent, password, message):
    answer = click(client, sent, password=password)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert state() is ApplicationState.UNCONFIRMED
    assert click(client, sent, password=NEW).status_code == 303


def test_used_link_opens_nothing_but_says_what_may_have_happened(client, sent):
    used = link_of(sent)
    click(client, sent, password=NEW)
    stranger = client.application.test_client()

    for answer in (stranger.get(used), stranger.post(used, data={"password": NEW})):
        assert answer.status_code == 404
        assert "Haben Sie Ihre Adresse schon bestätigt" in answer.text


def test_used_link_leads_the_applicant_to_the_application(client, sent):
    used = link_of(sent)
    click(client, sent, password=NEW)

    answer = client.get(used)

    assert (answer.status_code, answer.location) == (302, f"/mein/antraege/{sent.number}")


def test_older_version_than_the_one_there_is_refused(client, sent_by_kim):
    assert click(client, sent_by_kim, version="0").status_code == 409
    assert click(client, sent_by_kim, version="no number").status_code == 409
    assert state() is ApplicationState.UNCONFIRMED


def test_link_works_until_the_seventh_day_and_then_offers_a_new_one(client, sent_by_kim):
    link = link_of(sent_by_kim)
    end = sent_by_kim.sent_at + queries.applications.CONFIRM_WITHIN

    with time_machine.travel(end - timedelta(seconds=2), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(end, tick=False):
        page = client.get(link)
        late = click(client, sent_by_kim)
        again = client.post(f"{link}/neu")

    assert (page.status_code, late.status_code) == (410, 410)
    assert "Neuen Link senden" in page.text
    assert (again.status_code, again.location) == (303, f"{START}/gesendet")
    assert state() is ApplicationState.UNCONFIRMED
    assert letters() == [("kim@probewerk.example", "partners/confirmation_asked_again")]
    assert client.get(link).status_code == 404


def test_new_link_after_an_expired_one_works(client, sent_by_kim):
    with time_machine.travel(now() + timedelta(days=30), tick=False):
        client.post(f"{link_of(sent_by_kim)}/neu")

        assert click(client, applications()[0]).status_code == 303

    assert state() is ApplicationState.RECEIVED


def test_links_that_were_tampered_with_open_nothing(client, kim, sent_by_kim):
    other = an_application(kim, state=ApplicationState.UNCONFIRMED, name="Anderes Werk")
    token = queries.confirmation_token(sent_by_kim)
    later = now() + timedelta(days=99)
    wrong = [
        f"{sent_by_kim.id}/{token[:-1]}",
        f"{sent_by_kim.id}/{token[:-1]}{'0' if token[-1] != '0' else '1'}",
        f"{sent_by_kim.id}/{later.timestamp():.0f}-{token.partition('-')[2]}",
        f"{sent_by_kim.id}/{int(later.timestamp()):x}-{token.partition('-')[2]}",
        f"{other.id}/{token}",
        f"{sent_by_kim.id}/{token_for(sent_by_kim, 'password', later)}",
        f"{sent_by_kim.id}/{token_for(kim, 'confirm', later)}",
        f"{sent_by_kim.id}/-",
        f"{sent_by_kim.id}/ä%00{token}",
        f"2147483647/{token}",
    ]

    for end in wrong:
        link = f"{START}/bestaetigen/{end}"
        codes = [
            client.get(link).status_code,
            client.post(link).status_code,
            client.post(f"{link}/neu").status_code,
        ]
        assert codes == [404, 404, 404], end
    assert {a.state for a in applications()} == {ApplicationState.UNCONFIRMED}


@pytest.mark.parametrize("application_id", [-1, 2**31, 10**30, "abc"])
def test_link_with_an_impossible_number_leads_nowhere(client, application_id):
    assert client.get(f"{START}/bestaetigen/{application_id}/token").status_code == 404


def test_person_of_the_office_confirms_no_application(client, app):
    olga = a_user("o@office.example", "Olga", "O", office_role=OfficeRole.MODERATOR)
    olga.password_hash = "kept"
    sent = an_application(olga, state=ApplicationState.UNCONFIRMED)

    assert click(client, sent).status_code == 403
    assert state() is ApplicationState.UNCONFIRMED


def test_withdrawn_application_is_not_confirmed_any_more(client, client_of, kim, sent_by_kim):
    link = link_of(sent_by_kim)
    client_of(kim).post(f"/mein/antraege/{sent_by_kim.number}/zurueckziehen", data={"version": 1})

    assert client.post(link, data={"version": 2}).status_code == 404
    assert state() is ApplicationState.WITHDRAWN
