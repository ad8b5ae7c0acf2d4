"""News: written and published by the office, read by everybody, withdrawn without a trace."""

import io
import re
import struct
import zlib
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image
from sqlalchemy import select

from portal.core.database import db
from portal.core.pictures.models import Picture
from portal.core.search.models import SearchEntry
from portal.core.times import now
from portal.news.models import Article, ArticleState
from tests.cast import saved
from tests.letters import history

NEW = "/projektbuero/aktuelles/neu"
EDIT = "/projektbuero/aktuelles/leuchten-am-wall/bearbeiten"
PUBLISH = "/projektbuero/aktuelles/leuchten-am-wall/veroeffentlichen"
WITHDRAW = "/projektbuero/aktuelles/leuchten-am-wall/zurueckziehen"
PAGE = "/aktuelles/leuchten-am-wall"
ANSWERS = {
    "title": "Leuchten am Wall",
    "teaser": "Die ersten hundert leuchten.",
    "text": "Am **Wall** leuchten sie.\n\n<script>alert(1)</script>",
    "dated": "2026-11-20",
    "source_name": "Musterzeitung",
    "source_url": "https://zeitung.example/leuchten",
}


def png(size=(640, 360)):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    return file.getvalue()


def bomb():
    """A PNG of 900 megapixels in a few bytes."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def with_file(content, name="bild.png", **more):
    words = {"picture_alt": "Eine Leuchte", "picture_credit": "Projektbüro"}
    return ANSWERS | words | more | {"picture": (io.BytesIO(content), name)}


def articles():
    db.session.rollback()
    return [(a.slug, a.state) for a in db.session.scalars(select(Article).order_by(Article.id))]


def found():
    db.session.rollback()
    return list(db.session.scalars(select(SearchEntry.slug)))


@pytest.fixture
def office(client_of, olga):
    return client_of(olga)


def test_draft_is_the_offices_alone(office, client, client_of, petra, olga):
    answer = office.post(NEW, data=ANSWERS)

    assert (answer.status_code, answer.location) == (303, EDIT)
    assert articles() == [("leuchten-am-wall", ArticleState.DRAFT)]
    assert office.get(PAGE).status_code == 200
    assert client.get(PAGE).status_code == 404
    assert client_of(petra).get(PAGE).status_code == 404
    assert "Leuchten" not in client.get("/aktuelles").text
    assert found() == []
    assert history() == [("ArticleWritten", olga.id, None)]


def test_published_article_is_everywhere_and_withdrawn_it_is_nowhere(office, client, olga):
    office.post(NEW, data=ANSWERS)
    assert office.post(PUBLISH, data={"version": 1}).status_code == 303

    page = client.get(PAGE)
    assert page.status_code == 200
    assert "<strong>Wall</strong>" in page.text
    assert "<script>alert" not in page.text
    assert "Musterzeitung" in page.text and "20. November 2026" in page.text
    assert "Leuchten am Wall" in client.get("/aktuelles").text
    assert "Leuchten am Wall" in client.get("/aktuelles.atom").text
    assert found() == ["leuchten-am-wall"]

    assert office.post(WITHDRAW, data={"version": 2}).status_code == 303
    assert client.get(PAGE).status_code == 404
    assert "Leuchten" not in client.get("/aktuelles").text
    assert "Leuchten" not in client.get("/aktuelles.atom").text
    assert found() == []
    assert [fact for fact, *_ in history()] == [
        "ArticleWritten",
        "ArticlePublished",
        "ArticleWithdrawn",
    ]


def test_second_click_finds_the_draft_of_the_first(office):
    for _ in range(2):
        assert office.post(NEW, data=ANSWERS).location == EDIT

    assert len(articles()) == 1


def test_address_stays_when_the_headline_changes(office, client):
    office.post(NEW, data=ANSWERS)
    office.post(PUBLISH, data={"version": 1})

    office.post(EDIT, data=ANSWERS | {"version": 2, "title": "Neue Leuchten"})

    assert "Neue Leuchten" in client.get(PAGE).text


def test_same_headline_gets_an_address_of_its_own(office):
    office.post(NEW, data=ANSWERS)
    office.post(NEW, data=ANSWERS | {"text": "Etwas anderes."})

    assert [slug for slug, _ in articles()] == ["leuchten-am-wall", "leuchten-am-wall-2"]


def test_older_version_is_a_conflict_and_stores_nothing(office):
    office.post(NEW, data=ANSWERS)
    office.post(EDIT, data=ANSWERS | {"version": 1, "title": "Schneller"})

    assert office.post(EDIT, data=ANSWERS | {"version": 1}).status_code == 409
    assert office.post(PUBLISH, data={"version": 1}).status_code == 409
    assert db.session.scalars(select(Article.title)).all() == ["Schneller"]


def test_picture_is_shown_with_its_words_and_follows_the_articles_right(office, client):
    office.post(NEW, data=with_file(png()))
    [picture] = db.session.scalars(select(Picture)).all()
    address = f"{PAGE}/bild/{picture.key}/480.webp"

    assert client.get(address).status_code == 404
    office.post(PUBLISH, data={"version": 1})
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    etag = answer.headers["ETag"]
    page = client.get(PAGE).text
    for shown in re.findall(r'(/aktuelles/[^ "]+/bild/[^ "]+)', page):
        assert client.get(shown).status_code == 200, shown
    assert 'alt="Eine Leuchte"' in page and "Projektbüro" in page

    office.post(WITHDRAW, data={"version": 2})
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 404


def test_picture_can_be_removed(office):
    office.post(NEW, data=with_file(png()))

    office.post(EDIT, data=ANSWERS | {"version": 1, "picture_remove": "y"})

    assert db.session.scalars(select(Picture)).all() == []


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "leer.png", "Die Datei ist leer."),
        (b"nothing but text", "text.jpg", "Die Datei ist kein Bild."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "Dieses Format nehmen wir nicht"),
        (bomb(), "bombe.png", "mehr als 50 Megapixel"),
        (png()[:200], "halb.png", "beschädigt"),
    ],
)
def test_what_is_no_picture_is_explained_and_the_text_kept(office, content, name, message):
    answer = office.post(NEW, data=with_file(content, name))

    assert answer.status_code == 422
    assert message in answer.text
    assert "Leuchten am Wall" in answer.text
    assert articles() == []


def test_too_large_a_file_is_refused(office):
    answer = office.post(NEW, data=with_file(b"x" * (13 * 1024 * 1024)))

    assert answer.status_code == 413
    assert articles() == []


@pytest.mark.parametrize("missing", ["picture_alt", "picture_credit"])
def test_picture_needs_its_words(office, missing):
    answer = office.post(NEW, data=with_file(png(), **{missing: ""}))

    assert answer.status_code == 422
    assert f'id="{missing}-fehler"' in answer.text
    assert articles() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Geben Sie der Meldung eine Überschrift."),
        ("title", "\u200b\u2800", "Geben Sie der Meldung eine Überschrift."),
        ("title", "x" * 161, "höchstens 160 Zeichen"),
        ("title", "a\x00b", "Steuerzeichen"),
        ("teaser", "", "Sagen Sie in einem Satz, worum es geht."),
        ("teaser", "x" * 301, "höchstens 300 Zeichen"),
        ("text", "", "Schreiben Sie den Text der Meldung."),
        ("text", "x" * 20_001, "höchstens 20000 Zeichen"),
        ("text", "a\x1bb", "Steuerzeichen"),
        ("dated", "", "Geben Sie an, von welchem Tag die Meldung ist."),
        ("dated", "2026-02-30", "Diesen Tag gibt es nicht."),
        ("dated", "30.2.2026", "Diesen Tag gibt es nicht."),
        ("dated", "0001-01-01", "Diesen Tag gibt es nicht."),
        ("source_name", "x" * 201, "höchstens 200 Zeichen"),
        ("source_url", "javascript:alert(1)", "keine Webadresse"),
        ("source_url", "https://x.example/" + "y" * 500, "höchstens 500 Zeichen"),
        ("picture_credit", "x" * 201, "höchstens 200 Zeichen"),
    ],
)
def test_bad_input_is_explained_at_the_field(office, field, value, message):
    answer = office.post(NEW, data=ANSWERS | {field: value})

    assert answer.status_code == 422
    assert message in answer.text
    assert f'id="{field}-fehler"' in answer.text
    assert articles() == []


def many(number):
    for i in range(number):
        saved(
            Article(
                slug=f"meldung-{i}",
                state=ArticleState.PUBLISHED,
                title=f"Meldung {i}",
                dated=date(2026, 1, 1),
                created_at=now(),
                changed_at=now(),
                published_at=now(),
            )
        )


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 200), ("0", 200), ("-1", 200), ("abc", 200), ("2", 200), ("3", 404), ("9" * 30, 200)],
)
def test_pages_of_the_list(client, asked, status):
    many(12)

    assert client.get("/aktuelles", query_string={"seite": asked}).status_code == status


def test_lists_need_the_same_statements_for_3_and_for_300(client, office, statements):
    counts = []
    for number in (3, 297):
        db.session.rollback()
        offset = len(articles())
        for i in range(number):
            db.session.add(
                Article(
                    slug=f"m-{offset + i}",
                    state=ArticleState.PUBLISHED,
                    title=f"M {i}",
                    dated=date(2026, 1, 1),
                    created_at=now(),
                    changed_at=now(),
                    published_at=now(),
                )
            )
        db.session.commit()
        for reader, address in [(client, "/aktuelles"), (office, "/projektbuero/aktuelles")]:
            with statements() as counted:
                assert reader.get(address).status_code == 200
            counts.append(counted.number)

    assert counts[:2] == counts[2:]
    assert counts[0] <= 4


def test_feed_is_well_formed_and_its_entries_have_stable_names(office, client):
    office.post(NEW, data=ANSWERS | {"title": "Leuchten am Wall", "teaser": "5 < 6 & <b>fett</b>"})
    office.post(PUBLISH, data={"version": 1})

    feed = ElementTree.fromstring(client.get("/aktuelles.atom").data)

    space = {"a": "http://www.w3.org/2005/Atom"}
    assert [e.text for e in feed.findall("a:entry/a:id", space)] == [f"http://portal.test{PAGE}"]
    assert feed.find("a:entry/a:title", space).text == "Leuchten am Wall"


def test_reader_who_has_the_page_is_told_nothing_changed_until_it_does(office, client):
    many(1)
    office.post(NEW, data=ANSWERS)
    first = client.get("/aktuelles")
    etag = first.headers["ETag"]

    assert client.get("/aktuelles", headers={"If-None-Match": etag}).status_code == 304
    office.post(PUBLISH, data={"version": 1})
    assert client.get("/aktuelles", headers={"If-None-Match": etag}).status_code == 200
