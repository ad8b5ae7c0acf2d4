"""The main job from end to end, as people do it: in a real browser, without JavaScript, through
real pages, with the mails that go out read in the demo's mailbox."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.acting import click, fill, follow, heading

pytestmark = pytest.mark.browser


def test_1_a_visitor_finds_a_project_and_the_feeds(person) -> None:
    page = person()
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Zukunft")
    page.get_by_role("main").get_by_role("link", name="Projekte entdecken").click()

    fill(page, **{"suche-q": "Strassenbeleuchtung"})
    click(page, "Suchen")
    follow(page, "Intelligente Straßenbeleuchtung")
    expect(page.get_by_role("main")).to_contain_text("LED")

    page.goto("/projekte?q=waerme")
    assert page.locator("article.card").count() >= 0
    page.goto("/projekte")
    page.locator(".tilemap a").first.click()
    assert "stadtbezirk=" in page.url
    for address in ["/termine.ics", "/projekte.atom", "/aktuelles.atom", "/projekte.csv"]:
        assert page.context.request.get(address).ok


def test_2_and_3_an_organisation_signs_up_and_the_office_admits_it(person, mail) -> None:
    applicant = person()
    applicant.goto("/")
    follow(applicant, "Partner werden")
    fill(applicant, name="Musterfabrik Hafen GmbH", website="musterfabrik.example", city="Dortmund")
    applicant.get_by_label("Unternehmen").check()
    click(applicant, "Weiter zu Schritt 2")
    fill(
        applicant,
        first_name="Sam",
        last_name="Muster",
        function="Leitung",
        email="sam@musterfabrik.example",
    )
    applicant.locator("main input[type=checkbox]").last.check()
    click(applicant, "Weiter zu Schritt 3")
    expect(applicant.get_by_role("main")).to_contain_text("Musterfabrik Hafen GmbH")
    click(applicant, "Antrag senden")

    link = re.search(r"https?://\S+/partner-werden/bestaetigen/\S+", mail("sam@musterfabrik"))
    assert link
    applicant.goto(link[0])
    fill(applicant, password="Ein guter Satz am Hafen")
    click(applicant, "Adresse bestätigen")
    expect(applicant.get_by_role("main")).to_contain_text("eingegangen")

    visitor = person()
    visitor.goto("/partner?q=Musterfabrik+Hafen")
    expect(visitor.get_by_role("main")).not_to_contain_text("Musterfabrik Hafen GmbH")

    office = person("moderation@demo.example")
    office.goto("/projektbuero")
    follow(office, "Musterfabrik Hafen GmbH")
    expect(office.locator("h1")).to_contain_text("Musterfabrik Hafen GmbH")
    click(office, "Aufnehmen")
    expect(office.locator("h1")).not_to_contain_text("Musterfabrik Hafen GmbH")
    assert office.locator(".case__head").count() == 1, "the next case opens by itself"

    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("Musterfabrik Hafen GmbH")
    assert "aufgenommen" in mail("sam@musterfabrik").lower()


def test_3_the_office_declines_with_a_reason(person, mail) -> None:
    office = person("leitung@demo.example")
    office.goto("/projektbuero?art=applications")
    office.locator(".queue a").first.click()
    name = heading(office)
    follow(office, "Ablehnen …")
    click(office, "Ablehnen")
    expect(office.locator(".kern-error").first).to_be_visible()
    fill(office, reason="Der Sitz liegt außerhalb der Region.")
    click(office, "Ablehnen")
    assert heading(office) != name


def test_4_a_partner_joins_a_team_and_leaves_it(person, mail) -> None:
    partner = person("mitglied@demo.example")
    partner.goto("/mein")
    expect(partner.get_by_role("main")).to_contain_text("Musterwerk Sensorik")
    partner.goto("/expertenteams/sicherheit")
    if partner.get_by_role("button", name="mitmachen").count():
        partner.get_by_role("button", name="mitmachen").first.click()
    else:
        partner.get_by_role("link", name="mitmachen").first.click()
        fill(partner, motivation="Wir messen Erschütterungen.")
        click(partner, "Anfrage senden")
    partner.goto("/mein")
    expect(partner.get_by_role("main")).to_contain_text("Sicherheit")
    partner.goto("/expertenteams/sicherheit")
    partner.locator("details.confirm summary").first.click()
    partner.locator("details.confirm form button[type=submit]").first.click()
    expect(partner.get_by_role("main")).to_contain_text("mitmachen")


def test_5_a_project_is_written_returned_mended_and_published(person, mail) -> None:
    author = person("partner@demo.example")
    author.goto("/mein")
    author.goto("/mein/musterwerk-sensorik/projekte/neu")
    fill(author, title="Wärmebild der Dächer")
    click(author, "Entwurf speichern")
    key = re.search(r"/projekte/([\w-]+)", author.url)
    assert key and key[1] != "neu"
    where = f"/mein/musterwerk-sensorik/projekte/{key[1]}"

    author.goto(f"{where}/bearbeiten")
    fill(
        author,
        summary="Eine Drohne zeigt, welche Dächer Wärme verlieren.",
        problem="Niemand weiß, wo die Wärme bleibt.",
        goal="Weniger Heizkosten.",
        solution="Eine Drohne fliegt.\n\n- abends\n- im Winter",
        benefit="Alle sparen.",
        place="Hörde",
        picture_alt="Ein Dach von oben",
        picture_credit="Musterwerk Sensorik GmbH",
    )
    author.locator("#theme_id").select_option(label="Energie")
    author.locator("#team_id").select_option(label="Energie")
    author.locator("#phase").select_option(label="Pilot")
    author.get_by_label("Hörde").check()
    file = io.BytesIO()
    Image.new("RGB", (1200, 675), "darkorange").save(file, "JPEG")
    author.locator("#picture").set_input_files(
        {"name": "dach.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    )
    click(author, "Entwurf speichern")
    author.goto(where)
    click(author, "Beim Projektbüro einreichen")
    assert "Wärmebild der Dächer" in mail("moderation@demo.example")

    office = person("moderation@demo.example")
    office.goto(f"/projektbuero/projekte/{key[1]}")
    fill(office, note="Bitte sagen Sie, wer fliegt.")
    click(office, "Zurückgeben")
    assert "wer fliegt" in mail("partner@demo.example")

    author.goto("/mein")
    expect(author.get_by_role("main")).to_contain_text("Wärmebild der Dächer")
    author.goto(where)
    expect(author.get_by_role("main")).to_contain_text("wer fliegt")
    author.goto(f"{where}/bearbeiten")
    fill(author, benefit="Alle sparen. Es fliegt das Musterwerk.")
    author.locator("main form button[type=submit]").first.click()
    author.goto(where)
    click(author, "Beim Projektbüro einreichen")
    office.goto(f"/projektbuero/projekte/{key[1]}")
    click(office, "Veröffentlichen")

    visitor = person()
    visitor.goto("/projekte?q=waermebild")
    follow(visitor, "Wärmebild der Dächer")
    assert visitor.url.endswith("/projekte/waermebild-der-daecher")
    image = visitor.locator("main figure img").first
    expect(image).to_have_attribute("alt", "Ein Dach von oben")
    assert image.evaluate("image => image.complete && image.naturalWidth") > 0
    expect(visitor.get_by_role("main")).to_contain_text("Musterwerk Sensorik GmbH")
    assert "Wärmebild der Dächer" in visitor.context.request.get("/projekte.atom").text()
    for page in ["/partner/musterwerk-sensorik", "/expertenteams/energie", "/suche?q=Wärmebild"]:
        visitor.goto(page)
        expect(visitor.get_by_role("main")).to_contain_text("Wärmebild der Dächer")


def test_6_the_office_enters_moves_and_cancels_a_date(person) -> None:
    office = person("moderation@demo.example")
    office.goto("/projektbuero/termine/neu")
    fill(
        office,
        title="Vierte Allianztagung",
        start_day="2027-03-18",
        start_clock="13:00",
        end_day="2027-03-18",
        end_clock="17:00",
        venue="Rathaus Dortmund",
        room="Ratssaal",
        agenda="13:00 Eröffnung | Ratssaal\n13:30 Projektbörse",
        text="Ein Nachmittag für alle.",
    )
    office.locator("#kind").select_option(label="Allianztagung")
    office.get_by_label("alle Interessierten").check()
    click(office, "Termin eintragen")

    visitor = person()
    visitor.goto("/termine/vierte-allianztagung")
    expect(visitor.get_by_role("main")).to_contain_text("Ratssaal")
    feed = visitor.context.request.get("/termine/vierte-allianztagung.ics").text()
    assert "DTSTART;TZID=Europe/Berlin:20270318T130000" in feed and "SEQUENCE:0" in feed

    office.goto("/projektbuero/termine/vierte-allianztagung/bearbeiten")
    fill(office, start_clock="14:00")
    office.locator("main form button[type=submit]").first.click()
    feed = visitor.context.request.get("/termine.ics").text()
    assert "DTSTART;TZID=Europe/Berlin:20270318T140000" in feed and "SEQUENCE:1" in feed

    office.goto("/projektbuero/termine/vierte-allianztagung/absagen")
    fill(office, reason="Der Saal wird saniert.")
    click(office, "Termin absagen")
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("Der Saal wird saniert.")
    assert "STATUS:CANCELLED" in visitor.context.request.get("/termine.ics").text()


def test_7_the_office_writes_news(person) -> None:
    office = person("moderation@demo.example")
    office.goto("/projektbuero/aktuelles/neu")
    fill(
        office,
        title="Neue Leuchten am Wall",
        teaser="Die ersten hundert leuchten.",
        text="Am **Wall** leuchten die ersten hundert.",
        dated="2026-11-20",
        source_name="Musterzeitung",
        source_url="https://zeitung.example/leuchten",
        picture_alt="Eine Leuchte",
        picture_credit="Projektbüro",
    )
    file = io.BytesIO()
    Image.new("RGB", (800, 450), "navy").save(file, "PNG")
    office.locator("#picture").set_input_files(
        {"name": "leuchte.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    office.locator("main form button[type=submit]").first.click()
    visitor = person()
    assert visitor.goto("/aktuelles/neue-leuchten-am-wall").status == 404
    click(office, "Veröffentlichen")

    visitor.goto("/aktuelles")
    follow(visitor, "Neue Leuchten am Wall")
    expect(visitor.get_by_role("main")).to_contain_text("Musterzeitung")
    expect(visitor.get_by_role("main")).to_contain_text("Projektbüro")
    assert "Neue Leuchten am Wall" in visitor.context.request.get("/aktuelles.atom").text()
