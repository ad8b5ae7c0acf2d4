"""An organisation is asked to stand with a project, agrees, is named in public and changes its
mind, in a real browser without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser
ASKS = "partner@demo.example"
IS_ASKED = "team@demo.example"
PROJECT = "/projekte/notruf-an-der-laterne"


def test_named_only_after_the_own_yes_and_gone_with_it(person, mail) -> None:
    author, visitor = person(ASKS), person()
    author.goto("/mein/musterwerk-sensorik/projekte")
    follow(author, "Notruf an der Laterne")
    follow(author, "Beteiligte ansehen")
    author.get_by_role("main").get_by_role("searchbox").fill("emscher")
    click(author, "Suchen")
    follow(author, "Fragen")
    click(author, "Anfrage senden")
    expect(author.locator(".kern-error").first).to_be_visible()
    author.locator("#role").select_option("partner")
    fill(author, note="Messungen bei Nacht")
    click(author, "Anfrage senden")
    expect(author.get_by_role("main")).to_contain_text("angefragt")
    visitor.goto(PROJECT)
    expect(visitor.get_by_role("main")).not_to_contain_text("Probelabor Emscher")

    link = re.search(r"https?://\S+/beteiligungen/\d+", mail(IS_ASKED))
    assert link
    asked = person(IS_ASKED)
    asked.goto("/mein")
    expect(asked.get_by_role("main")).to_contain_text("Dabei bei „Notruf an der Laterne“?")
    asked.goto(link[0])
    click(asked, "Ja, zusagen")
    visitor.goto(PROJECT)
    expect(visitor.get_by_role("main")).to_contain_text("Messungen bei Nacht · bestätigt am")
    assert "hat zugesagt" in mail(ASKS)

    asked.goto(link[0])
    fill(asked, reason="Die Messungen finden nicht statt.")
    click(asked, "Zusage zurückziehen")
    visitor.goto(PROJECT)
    expect(visitor.get_by_role("main")).not_to_contain_text("Messungen bei Nacht")
    assert "Die Messungen finden nicht statt." in mail(ASKS)


def test_co_owner_writes_and_takes_over_the_lead(person, mail) -> None:
    """Klimadaten vom Dach: Musterwerk leads, Probelabor Emscher owns it, too."""
    lead, co_owner = person(ASKS), person(IS_ASKED)
    co_owner.goto("/mein/probelabor-emscher/projekte")
    follow(co_owner, "Klimadaten vom Dach")
    follow(co_owner, "Beteiligte ansehen")
    expect(co_owner.locator("h1")).to_contain_text("Beteiligte")

    lead.goto("/mein/musterwerk-sensorik/projekte")
    follow(lead, "Klimadaten vom Dach")
    follow(lead, "Beteiligte ansehen")
    follow(lead, "Probelabor Emscher")
    lead.locator("#role").select_option("lead")
    click(lead, "Rolle geben")
    expect(lead.get_by_role("main")).to_contain_text("Bis zur Zusage bleibt alles")

    link = re.search(r"https?://\S+/beteiligungen/\d+", mail(IS_ASKED))
    assert link
    co_owner.goto(link[0])
    click(co_owner, "Ja, zusagen")
    assert "leitet ab sofort" in mail(ASKS)
