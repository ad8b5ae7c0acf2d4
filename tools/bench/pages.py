"""Which pages are measured, and what one answer of each weighs."""

import gzip
import re
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from portal.core.database import db

NOT_COUNTED = ("BEGIN", "PRAGMA", "SET ")


@dataclass(frozen=True)
class Weight:
    statements: int
    html: int
    gzipped: int


def addresses(app: Flask) -> dict[str, str]:
    """What the table calls them, and where they are in this database."""
    with app.test_client() as client:
        listed = client.get("/projekte").text
    match = re.search(r'href="(/projekte/[a-z0-9-]+)"', listed)
    return {
        "`/`": "/",
        "`/projekte`": "/projekte",
        "one project": match[1] if match else "/projekte",
        "`/termine`": "/termine",
        "`/suche`, common word": "/suche?q=stadt",
        "`/suche`, rare word": "/suche?q=mikrodepot",
    }


def weigh(app: Flask, address: str) -> Weight:
    """Of the second answer: the first one fills what is kept per generation."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    with app.test_client() as client:
        client.get(address)
        sa.event.listen(engine, "before_cursor_execute", note)
        body = client.get(address).data
        sa.event.remove(engine, "before_cursor_execute", note)
    counted = [statement for statement in sent if not statement.startswith(NOT_COUNTED)]
    return Weight(len(counted), len(body), len(gzip.compress(body, 6)))
