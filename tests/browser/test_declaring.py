"""An owner signs the declaration and whoever has the proof checks it; another organisation names
somebody who signs by the link from the mail. Told in a real browser without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import click, fill, follow
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser
NAMED = "nora.muster@musterwerk-sensorik.example"
MINE = "/mein/musterwerk-sensorik/erklaerung"


def test_owner_signs_and_the_proof_is_checked(live, person, mail) -> None:
    owner = person("partner@demo.example")
    owner.goto("/mein")
    follow(owner, "Zur Erklärung")
    main = owner.get_by_role("main")
    expect(main).to_contain_text("keine qualifizierte elektronische Signatur")
    click(owner, "Unterzeichnen")
    expect(owner.locator(".kern-error").first).to_be_visible()
    fill(owner, function="Projektleitung", password="falsch")
    owner.get_by_label("Ich darf für meine Organisation unterzeichnen.").check()
    click(owner, "Unterzeichnen")
    expect(main).to_contain_text("Das ist nicht Ihr Passwort.")
    fill(owner, password=PASSWORD)
    click(owner, "Unterzeichnen")
    expect(main).to_contain_text("steht zur aktuellen Fassung")

    proof = owner.context.request.get(f"{live.base}{MINE}/nachweis.pdf")
    assert proof.headers["content-type"] == "application/pdf" and proof.body()[:4] == b"%PDF"
    link = re.search(r"https?://\S+/pruefen/\S+", mail("partner@demo.example"))
    assert link
    visitor = person()
    visitor.goto(link[0])
    expect(visitor.get_by_role("main")).to_contain_text("Musterwerk Sensorik GmbH")
    expect(visitor.get_by_role("main")).not_to_contain_text("Kim Muster")
    visitor.goto("/erklaerung?art=unternehmen")
    expect(visitor.get_by_role("main")).to_contain_text("Musterwerk Sensorik GmbH")

    follow(owner, "Übersicht")
    expect(owner.get_by_role("main")).not_to_contain_text("Allianzerklärung für")
    follow(owner, "Erklärung")
    owner.get_by_text("Unterschrift zurückziehen …").click()
    fill(owner, reason="Wir prüfen das noch einmal.")
    click(owner, "Zurückziehen")
    visitor.goto(link[0])
    expect(visitor.get_by_role("main")).to_contain_text("zurückgezogen")


def test_named_person_signs_by_the_link_from_the_mail(person, mail) -> None:
    owner = person("partner@demo.example")
    owner.goto(MINE)
    owner.get_by_text("Eine andere Person benennen …").click()
    for name, value in {
        "first_name": "Nora",
        "last_name": "Muster",
        "function": "Geschäftsführung",
        "email": NAMED,
    }.items():
        owner.locator(f"#benannt-{name}").fill(value)
    click(owner, "Link senden")
    expect(owner.get_by_role("main")).to_contain_text("Nora Muster ist um die Unterschrift gebeten")

    link = re.search(r"https?://\S+/erklaerung/unterzeichnen/\S+", mail(NAMED))
    assert link
    named = person()
    named.goto(link[0])
    expect(named.get_by_role("main")).to_contain_text("Kim Muster bittet Sie")
    named.get_by_label("Ich darf für diese Organisation unterzeichnen.").check()
    click(named, "Unterzeichnen")
    expect(named.locator("h1")).to_contain_text("Unterschrift von Musterwerk Sensorik GmbH")

    assert "Nora Muster" in mail("partner@demo.example")
    owner.goto(MINE)
    expect(owner.get_by_role("main")).to_contain_text("steht zur aktuellen Fassung")
    again = person()
    again.goto(link[0])
    expect(again.get_by_role("main")).to_contain_text("gilt nicht oder nicht mehr")
