"""A real server for a real browser: the portal with the demo alliance, on a port of its own."""

import os
import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from portal.core.database import db
from portal.notifications import postman
from tests.alliance import settle_alliance
from tests.cast import PASSWORD

NAMES = ("chromium", "chromium-browser", "google-chrome")
CALM = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def missing(what: str) -> None:
    """Loud: in CI nothing is skipped, elsewhere it is said in one line."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI skips nothing")
    pytest.skip(f"{what} is missing: the tests in a browser did not run")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        missing("Chromium")
    return {"executable_path": found, "args": [*CALM, "--no-sandbox"]}


class Live:
    """The running portal: its address, and people who have logged in. Only test_logging_in.py takes
    the time to fill in the form."""

    def __init__(self, app: Flask, base: str, browser: Browser) -> None:
        self.app = app
        self.base = base
        self.browser = browser
        self.asked: list[str] = []

    def client(self, email: str | None = None) -> FlaskClient:
        """The same person without a browser, to find the pages quickly."""
        client = self.app.test_client()
        if email:
            self._log_in(client, email)
        return client

    def _log_in(self, client: FlaskClient, email: str) -> str:
        """Gives what the browser is to keep: "name=value"."""
        data = {"email": email, "password": PASSWORD}
        answer = client.post("/konto/anmelden", data=data)
        assert answer.status_code == 303
        return answer.headers["Set-Cookie"].partition(";")[0]

    def context(self, email: str | None = None, **options: object) -> BrowserContext:
        """A browser of one person, or of a visitor. All addresses it asks for are noted."""
        options = {"locale": "de-DE"} | options
        context = self.browser.new_context(base_url=self.base, **options)
        context.set_default_timeout(15_000)
        context.on("request", lambda request: self.asked.append(request.url))
        if email:
            name, _, value = self._log_in(self.app.test_client(), email).partition("=")
            context.add_cookies([{"name": name, "value": value, "url": self.base}])
        return context


@pytest.fixture
def one_engine() -> None:
    """For what costs minutes and cannot differ between the engines: how a page is drawn."""
    if os.environ.get("PORTAL_TEST_DATABASE_URL"):
        pytest.skip("pages look the same on both engines; they are looked at on SQLite")


@pytest.fixture
def live(app: Flask, browser: Browser) -> Iterator[Live]:
    """With the demo alliance in the database."""
    settle_alliance()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    told, app.config["BASE_URL"] = app.config["BASE_URL"], base
    hosts, app.config["TRUSTED_HOSTS"] = app.config["TRUSTED_HOSTS"], None
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(app, base, browser)
    server.shutdown()
    thread.join()
    app.config["BASE_URL"], app.config["TRUSTED_HOSTS"] = told, hosts


@pytest.fixture
def person(live):
    """Opens a browser for somebody; one after the other, as the story tells it."""
    opened: list[BrowserContext] = []

    def opens(email: str | None = None) -> Page:
        context = live.context(email, java_script_enabled=False)
        opened.append(context)
        return context.new_page()

    yield opens
    for context in opened:
        context.close()


@pytest.fixture
def mail(live):
    """The text of the newest mail to an address, after the worker's round."""

    def newest_to(address: str) -> str:
        with live.app.app_context():
            postman.deliver()
            db.session.remove()
        page = live.context().new_page()
        page.goto("/demo/postfach")
        page.get_by_role("listitem").filter(has_text=address).first.get_by_role(
            "link"
        ).first.click()
        text = page.get_by_role("main").inner_text()
        page.context.close()
        return text

    return newest_to
