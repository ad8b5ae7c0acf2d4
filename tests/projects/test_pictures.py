"""The picture of a presentation: what is taken, who sees it, and that no attack gets far."""

import io
import struct
import zlib

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal.core.database import db
from portal.core.pictures.models import Picture
from portal.projects.models import Project, ReviewState
from tests.projects.making import MINE, OFFICE, in_state, shown, typed

WORDS = {"picture_alt": "Ein Windrad am Kai", "picture_credit": "Kim Muster"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def image(width: int = 1000, height: int = 600, kind: str = "JPEG") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, kind)
    return content.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of 900 megapixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sent(client, address: str, content: bytes, name: str = "bild.jpg", **more):
    data = typed() | WORDS | more | {"picture": (io.BytesIO(content), name)}
    return client.post(address, data=data, content_type="multipart/form-data")


def pictures() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Picture.id))) or 0


@pytest.fixture
def pictured(client_of, windwerk, petra) -> Project:
    assert sent(client_of(petra), f"{MINE}/neu", image()).status_code == 303
    return db.session.scalars(select(Project)).one()


def address_of(project: Project, size: str = "480.webp") -> str:
    return f"{MINE}/{project.key}/bild/{project.latest.picture.key}/{size}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_reencoded_and_shown_with_its_words(client_of, windwerk, petra, kind):
    where = sent(client_of(petra), f"{MINE}/neu", image(kind=kind)).location

    project = db.session.scalars(select(Project)).one()
    picture = project.latest.picture
    page = client_of(petra).get(where).text
    answer = client_of(petra).get(address_of(project))
    assert (picture.alt, picture.credit) == ("Ein Windrad am Kai", "Kim Muster")
    assert 'alt="Ein Windrad am Kai"' in page
    assert "Kim Muster" in page
    assert (answer.status_code, answer.content_type) == (200, "image/webp")
    assert Image.open(io.BytesIO(answer.data)).size == (480, 288)


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"kein Bild, nur Text", "bild.jpg", "Die Datei ist kein Bild."),
        (SVG, "bild.svg", "Dieses Format nehmen wir nicht an."),
        (SVG, "bild.png", "Dieses Format nehmen wir nicht an."),
        (b"GIF89a" + b"\0" * 100, "bild.gif", "Dieses Format nehmen wir nicht an."),
        (b"%PDF-1.7 ...", "bild.jpg", "Dieses Format nehmen wir nicht an."),
        (b"", "leer.jpg", "Die Datei ist leer."),
        (bomb(), "bombe.png", "mehr als 50 Megapixel"),
        (image()[:500], "halb.jpg", "beschädigt"),
        (b"\xff\xd8\xff" + b"\0" * 200, "kopf.jpg", None),
        (b"<?php system($_GET['c']); ?>", "../../x.php", "Die Datei ist kein Bild."),
    ],
)
def test_attack_is_refused_at_the_field_and_leaves_nothing(
    client_of, windwerk, petra, content, name, message
):
    answer = sent(client_of(petra), f"{MINE}/neu", content, name)

    assert answer.status_code == 422
    assert '<a href="#picture">' in answer.text
    assert message is None or message in answer.text
    assert "Fünf Windräder am Kai.</textarea>" in answer.text
    assert pictures() == 0
    assert db.session.scalar(select(func.count(Project.id))) == 0


def test_file_that_is_too_large_answers_413(client_of, windwerk, petra):
    answer = sent(client_of(petra), f"{MINE}/neu", b"x" * (13 * 1024 * 1024))

    assert answer.status_code == 413
    assert "zu groß" in answer.text
    assert db.session.scalar(select(func.count(Project.id))) == 0


@pytest.mark.parametrize(("more", "status"), [(0, 303), (1, 422)])
def test_ten_megabytes_are_taken_and_one_byte_more_is_not(client_of, windwerk, petra, more, status):
    picture = image()
    padded = picture + b"\0" * (10 * 1024 * 1024 - len(picture) + more)

    answer = sent(client_of(petra), f"{MINE}/neu", padded)

    assert answer.status_code == status
    assert ("größer als 10 MB" in answer.text) is bool(more)
    assert pictures() == (0 if more else 1)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_picture_needs_its_description_and_its_credit(client_of, windwerk, petra, word, text):
    answer = sent(client_of(petra), f"{MINE}/neu", image(), **{word: text})

    assert answer.status_code == 422
    assert f'<a href="#{word}">' in answer.text
    assert "Wählen Sie das Bild noch einmal aus" in answer.text
    assert pictures() == 0


def test_words_can_be_changed_and_not_be_emptied(client_of, pictured, petra):
    edit = f"{MINE}/{pictured.key}/bearbeiten"
    key = pictured.latest.picture.key

    changed = client_of(petra).post(
        edit, data=typed() | WORDS | {"picture_alt": "Anders"} | shown(pictured)
    )
    refused = client_of(petra).post(edit, data=typed() | shown(pictured))

    assert (changed.status_code, refused.status_code) == (303, 422)
    db.session.rollback()
    assert (pictured.latest.picture.alt, pictured.latest.picture.key) == ("Anders", key)


def test_picture_can_be_replaced_and_removed(client_of, pictured, petra):
    edit = f"{MINE}/{pictured.key}/bearbeiten"
    old = address_of(pictured)

    sent(client_of(petra), edit, image(600, 600), **shown(pictured))
    new = address_of(pictured)
    assert client_of(petra).get(old).status_code == 404
    assert client_of(petra).get(new).status_code == 200
    assert pictures() == 1

    client_of(petra).post(edit, data=typed(picture_remove="y") | shown(pictured))
    assert client_of(petra).get(new).status_code == 404
    assert pictures() == 0


def test_picture_of_who_was_slower_is_thrown_away(client_of, pictured, petra):
    edit = f"{MINE}/{pictured.key}/bearbeiten"
    before = pictured.latest.picture.key

    answer = sent(client_of(petra), edit, image(600, 600), version="1000")

    assert answer.status_code == 409
    assert "Wählen Sie es noch einmal aus." in answer.text
    db.session.rollback()
    assert (pictured.latest.picture.key, pictures()) == (before, 1)


STARS = {"If-None-Match": "*", "Range": "bytes=0-"}


@pytest.mark.parametrize("headers", [{}, STARS])
def test_who_may_not_see_the_project_gets_no_picture_under_any_condition(
    client, client_of, pictured, petra, paul, stefan, olga, headers
):
    own = address_of(pictured)
    office = own.replace(MINE, OFFICE)
    key = pictured.latest.picture.key

    def answers(address: str) -> list[int]:
        asking = [client, client_of(stefan), client_of(paul), client_of(petra), client_of(olga)]
        return [one.get(address, headers=headers).status_code for one in asking]

    seen = 304 if headers else 200
    assert answers(own) == [302, 404, seen, seen, 403]
    assert answers(office) == [302, 404, 404, 404, seen]
    assert answers(f"/projekte/windpark-am-hafen/bild/{key}/480.webp") == [404] * 5

    in_state(pictured, ReviewState.PUBLISHED)
    assert answers(f"/projekte/windpark-am-hafen/bild/{key}/480.webp") == [seen] * 5


def test_what_is_withdrawn_is_gone_though_the_browser_still_has_it(client, pictured):
    in_state(pictured, ReviewState.PUBLISHED)
    address = f"/projekte/windpark-am-hafen/bild/{pictured.latest.picture.key}/480.webp"
    first = client.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=tag).status_code == 304

    pictured.live_revision_id = None
    db.session.commit()

    assert client.get(address, headers=tag).status_code == 404


@pytest.mark.parametrize(
    "rest", ["bild/{key}/0.webp", "bild/{key}/481.webp", "bild/{key}/480.svg", "bild/{key}/480",
             "bild/{key}/..%2f480.webp", "bild/{key}/%00.webp", "bild/{key}/960.webp.jpg",
             "bild/fremd/480.webp", "bild/%00/480.webp"]
)  # fmt: skip
def test_sizes_and_keys_that_do_not_exist_answer_404(client, pictured, rest):
    in_state(pictured, ReviewState.PUBLISHED)
    key = pictured.latest.picture.key

    assert client.get(f"/projekte/windpark-am-hafen/{rest.format(key=key)}").status_code == 404


def test_small_picture_answers_for_the_sizes_that_pages_ask_for(client, client_of, windwerk, petra):
    sent(client_of(petra), f"{MINE}/neu", image(300, 200))
    project = db.session.scalars(select(Project)).one()
    in_state(project, ReviewState.PUBLISHED)

    for size in ("480.webp", "960.jpg", "1600.webp"):
        address = f"/projekte/windpark-am-hafen/bild/{project.latest.picture.key}/{size}"
        answer = client.get(address)
        assert answer.status_code == 200
        assert Image.open(io.BytesIO(answer.data)).width == 300


def test_public_picture_says_how_it_may_be_used(client, pictured):
    in_state(pictured, ReviewState.PUBLISHED)
    address = f"/projekte/windpark-am-hafen/bild/{pictured.latest.picture.key}/480.webp"

    answer = client.get(address)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert address in client.get("/projekte").text
