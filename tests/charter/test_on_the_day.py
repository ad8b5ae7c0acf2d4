"""Signing on the day: phones sign without a session, once per name; nothing stands in public before
the office has checked it."""

import pytest

from portal.accounts.models import User
from portal.charter.models import OccasionState, ProvisionalSignature, Signature
from portal.core.limits import limiter
from tests.charter.conftest import PHONE, a_provisional, all_of, an_occasion
from tests.letters import history, letters

ADDRESS = "/vor-ort/b2345"
THANKS = f"{ADDRESS}/danke"


@pytest.fixture
def occasion(declaration):
    return an_occasion(declaration)


def names():
    return [one.organisation_name for one in all_of(ProvisionalSignature)]


def test_phone_page_is_short_and_needs_no_cookie(client, occasion):
    page = client.get(ADDRESS)

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers and "csrf_token" not in page.text
    assert page.headers["Cache-Control"].startswith("public")
    assert "Wir wollen mitmachen." in page.text
    assert "keine qualifizierte elektronische Signatur" in page.text
    again = client.get(ADDRESS, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_phone_signs_provisionally_and_it_stands_nowhere_in_public(client, occasion):
    reply = client.post(ADDRESS, data=PHONE)

    (given,) = all_of(ProvisionalSignature)
    assert (reply.status_code, reply.location) == (303, THANKS)
    assert "Set-Cookie" not in reply.headers
    assert (given.organisation_name, given.full_name, given.email) == (
        "Windwerk eG",
        "Paula Probe",
        "paula@windwerk.example",
    )
    assert all_of(Signature) == []
    assert "Windwerk" not in client.get("/erklaerung").text
    assert "vorläufig" in client.get(THANKS).text
    assert history()[-1] == ("ProvisionallySigned", None, None)
    assert letters() == []


def test_phones_add_no_accounts(client, occasion):
    before = len(all_of(User))
    client.post(ADDRESS, data=PHONE)

    assert len(all_of(User)) == before


@pytest.mark.parametrize("name", ["Windwerk eG", "WINDWERK  EG", "windwerk eg", " Windwerk eG "])
def test_second_of_one_name_is_told_kindly_and_learns_nothing(client, occasion, name):
    a_provisional(occasion)
    other = {"organisation_name": name, "first_name": "Paul", "email": "paul@windwerk.example"}

    reply = client.post(ADDRESS, data=PHONE | other, follow_redirects=True)

    assert "hat schon unterzeichnet" in reply.text
    assert "Paula" not in reply.text and "@" not in reply.text.replace("smartcity@dortmund.de", "")
    assert names() == ["Windwerk eG"]


def test_same_name_may_sign_at_another_occasion(client, declaration, occasion):
    a_provisional(occasion)
    an_occasion(declaration, code="c2345")

    assert client.post("/vor-ort/c2345", data=PHONE).status_code == 303
    assert len(names()) == 2


def test_provisional_ones_show_as_such_where_the_office_said_so(app, client, declaration):
    an_occasion(declaration, shows_provisional=True)
    before = client.get("/erklaerung").headers["ETag"]

    app.test_client().post(ADDRESS, data=PHONE)

    page = client.get("/erklaerung")
    assert page.headers["ETag"] != before
    assert "Windwerk eG" in page.text and "noch nicht geprüft" in page.text
    assert "Paula" not in page.text
    assert "Noch hat niemand unterzeichnet." in page.text


@pytest.mark.parametrize("state", list(OccasionState))
def test_only_an_open_occasion_takes_signatures(client, declaration, state):
    an_occasion(declaration, state=state)
    expected = {"planned": (404, 404), "open": (200, 303), "closed": (200, 409)}[state]

    assert (client.get(ADDRESS).status_code, client.post(ADDRESS, data=PHONE).status_code) == (
        expected
    )
    assert len(names()) == (state is OccasionState.OPEN)


def test_closed_occasion_says_so(client, declaration):
    an_occasion(declaration, state=OccasionState.CLOSED)

    page = client.get(ADDRESS).text
    assert "geschlossen" in page and "<form class" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://portal.test.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://portal.test"},
    ],
)
def test_what_another_site_sends_is_refused(client, occasion, headers):
    reply = client.post(ADDRESS, data=PHONE, token=False, headers=headers)

    assert (reply.status_code, names()) == (403, [])


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://portal.test"}]
)
def test_own_page_is_heard_with_new_and_old_browsers(client, occasion, headers):
    assert client.post(ADDRESS, data=PHONE, token=False, headers=headers).status_code == 303
    assert len(names()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation_name": ""},
        {"organisation_name": " \u200b "},
        {"organisation_name": "x" * 201},
        {"organisation_name": "a\x00b"},
        {"kind": ""},
        {"kind": "king"},
        {"first_name": ""},
        {"last_name": "x" * 81},
        {"function": "x\ny"},
        {"email": "keine"},
        {"email": "a@b"},
        {"entitled": None},
    ],
)
def test_bad_input_is_explained_and_nothing_is_stored(client, occasion, wrong):
    data = {name: value for name, value in (PHONE | wrong).items() if value is not None}
    reply = client.post(ADDRESS, data=data)

    assert (reply.status_code, names()) == (422, [])
    assert 'role="alert"' in reply.text


@pytest.mark.parametrize("code", ["x", "B2345x", "%00", "ß", "b" * 300])
def test_other_codes_lead_nowhere(client, occasion, code):
    assert client.get(f"/vor-ort/{code}").status_code == 404
    assert client.post(f"/vor-ort/{code}", data=PHONE).status_code == 404


def test_code_is_found_in_capital_letters_too(client, occasion):
    assert client.get("/vor-ort/B2345").status_code == 200


def test_a_hall_of_phones_is_let_in_and_a_machine_is_stopped(app, client, occasion):
    limiter.enabled = True
    limiter.reset()
    codes = [
        client.post(ADDRESS, data=PHONE | {"organisation_name": f"Werk {n}"}).status_code
        for n in range(205)
    ]

    assert codes[:200] == [303] * 200
    assert set(codes[200:]) == {429}
