"""Speaking for a partner, in a real browser without JavaScript: invited, accepted, handed over;
and a profile that nobody spoke for, claimed and checked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser
INVITED = "neu@modellhafen.example"
CLAIMANT = "kim@neuwerk.example"
PASSWORD = "Ein neuer Satz, der gilt"  # noqa: S105 - of a person who exists in tests only


def open_link(page: Page, text: str, path: str) -> None:
    found = re.search(rf"https?://\S+{path}\S+", text)
    assert found, text
    page.goto(found[0])


def test_owner_invites_a_colleague_who_accepts_and_takes_over(person, mail) -> None:
    owner = person("sam.modell@modellhafen.example")
    owner.goto("/mein/modellhafen/personen")
    fill(owner, emails=INVITED)
    click(owner, "Einladungen senden")
    expect(owner.get_by_role("status").first).to_contain_text("Eine Einladung ist unterwegs.")

    colleague = person()
    open_link(colleague, mail(INVITED), "/einladung/")
    expect(colleague.locator("h1")).to_contain_text("Einladung von")
    click(colleague, "Einladung annehmen")
    expect(colleague.locator(".kern-error").first).to_be_visible()
    fill(colleague, first_name="Nele", last_name="Neu", password=PASSWORD)
    colleague.locator("#consent").check()
    click(colleague, "Einladung annehmen")
    expect(colleague.locator("h1")).to_have_text("Personen")

    owner.goto("/mein/modellhafen/personen")
    row = owner.locator(".rows > li", has_text="Nele Neu")
    row.get_by_text("Ändern …").click()
    row.get_by_text("Verwaltung übergeben").click()
    row.get_by_role("button", name="Übergabe anbieten").click()
    expect(owner.get_by_role("main")).to_contain_text("Übergabe der Verwaltung")

    open_link(colleague, mail(INVITED), "/einladung/")
    click(colleague, "Einladung annehmen")
    row = colleague.locator(".rows > li", has_text="Nele Neu")
    expect(row).to_contain_text("Verwaltung der Organisation")
    assert "Nele Neu" in mail("leitung@demo.example")


FILE = """Name;Art;Ort;Partner seit
Neuwerk Süd GmbH;Unternehmen;Dortmund;2019
"""


def import_partners(office: Page) -> None:
    office.goto("/projektbuero/partner/import")
    sent = {"name": "partner.csv", "mimeType": "text/csv", "buffer": FILE.encode("utf-8-sig")}
    office.locator("input[type=file]").set_input_files(sent)
    office.get_by_role("main").locator("form[enctype] button[type=submit]").click()
    expect(office.get_by_role("main")).to_contain_text("Neuwerk Süd GmbH")
    click(office, "1 Organisation übernehmen")


def test_partner_from_a_file_is_claimed_and_the_office_checks(person, mail) -> None:
    import_partners(person("leitung@demo.example"))
    claimant = person()
    claimant.goto("/partner/neuwerk-sued-gmbh")
    follow(claimant, "Profil übernehmen")
    fill(claimant, first_name="Kim", last_name="Probe", email=CLAIMANT, function="Leitung")
    claimant.locator("#consent").check()
    click(claimant, "Anfrage senden")
    expect(claimant.locator("h1")).to_have_text("Schauen Sie in Ihr Postfach")
    open_link(claimant, mail(CLAIMANT), "/mitwirken/bestaetigen/")
    fill(claimant, password=PASSWORD)
    click(claimant, "Adresse bestätigen")
    expect(claimant.get_by_role("main")).to_contain_text("Meine Anfragen")

    office = person("moderation@demo.example")
    office.goto("/projektbuero?art=claims")
    follow(office, "Neuwerk Süd GmbH")
    click(office, "Zustimmen")

    assert "Sie verwalten jetzt" in mail(CLAIMANT)
    claimant.goto("/mein/neuwerk-sued-gmbh/profil")
    fill(claimant, summary="Wir lehren, was Städte brauchen.")
    click(claimant, "Profil speichern")
    claimant.goto("/partner/neuwerk-sued-gmbh")
    expect(claimant.get_by_role("main")).to_contain_text("Wir lehren, was Städte brauchen.")
    expect(claimant.get_by_role("main")).to_contain_text("bei der Übernahme des Profils geprüft")
