"""Which pages there are to look at, found by walking the portal itself: every link of the same
portal that a person sees, one example of each route."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

PEOPLE = {
    None: ["/", "/suche?q=energie", "/projekte?stadtbezirk=eving&thema=energie", "/nichts"],
    "partner@demo.example": ["/mein", "/konto"],
    "team@demo.example": ["/mein"],
    "leitung@demo.example": ["/projektbuero", "/mein"],
}
FORMLESS = (".ics", ".csv", ".atom", ".xml", ".txt", "/healthz", "/readyz")


def walk(live: Any, person: str | None) -> list[str]:
    """The addresses that a person reaches by links, one for each route and kind of page."""
    urls = live.app.url_map.bind("localhost")
    context = live.context(person)
    page = context.new_page()
    seen: set[str] = set()
    waiting, shown = list(PEOPLE[person]), []
    while waiting:
        address = waiting.pop(0)
        kind = _kind(urls, address)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(address)
        shown.append(address)
        waiting += _links(page, live.base)
    context.close()
    return shown


def _kind(urls: Any, address: str) -> str:
    path, _, query = address.partition("?")
    try:
        endpoint, _ = urls.match(path, method="GET")
    except HTTPException:
        endpoint = "nowhere"
    return f"{endpoint} {bool(query)}"


def _links(page: Page, base: str) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
    local = [url.removeprefix(base).partition("#")[0] for url in found if url.startswith(base)]
    return [url for url in local if url and not url.partition("?")[0].endswith(FORMLESS)]


PAGES: dict[str | None, Callable[[Any], list[str]]] = {
    person: (lambda live, person=person: walk(live, person)) for person in PEOPLE
}
