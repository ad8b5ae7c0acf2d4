"""From a claim to the map and on to the gap beside it, in a real browser without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser


def test_a_partner_claims_and_the_map_shows_it_and_its_gaps(person) -> None:
    visitor = person()
    visitor.goto("/kompetenzen")
    gap = visitor.get_by_role("link", name="Gesuch aufgeben für Künstliche Intelligenz im Thema E")
    expect(gap.first).to_be_visible()

    partner = person("partner@demo.example")
    partner.goto("/mein/musterwerk-sensorik/kompetenzen")
    follow(partner, "Kompetenz angeben")
    click(partner, "Kompetenz angeben")
    expect(partner.locator(".kern-error").first).to_be_visible()
    partner.get_by_label("Kompetenz", exact=True).select_option(label="Künstliche Intelligenz")
    partner.get_by_label("Thema", exact=True).select_option(label="Energie")
    partner.get_by_label("erfahren").check()
    partner.get_by_label("Veröffentlichung").check()
    fill(partner, evidence_title="Messen und lernen", evidence_url="musterwerk-sensorik.example/ki")
    click(partner, "Kompetenz angeben")
    expect(partner.get_by_role("main")).to_contain_text("Messen und lernen")

    visitor.goto("/kompetenzen")
    follow(visitor, "Partner für Künstliche Intelligenz im Thema Energie")
    expect(visitor.get_by_role("main")).to_contain_text("Musterwerk Sensorik GmbH")
    expect(visitor.get_by_role("link", name="Messen und lernen")).to_have_attribute(
        "href", "https://musterwerk-sensorik.example/ki"
    )
    visitor.goto("/partner?kompetenz=kuenstliche-intelligenz")
    expect(visitor.get_by_role("main")).to_contain_text("Musterwerk Sensorik GmbH")

    visitor.goto("/kompetenzen")
    follow(visitor, "Gesuch aufgeben für Barrierefreiheit im Thema Energie")
    query = "art=gesuch&thema=energie&kompetenz=barrierefreiheit"
    assert "/konto/anmelden" in visitor.url

    partner.goto(f"/kooperationen/neu?{query}")
    assert partner.url.endswith(f"/mein/musterwerk-sensorik/kooperationen/neu?{query}")
