"""The office before and on the day: what came by mail is entered by keyboard alone, people are let
in on a phone, and the lists are one click away. Told in a real browser without JavaScript."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.core.database import db, transaction
from portal.core.times import local, now
from portal.registrations import services
from portal.registrations.services import Guest
from tests.browser.acting import click, fill, follow, heading
from tests.browser.test_accessibility import LOOKS, faults_on
from tests.registrations.cast import an_allocation, an_event

pytestmark = pytest.mark.browser
OFFICE = "leitung@demo.example"
NAMES = [("Petra", "Probe"), ("Mehmet", "Müller"), ("Ayşe", "Koç")]


@pytest.fixture
def date_(live) -> str:
    """The office's address of a full date with three people, the last one waiting."""
    with live.app.app_context(), transaction(writing=True):
        ada = db.session.query(User).filter_by(email=OFFICE).one()
        allocation = an_allocation(ada, an_event(ada, title="Probetagung"))
        for number, (first, last) in enumerate(NAMES):
            email = f"p{number}@x.example"
            guest = Guest(email=email, first_name=first, last_name=last)
            services.prove(services.register_guest(allocation, guest, language="de", subject=email))
        return f"/projektbuero/termine/{allocation.event.slug}"


def type_a_mail(page: Page, name: str, hours: int) -> None:
    """By keyboard: where the cursor stands is the first field."""
    arrived = local(now() - timedelta(hours=hours))
    expect(page.locator("#first_name")).to_be_focused()
    page.keyboard.type("Berta")
    page.keyboard.press("Tab")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(f"{name.lower()}@x.example")
    page.locator("#arrived_day").fill(arrived.date().isoformat())
    page.locator("#arrived_clock").fill(arrived.strftime("%H:%M"))
    page.keyboard.press("Enter")


def search_for(page: Page, name: str) -> None:
    expect(page.locator("#wer")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_mails_in_a_row_are_entered_by_keyboard_and_stand_in_the_order_of_arrival(
    date_, person
) -> None:
    page = person(OFFICE)
    page.goto(f"{date_}/anmeldungen")
    follow(page, "Anmeldung nachtragen")
    main = page.get_by_role("main")

    for place, (name, hours) in enumerate([("Brief", 1), ("Frueher", 2), ("Noch", 3)], 4):
        type_a_mail(page, name, hours)
        expect(main).to_contain_text("Kommt auf Platz 1 der Warteliste")
        page.keyboard.press("Enter")
        expect(main).to_contain_text(f"Nr. {place}, Berta {name}: Platz 1 der Warteliste.")

    page.goto(f"{date_}/anmeldungen?stand=warteliste")
    rows = page.locator("tbody tr").all_inner_texts()
    assert [re.search(r"Platz (\d)", row)[1] for row in rows] == ["4", "3", "2", "1"]
    page.goto(f"{date_}/anmeldungen?stand=platz")
    expect(page.locator("tbody tr")).to_have_count(2)


def test_somebody_is_let_in_once_on_a_phone(live, date_) -> None:
    phone = live.context(
        OFFICE, java_script_enabled=False, viewport={"width": 390, "height": 800}, has_touch=True
    )
    page = phone.new_page()
    page.goto(f"{date_}/einlass")
    main = page.get_by_role("main")
    expect(main).to_contain_text("0 von 2 da")

    search_for(page, "mueller")
    page.get_by_role("button", name="Einlassen: Mehmet Müller").tap()
    expect(main).to_contain_text("Mehmet Müller ist da.")
    expect(main).to_contain_text("1 von 2 da")

    search_for(page, "mül")
    expect(main).to_contain_text("eingelassen von")
    expect(page.get_by_role("button", name="Einlassen: Mehmet Müller")).to_have_count(0)
    page.get_by_role("button", name="Zurücknehmen: Mehmet Müller").tap()
    expect(main).to_contain_text("0 von 2 da")

    page.goto(f"{date_}/einlass?q=koc")
    expect(main).to_contain_text("Warteliste, Platz 1")
    expect(main).to_contain_text("Es ist kein Platz frei.")
    wide = "document.documentElement.scrollWidth > window.innerWidth"
    shown = live.context(OFFICE, viewport={"width": 390, "height": 800}).new_page()
    for rest in ("/einlass", "/einlass?q=m", "/anmeldungen", "/anmeldungen/nachtragen"):
        shown.goto(f"{date_}{rest}")
        assert not shown.evaluate(wide), rest
    shown.context.close()
    phone.close()


def test_second_scan_at_the_other_door_says_when_the_first_was(date_, person) -> None:
    page = person(OFFICE)
    page.goto(f"{date_}/einlass?q=probe")
    action = page.locator("form[action*='/einlass/']").first.get_attribute("action")
    other = person("moderation@demo.example")
    other.goto(action)
    assert heading(other) == "Petra Probe"

    click(page, "Einlassen: Petra Probe")
    click(other, "Einlassen: Petra Probe")

    expect(other.get_by_role("main")).to_contain_text("Petra Probe ist schon seit")
    other.goto(action)
    expect(other.get_by_role("main")).to_contain_text("da seit")


def test_printed_list_is_one_click_away_from_the_door(date_, person) -> None:
    page = person(OFFICE)
    page.goto(f"{date_}/einlass")
    button = page.get_by_role("button", name="Teilnahmeliste (PDF)")
    with page.expect_download() as download:
        button.click()

    text = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
    assert "Müller, Mehmet" in text and "Koç" not in text
    page.goto(f"{date_}/anmeldungen")
    expect(page.get_by_role("main")).to_contain_text("Teilnahmeliste, Namen: 2")


def test_rules_are_set_up_as_the_form_suggests_and_fewer_places_are_refused(
    live, date_, person
) -> None:
    page = person(OFFICE)
    page.goto(f"{date_}/platzvergabe")
    fill(page, capacity="1")
    click(page, "Änderungen speichern")
    expect(page.locator(".kern-error")).to_contain_text("Vergeben sind schon 2 Plätze")
    fill(page, capacity="3")
    click(page, "Änderungen speichern")
    expect(page.get_by_role("main")).to_contain_text("Eine Person rückt nach.")


PAGES = (
    "/platzvergabe",
    "/anmeldungen",
    "/anmeldungen?stand=warteliste&q=koc",
    "/anmeldungen/1/abmelden",
    "/anmeldungen/nachtragen",
    "/einlass",
    "/einlass?q=e",
)


@pytest.mark.parametrize("look", LOOKS, ids=["1280-light", "390-dark"])
def test_axe_finds_nothing_on_the_pages_of_the_day(one_engine, live, date_, look) -> None:
    door = live.client(OFFICE).get(f"{date_}/einlass?q=probe").text
    one = re.search(r'action="([^"]*/einlass/[^"/]+)"', door)
    assert one

    assert faults_on([*(date_ + rest for rest in PAGES), one[1]], live, OFFICE, look) == {}
