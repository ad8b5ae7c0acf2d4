"""Which pages there are to look at, found by walking the portal itself: every link that a person
sees, one example of each route."""

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

PEOPLE: dict[str | None, list[str]] = {
    None: ["/", "/suche?q=energie", "/projekte?stadtbezirk=eving&thema=energie", "/nichts"],
    "partner@demo.example": ["/mein", "/konto"],
    "team@demo.example": ["/mein"],
    "leitung@demo.example": ["/projektbuero", "/mein"],
}
FORMLESS = (".ics", ".csv", ".atom", ".xml", ".txt", ".md", ".pdf", "/healthz", "/readyz")
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


def _kind(urls: Any, address: str) -> str:
    path, _, query = address.partition("?")
    try:
        endpoint, _ = urls.match(path, method="GET")
    except HTTPException:
        endpoint = "nowhere"
    return f"{endpoint} {bool(query)}"
