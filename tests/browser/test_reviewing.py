"""A review as people do it: three comments, given back in six clicks, the checklist walked,
submitted again, published. Without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import click, fill

pytestmark = pytest.mark.browser
MINE = "/mein/musterwerk-sensorik/projekte"


class Clicks:
    """Counts what a hand does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def on(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.number += 1


def a_submitted_project(author: Page, title: str) -> str:
    author.goto(f"{MINE}/neu")
    fill(
        author,
        title=title,
        summary="Sensoren zählen Räder.",
        goal="Mehr Räder.",
        solution="Zehn Zählstellen.",
        place="Hörde",
    )
    author.locator("#theme_id").select_option(label="Mobilität und Logistik")
    author.locator("#phase").select_option(label="Pilot")
    click(author, "Entwurf speichern")
    click(author, "Beim Projektbüro einreichen")
    found = re.search(r"/projekte/([\w-]+)", author.url)
    assert found
    return found[1]


def test_three_comments_and_back_in_six_clicks_then_mended_and_published(person, mail) -> None:
    author = person("partner@demo.example")
    key = a_submitted_project(author, "Zählstellen für Räder")
    office = person("moderation@demo.example")
    office.goto("/projektbuero")

    hand = Clicks(office)
    hand.on("a:has-text('Zählstellen für Räder')")
    for part, text in {
        "title": "Nennen Sie den Stadtteil.",
        "goal": "Wie viele Räder sind mehr?",
        "funding": "Wer zahlt?",
    }.items():
        hand.on(f"#teil-{part} details summary")
        office.locator(f"#on_{part}").fill(text)
    hand.on("#pruefung > button")

    assert hand.number == 5
    expect(office.locator(".kern-alert").first).to_contain_text("liegt wieder bei der Organisation")
    letter = mail("partner@demo.example")
    assert "3 Anmerkungen warten auf Sie" in letter and "Förderung" in letter

    author.goto(f"{MINE}/{key}")
    expect(author.get_by_role("main")).to_contain_text("0 von 3 Punkten erledigt")
    author.get_by_role("link", name="Ziel", exact=True).click()
    expect(author).to_have_url(re.compile(r"/bearbeiten#goal$"))
    expect(author.locator("#goal-anmerkung")).to_contain_text("Wie viele Räder sind mehr?")
    fill(author, title="Zählstellen für Räder in Hörde", goal="Doppelt so viele Räder.")
    click(author, "Entwurf speichern")
    click(author, "Erledigt")
    click(author, "Erledigt")
    expect(author.get_by_role("main")).to_contain_text("2 von 3 Punkten erledigt")
    author.locator("summary", has_text="mit kurzer Antwort").click()
    author.locator("main textarea").fill("Eigenmittel, die nicht öffentlich sind.")
    author.locator("summary", has_text="Einreichen …").click()
    expect(author.get_by_role("main")).to_contain_text("Ein Punkt des Projektbüros ist noch offen.")
    click(author, "Trotzdem einreichen")
    expect(author.get_by_role("main")).to_contain_text("Antwort ist bis")

    office.goto(f"/projektbuero/projekte/{key}")
    expect(office.locator("#teil-goal")).to_contain_text("erledigt")
    expect(office.locator("#teil-funding")).to_contain_text("offen")
    office.locator("#teil-goal").get_by_role("button", name="Ist geklärt").click()
    expect(office.locator("#teil-goal")).to_contain_text("geklärt")
    click(office, "Veröffentlichen")

    visitor = person()
    visitor.goto("/projekte/zaehlstellen-fuer-raeder-in-hoerde")
    expect(visitor.get_by_role("main")).to_contain_text("Doppelt so viele Räder.")
    expect(visitor.get_by_role("main")).not_to_contain_text("Wie viele Räder")
    author.goto(f"{MINE}/{key}")
    expect(author.get_by_role("main")).not_to_contain_text("Punkten erledigt")


def test_nothing_that_was_typed_is_lost_by_keeping_one_comment(person) -> None:
    author = person("partner@demo.example")
    key = a_submitted_project(author, "Zählstellen am Ring")
    office = person("moderation@demo.example")
    office.goto(f"/projektbuero/projekte/{key}")

    for part in ("title", "picture"):
        office.locator(f"#teil-{part} details summary").first.click()
        office.locator(f"#on_{part}").fill(f"Zu {part}")
    office.locator("#teil-picture").get_by_role("button", name="Merken").click()

    expect(office).to_have_url(re.compile(r"#teil-title$"))
    for part in ("title", "picture"):
        expect(office.locator(f"#teil-{part}")).to_contain_text(f"Zu {part}")
        expect(office.locator(f"#teil-{part}")).to_contain_text("noch nicht gesendet")
