"""Registering from end to end, in a real browser without JavaScript: a guest by the link of the
mail, a partner with one click, the waiting list and who moves up, an offer and its time."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.core.database import db, transaction
from portal.core.times import now
from portal.events.models import Event
from portal.registrations import queries
from portal.registrations.models import Allocation, Registration
from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser
FREE = "/termine/werkstatt-projekte-gut-vorstellen"  # for partners, places free
FULL = "/termine/dritte-allianztagung"  # public, with a waiting list
ASKING = "/termine/netzwerktreffen-offene-daten"  # public, with a question


def link_to(live, email: str) -> str:
    """What the mail to a guest leads to."""
    with live.app.app_context():
        rows = select(Registration).where(Registration.person.has(email=email))
        newest = db.session.scalars(rows.order_by(Registration.id.desc())).first()
        assert newest
        link = f"/anmeldung/{newest.id}/{queries.registration_token(newest)}"
        db.session.remove()
    return link


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(text)


def test_guest_registers_confirms_and_gives_the_place_back(live, person) -> None:
    guest = person()
    guest.goto(ASKING)
    follow(guest, "Zum Termin anmelden")
    says(guest, "38 von 40 Plätzen frei")
    click(guest, "Zum Termin anmelden")
    says(guest, "Geben Sie Ihren Vornamen ein.")
    fill(guest, first_name="Gabi", last_name="Gast", municipality="Lünen")
    fill(guest, email="gabi@gast.example", answer="Ich suche Radzähldaten.")
    click(guest, "Zum Termin anmelden")
    assert guest.url.endswith("/anmelden/danke")
    assert guest.context.cookies() == []
    guest.reload()
    says(guest, "Wir haben Ihnen geschrieben")

    link = link_to(live, "gabi@gast.example")
    guest.goto(link)
    says(guest, "noch zu bestätigen")
    click(guest, "Anmeldung bestätigen")
    says(guest, "Ihr Platz ist sicher. Ihre Nummer ist die 3.")
    guest.go_back()
    guest.go_forward()
    guest.reload()
    says(guest, "Platz bestätigt")

    follow(guest, "Wie die Plätze vergeben werden")
    guest.get_by_label("Ihre Nummer").fill("3")
    click(guest, "Zeigen")
    says(guest, "E-Mail-Adresse bestätigt")
    expect(guest.get_by_role("main")).not_to_contain_text("Gabi")

    guest.goto(link)
    click(guest, "Platz zurückgeben")
    says(guest, "Diese Anmeldung ist beendet: selbst abgemeldet.")
    follow(guest, "Neu anmelden")
    says(guest, "38 von 40 Plätzen frei")


def test_partner_comes_with_one_click_and_goes_with_one(live, person) -> None:
    partner = person("partner@demo.example")
    partner.goto(FREE)
    says(partner, "10 von 12 Plätzen frei")
    click(partner, "Zum Termin anmelden")
    says(partner, "Ihr Platz ist sicher. Ihre Nummer ist die 3.")
    partner.reload()
    says(partner, "Platz bestätigt")

    partner.goto("/mein/termine")
    says(partner, "Nummer 3 · Musterwerk Sensorik GmbH")
    partner.goto(FREE)
    click(partner, "Meinen Namen zeigen")
    visitor = person()
    visitor.goto(FREE)
    says(visitor, "Mit dabei")
    says(visitor, "Kim Muster")
    partner.goto(FREE)
    click(partner, "Platz zurückgeben")
    says(partner, "10 von 12 Plätzen frei")
    visitor.reload()
    expect(visitor.get_by_role("main")).not_to_contain_text("Kim Muster")


def test_who_waits_moves_up_and_near_the_date_accepts_an_offer(live, person) -> None:
    partner = person("partner@demo.example")
    partner.goto(FULL)
    click(partner, "Warteliste, Platz 3")
    says(partner, "Sie stehen auf Platz 3 der Warteliste. Ihre Nummer ist die 10.")

    leaving = person("luca.probe@musterdaten.example")
    leaving.goto(FULL)
    click(leaving, "Platz zurückgeben")
    says(leaving, "Sie sind abgemeldet.")
    first = person("eike.beispiel@musterstadt.example")
    first.goto(FULL)
    says(first, "Platz bestätigt")
    partner.reload()
    says(partner, "Warteliste")

    with live.app.app_context(), transaction(writing=True):
        near = select(Allocation).join(Event).where(Event.slug == "dritte-allianztagung")
        db.session.scalars(near).one().offers_from = now() - timedelta(days=1)
    link = link_to(live, "maxi.muster@probeverein.example")
    waiting = person()
    waiting.goto(link)
    click(waiting, "Warteliste verlassen")
    first.reload()
    click(first, "Platz zurückgeben")

    partner.goto(FULL)
    says(partner, "Ein Platz ist für Sie frei.")
    click(partner, "Platz annehmen")
    says(partner, "Ihr Platz ist sicher. Ihre Nummer ist die 10.")
    partner.goto(f"{FULL}/platzvergabe?nummer=10")
    says(partner, "Angebot angenommen")


def test_partner_with_several_organisations_chooses_one(live, person) -> None:
    bente = person("bente.beispiel@beispielpflege.example")
    bente.goto(FREE)
    names = bente.get_by_role("main").get_by_role("button").all_inner_texts()
    assert [name for name in names if name.startswith("Anmelden für")] == names
    click(bente, names[1])

    says(bente, "Ihr Platz ist sicher.")
    bente.goto(ASKING)
    follow(bente, "Zum Termin anmelden")
    fill(bente, answer="Keine.")
    click(bente, bente.get_by_role("main").get_by_role("button").all_inner_texts()[0])
    says(bente, "Ihr Platz ist sicher.")
