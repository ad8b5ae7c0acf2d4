"""Joining the alliance, from the question in between to the signature and the poster, in a real
browser without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import click, fill, follow
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser
APPLICANT = "jona.muster@modellbaeckerei.example"


def test_the_office_asks_the_applicant_answers_and_is_admitted(person, mail) -> None:
    office = person("moderation@demo.example")
    office.goto("/projektbuero?art=applications")
    follow(office, "Modellbäckerei Hörde eG")
    follow(office, "Rückfrage …")
    follow(office, "Bezug zu Dortmund")
    expect(office.locator("#question")).to_contain_text("in zwei, drei Sätzen")
    fill(office, question="Wo steht Ihr Ofen?")
    click(office, "Rückfrage senden")
    expect(office.locator("h1")).not_to_contain_text("Modellbäckerei")

    text = mail(APPLICANT)
    assert "Wo steht Ihr Ofen?" in text
    link = re.search(r"https?://\S+/partner-werden/rueckfrage/\S+", text)
    assert link
    applicant = person()
    applicant.goto(link[0])
    expect(applicant.get_by_role("main")).to_contain_text("Wo steht Ihr Ofen?")
    click(applicant, "Antwort senden")
    expect(applicant.locator(".kern-error").first).to_be_visible()
    fill(applicant, answer="In der Hermannstraße, seit 1923.")
    click(applicant, "Antwort senden")
    expect(applicant.locator("h1")).to_contain_text("angekommen")

    assert "Hermannstraße" in mail("moderation@demo.example")
    office.goto("/projektbuero?art=applications")
    follow(office, "Modellbäckerei Hörde eG")
    expect(office.get_by_role("main")).to_contain_text("In der Hermannstraße, seit 1923.")
    click(office, "Aufnehmen")
    visitor = person()
    visitor.goto("/partner?q=Modellb%C3%A4ckerei")
    expect(visitor.get_by_role("main")).to_contain_text("Modellbäckerei Hörde eG")

    partner = person(APPLICANT)
    partner.goto("/mein")
    follow(partner, "Zur Erklärung")
    fill(partner, function="Vorstand", password=PASSWORD)
    partner.get_by_label("Ich darf für meine Organisation unterzeichnen.").check()
    click(partner, "Unterzeichnen")
    expect(partner.get_by_role("main")).to_contain_text("steht zur aktuellen Fassung")
    visitor.goto("/allianzposter")
    expect(visitor.get_by_role("main")).to_contain_text("Modellbäckerei Hörde eG")
    visitor.goto("/allianzposter?stand=2018-04-30")
    expect(visitor.get_by_role("main")).not_to_contain_text("Modellbäckerei Hörde eG")
