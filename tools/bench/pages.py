"""Which pages are measured, and what one answer of each weighs."""

import gzip
import re
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from portal.core.database import db
from portal.demo import services as demo

LOG_IN = "/konto/anmelden"
NOT_COUNTED = ("BEGIN", "PRAGMA", "SET ")


@dataclass(frozen=True)
class Weight:
    statements: int
    html: int
    gzipped: int


@dataclass(frozen=True)
class Place:
    """Where a page is, and the cookie of who may see it."""

    address: str
    cookie: str = ""


def places(app: Flask) -> dict[str, Place]:
    """What the table calls them, and where they are in this database."""
    found = {label: Place(address) for label, address in _addresses(app).items()}
    return found | {"the office's desk": Place("/projektbuero", _office_cookie(app))}


def _office_cookie(app: Flask) -> str:
    """Of the demo's administrator, logged in as anybody logs in."""
    who = {"email": "leitung@demo.example", "password": demo.PASSWORD}
    with app.test_client() as client:
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(LOG_IN).text)
        answer = client.post(LOG_IN, data=who | {"csrf_token": token[1] if token else ""})
    if answer.status_code != 303:
        raise SystemExit("the demo's administrator could not log in")
    return answer.headers["Set-Cookie"].partition(";")[0]


def _addresses(app: Flask) -> dict[str, str]:
    with app.test_client() as client:
        listed = client.get("/projekte").text
    match = re.search(r'href="(/projekte/[a-z0-9-]+)"', listed)
    return {
        "`/`": "/",
        "`/projekte`": "/projekte",
        "one project": match[1] if match else "/projekte",
        "`/partner`": "/partner",
        "`/partner`, searched": "/partner?q=muster",
        "`/allianzposter`": "/allianzposter",
        "`/kooperationen`": "/kooperationen",
        "`/kooperationen`, searched": "/kooperationen?q=sensor",
        "`/kooperationen`, by kind": "/kooperationen?art=angebot",
        "`/kompetenzen`": "/kompetenzen",
        "`/termine`": "/termine",
        "`/suche`, common word": "/suche?q=stadt",
        "`/suche`, rare word": "/suche?q=mikrodepot",
    }


def weigh(app: Flask, place: Place) -> Weight:
    """Of the second answer: the first one fills what is kept per generation."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    with app.test_client(use_cookies=False) as client:
        headers = {"Cookie": place.cookie} if place.cookie else {}
        client.get(place.address, headers=headers)
        sa.event.listen(engine, "before_cursor_execute", note)
        answer = client.get(place.address, headers=headers)
        sa.event.remove(engine, "before_cursor_execute", note)
    counted = [statement for statement in sent if not statement.startswith(NOT_COUNTED)]
    if answer.status_code != 200:
        raise SystemExit(f"{place.address}: {answer.status_code}")
    body = answer.data
    return Weight(len(counted), len(body), len(gzip.compress(body, 6)))
