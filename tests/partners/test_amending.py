"""An applicant mends what was sent, until the office has decided."""

import pytest

from portal.core.database import db
from portal.partners.models import Application, ApplicationState
from tests.letters import history, letters

SAID = {
    "name": "Neuwerk Hafen GmbH",
    "kind": "company",
    "website": "https://neuwerk.example",
    "city": "Dortmund",
    "register_number": "HRB 4711",
    "register_court": "Amtsgericht Dortmund",
    "function": "Leitung",
}


def amended(client_of, person, application, **more):
    data = SAID | {"version": application.version} | more
    return client_of(person).post(f"/mein/antraege/{application.number}/aendern", data=data)


def kept(application: Application) -> tuple[str, str]:
    db.session.rollback()
    db.session.expire_all()
    return application.name, application.register_number


@pytest.mark.parametrize("state", [ApplicationState.RECEIVED, ApplicationState.QUESTION])
def test_amended_answers_stand_on_the_case_at_once(client_of, application, olga, state):
    application.state = state
    db.session.commit()
    before = letters()

    answer = amended(client_of, application.applicant, application)

    assert answer.status_code == 303
    assert kept(application) == ("Neuwerk Hafen GmbH", "HRB 4711")
    assert application.state is state
    case = client_of(olga).get(f"/projektbuero/antraege/{application.number}").text
    assert "Neuwerk Hafen GmbH" in case
    assert history()[-1] == ("ApplicationAmended", application.applicant_id, None)
    assert letters() == before


def test_saving_the_same_again_leaves_no_line(client_of, application):
    amended(client_of, application.applicant, application)
    before = history()
    db.session.expire_all()

    answer = amended(client_of, application.applicant, application)

    assert answer.status_code == 303
    assert history() == before


def test_office_decides_on_what_it_has_seen(client_of, application, olga):
    seen = application.version
    amended(client_of, application.applicant, application)

    answer = client_of(olga).post(
        f"/projektbuero/antraege/{application.number}/aufnehmen",
        data={"version": seen, "message": "Willkommen."},
    )

    assert answer.status_code == 409
    assert application.state is ApplicationState.RECEIVED


@pytest.mark.parametrize(
    "state", [ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN]
)
def test_decided_application_stays_as_it_is(client_of, application, state):
    application.state = state
    db.session.commit()
    name = application.name

    page = client_of(application.applicant).get(f"/mein/antraege/{application.number}/aendern")
    answer = amended(client_of, application.applicant, application)

    assert (page.status_code, '<form class="form' in page.text) == (200, False)
    assert answer.status_code == 409
    assert kept(application)[0] == name


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("kind", "office"), ("website", "javascript:alert(1)"), ("city", "x" * 121)]
    + [("register_number", "4711"), ("function", " ")],
)
def test_wrong_answers_come_back_with_a_link_to_the_field(client_of, application, field, value):
    before = kept(application)

    answer = amended(client_of, application.applicant, application, **{field: value})

    assert answer.status_code == 422
    assert f'<a href="#{field}' in answer.text
    assert kept(application) == before


def test_fields_of_the_office_are_not_taken(client_of, application):
    amended(
        client_of, application.applicant, application, state="admitted", reason="x", applicant_id=1
    )

    assert kept(application)[0] == "Neuwerk Hafen GmbH"
    assert (application.state, application.reason) == (ApplicationState.RECEIVED, "")
