"""Migrations that move what is stored, with rows in the tables: what is to be kept is kept, on the
way up and on the way down."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

from tests.conftest import a_database_of_ones_own

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DULL = {
    sa.String: "",
    sa.Integer: 0,
    sa.Boolean: False,
    sa.JSON: [],
    sa.DateTime: AT,
    sa.Date: AT.date(),
}


class Old:
    """A database of its own at some step of the migrations."""

    def __init__(self, engine: sa.Engine, config: Config) -> None:
        self.engine = engine
        self.config = config

    def go(self, act: Callable[..., None], target: str) -> None:
        with self.engine.connect() as connection:
            self.config.attributes["connection"] = connection
            act(self.config, target)
            connection.commit()

    def up(self, target: str) -> None:
        self.go(command.upgrade, target)

    def down(self, target: str) -> None:
        self.go(command.downgrade, target)

    def put(self, into: str, /, **values: Any) -> int:
        """A row; what it must have besides is as dull as its type allows."""
        table = sa.Table(into, sa.MetaData(), autoload_with=self.engine)
        for column in table.columns:
            given = column.name in values or column.nullable or column.primary_key
            if not given and column.server_default is None:
                kinds = (kind for kind in DULL if isinstance(column.type, kind))
                values[column.name] = DULL[next(kinds)]
        with self.engine.begin() as connection:
            return int(connection.execute(table.insert(), values).inserted_primary_key[0])

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(statement))]


@pytest.fixture
def old(app: Flask, tmp_path) -> Iterator[Old]:
    server = os.environ.get("PORTAL_TEST_DATABASE_URL")
    config = Config("migrations/alembic.ini")
    config.set_main_option("script_location", "migrations")
    with a_database_of_ones_own(server, tmp_path / "old.sqlite", "filled") as url:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        yield Old(engine, config)
        engine.dispose()


def a_revision(old: Old, project_id: int, number: int, **more: Any) -> int:
    return old.put(
        "revision", project_id=project_id, number=number, state="draft", version=1, **more
    )


def a_project(old: Old) -> int:
    windwerk = old.put("organisation", slug="windwerk", name="Windwerk eG", kind="company")
    return old.put("project", key="windpark", organisation_id=windwerk)


def a_picture(old: Old, key: str) -> int:
    return old.put("picture", key=key, alt=f"Bild {key}", credit="Windwerk eG", widths=[480])


SHOWN = """
SELECT revision.number, revision_picture.position, picture.key, picture.alt
FROM revision JOIN revision_picture ON revision_picture.revision_id = revision.id
JOIN picture ON picture.id = revision_picture.picture_id
ORDER BY revision.number, revision_picture.position
"""
COVERS = """
SELECT revision.number, picture.key FROM revision
LEFT JOIN picture ON picture.id = revision.picture_id ORDER BY revision.number
"""
LINKS = "SELECT label, address FROM revision_link ORDER BY revision_id, position"
OLD_LINKS = "SELECT number, link_label, link_url FROM revision ORDER BY number"


def test_media_take_over_each_revisions_picture_and_link(old):
    old.up("0013")
    project, shared = a_project(old), a_picture(old, "shared")
    link = {"link_label": "Seite", "link_url": "https://windwerk.example"}
    a_revision(old, project, 1, picture_id=shared, **link)
    a_revision(old, project, 2, picture_id=shared)
    a_revision(old, project, 3)

    old.up("0014")

    assert old.rows(SHOWN) == [(1, 0, "shared", "Bild shared"), (2, 0, "shared", "Bild shared")]
    assert old.rows(COVERS) == [(1, "shared"), (2, "shared"), (3, None)]
    assert old.rows(LINKS) == [("Seite", "https://windwerk.example")]
    (own,) = old.rows(
        "SELECT count(*) FROM revision JOIN revision_picture ON revision_id = revision.id"
        " WHERE revision_picture.picture_id = revision.picture_id"
    )
    assert own == (2,)


def test_media_go_down_to_the_cover_and_the_first_link(old):
    """Lost: all further pictures and links, documents, the video."""
    old.up("0014")
    project = a_project(old)
    pictures = [a_picture(old, key) for key in ("cover", "cover", "second")]
    first = a_revision(old, project, 1, picture_id=pictures[0], video_url="https://video.example")
    second = a_revision(old, project, 2, picture_id=pictures[1])
    for revision, picture, position in ((first, 0, 0), (second, 1, 0), (second, 2, 1)):
        old.put(
            "revision_picture",
            revision_id=revision,
            picture_id=pictures[picture],
            position=position,
        )
    for position, label in enumerate(("Seite", "Karte")):
        address = f"https://windwerk.example/{position}"
        old.put("revision_link", revision_id=first, label=label, address=address, position=position)
    document = old.put("document", key="plan", kind="pdf", title="Plan")
    old.put("revision_document", revision_id=first, document_id=document, visibility="public")

    old.down("0013")

    assert old.rows(COVERS) == [(1, "cover"), (2, "cover")]
    assert old.rows(OLD_LINKS) == [(1, "Seite", "https://windwerk.example/0"), (2, "", "")]
    assert old.rows("SELECT key FROM picture") == [("cover",)]
    old.up("0014")
    assert old.rows(SHOWN) == [(1, 0, "cover", "Bild cover"), (2, 0, "cover", "Bild cover")]


def test_pictures_of_articles_and_logos_stay_when_media_go_down(old):
    old.up("0014")
    kept = {name: a_picture(old, name) for name in ("logo", "article")}
    old.put("organisation", slug="w", name="W", kind="company", logo_id=kept["logo"])
    old.put("article", slug="neu", state="draft", picture_id=kept["article"], version=1)

    old.down("0013")

    assert old.rows("SELECT key FROM picture ORDER BY key") == [("article",), ("logo",)]


FOUND = """
SELECT search_entry.title, word, in_title FROM search_posting
JOIN search_word ON search_word.id = word_id JOIN search_entry ON search_entry.id = entry_id
ORDER BY search_entry.title, word
"""
TEXTS = "SELECT title, folded_title, folded_body FROM search_entry ORDER BY title"
LONG = "donaudampfschifffahrtsgesellschaft" * 4


def test_search_takes_over_the_words_of_what_was_findable(old):
    old.up("0015")
    for number, (title, body) in enumerate(
        [("windpark hafen", "windpark hafen strom strom"), ("leer", ""), ("lang", LONG)]
    ):
        old.put(
            "search_entry",
            kind="project",
            object_id=number,
            title=title.title(),
            folded_title=f" {title} ",
            folded_body=f" {body} ",
            is_public=True,
        )

    old.up("0016")

    assert [(title, word, bool(there)) for title, word, there in old.rows(FOUND)] == [
        ("Lang", LONG[:120], False),
        ("Lang", "lang", True),
        ("Leer", "leer", True),
        ("Windpark Hafen", "hafen", True),
        ("Windpark Hafen", "strom", False),
        ("Windpark Hafen", "windpark", True),
    ]
    assert old.rows("SELECT count(*) FROM district WHERE outline <> ''") == [(0,)]


def test_search_goes_down_to_texts_of_its_words(old):
    """Lost: the order of words and how often they came, and the outlines of districts."""
    old.up("0016")
    entry = old.put("search_entry", kind="project", object_id=1, title="Windpark", is_public=True)
    empty = old.put("search_entry", kind="project", object_id=2, title="Zelt", is_public=True)
    for number, (word, in_title) in enumerate([("windpark", True), ("strom", False)], start=1):
        with old.engine.begin() as connection:
            connection.execute(
                sa.text("INSERT INTO search_word (id, word, shown) VALUES (:id, :word, :word)"),
                {"id": number, "word": word},
            )
            connection.execute(
                sa.text("INSERT INTO search_posting VALUES (:id, :in_title, :entry)"),
                {"id": number, "in_title": in_title, "entry": entry},
            )
    with old.engine.begin() as connection:
        connection.execute(sa.text("UPDATE district SET outline = 'M0 0'"))

    old.down("0015")

    assert old.rows(TEXTS) == [("Windpark", " windpark ", " strom windpark "), ("Zelt", " ", " ")]
    assert empty > entry
    assert old.rows("SELECT count(*) FROM district") == [(12,)]
    old.up("0016")
    assert [row[1] for row in old.rows(FOUND)] == ["strom", "windpark"]
