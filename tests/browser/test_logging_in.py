"""People log in by the form, with and without JavaScript; the other tests begin logged in."""

import pytest

from tests.browser.acting import heading
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("email", "lands_on"),
    [("partner@demo.example", "/mein"), ("leitung@demo.example", "/projektbuero")],
)
def test_people_log_in_by_the_form(live, javascript, email, lands_on) -> None:
    context = live.context(java_script_enabled=javascript)
    page = context.new_page()

    page.goto(lands_on)
    assert "/konto/anmelden" in page.url
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    page.wait_for_url(f"**{lands_on}")

    assert heading(page)
    context.close()
