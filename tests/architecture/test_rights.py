"""Real answers of every route, against a table written by hand from the matrix of rights."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from portal.accounts import guards
from portal.core.database import SAFE_METHODS, db
from portal.core.times import now
from portal.partners.queries import affiliations_of
from tests.architecture import the_day
from tests.architecture import world as worlds
from tests.cast import PASSWORD
from tests.conftest import empty_tables
from tests.core.papers import a_pdf, png

TABLE = Path(__file__).with_name("rights.txt").read_text("utf-8")
PEOPLE = ["V", "A", "M", "P", "L", "S", "OM", "OA"]
ROWS = [line.split() for line in TABLE.splitlines() if line and not line.startswith("#")]
EVENT = {
    "title": "Tagung",
    "kind": "alliance_meeting",
    "start_day": "2027-03-18",
    "start_clock": "13:00",
    "end_day": "2027-03-18",
    "end_clock": "17:00",
    "venue": "Rathaus",
    "audience": "public",
}
ARTICLE = {"title": "Neu", "teaser": "Kurz", "text": "Lang", "dated": "2026-11-20"}
EVIDENCE = {
    "evidence_kind": "product",
    "evidence_title": "Messkoffer",
    "evidence_url": "https://windwerk.example/messkoffer",
}
# What makes an allowed act succeed; every form's version is the first one. A file is opened anew
# for each answer.
DATA = {
    "accounts.send_password_link": {"email": "nobody@elsewhere.example"},
    "accounts.choose_password": {"password": "Ein neuer Satz, der gilt"},
    "accounts.change_account": {"first_name": "Kim", "last_name": "Muster", "language": "de"},
    "applications.keep_organisation": {
        "name": "Neuwerk GmbH",
        "kind": "company",
        "website": "https://neuwerk.example",
        "city": "Dortmund",
    },
    "partner_imports.send": lambda: {"file": (io.BytesIO(b"Name;Art\nNeuwerk;Kammer"), "neu.csv")},
    "my_people.give_role": {"role": "editor", "seen": "member"},
    "my_people.invite": {"emails": "neu@windwerk.example", "role": "member"},
    "my_people.let_in": {"role": "member"},
    "my_people.refuse": {"absage-reason": "Nein."},
    "invitations.accept": {
        "first_name": "Ina",
        "last_name": "Neu",
        "password": "Ein neuer Satz, der gilt",
        "consent": "y",
    },
    "joining.find": {"email": "kim@windwerk.example"},
    "joining.send": {
        "first_name": "Kim",
        "last_name": "Muster",
        "email": "kim@windwerk.example",
        "function": "Leitung",
        "consent": "y",
    },
    "joining.confirmed": {"password": "Ein neuer Satz, der gilt"},
    "partners_office.invite": {"emails": "neu@windwerk.example", "role": "owner"},
    "partners_office.give_role": {"role": "owner", "seen": "member"},
    "partners_office.rename": {"name": "Windwerk GmbH"},
    "profiles.save": {"city": "Dortmund"},
    "my_competences.claim": {
        "competence_id": "{competence}",
        "theme_id": "{theme}",
        "level": "leading",
        **EVIDENCE,
    },
    "competences_office.add": {"name": "Robotik", "after_id": "0"},
    "competences_office.save": {"name": "Funk", "after_id": "0"},
    "competences_office.merge": {"into_id": "{competence}"},
    "my_competences.save": {"level": "leading", **EVIDENCE},
    "partners_office.suspend": {"reason": "Streit", "projects": "stay"},
    "partners_office.reactivate": {"reason": "Geklärt"},
    "claims_office.grant": {"reason": "Willkommen."},
    "claims_office.refuse": {"absage-reason": "Nein."},
    "my_charter.sign": {
        "function": "Vorstand",
        "entitled": "y",
        "password": PASSWORD,
        "number": "2",
    },
    "my_charter.name": {
        "benannt-first_name": "Nils",
        "benannt-last_name": "Probe",
        "benannt-function": "Vorstand",
        "benannt-email": "nils@windwerk.example",
        "number": "2",
    },
    "my_charter.withdraw": {"reason": "Nein."},
    "charter.signed": {"name": "Nora Probe", "function": "Vorstand", "entitled": "y"},
    "charter.refuse": {"reason": "Nein."},
    "charter_office.draft": {"title": "Erklärung", "text": "Wir wollen."},
    "charter_office.save": {"title": "Erklärung", "text": "Wir wollen."},
    "charter_office.revoke": {"reason": "Nein."},
    "occasions_office.plan": {
        "title": "Tagung",
        "day": "2027-03-18",
        "declaration_id": "{declaration}",
    },
    "occasions_office.change": {"title": "Tagung", "day": "2027-03-18"},
    "occasions_office.accept": {"organisation_id": "{solarhof}"},
    "occasions_office.decline": {"reason": "Nein."},
    "on_the_day.signed": {
        "organisation_name": "Neuwerk GmbH",
        "kind": "company",
        "first_name": "Kim",
        "last_name": "Muster",
        "function": "Leitung",
        "email": "kim@neuwerk.example",
        "entitled": "y",
    },
    "my_teams.join_now": {"motivation": "Gern."},
    "my_teams.refuse": {"reason": "Nein."},
    "teams_office.refuse": {"reason": "Nein."},
    "my_applications.keep_amended": {
        "name": "Neuwerk GmbH",
        "kind": "company",
        "website": "https://neuwerk.example",
        "city": "Dortmund",
        "function": "Leitung",
    },
    "applications_office.admit": {"message": "Willkommen."},
    "applications_office.decline": {"reason": "Nein."},
    "applications_office.ask": {"question": "Wer sind Sie?"},
    "my_applications.answer": {"answer": "Wir sind wir."},
    "applications.take_answer": {"answer": "Wir sind wir."},
    "my_projects.ask": {"role": "partner", "note": "Messtechnik"},
    "my_projects.change_part": {"role": "partner", "note": "Messtechnik"},
    "my_projects.give_part_role": {"role": "co_owner"},
    "my_parts.say_no": {"reason": "Nein."},
    "my_projects.save": {"picture_alt": "Ein Windrad", "picture_credit": "Windwerk eG"},
    "projects_office.put_away": {"way": "archive", "note": "Zu Ende."},
    "projects_office.reject": {"ablehnen-reason": "Werbung."},
    "my_projects.put_away": {"way": "archive", "note": "Zu Ende."},
    "my_projects.save_links": {"links-address_1": "windwerk.example"},
    "my_projects.add_picture": lambda: {
        "bild-upload": (io.BytesIO(png(40, 30)), "bild.png"),
        "bild-alt": "Ein Windrad",
        "bild-credit": "Windwerk eG",
    },
    "my_projects.describe_picture": {"alt": "Ein Windrad", "credit": "Windwerk eG"},
    "my_projects.move_picture": {"to": "first"},
    "my_projects.add_document": lambda: {
        "dokument-upload": (io.BytesIO(a_pdf()), "plan.pdf"),
        "dokument-title": "Plan",
        "dokument-visibility": "public",
    },
    "my_projects.describe_document": {"title": "Plan", "visibility": "internal"},
    "applications.keep_person": {
        "first_name": "Kim",
        "last_name": "Muster",
        "function": "Leitung",
        "email": "kim@neuwerk.example",
        "consent": "y",
    },
    "applications.confirmed": {"password": "Ein neuer Satz, der gilt"},
    "projects_office.give_back": {"note": "Bitte kürzen."},
    "projects_office.remark": {"on_title": "Bitte kürzen."},
    "projects_office.change_comment": {"a{unsent_comment}-text": "Bitte kürzen."},
    "projects_office.judge": {"useful": "partly"},
    "projects_office.write_note": {"intern-text": "Später fragen."},
    "joint_office.open": {"act": "publish", "disclosure": "Mitglied."},
    "joint_office.confirm": {"disclosure": "Mitglied."},
    "joint_office.refuse": {"widerspruch-reason": "Nein."},
    "exchange_office.give_back": {"note": "Bitte kürzen."},
    "exchange_office.remove": {"offline-reason": "Beschwerden."},
    "my_exchange.end": {"outcome": "found"},
    "my_exchange.send": {"text": "Guten Tag."},
    "my_exchange.write": {"text": "Guten Tag."},
    "events_office.plan": EVENT,
    "events_office.change": EVENT,
    "events_office.cancel": {"reason": "Der Saal fehlt."},
    "events_office.add_picture": lambda: {
        "bild-upload": (io.BytesIO(png(40, 30)), "bild.png"),
        "bild-alt": "Ein Saal",
        "bild-credit": "Windwerk eG",
    },
    "events_office.describe_picture": {"alt": "Ein Saal", "credit": "Windwerk eG"},
    "events_office.move_picture": {"to": "first"},
    "events_office.add_document": lambda: {
        "dokument-upload": (io.BytesIO(a_pdf()), "plan.pdf"),
        "dokument-title": "Protokoll",
        "dokument-visibility": "public",
    },
    "events_office.describe_document": {"title": "Protokoll", "visibility": "internal"},
    "registering.send": {
        "first_name": "Nina",
        "last_name": "Neu",
        "email": "nina@neuwerk.example",
    },
    "news_office.write": ARTICLE,
    "news_office.save": ARTICLE,
    **the_day.DATA,
}


@pytest.fixture(scope="module")
def prepared(portal: Flask) -> list[worlds.PreparedPicture]:
    with portal.app_context():
        return [worlds.a_picture() for _ in range(4)]


def endpoint_of(app: Flask, verb: str, address: str) -> str:
    try:
        endpoint, _ = app.url_map.bind("portal.test").match(address, method=verb)
    except HTTPException as error:
        raise AssertionError(f"{verb} {address}: {error}") from error
    return str(endpoint)


def _filled(value, gaps: dict[str, str]):
    return value.format(**gaps) if isinstance(value, str) else value


READING = [row for row in ROWS if row[0] in SAFE_METHODS]
WRITING = [row for row in ROWS if row[0] not in SAFE_METHODS]


def answers(app, client_of, prepared, rows) -> dict[str, dict[str, str]]:
    """What everybody hears at the addresses; after each act the world is a new one."""
    world = worlds.build(prepared)
    heard: dict[str, dict[str, str]] = {}
    for verb, address, *_ in rows:
        for person in PEOPLE:
            client = client_of(world.people[person]) if world.people[person] else app.test_client()
            filled = address.format(**world.gaps)
            more = DATA.get(endpoint_of(app, verb, filled), {})
            data = {"version": "1", **(more() if callable(more) else more)}
            data = {
                name.format(**world.gaps): _filled(value, world.gaps)
                for name, value in data.items()
            }
            answer = client.open(filled, method=verb, data=data if verb == "POST" else None)
            heard.setdefault(f"{verb} {address}", {})[person] = str(answer.status_code)
            if verb not in SAFE_METHODS and answer.status_code < 400:
                empty_tables()
                world = worlds.build(prepared)
    return heard


def told(rows) -> dict[str, dict[str, str]]:
    return {
        f"{verb} {address}": dict(zip(PEOPLE, expected, strict=True))
        for verb, address, *expected in rows
    }


def test_pages_answer_what_the_matrix_says(app, client_of, prepared) -> None:
    heard, expected = answers(app, client_of, prepared, READING), told(READING)

    assert {k: v for k, v in heard.items() if v != expected[k]} == {}


@pytest.mark.parametrize("row", WRITING, ids=lambda row: f"{row[0]} {row[1]}")
def test_acts_answer_what_the_matrix_says(app, client_of, prepared, row) -> None:
    assert answers(app, client_of, prepared, [row]) == told([row])


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

    for affiliation in affiliations_of(world.people["P"]):
        affiliation.until = now()
    db.session.commit()

    assert client.get("/mein/windwerk/projekte").status_code == 404
