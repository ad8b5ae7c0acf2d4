"""The applicant's page: where it stands, by when there is an answer, and the way back."""

from datetime import date

import pytest

from portal.core.database import db
from portal.partners.models import ApplicationState
from tests.cast import a_user
from tests.letters import history, letters
from tests.partners.conftest import an_application, applications


def page_of(application):
    return f"/mein/antraege/{application.number}"


def withdraw(client, application, version=None):
    return client.post(
        f"{page_of(application)}/zurueckziehen",
        data={"version": application.version if version is None else version},
    )


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ApplicationState.UNCONFIRMED, "Bestätigen Sie Ihre Adresse über den Link"),
        (ApplicationState.RECEIVED, "antwortet bis 8. Januar 2099. Sie müssen nichts tun."),
        (ApplicationState.QUESTION, "Das Projektbüro hat eine Rückfrage."),
        (ApplicationState.ADMITTED, "Willkommen in der Allianz."),
        (ApplicationState.DECLINED, "nicht angenommen"),
        (ApplicationState.WITHDRAWN, "Sie haben diesen Antrag zurückgezogen."),
    ],
)
def test_page_says_what_the_state_means(client_of, kim, state, said):
    application = an_application(kim, state=state, promised_by=date(2099, 1, 8))

    page = client_of(kim).get(page_of(application))

    assert (page.status_code, said in page.text, state.label in page.text) == (200, True, True)


def test_office_sees_it_once_it_was_received_and_nobody_else_does(
    client_of, kim, olga, petra, stefan, client
):
    unconfirmed = an_application(kim, state=ApplicationState.UNCONFIRMED)
    received = an_application(kim)
    lee = a_user("lee@elsewhere.example", "Lee", "Probe")
    an_application(lee)

    def codes(application):
        clients = [client, *map(client_of, (kim, petra, stefan, lee, olga))]
        return [one.get(page_of(application)).status_code for one in clients]

    assert codes(unconfirmed) == [302, 200, 404, 404, 404, 404]
    assert codes(received) == [302, 200, 404, 404, 404, 200]


def test_office_is_not_told_what_the_applicant_should_do(client_of, olga, application):
    assert "Sie müssen nichts tun" not in client_of(olga).get(page_of(application)).text


@pytest.mark.parametrize(
    "number", ["1", "2026-0", "2026-999", "1999-001", "2026-001x", "a\x00b", f"2026-{10**30}", "ä"]
)
def test_number_that_is_none_leads_nowhere(client_of, kim, number):
    assert client_of(kim).get(f"/mein/antraege/{number}").status_code == 404


def test_number_needs_the_year_in_which_it_was_sent(client_of, kim, application):
    year, serial = application.number.split("-")

    assert client_of(kim).get(f"/mein/antraege/{int(year) - 1}-{serial}").status_code == 404


@pytest.mark.parametrize(
    "state", [ApplicationState.UNCONFIRMED, ApplicationState.RECEIVED, ApplicationState.QUESTION]
)
def test_undecided_application_can_be_withdrawn(client_of, kim, state):
    application = an_application(kim, state=state)

    answer = withdraw(client_of(kim), application)

    (withdrawn,) = applications()
    assert (answer.status_code, answer.location) == (303, page_of(application))
    assert withdrawn.state is ApplicationState.WITHDRAWN
    assert withdrawn.decided_at
    assert history() == [("ApplicationWithdrawn", kim.id, None)]


def test_office_hears_of_a_withdrawal_only_of_what_it_had_seen(client_of, kim, olga):
    for state in (ApplicationState.UNCONFIRMED, ApplicationState.RECEIVED):
        withdraw(client_of(kim), an_application(kim, state=state))

    assert letters() == [("olga@office.example", "partners/application_withdrawn")]


@pytest.mark.parametrize(
    "state", [ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN]
)
def test_decided_application_stays_and_offers_no_button(client_of, kim, state):
    application = an_application(kim, state=state)
    client = client_of(kim)

    assert "Antrag zurückziehen" not in client.get(page_of(application)).text
    assert withdraw(client, application).status_code == 409
    assert applications()[0].state is state


def test_withdrawal_on_an_older_version_is_refused(client_of, kim, application):
    assert withdraw(client_of(kim), application, version=0).status_code == 409
    assert applications()[0].state is ApplicationState.RECEIVED


def test_only_the_applicant_withdraws(client_of, olga, petra, application):
    answers = [withdraw(client_of(person), application) for person in (olga, petra)]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert applications()[0].state is ApplicationState.RECEIVED


def test_applicant_asks_for_the_link_again_while_the_address_is_unconfirmed(client_of, kim):
    waiting = an_application(kim, state=ApplicationState.UNCONFIRMED)

    answer = client_of(kim).post(f"{page_of(waiting)}/link")

    assert (answer.status_code, answer.location) == (303, page_of(waiting))
    assert letters() == [("kim@probewerk.example", "partners/confirmation_asked_again")]
    assert client_of(kim).post(f"{page_of(waiting)}/link").status_code == 303


def test_confirmed_application_needs_no_link(client_of, kim, application):
    assert client_of(kim).post(f"{page_of(application)}/link").status_code == 409


def test_applicant_without_an_organisation_reaches_nothing_of_others(
    client_of, kim, windwerk, application
):
    client = client_of(kim)

    for address in [
        "/mein/windwerk/teams",
        "/mein/windwerk/projekte",
        "/projektbuero",
        "/projektbuero/partner",
        f"/projektbuero/antraege/{application.number}",
    ]:
        assert client.get(address).status_code == 404, address
    for address in ["/konto", page_of(application)]:
        assert client.get(address).status_code == 200, address


def test_history_stands_on_the_page(client_of, kim, application):
    client = client_of(kim)
    withdraw(client, application)
    db.session.rollback()

    assert "hat den Antrag zurückgezogen" in client.get(page_of(application)).text
