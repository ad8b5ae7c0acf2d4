"""A visitor finds a running energy project of a district in three clicks from the start page:
without JavaScript, with the mouse, and with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
RUNNING = re.compile("Pilot|in Umsetzung|in Betrieb")
MOST_TABS = 90


def reached(page: Page) -> None:
    assert re.fullmatch(r".*/projekte/[a-z0-9-]+", page.url)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Energie")
    expect(main).to_contain_text(RUNNING)


def test_three_clicks_lead_to_a_running_energy_project_of_a_district(person) -> None:
    page = person()
    page.goto("/")
    main = page.get_by_role("main")

    main.get_by_role("navigation", name="Was gerade läuft").get_by_role(
        "link", name="Energie"
    ).click()
    assert "thema=energie" in page.url
    assert "phase=in-betrieb" in page.url
    main.get_by_role("navigation", name="Stadtbezirk").get_by_role("link").first.click()
    assert "stadtbezirk=" in page.url
    main.locator("article.card a").first.click()

    reached(page)


def test_the_same_by_keyboard(person) -> None:
    page = person()
    page.goto("/")

    go(page, "thema=energie&phase")
    assert "thema=energie" in page.url
    go(page, "stadtbezirk=")
    assert "stadtbezirk=" in page.url
    go(page, "/projekte/")

    reached(page)


def go(page: Page, part: str) -> None:
    """Tab by tab to the first link with this in its address, and Enter."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if part in href:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link with {part} within {MOST_TABS} tabs")
