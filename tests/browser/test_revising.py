"""A public project changes in a real browser: revised beside its page, shown anew, confirmed,
archived; and what is typed is kept, whatever happens to the session."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from flask import request, request_finished
from playwright.sync_api import Page, expect

from portal.accounts.models import UserSession
from portal.core.database import db
from portal.projects.models import Autosave
from tests.browser.acting import click, fill, follow

pytestmark = pytest.mark.browser
ORGANISATION = "/mein/modellmobil/projekte"
AUTHOR = "chris.muster@modellmobil.example"
ONLINE = "/projekte/lastenraeder-zum-teilen"
OFFICE = "moderation@demo.example"


def open_own(page: Page) -> None:
    page.goto(ORGANISATION)
    follow(page, "Lastenräder zum Teilen")


def test_public_project_is_revised_while_it_stays_online_and_is_archived_at_last(
    person, mail
) -> None:
    author, visitor, office = person(AUTHOR), person(), person(OFFICE)
    visitor.goto(ONLINE)
    title = visitor.locator("h1").inner_text()

    open_own(author)
    follow(author, "Überarbeiten")
    fill(author, title="Lastenräder für alle")
    click(author, "Speichern und einreichen")
    expect(author.get_by_role("status").first).to_contain_text("Danke.")
    expect(author.get_by_role("main")).to_contain_text("Was anders wird")

    visitor.reload()
    expect(visitor.locator("h1")).to_have_text(title)

    office.goto("/projektbuero?art=projects")
    follow(office, "Lastenräder für alle")
    click(office, "Veröffentlichen")
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text("Lastenräder für alle")
    assert "Lastenräder für alle" in mail(AUTHOR)

    author.goto(ORGANISATION)
    follow(author, "Lastenräder für alle")
    follow(author, "2 Fassungen")
    follow(author, "Fassung 2")
    expect(author.get_by_role("main")).to_contain_text("Was anders ist als in Fassung 1")
    follow(author, "Lastenräder für alle")
    follow(author, "Stimmt noch: bestätigen")
    click(author, "Ja, alles stimmt noch")
    expect(author.get_by_role("status").first).to_contain_text("für ein halbes Jahr bestätigt")

    follow(author, "Archivieren oder offline nehmen")
    author.get_by_label("Archivieren:").check()
    click(author, "Nicht mehr zeigen")
    expect(author.locator(".kern-error").first).to_be_visible()
    fill(author, note="Der Versuch ist zu Ende.")
    click(author, "Nicht mehr zeigen")
    expect(author.get_by_role("status").first).to_contain_text("archiviert")
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("Der Versuch ist zu Ende.")
    visitor.goto("/projekte?q=Lastenräder")
    expect(visitor.get_by_role("main")).not_to_contain_text("Lastenräder für alle")


def test_what_is_typed_is_kept_every_twenty_seconds_and_after_the_end_of_the_session(live) -> None:
    context = live.context(AUTHOR)
    page = context.new_page()
    page.clock.install()
    open_own(page)
    follow(page, "Überarbeiten")
    form = page.url
    fill(page, title="Halb getippt")
    page.clock.fast_forward(21_000)
    expect(page.locator("[data-keep-says]")).to_contain_text("Zwischengespeichert um")

    _end_all_sessions()
    fill(page, title="Ganz getippt")
    page.clock.fast_forward(21_000)
    expect(page.locator("[data-keep-says]")).to_contain_text("Sie sind abgemeldet.")
    other = context.new_page()
    _log_in(other)
    page.clock.fast_forward(21_000)
    expect(page.locator("[data-keep-says]")).to_contain_text("Zwischengespeichert um")

    other.goto(form)
    expect(other.locator("#title")).to_have_value("Ganz getippt")
    expect(other.get_by_role("main")).to_contain_text("Ihre Eingaben sind wieder da")
    context.close()


def test_what_is_typed_is_kept_on_leaving_the_page(live) -> None:
    context = live.context(AUTHOR)
    page = context.new_page()
    page.goto(f"{ORGANISATION}/neu")
    fill(page, title="Im Gehen getippt")

    with _kept_by_the_portal() as kept:
        page.goto("/projekte")
        assert kept.wait(10)

    assert db.session.query(Autosave).count() == 1
    page.goto(f"{ORGANISATION}/neu")
    expect(page.locator("#title")).to_have_value("Im Gehen getippt")
    context.close()


@contextmanager
def _kept_by_the_portal() -> Iterator[Event]:
    """The request outlives its page, so no page can be asked for it: the portal says when it has
    answered."""
    kept = Event()

    def answered(_app: object, **_: object) -> None:
        if request.path.endswith("/zwischenstand"):
            kept.set()

    with request_finished.connected_to(answered):
        yield kept


def _end_all_sessions() -> None:
    db.session.query(UserSession).delete()
    db.session.commit()
    db.session.remove()


def _log_in(page: Page) -> None:
    page.goto("/konto/anmelden")
    page.get_by_label("E-Mail-Adresse").fill(AUTHOR)
    page.get_by_label("Passwort", exact=True).fill("Wir.Machen.Zukunft.")
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/mein*")
