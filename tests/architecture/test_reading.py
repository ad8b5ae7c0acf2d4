"""GET changes nothing, and a post without its token does nothing."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.database import Base, db
from tests.architecture import world as worlds
from tests.architecture.test_rights import PEOPLE, ROWS

READING = [row[1] for row in ROWS if row[0] == "GET"]
WRITING = [row[1] for row in ROWS if row[0] == "POST"]


@pytest.fixture(scope="module")
def prepared(portal: Flask) -> list[worlds.PreparedPicture]:
    with portal.app_context():
        return [worlds.a_picture() for _ in range(4)]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    db.session.rollback()
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(sa.select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }


def test_every_get_twice_leaves_the_database_as_it_was(app, client_of, prepared) -> None:
    world = worlds.build(prepared)
    clients = {
        name: client_of(user) if user else app.test_client() for name, user in world.people.items()
    }
    before = everything()

    for address in READING:
        for name in PEOPLE:
            for _ in range(2):
                clients[name].get(address.format(**world.gaps))

    assert everything() == before


@pytest.mark.parametrize("address", sorted(set(WRITING)))
def test_post_without_a_token_is_refused_and_stores_nothing(
    app, client_of, prepared, address
) -> None:
    world = worlds.build(prepared)
    closed = address.startswith(("/mein", "/projektbuero"))
    people = ["P", "L", "OA"] if closed else ["V", "P"]
    clients = {
        name: client_of(world.people[name]) if world.people[name] else app.test_client()
        for name in people
    }
    before = everything()

    answers = {
        name: client.post(address.format(**world.gaps), data={"version": 1}, token=False)
        for name, client in clients.items()
    }

    assert {answer.status_code for answer in answers.values()} <= {302, 400, 403, 404}
    assert 400 in {answer.status_code for answer in answers.values()} or not closed
    after = everything()
    after.pop("history_entry"), before.pop("history_entry")  # that it was tried is written down
    assert after == before
