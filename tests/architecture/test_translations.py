"""Every text on every page can be translated: in a pseudo-language each marked text stands in
brackets, so whatever stands outside of them was not marked. And in English no page is German."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa
from babel.dates import get_day_names, get_month_names
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Domain

from portal.accounts.models import User
from portal.core.application import Portal
from portal.core.database import Base, db
from portal.projects.queries import cards
from tests.architecture import world as worlds
from tests.architecture.test_rights import ROWS
from tools import catalogues, messages

SAID = {"alt", "title", "aria-label", "placeholder", "content"}
SILENT = {"script", "style", "code"}
# Names and things that are the same in every language.
NAMES = """Allianz Smart City Dortmund Wir Machen Zukunft nordwärts Atom CSV iCalendar RFC
smartcity dortmund de http https portal test www ics csv atom Uhr DE EN Markdown English Deutsch
Projektbüro Innenstadt West Nord Ost Lütgen dortmund width device initial scale light dark
Feed noindex termine lang vor ort Word Excel PowerPoint PDF DOCX ODT ODS ODP kB MB"""


class Pseudo(NullTranslations):
    """⟦…⟧ around every marked text."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"

    def pgettext(self, _context: str, message: str) -> str:
        return self.gettext(message)

    ugettext, ungettext, upgettext = gettext, ngettext, pgettext


class Words(HTMLParser):
    """The texts that people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.inside.append(tag)
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)


def not_german(html: str) -> str:
    """What is marked as German on a page in another language may be German."""
    return re.sub(r'<(\w+)[^>]* lang="de"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)


def heard(html: str) -> str:
    words = Words()
    words.feed(html)
    return " ¦ ".join(words.found)


def unmarked(html: str) -> str:
    """What stands outside of all brackets, however they are nested."""
    outside, depth = [], 0
    for character in heard(html):
        depth += character == "⟦"
        if depth == 0:
            outside.append(character)
        depth -= character == "⟧"
    return "".join(outside)


def letters_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text))


def stored() -> set[str]:
    """Every word that stands in the database: it belongs to who wrote it."""
    known: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            known |= letters_of(" ".join(str(value) for value in row))
    return known


@pytest.fixture
def pseudo(app: Portal, monkeypatch):
    """The same app, speaking the pseudo-language."""
    texts = Pseudo()
    monkeypatch.setattr(Domain, "get_translations", lambda _self: texts)
    spoken = app.create_jinja_environment()
    spoken.texts = texts
    real = app.jinja_env
    spoken.globals, spoken.filters, spoken.tests = real.globals, real.filters, real.tests
    spoken.undefined, spoken.extensions = real.undefined, real.extensions
    spoken.trim_blocks, spoken.lstrip_blocks = real.trim_blocks, real.lstrip_blocks
    monkeypatch.setattr(app, "_spoken", {"de": spoken})
    cards._words.cache_clear()
    yield
    cards._words.cache_clear()


def pages(
    app: Flask, client_of: Callable[[User], FlaskClient], people: str, **asked: Any
) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page, as each of these people sees it. What the office prepares for
    others stands in their language, so all of them read English here."""
    world = worlds.build([worlds.a_picture() for _ in range(4)])
    db.session.execute(sa.update(User).values(language="en"))
    db.session.commit()
    clients = {
        name: client_of(user) if user else app.test_client() for name, user in world.people.items()
    }
    for verb, address, *_ in ROWS:
        for person in people.split():
            if verb != "GET" or address.startswith("/demo/postfach/"):  # a mail is its writer's
                continue
            answer = clients[person].get(address.format(**world.gaps), **asked)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                yield address, answer.text


def test_no_page_shows_a_text_that_is_not_marked(app: Flask, client_of, pseudo) -> None:
    dates = {*get_month_names(locale="de").values(), *get_day_names(locale="de").values()}
    allowed = letters_of(NAMES) | dates
    seen: dict[str, set[str]] = {}

    for address, html in pages(app, client_of, "V A P L OM OA"):
        known = {word.lower() for word in stored() | allowed}
        words = {w for w in letters_of(unmarked(html)) if w.lower() not in known}
        if words:
            seen.setdefault(address, set()).update(words)

    assert seen == {}


def test_no_page_in_english_says_a_german_word(app: Flask, client_of) -> None:
    german = german_words()
    seen: dict[str, set[str]] = {}
    count = 0

    for address, html in pages(
        app, client_of, "V A P L OA", headers={"Accept-Language": "en-GB,en;q=0.9"}
    ):
        count += 1
        assert '<html lang="en">' in html
        html = not_german(html)
        assert "„" not in heard(html), f"German quotation marks on {address}"
        words = letters_of(heard(html)) & german
        words -= stored() if words else set()
        if words:
            seen.setdefault(address, set()).update(words)

    assert seen == {}
    assert count > 100


def german_words() -> set[str]:
    """Words of the German texts that no English text needs."""
    (file,) = catalogues.files()
    german, english = set(), set()
    for message in messages.read(file, "en"):
        german |= letters_of(str(message.id))
        english |= letters_of(str(message.string))
    return german - english - letters_of(NAMES)


def test_german_words_are_many_and_no_english_ones() -> None:
    found = german_words()

    assert {"Ihre", "Stadtbezirk", "nicht", "Projekte", "Antrag"} <= found
    assert not {"Your", "Partner", "Dortmund", "person"} & found
    assert len(found) > 1000


def test_a_text_outside_of_the_brackets_is_found() -> None:
    html = '<p title="⟦A⟧ Knopf">⟦Titel ⟦innen⟧ weiter⟧ Rest</p><script>var x</script>'

    assert letters_of(unmarked(html)) == {"Knopf", "Rest"}
