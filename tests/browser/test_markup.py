"""What people type is shown as they typed it, everywhere: nothing runs, nothing is loaded."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from playwright.sync_api import Page

from portal.core.database import Base, db
from portal.core.generation import raise_generation
from portal.core.text import render_markdown
from tests.browser.payloads import PAYLOADS
from tests.conftest import REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_engine")]
NOT_TYPED = {  # by the portal, or checked for its shape before it is stored
    "slug", "key", "email", "short", "nonce", "password_hash", "key_hash", "session_hash", "hash",
    "sha256", "digest", "code", "language", "facet", "kind", "about", "fact", "message_id",
    "value", "subject", "begins", "ends", "status_as_of", "register_number", "website",
    "domain", "postal_code", "contact_email", "source_url", "address", "video_url", "url",
    "image_source", "word", "shown", "agent", "user_agent", "version_num", "folded_title",
    "folded_name", "part", "place_key", "starts", "precision", "parameters", "path",
}  # fmt: skip
NOT_OURS = {"letter", "history_entry", "counter", "search_entry", "search_word", "user_session"}
FILES = (".pdf", ".csv", ".ics", ".atom", ".xlsx")  # a browser opens or stores them by itself
PAGES = 110  # of each person, of as many shapes as there are
LOOK = """() => {
  const bad = [];
  if (window.broken) bad.push("a script ran");
  for (const one of document.querySelectorAll("*")) {
    for (const {name, value} of one.attributes) {
      if (/^on/i.test(name) && !(name === "on")) bad.push(`${one.tagName} ${name}`);
      if (/^(href|src|action|formaction|data|srcdoc)$/i.test(name)
          && /^[\\s\\u0000]*(javascript|vbscript|data:text)/i.test(value))
        bad.push(`${name}=${value}`);
    }
    if (/^(iframe|object|embed|base|math)$/i.test(one.tagName)) bad.push(one.tagName);
  }
  for (const one of document.scripts) if (!one.src.includes("/static/")) bad.push("inline script");
  return bad;
}"""
LINKS = """() => [...document.querySelectorAll("a[href]")].flatMap((a) => {
  try { return [new URL(a.getAttribute("href"), location).href]; } catch { return []; }
})"""


def typed_columns() -> list[tuple[sa.Table, sa.Column[Any]]]:
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_OURS
        for column in table.columns
        if isinstance(column.type, sa.String)
        and not isinstance(column.type, sa.Enum)
        and column.name not in NOT_TYPED
        and not column.foreign_keys
        and not column.unique
    ]


@pytest.fixture(autouse=True)
def kept(app) -> Iterator[None]:
    """What a migration filled is there for the next test as well."""
    tables = [Base.metadata.tables[name] for name in sorted(REFERENCE)]
    rows = {table: db.session.execute(sa.select(table)).mappings().all() for table in tables}
    db.session.rollback()
    yield
    db.session.rollback()
    for table in tables:
        for row in rows[table]:
            db.session.execute(sa.update(table).where(table.c.id == row["id"]).values(**row))
    db.session.commit()


def type_into_everything() -> int:
    """Each row of each table says something else of it in each of its fields. Gives the fields."""
    numbers = count()
    columns = typed_columns()
    for table, column in columns:
        for row in db.session.execute(sa.select(table.c.id, column)):
            if not row[1]:
                continue
            text = PAYLOADS[next(numbers) % len(PAYLOADS)]
            said = render_markdown(text) if column.name.endswith("html") else text
            limit = getattr(column.type, "length", None)
            db.session.execute(
                sa.update(table)
                .where(table.c.id == row.id)
                .values({column: said[:limit] if limit else said})
            )
    revision = Base.metadata.tables["revision"]
    for row in db.session.execute(sa.select(revision.c.id, revision.c.html)):
        html = {name: render_markdown(PAYLOADS[next(numbers) % len(PAYLOADS)]) for name in row.html}
        db.session.execute(sa.update(revision).where(revision.c.id == row.id).values(html=html))
    raise_generation()
    db.session.commit()
    db.session.remove()
    return len(columns)


def shape(address: str) -> tuple[str, ...]:
    """Pages that look alike: a project is a project, and its edit form another page."""
    path = urlsplit(address).path.strip("/").split("/")
    return (str(len(path)), path[0], path[2] if len(path) > 2 else "", path[-1][:4])


def crawl(page: Page, base: str, start: list[str]) -> tuple[int, dict[str, list[str]]]:
    """How many pages were looked at, and what is wrong on each, by address."""
    waiting, seen, wrong = [base + path for path in start], set(start), {}
    visited: Counter[tuple[str, ...]] = Counter()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    page.on("console", lambda line: said.append(line.text) if "Security Policy" in line.text else 0)
    while waiting and visited.total() < PAGES:
        address = min(waiting, key=lambda one: visited[shape(one)])
        waiting.remove(address)
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visited[shape(address)] += 1
        found = [*said, *page.evaluate(LOOK)]
        if answer.status >= 500:
            found.append(str(answer.status))
        said.clear()
        if found:
            wrong[address] = found
        for link in page.evaluate(LINKS):
            plain = link.split("#")[0]
            is_file = urlsplit(plain).path.endswith(FILES)
            if plain.startswith(base) and plain not in seen and not is_file:
                seen.add(plain)
                waiting.append(plain)
    return visited.total(), wrong


@pytest.mark.parametrize(
    ("email", "start"),
    [
        (None, ["/", "/projekte", "/kooperationen", "/partner", "/suche?q=script", "/termine"]),
        ("partner@demo.example", ["/mein", "/mein/musterwerk-sensorik/projekte"]),
        ("leitung@demo.example", ["/projektbuero", "/projektbuero/projekte"]),
    ],
)
def test_nothing_that_was_typed_runs_or_loads_anything(live, email, start) -> None:
    context = live.context(email)
    with live.app.app_context():
        assert type_into_everything() > 60
    page = context.new_page()

    looked_at, wrong = crawl(page, live.base, start)

    assert wrong == {}
    assert looked_at > 60
    assert [url for url in live.asked if not url.startswith((live.base, "data:"))] == []
    context.close()


def test_feeds_and_tables_hold_what_was_typed_as_text(live) -> None:
    with live.app.app_context():
        type_into_everything()
    client = live.app.test_client()

    for path in ("/projekte.atom", "/aktuelles.atom", "/kooperationen.atom"):
        ElementTree.fromstring(client.get(path).data)  # noqa: S314 - our own
    calendar = Calendar.from_ical(client.get("/termine.ics").data)
    assert all("X-EVIL" not in event for event in calendar.walk("VEVENT"))
    for path in ("/projekte.csv", "/kompetenzen.csv"):
        rows = csv.reader(io.StringIO(client.get(path).text), delimiter=";")
        cells = [cell for row in rows for cell in row]
        assert len(cells) > 20
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
