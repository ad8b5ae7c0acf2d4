"""A name stands in public only with its organisation's yes, or with a source that it has not
contested: every public address of the portal is looked at (features.md, N15)."""

import pytest

from portal.projects.models import Basis
from tests.cast import an_organisation
from tests.projects.making import published
from tests.projects.parts import ASKED, a_part, seen

NAME = "Namenlos GmbH"
QUERIES = ("", "?q=Namenlos", "?partner=namenlos", "?q=Windpark&partner=namenlos", "?lang=en")
CLOSED = ("/mein", "/projektbuero", "/konto", "/demo", "/static")
SLUGS = {"projects": "windpark", "partners": "windwerk", "profiles": "windwerk"}
HIDDEN = [Basis.PENDING, Basis.REFUSED, Basis.WITHDRAWN, Basis.EXPIRED]


@pytest.fixture
def nameless(app):
    """No member of the alliance: the directory has no reason of its own to name it."""
    return an_organisation("namenlos", NAME, member=False)


@pytest.fixture
def project(windwerk, petra):
    return published(windwerk, "Windpark", author=petra)


def public_addresses(app):
    """Of all pages, feeds and files for everybody that need no more than a slug."""
    found = set()
    for rule in app.url_map.iter_rules():
        reads = "GET" in (rule.methods or ()) and not rule.rule.startswith(CLOSED)
        if reads and rule.arguments <= {"slug"}:
            slug = SLUGS.get(rule.endpoint.partition(".")[0], "windwerk")
            found.add(rule.rule.replace("<slug>", slug))
    return sorted(found)


def looked_at(app, client):
    """(address, answered with 200, holds the name) of every public address, each query."""
    for address in public_addresses(app):
        for query in QUERIES:
            answer = client.get(address + query)
            yield address + query, answer.status_code == 200, NAME.encode() in answer.get_data()


@pytest.mark.parametrize("basis", HIDDEN)
def test_name_without_a_yes_stands_on_no_public_address(
    app, client, project, nameless, petra, basis
):
    a_part(project, nameless, petra, basis, note=f"{NAME} misst")

    found = list(looked_at(app, client))

    assert [address for address, _answered, named in found if named] == []
    assert sum(answered for _address, answered, _named in found) > 80


def test_confirmed_name_is_found_by_the_same_looks(app, client, project, nameless, petra):
    a_part(project, nameless, petra, Basis.CONFIRMED)

    found = list(looked_at(app, client))

    assert {address.partition("?")[0] for address, _answered, named in found if named} == {
        "/projekte",
        "/projekte.csv",
        "/projekte/windpark",
    }


def test_search_finds_the_project_by_the_name_while_it_is_confirmed(
    client, client_of, stefan, petra, project, solarhof
):
    part = a_part(project, solarhof, petra)
    named, counted = [], []

    def look():
        text = client.get("/suche?q=Solarhof&art=projekte").text
        named.append("/projekte/windpark" in text)
        counted.append("Windpark" in client.get("/partner/solarhof").text)

    look()
    client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=seen(part))
    look()
    client_of(stefan).post(f"{ASKED}/{part.id}/beenden", data=seen(part))
    look()

    assert (named, counted) == ([False, True, False],) * 2


def test_yes_to_an_older_project_leaves_its_place_among_the_newest(
    client, client_of, stefan, petra, windwerk, solarhof, project
):
    published(windwerk, "Neueres", author=petra)
    part = a_part(project, solarhof, petra)

    client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=seen(part))
    text = client.get("/suche?q=Windräder&art=projekte").text

    assert text.index("Neueres") < text.index("Windpark</")


@pytest.mark.parametrize("others", [1, 4])
def test_public_page_costs_the_same_however_many_take_part(
    client, petra, project, statements, others
):
    for number in range(others):
        named = an_organisation(f"amt-{number}", f"Amt {number}")
        a_part(project, named, petra, Basis.CONFIRMED)

    client.get("/projekte/windpark")  # topics and districts are remembered
    with statements() as sent:
        assert client.get("/projekte/windpark").status_code == 200

    assert sent.number == 8  # three of them for pictures, documents and links
