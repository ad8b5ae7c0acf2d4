"""The office's list of everything: organisations and applications, by state, searched, in pages."""

import re

import pytest

from portal.partners.models import ApplicationState, OrganisationKind, Standing
from tests.cast import a_user
from tests.partners.conftest import add_organisation, an_application

INDEX = "/projektbuero/partner"


@pytest.fixture
def filled(app, kim):
    for name, standing in [
        ("Gründerwerk", Standing.FOUNDER),
        ("Solarhof", Standing.PARTNER),
        ("Hilfsbank", Standing.SUPPORTER),
        ("Fremdwerk", None),
    ]:
        add_organisation(name=name, kind=OrganisationKind.COMPANY, standing=standing)
    lee = a_user("lee@elsewhere.example", "Lee", "Probe")
    an_application(kim, name="Windwerk")
    an_application(lee, name="Lichthof", state=ApplicationState.DECLINED)
    an_application(lee, name="Heimlich", state=ApplicationState.UNCONFIRMED)


def names(page):
    return re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', page.text)


def chips(page):
    found = re.findall(r'<a class="chip"[^>]*>([^<]+) <b>(\d+)</b></a>', page.text)
    return [(label.strip(), int(count)) for label, count in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Fremdwerk", "Gründerwerk", "Hilfsbank", "Solarhof"]),
        ("zustand=gruendungspartner", ["Gründerwerk"]),
        ("zustand=partner", ["Solarhof"]),
        ("zustand=unterstuetzer", ["Hilfsbank"]),
        ("zustand=ohne-mitgliedschaft", ["Fremdwerk"]),
        ("zustand=nichts", ["Fremdwerk", "Gründerwerk", "Hilfsbank", "Solarhof"]),
        ("q=WERK", ["Fremdwerk", "Gründerwerk"]),
        ("q=gruender", ["Gründerwerk"]),
        ("q=%25", []),
        ("q=%00", ["Fremdwerk", "Gründerwerk", "Hilfsbank", "Solarhof"]),
        ("zustand=partner&q=werk", []),
        ("zustand=antraege", ["Lichthof", "Windwerk"]),
        ("zustand=eingegangen", ["Windwerk"]),
        ("zustand=abgelehnt", ["Lichthof"]),
        ("zustand=aufgenommen", []),
        ("zustand=antraege&q=hof", ["Lichthof"]),
        ("zustand=antraege&q=LEE@elsewhere", ["Lichthof"]),
        ("zustand=antraege&q=heimlich", []),
        ("zustand=antraege&q=_", []),
    ],
)
def test_filters_narrow_it(client_of, olga, filled, query, found):
    page = client_of(olga).get(f"{INDEX}?{query}")

    assert (page.status_code, sorted(names(page))) == (200, found)


def test_states_carry_their_numbers(client_of, olga, filled):
    assert chips(client_of(olga).get(INDEX)) == [
        ("Alle", 4),
        ("Gründungspartner", 1),
        ("Partner", 1),
        ("Unterstützer", 1),
        ("ohne Mitgliedschaft", 1),
        ("Alle", 2),
        ("eingegangen", 1),
        ("Rückfrage offen", 0),
        ("aufgenommen", 0),
        ("abgelehnt", 1),
        ("zurückgezogen", 0),
    ]


def test_members_lead_to_their_page_and_applications_to_their_case(client_of, olga, filled):
    page = client_of(olga).get(INDEX).text

    assert '<a href="/partner/solarhof">Solarhof</a>' in page
    assert '<th scope="row">Fremdwerk' in page
    assert re.search(
        r'<a href="/projektbuero/antraege/[0-9-]+">Windwerk</a>',
        client_of(olga).get(f"{INDEX}?zustand=antraege").text,
    )


@pytest.mark.parametrize("asked", ["0", "-1", "abc", str(10**30)])
def test_nonsense_is_the_first_page(client_of, olga, filled, asked):
    assert client_of(olga).get(f"{INDEX}?seite={asked}").status_code == 200


def test_page_behind_the_last_one_is_not_there(client_of, olga, filled):
    assert client_of(olga).get(f"{INDEX}?seite=2").status_code == 404


@pytest.mark.parametrize("query", ["", "?zustand=antraege"])
def test_number_of_statements_does_not_grow(client_of, olga, kim, statements, query):
    client = client_of(olga)

    def sent():
        with statements() as counted:
            client.get(INDEX + query)
        return counted.number

    def add(count):
        for number in range(count):
            add_organisation(
                name=f"Werk {number} von {count}",
                kind=OrganisationKind.COMPANY,
                standing=Standing.PARTNER,
            )
            an_application(kim, name=f"Werk {number}")

    add(3)
    few = sent()
    add(60)
    assert few == sent() <= 10


def test_only_the_office_sees_it(client, client_of, petra, kim):
    codes = [one.get(INDEX).status_code for one in (client, client_of(petra), client_of(kim))]

    assert codes == [302, 404, 404]
