"""Real answers of every route, against a table written by hand from the matrix of rights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from portal.accounts import guards
from portal.core.database import SAFE_METHODS
from tests.architecture import world as worlds
from tests.conftest import empty_tables

TABLE = Path(__file__).with_name("rights.txt").read_text("utf-8")
PEOPLE = ["V", "A", "M", "P", "L", "S", "OM", "OA"]
ROWS = [line.split() for line in TABLE.splitlines() if line and not line.startswith("#")]
# What makes an allowed act succeed; every form's version is the first one.
DATA = {
    "accounts.send_password_link": {"email": "nobody@elsewhere.example"},
    "accounts.choose_password": {"password": "Ein neuer Satz, der gilt"},
    "accounts.change_account": {"first_name": "Kim", "last_name": "Muster"},
    "applications.keep_organisation": {
        "name": "Neuwerk GmbH",
        "kind": "company",
        "website": "https://neuwerk.example",
        "city": "Dortmund",
    },
    "my_teams.join_now": {"motivation": "Gern."},
    "my_teams.refuse": {"reason": "Nein."},
    "teams_office.refuse": {"reason": "Nein."},
}


@pytest.fixture(scope="module")
def prepared(portal: Flask) -> list[worlds.PreparedPicture]:
    with portal.app_context():
        return [worlds.a_picture() for _ in range(3)]


def endpoint_of(app: Flask, verb: str, address: str) -> str:
    try:
        endpoint, _ = app.url_map.bind("portal.test").match(address, method=verb)
    except HTTPException as error:
        raise AssertionError(f"{verb} {address}: {error}") from error
    return str(endpoint)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_answers_are_what_the_matrix_says(app, client_of, prepared, row) -> None:
    verb, address, *expected = row
    answers = []
    world = worlds.build(prepared)
    for person in PEOPLE:
        client = client_of(world.people[person]) if world.people[person] else app.test_client()
        filled = address.format(**world.gaps)
        data = {"version": "1", **DATA.get(endpoint_of(app, verb, filled), {})}
        answer = client.open(filled, method=verb, data=data if verb == "POST" else None)
        answers.append(str(answer.status_code))
        if verb not in SAFE_METHODS:
            empty_tables()
            world = worlds.build(prepared)

    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, expected, strict=True))


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield verb, rule.endpoint


def test_every_route_and_verb_has_its_row(app, prepared, capsys) -> None:
    gaps = worlds.build(prepared).gaps
    probed = {(verb, endpoint_of(app, verb, address.format(**gaps))) for verb, address, *_ in ROWS}
    with capsys.disabled():
        print(f"\n  access: {len(probed)} routes, {len(ROWS) * len(PEOPLE)} answers probed")

    assert sorted(set(routes(app)) - probed) == []


@pytest.mark.parametrize("view", [lambda: "naked", guards.public(lambda: "a public act")])
def test_portal_refuses_to_start_with_a_naked_view_or_a_public_act(view) -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/somewhere", "somewhere", view, methods=["POST"])

    with pytest.raises(guards.Unguarded):
        guards.rights_of(app)


@pytest.mark.parametrize("address", ["/mein/nobody/projekte/nothing", "/projektbuero/no-such-page"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_visitors_learn_nothing_below_the_closed_addresses(client, address, verb) -> None:
    assert client.open(address, method=verb).status_code == 302


def test_right_that_was_lost_is_lost_at_the_next_request(app, client_of, prepared) -> None:
    world = worlds.build(prepared)
    client = client_of(world.people["P"])
    assert client.get("/mein/windwerk/projekte").status_code == 200

    for affiliation in worlds.affiliations_of(world.people["P"]):
        affiliation.until = worlds.now()
    worlds.db.session.commit()

    assert client.get("/mein/windwerk/projekte").status_code == 404
