"""The public page of a version lists who stands to it, by kind and in pages; a partner's page and
one's own area say how things stand."""

from datetime import date

import pytest
import sqlalchemy as sa

from portal.core.database import db
from portal.partners.models import AffiliationRole, Membership, OrganisationKind
from tests.cast import affiliated, an_organisation
from tests.charter.conftest import a_signature, publish


def sign(slug, name, declaration, signer, kind=OrganisationKind.COMPANY):
    organisation = an_organisation(slug, name, kind=kind)
    a_signature(organisation, declaration, signer)
    return organisation


def test_page_lists_who_stands_to_it_with_kind_and_day(client, windwerk, petra, declaration):
    signed = a_signature(windwerk, declaration, petra)

    page = client.get("/erklaerung").text
    assert "Eine Organisation steht dazu." in page
    assert 'href="/partner/windwerk"' in page and "Unternehmen" in page
    assert "unterzeichnet am" in page and str(signed.signed_at.year) in page
    assert "Petra" not in page


def test_nobody_has_signed_yet(client, declaration):
    assert "Noch hat niemand unterzeichnet." in client.get("/erklaerung").text


def test_before_the_first_version_the_page_says_so(client):
    page = client.get("/erklaerung")

    assert (page.status_code, "Noch gibt es keine Erklärung." in page.text) == (200, True)
    assert client.get("/erklaerung/1").status_code == 404


def test_kinds_narrow_the_list(client, petra, declaration):
    sign("uni", "Probe-Universität", declaration, petra, OrganisationKind.SCIENCE)
    sign("werk", "Musterwerk", declaration, petra)

    page = client.get("/erklaerung?art=wissenschaft").text
    assert "Probe-Universität" in page and "Musterwerk" not in page
    assert "Von dieser Art" in client.get("/erklaerung?art=verband").text
    assert "Musterwerk" in client.get("/erklaerung?art=nichts").text


def test_long_list_has_pages(client, petra, declaration):
    for number in range(25):
        sign(f"werk-{number}", f"Werk {number:02}", declaration, petra)

    first, second = client.get("/erklaerung").text, client.get("/erklaerung?seite=2").text
    assert "Werk 23" in first and "Werk 24" not in first and "Werk 24" in second
    assert client.get("/erklaerung?seite=3").status_code == 404


def test_number_of_statements_does_not_grow(client, statements, petra, declaration):
    sign("eins", "Eins", declaration, petra)
    with statements() as few:
        client.get("/erklaerung")
    for number in range(20):
        sign(f"werk-{number}", f"Werk {number:02}", declaration, petra)
    with statements() as many:
        client.get("/erklaerung")

    assert many.number == few.number <= 8


def test_who_left_the_alliance_stays_listed_without_a_page(client, windwerk, petra, declaration):
    a_signature(windwerk, declaration, petra)
    db.session.execute(sa.update(Membership).values(until=date(2026, 1, 1)))
    db.session.commit()

    page = client.get("/erklaerung").text
    assert "Windwerk eG" in page and "/partner/windwerk" not in page


def test_name_is_listed_as_it_was_signed(client, windwerk, petra, declaration):
    a_signature(windwerk, declaration, petra)
    windwerk.name = "Windwerk SE"
    db.session.commit()

    assert "Windwerk eG" in client.get("/erklaerung").text


def test_each_version_has_its_own_list(client, ada, windwerk, petra, declaration):
    a_signature(windwerk, declaration, petra)
    publish(ada, "Neu.")

    assert "Windwerk" not in client.get("/erklaerung").text
    assert "Windwerk" in client.get("/erklaerung/1").text


def test_partners_page_says_since_when(client, windwerk, petra, declaration):
    assert "Allianzerklärung unterzeichnet" not in client.get("/partner/windwerk").text

    a_signature(windwerk, declaration, petra)

    assert "Allianzerklärung unterzeichnet am" in client.get("/partner/windwerk").text


@pytest.mark.parametrize("role", list(AffiliationRole))
def test_own_area_asks_those_who_may_sign(client_of, windwerk, paul, declaration, role):
    affiliated(paul, windwerk, role)
    asked = "Allianzerklärung für Windwerk eG" in client_of(paul).get("/mein").text

    assert asked is (role in {AffiliationRole.OWNER, AffiliationRole.SIGNATORY})


def test_own_area_asks_no_more_once_it_is_signed_and_again_for_a_new_version(
    client_of, ada, windwerk, petra, declaration
):
    asked, client = "Allianzerklärung für Windwerk eG", client_of(petra)
    a_signature(windwerk, declaration, petra)
    assert asked not in client.get("/mein").text

    publish(ada, "Neu.")
    assert asked in client.get("/mein").text


def test_own_area_asks_nobody_without_a_declaration_or_a_membership(client_of, petra):
    outside = an_organisation("verein", "Verein e. V.", member=False)
    affiliated(petra, outside, AffiliationRole.OWNER)

    assert "Allianzerklärung für" not in client_of(petra).get("/mein").text
