"""Every page that a visitor, a partner and the office can reach: axe finds nothing, there is one
`h1`, and nobody else is asked for anything."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.pages import PEOPLE, unlike, walk

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]
# Where the most words stand; in German they are longer.
IN_ENGLISH = [
    "/",
    "/projekte",
    "/partner",
    "/allianzposter",
    "/termine",
    "/partner-werden",
    "/konto",
]


@pytest.mark.parametrize("look", LOOKS, ids=["1280-light", "390-dark"])
@pytest.mark.parametrize("person", sorted(PEOPLE, key=str))
def test_axe_finds_nothing(one_engine, live, person, look) -> None:
    addresses = pages_of(live, person)

    assert len(addresses) > 20
    assert faults_on(addresses, live, person, look) == {}
    assert [url for url in live.asked if not url.startswith((live.base, "data:"))] == []


def test_axe_finds_nothing_in_english(one_engine, live) -> None:
    assert faults_on(IN_ENGLISH, live, None, LOOKS[1] | {"locale": "en-GB"}) == {}


def pages_of(live: Live, person: str | None) -> list[str]:
    """What they reach and nobody before them in the list of people reaches alike."""
    seen: set[tuple[str, str]] = set()
    for each in PEOPLE:
        found = unlike(live.app, walk(live.client(each), each), seen)
        if each == person:
            return found
    raise LookupError(person)


def faults_on(
    addresses: Iterable[str], live: Live, person: str | None, look: dict[str, object]
) -> dict[str, list[str]]:
    context = live.context(person, bypass_csp=True, **look)
    page = context.new_page()
    found = {}
    for address in addresses:
        page.goto(address)
        if faults := faults_of(page):
            found[address] = faults
    context.close()
    return found


def faults_of(page: Page) -> list[str]:
    faults = [] if page.locator("h1").count() == 1 else ["not one h1"]
    page.add_script_tag(path=str(AXE))
    result = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}})",
        RULES,
    )
    for violation in result["violations"]:
        for node in violation["nodes"][:3]:
            faults.append(f"{violation['id']}: {node['html'][:160]}")
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*faults, f"scrolls sideways by {width} px"] if width > 0 else faults
