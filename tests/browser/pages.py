"""Which pages there are to look at, found by walking the portal itself: every link that a person
sees, one example of each route."""

import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

PEOPLE: dict[str | None, list[str]] = {
    None: ["/", "/suche?q=energie", "/projekte?stadtbezirk=eving&thema=energie", "/nichts"],
    "partner@demo.example": ["/mein", "/konto"],
    "team@demo.example": ["/mein"],
    "leitung@demo.example": ["/projektbuero", "/mein"],
}
FORMLESS = (".ics", ".csv", ".atom", ".xml", ".txt", ".md", ".pdf", "/healthz", "/readyz")
WORDS = re.compile(r"(?<=>)[^<]*[^<\s][^<]*(?=<)")
OF_ONE_PAGE = re.compile(r' (href|src|srcset|value|alt|title|content|datetime|action)="[^"]+"')
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')


def walk(client: FlaskClient, person: str | None) -> dict[str, str]:
    """The addresses that a person reaches by links, one for each route and kind of page, with what
    stands there."""
    urls = client.application.url_map.bind("localhost")
    seen: set[str] = set()
    waiting, shown = list(PEOPLE[person]), {}
    while waiting:
        address = waiting.pop(0)
        kind = _kind(urls, address)
        if kind in seen:
            continue
        seen.add(kind)
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code in {200, 404}, f"{address}: {answer.status_code}"
        shown[address] = answer.text
        links = (unescape(link) for link in LINK.findall(answer.text))
        waiting += [link for link in links if not link.partition("?")[0].endswith(FORMLESS)]
    return shown


def unlike(app: Flask, pages: dict[str, str], seen: set[tuple[str, str]]) -> list[str]:
    """The addresses whose route and content (tags, and where words stand) are like none before: a
    page that several people see alike need not be looked at for each of them. The first page of a
    person always counts, since the frame around it is their own."""
    urls = app.url_map.bind("localhost")
    found = []
    for number, (address, html) in enumerate(pages.items()):
        page = _kind(urls, address), _markup(html)
        if page not in seen or number == 0:
            found.append(address)
        seen.add(page)
    return found


def _markup(html: str) -> str:
    """The content without its words, and without what only names another thing or place."""
    content = html.partition("<main")[2].partition("</main>")[0]
    return OF_ONE_PAGE.sub(r' \1="…"', WORDS.sub("…", content))


def _kind(urls: Any, address: str) -> str:
    path, _, query = address.partition("?")
    try:
        endpoint, _ = urls.match(path, method="GET")
    except HTTPException:
        endpoint = "nowhere"
    return f"{endpoint} {bool(query)}"
