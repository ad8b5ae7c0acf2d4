"""The next Allianztagung in three clicks, and what is left of it afterwards."""

import io

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import click, fill, heading
from tests.core.papers import a_pdf, png

pytestmark = pytest.mark.browser
COUNTING = "addEventListener('click', () => window.name = +(window.name || 0) + 1, true)"


def clicks(page: Page) -> int:
    return int(page.evaluate("window.name || 0"))


def test_new_allianztagung_takes_three_clicks(live) -> None:
    context = live.context("leitung@demo.example")
    context.add_init_script(COUNTING)
    page = context.new_page()
    page.goto("/projektbuero")

    page.get_by_role("link", name="Neue Allianztagung").click()
    page.locator("#start_day").click()
    page.locator("#start_day").fill("2028-03-16")
    click(page, "Termin eintragen")

    expect(page.get_by_role("main")).to_contain_text("Donnerstag, 16. März 2028")
    expect(page.get_by_role("main")).to_contain_text("Die Leitungen der sieben Expertenteams")
    assert clicks(page) == 3
    context.close()


def test_doubled_hour_is_asked_for_and_the_words_stay(live) -> None:
    context = live.context("leitung@demo.example")
    page = context.new_page()
    page.goto("/projektbuero/termine/neu?art=allianztagung")
    fill(page, title="Nachttagung", start_day="2027-10-31", start_clock="02:30")
    expect(page.get_by_role("main")).not_to_contain_text("Welche Uhrzeit")
    click(page, "Termin eintragen")

    page.get_by_label("zweite 2:30 Uhr (Winterzeit)").check()
    click(page, "Termin eintragen")

    assert heading(page) == "Nachttagung"
    expect(page.get_by_role("main")).to_contain_text("02:30 (Winterzeit)")
    context.close()


def test_pictures_and_minutes_stand_on_the_page_of_the_date(live) -> None:
    context = live.context("moderation@demo.example")
    page = context.new_page()
    page.goto("/termine/zweite-allianztagung-2018")
    page.get_by_role("link", name="Bilder und Dokumente").click()
    page.locator("#bild-upload").set_input_files(
        {"name": "saal.png", "mimeType": "image/png", "buffer": io.BytesIO(png()).read()}
    )
    fill(page, **{"bild-alt": "Ein voller Saal", "bild-credit": "Kim Muster"})
    click(page, "Bild hochladen")
    page.locator("#dokument-upload").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    )
    fill(page, **{"dokument-title": "Protokoll"})
    page.get_by_label("Alle, die den Termin sehen").check()
    click(page, "Dokument hochladen")

    visitor = live.context().new_page()
    visitor.goto("/termine/zweite-allianztagung-2018")
    shown = visitor.get_by_alt_text("Ein voller Saal")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 0
    href = visitor.get_by_role("link", name="Protokoll").get_attribute("href")
    assert visitor.context.request.get(href).body() == a_pdf()
    visitor.context.close()
    context.close()
