"""The golden set (golden.txt): German queries and exactly what they find, alike on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import select

from portal.accounts.models import Visitor
from portal.core.database import db
from portal.core.search import index
from portal.core.search.models import SearchEntry
from portal.core.shelves import Shelf
from portal.search import queries

LINES = [
    line
    for line in Path(__file__).with_name("golden.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PLACE = LINES.index("QUERIES")
KINDS = ["project", "article"]
TEXTS = [[part.strip() for part in line.split("|")] for line in LINES[1:PLACE]]
QUERIES = [
    (query.strip(), sorted(found.split()))
    for query, _, found in (line.rpartition("=") for line in LINES[PLACE + 1 :])
]


@pytest.fixture
def texts(app) -> dict[int, str]:
    """Names by the ids of the things."""
    for number, (name, title, body) in enumerate(TEXTS):
        said = {"slug": name, "title": title, "summary": "", "body": body, "is_public": True}
        index.put("project", number, **said)
    db.session.commit()
    return {number: name for number, (name, _, _) in enumerate(TEXTS)}


def test_set_is_large_and_each_query_stands_once() -> None:
    assert len(QUERIES) >= 60
    assert len({query for query, _ in QUERIES}) == len(QUERIES)
    assert {name for _, found in QUERIES for name in found} <= {name for name, _, _ in TEXTS}


def test_golden_queries_find_exactly_this(texts) -> None:
    found = {}
    for query, _ in QUERIES:
        ids = db.session.scalars(index.ids_matching(query, "project"))
        found[query] = sorted(texts[number] for number in ids)

    assert found == dict(QUERIES)


def test_lists_on_a_shelf_find_the_same(texts) -> None:
    rows = db.session.execute(select(SearchEntry.object_id, SearchEntry.id)).all()
    shelf = Shelf([row.object_id for row in rows], [row.id for row in rows])

    for query, expected in QUERIES:
        _, mask = shelf.searched(query)
        names = [texts[i] for i in shelf.page(mask, start=0, number=100)]
        assert sorted(names) == expected, query


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_visitors_find_on_the_shelf_what_the_database_finds_in_the_same_order(
    texts, client, kind
) -> None:
    for number, (name, title, body) in enumerate(TEXTS[::2]):
        said = {"slug": name, "title": f"Neu: {title} {body}", "summary": "", "body": body}
        index.put("article", number, is_public=number % 3 > 0, **said)
    index.put("team", 1, slug="fremd", title=TEXTS[0][1], summary="", body="", is_public=True)
    db.session.commit()
    visible = queries.findable(Visitor(), KINDS)
    pages = 0

    for query, _ in QUERIES:
        asked = index.search(query, kind, visible=visible, start=0, number=queries.PER_PAGE)
        counts, listing = queries.found(query, kind, Visitor(), KINDS, page=1)
        assert (counts, [entry.id for entry in listing.items]) == (asked.counts, asked.ids), query
        pages += bool(asked.ids)

    assert pages >= 40
