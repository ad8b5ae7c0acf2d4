"""What machines ask for: alive, ready, what may be indexed, whom to tell of a hole."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from portal.core.database import db, transaction
from portal.core.search import index
from portal.core.times import now
from portal.home import readiness
from portal.home.views import machines
from portal.notifications.models import Letter
from tests.cast import saved

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client) -> dict[str, str | None]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    return {
        url.findtext(f"{SITEMAP}loc") or "": url.findtext(f"{SITEMAP}lastmod")
        for url in root.findall(f"{SITEMAP}url")
    }


def test_healthz_answers_without_asking_the_database(client, statements):
    with statements() as counted:
        answer = client.get("/healthz")

    assert (answer.status_code, answer.text, counted.number) == (200, "ok\n", 0)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_portal_is_ready(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


@pytest.mark.parametrize(
    "asked",
    [
        {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}},
        {"environ_overrides": {"REMOTE_ADDR": "10.0.0.1"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
    ],
)
def test_readiness_is_nobodys_business_outside(client, asked):
    assert client.get("/readyz", **asked).status_code == 404


def test_ipv6_loopback_is_inside(client):
    answer = client.get("/readyz", environ_overrides={"REMOTE_ADDR": "::1"})

    assert answer.status_code == 200


def test_database_that_does_not_answer_makes_it_unready(client, monkeypatch):
    def fail() -> list[str]:
        raise OperationalError("select", {}, Exception("secret host"))

    monkeypatch.setattr(readiness, "_of_the_database", fail)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "database: OperationalError\n")


def test_letters_that_lie_too_long_make_it_unready(client, petra):
    saved(
        Letter(
            kind="accounts/password_changed",
            about="user",
            about_id=petra.id,
            at=now(),
            parameters={},
            recipient=petra,
            message_id="late@portal.test",
            next_try_at=now() - timedelta(minutes=16),
        )
    )

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.text == "outbox: 1 letters wait for more than 15 minutes\n"


def test_older_database_makes_it_unready(client, app):
    newest = _set_revision(app, "0001")
    try:
        assert client.get("/readyz").text == "migrations: the database is not up to date\n"
    finally:
        _set_revision(app, newest)


def _set_revision(app, number):
    """The one before."""
    with app.app_context(), transaction(writing=True):
        before = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = :n"), {"n": number})
    return before


def test_full_disk_makes_it_unready(client, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_SPACE", 2**63)

    assert client.get("/readyz").text == "disk: less than 100 MB are free\n"


def test_robots_stay_out_of_private_places(client):
    text = client.get("/robots.txt").text

    for path in ("/mein", "/projektbuero", "/konto", "/demo"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://portal.test/sitemap.xml" in text


def test_sitemap_names_what_is_public_and_nothing_else(client):
    changed = datetime(2026, 5, 4, 12, tzinfo=UTC)
    for kind in machines.PAGES_OF:
        for number, public in enumerate((True, False)):
            index.put(
                kind,
                number,
                slug=f"{kind}-{public}".lower(),
                title="x",
                summary="",
                body="",
                is_public=public,
                at=changed,
            )
    index.put("later", 1, slug="later", title="x", summary="", body="", is_public=True)
    db.session.commit()

    found = addresses(client)

    assert found["http://portal.test/projekte/project-true"] == "2026-05-04"
    things = [address for address in found if "-true" in address]
    assert len(things) == len(machines.PAGES_OF)
    assert not [address for address in found if "false" in address or "later" in address]
    assert "http://portal.test/" in found and "http://portal.test/impressum" in found
    assert not [address for address in found if "/mein" in address or "/projektbuero" in address]


def test_every_page_of_the_sitemap_that_is_no_thing_opens(client):
    for address in addresses(client):
        assert client.get(address.removeprefix("http://portal.test")).status_code == 200, address


def test_security_txt_says_whom_to_tell_and_has_not_run_out(client):
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )

    assert lines["Contact"] == "mailto:smartcity@dortmund.de"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=90) < expires - now() < timedelta(days=365)
    assert lines["Canonical"] == "http://portal.test/.well-known/security.txt"


@pytest.mark.parametrize("address", ["/healthz", "/robots.txt", "/.well-known/security.txt"])
def test_texts_are_plain(client, address):
    assert client.get(address).mimetype == "text/plain"
