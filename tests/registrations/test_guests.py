"""A guest without an account: counts from the submit, confirms by the link, and learns nothing
about others."""

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.limits import limiter
from portal.core.times import now
from portal.events.models import Audience
from portal.registrations import queries
from portal.registrations.models import Registration
from tests.cast import a_user
from tests.letters import history
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    counters,
    guest_registers,
    lines,
    people,
    states,
)
from tests.registrations.pages import EVENT, FORM, buttons, words

THANKS = f"{FORM}/danke"
GUEST = {
    "first_name": "Gabi",
    "last_name": "Gast",
    "organisation_name": "Gastwerk",
    "municipality": "Lünen",
    "email": "gast@x.example",
}


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


@pytest.fixture
def counting(app):
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def only() -> Registration:
    db.session.rollback()
    return db.session.scalars(select(Registration)).one()


def test_form_needs_no_cookie_and_is_never_kept(client, allocation):
    page = client.get(FORM)

    assert page.status_code == 200 and buttons(page) == [(FORM, "Zum Termin anmelden")]
    assert "Set-Cookie" not in page.headers and "csrf_token" not in page.text
    assert page.headers["Cache-Control"] == "private, no-store" and "ETag" not in page.headers
    assert "Vary" not in page.headers or "Cookie" not in page.headers["Vary"]


def test_number_counts_from_the_submit(client, allocation):
    reply = client.post(FORM, data=GUEST)

    made = only()
    assert (reply.status_code, reply.location) == (303, THANKS)
    assert "Set-Cookie" not in reply.headers
    assert (made.number, made.state.value, made.is_proved) == (1, "confirmed", False)
    assert (made.name, made.organisation_name, made.municipality, made.named_in_public) == (
        "Gabi Gast",
        "Gastwerk",
        "Lünen",
        False,
    )
    assert history()[-1][0] == "RegistrationMade"


def test_answer_is_the_same_for_known_and_unknown_addresses(client, allocation):
    a_user("konto@x.example", "Kim", "Konto")
    a_user("gesperrt@x.example", "Gero", "Gesperrt", locked_at=now())
    guest_registers(allocation, "schon@x.example")
    everybody = ["neu@x.example", "konto@x.example", "gesperrt@x.example", "schon@x.example"]

    replies = [client.post(FORM, data=GUEST | {"email": one}) for one in everybody]

    assert {(reply.status_code, reply.location, reply.data) for reply in replies} == {
        (303, THANKS, replies[0].data)
    }
    assert {client.get(THANKS).data for _ in replies} == {client.get(THANKS).data}
    assert "Nummer" in client.get(THANKS).text and "Gabi" not in client.get(THANKS).text


def test_answer_is_the_same_after_the_end_too(client, allocation):
    guest_registers(allocation, "schon@x.example")
    allocation.closes_at = now()
    db.session.commit()

    replies = [client.post(FORM, data=GUEST | {"email": f"{n}@x.example"}) for n in ("schon", "n")]

    assert [reply.status_code for reply in replies] == [409, 409]
    assert replies[0].text == replies[1].text
    assert history()[-1][0] != "RegistrationAskedAgain"


def test_who_registers_again_keeps_the_number_and_gets_the_link_again(client, allocation):
    for _ in range(2):
        assert client.post(FORM, data=GUEST).status_code == 303

    assert lines(allocation) == [("opened", None), ("confirmed", 1)]
    assert history()[-1][0] == "RegistrationAskedAgain"


def test_fourth_link_within_an_hour_is_refused_for_everybody(client, allocation):
    answers = [client.post(FORM, data=GUEST).status_code for _ in range(5)]

    assert answers == [303, 303, 303, 429, 429]
    assert counters(allocation) == (1, 0)


def test_full_form_says_which_place_in_line(client, allocation):
    all_register(allocation, people(3))

    assert buttons(client.get(FORM)) == [(FORM, "Warteliste, Platz 2")]
    client.post(FORM, data=GUEST)
    assert states(allocation)[-1] == (4, "waiting")


def test_public_page_of_the_date_names_times_and_no_numbers(client, allocation):
    before = client.get(EVENT)
    all_register(allocation, people(3))

    again = client.get(EVENT, headers={"If-None-Match": before.headers["ETag"]})

    assert again.status_code == 304
    assert f'href="{FORM}"' in before.text and buttons(before) == []
    assert "Plätzen frei" not in before.text and "Warteliste" not in before.text
    assert "Von " in words(before) and "bis " in words(before)


def test_date_for_partners_leads_visitors_to_the_log_in_and_back(client, ada):
    allocation = an_allocation(ada, an_event(ada, audience=Audience.PARTNERS))

    page, form, reply = client.get(EVENT), client.get(FORM), client.post(FORM, data=GUEST)

    assert f"/konto/anmelden?weiter={EVENT}" in page.text and buttons(page) == []
    assert f"/konto/anmelden?weiter={FORM}" in form.text and buttons(form) == []
    assert reply.status_code == 403
    assert states(allocation) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://boese.example"},
        {},
    ],
)
def test_form_of_another_site_is_refused(client, allocation, headers):
    assert client.post(FORM, data=GUEST, headers=headers, token=False).status_code == 403
    assert states(allocation) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_name", ""),
        ("last_name", "\u200b\u2060"),
        ("first_name", "x" * 10_000),
        ("last_name", "Gast\x00"),
        ("last_name", "G\u202east"),
        ("organisation_name", "Werk\x07"),
        ("organisation_name", "x" * 201),
        ("municipality", "Zeile\nZeile"),
        ("email", "gast"),
        ("email", "gast@x.example\nBcc: alle@x.example"),
        ("email", "x" * 300 + "@x.example"),
        ("answer", "x" * 501),
    ],
)
def test_what_cannot_be_taken_comes_back_and_takes_no_place(client, ada, field, typed):
    allocation = an_allocation(ada, question="Warum?")

    answer = client.post(FORM, data=GUEST | {field: typed})

    assert answer.status_code == 422 and "kern-error" in answer.text
    assert states(allocation) == []


def test_markup_in_names_stays_text(client, client_of, allocation):
    evil = "<script>alert(1)</script>"
    client.post(FORM, data=GUEST | {"last_name": evil, "organisation_name": evil})
    made = only()
    link = f"/anmeldung/{made.id}/{queries.registration_token(made)}"
    client.post(f"{link}/bestaetigen")
    client.post(f"{link}/nennen", data={"agreed": "y"})

    for page in (client.get(link), client.get(EVENT)):
        assert evil not in page.text and "&lt;script&gt;" in page.text


def test_people_are_added_once(client, allocation):
    client.post(FORM, data=GUEST)
    client.post(FORM, data=GUEST | {"email": "GAST@x.example"})

    counted = select(func.count(User.id)).where(User.email.ilike("gast@x.example"))
    assert db.session.scalar(counted) == 1
    assert counters(allocation) == (1, 0)


def test_one_network_address_is_slowed_down_but_an_office_is_not(client, allocation, counting):
    answers = [
        client.post(FORM, data=GUEST | {"email": f"g{n}@x.example"}).status_code for n in range(31)
    ]

    assert answers == [303] * 30 + [429]
