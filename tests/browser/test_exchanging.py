"""The Projektbörse from end to end, in a real browser without JavaScript: an offer is written,
checked and published, somebody asks, gets an answer, and a reminder's link renews the entry."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.core.database import db, transaction
from portal.core.times import today
from portal.exchange import services
from portal.exchange.models import Offer
from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser
TITLE = "Wärmebildkamera zum Leihen"


def test_offer_contact_renew(live, person, mail) -> None:
    author = person("partner@demo.example")
    author.goto("/kooperationen/neu?art=angebot&thema=energie")
    expect(author.locator("#kind")).to_have_value("offer")
    fill(author, title=TITLE, summary="Für einen Abend.", text="Mit **Stativ**.")
    author.get_by_label("In der ganzen Stadt").check()
    click(author, "Entwurf speichern")
    click(author, "Beim Projektbüro einreichen")
    expect(author.get_by_role("main")).to_contain_text("in Prüfung")

    office = person("moderation@demo.example")
    office.goto("/projektbuero?art=offers")
    follow(office, TITLE)
    click(office, "Veröffentlichen")
    assert "exchange" not in office.url and TITLE not in office.locator("h1").inner_text()
    assert "Veröffentlicht" in mail("partner@demo.example")

    asking = person("kommune@demo.example")
    asking.goto("/kooperationen?q=waermebild")
    follow(asking, TITLE)
    follow(asking, "Kontakt aufnehmen")
    fill(asking, text="Ist sie im Januar frei?")
    asking.get_by_label("Meinen Namen und meine E-Mail-Adresse zeigen").check()
    click(asking, "Nachricht senden")
    expect(asking.get_by_role("main")).to_contain_text("wartet auf Antwort")
    thread = asking.url

    link = re.search(r"https?://\S+/anfragen/\S+", mail("partner@demo.example"))
    assert link
    author.goto(link[0])
    expect(author.get_by_role("main")).to_contain_text("Ist sie im Januar frei?")
    expect(author.get_by_role("main")).not_to_contain_text("kommune@demo.example")
    fill(author, text="Ja, ab dem zehnten.")
    click(author, "Nachricht senden")
    expect(author.get_by_role("main")).to_contain_text("kommune@demo.example")
    asking.goto(thread)
    expect(asking.get_by_role("main")).to_contain_text("Ja, ab dem zehnten.")
    expect(asking.get_by_role("main")).not_to_contain_text("partner@demo.example")

    with live.app.app_context(), transaction(writing=True):
        offer = db.session.scalars(select(Offer).where(Offer.slug.like("waermebild%"))).one()
        offer.expires_on = today() + timedelta(days=3)
        db.session.flush()
        services.remind_owners()
    link = re.search(r"https?://\S+/erneuern", mail("partner@demo.example"))
    assert link
    author.goto(link[0])
    click(author, "Um 90 Tage erneuern")
    expect(author.get_by_role("main")).to_contain_text("Der Eintrag gilt bis zum")
    with live.app.app_context():
        renewed = db.session.scalar(select(Offer.expires_on).where(Offer.slug.like("waermebild%")))
        assert renewed == today() + timedelta(days=90)
        db.session.remove()
