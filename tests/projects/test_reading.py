"""The page of a project, and its traces on the pages of partners and teams."""

import pytest

from portal.core.database import db
from portal.projects.models import Basis, ReviewState
from portal.projects.queries import count, district_counts, newest, own
from portal.teams.models import Joining
from portal.teams.services import add_team
from tests.cast import affiliated, an_organisation, district, theme
from tests.projects.making import a_draft, in_state, published


def test_page_shows_the_sections_that_have_text(client, windwerk):
    published(
        windwerk,
        "Wärmenetz",
        goal="**Weniger** CO2",
        status_text="Läuft.",
        status_as_of="2026-03",
        begins="2019-12",
        ends="2022",
        place="Kai 3",
        funding="EFRE",
        relation="Pilot der Allianz",
        transfer="Ja.",
        contact_email="info@windwerk.example",
    )

    page = client.get("/projekte/waermenetz").text

    for text in (
        "<h1>Wärmenetz</h1>",
        "<h2>Problem</h2>",
        "<strong>Weniger</strong> CO2",
        "Stand: März 2026",
        "Dezember 2019 bis 2022",
        "Kai 3",
        "EFRE",
        "Pilot der Allianz",
        "mailto:info@windwerk.example",
        "Für andere Kommunen",
        'aria-current="step">Pilot',
    ):
        assert text in page, text
    assert "<h2>Nutzen</h2>" not in page


def test_description_alone_is_not_called_a_solution(client, windwerk):
    published(windwerk, "Eins", problem="", goal="")

    page = client.get("/projekte/eins").text

    assert "<h2>Worum es geht</h2>" in page
    assert "<h2>Lösung</h2>" not in page


def test_named_is_who_said_yes_or_stands_in_a_source(client, windwerk):
    solarhof = an_organisation("solarhof", "Solarhof GmbH", member=False)
    hafen = an_organisation("hafen", "Hafen AG")
    published(windwerk, "Eins", partners=(solarhof,))
    published(windwerk, "Zwei", partners=(hafen,), basis=Basis.PENDING)

    first, second = client.get("/projekte/eins").text, client.get("/projekte/zwei").text

    assert 'href="/partner/windwerk"' in first
    assert "Solarhof GmbH" in first
    assert 'href="/partner/solarhof"' not in first
    assert 'href="https://beispiel.example/quelle"' in first
    assert "Projektpartner sind nicht immer Mitglied der Allianz." in first
    assert "Hafen AG" not in second


def test_related_are_the_newest_others_of_the_theme(client, windwerk):
    for title in ("Eins", "Zwei", "Drei", "Vier", "Fünf"):
        published(windwerk, title)
    published(windwerk, "Anderes", theme_id=theme("it").id)

    related = client.get("/projekte/drei").text.split("Verwandte Projekte")[1]

    for title, there in (("Fünf", True), ("Vier", True), ("Zwei", True), ("Eins", False)):
        assert (f">{title}</a>" in related) is there
    assert ">Drei</a>" not in related
    assert ">Anderes</a>" not in related


@pytest.mark.parametrize("state", [s for s in ReviewState if s is not ReviewState.PUBLISHED])
def test_unpublished_project_has_no_public_page(client, client_of, project, petra, olga, state):
    in_state(project, state)
    project.slug = "windpark"
    db.session.commit()

    for asking in (client, client_of(petra), client_of(olga)):
        assert asking.get("/projekte/windpark").status_code == 404


@pytest.mark.parametrize(
    "slug", ["gibtesnicht", "%00", "Eins", "eins%20", "ä", "-", "x" * 500, "'", "eins%0A"]
)
def test_unknown_address_answers_404(client, windwerk, slug):
    published(windwerk, "Eins")

    assert client.get(f"/projekte/{slug}").status_code == 404


INJECTIONS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klick](javascript:alert(1))",
    "[klick](data:text/html,<script>alert(1)</script>)",
    "![bild](https://fremd.example/x.png)",
    "<svg/onload=alert(1)>",
    '[a](https://x.example"onmouseover=alert(1))',
    '<a href="vbscript:x">x</a>',
    "`<b>`",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_markup_in_any_field_is_inert(client, client_of, windwerk, petra, olga, text):
    said = dict.fromkeys(
        ["title", "short_title", "summary", "problem", "goal", "solution", "benefit"], text
    )
    said |= dict.fromkeys(["status_text", "place", "funding", "transfer", "relation"], text)
    published(windwerk, text, **{k: v for k, v in said.items() if k != "title"})
    draft = a_draft(windwerk, petra, **said)

    slug = db.session.scalars(
        db.select(type(draft).slug).where(type(draft).slug.is_not(None))
    ).one()
    pages = [
        client.get("/projekte"),
        client.get(f"/projekte/{slug}"),
        client.get("/partner/windwerk"),
        client_of(petra).get(f"/mein/windwerk/projekte/{draft.key}"),
        client_of(petra).get("/mein/windwerk/projekte"),
        client_of(petra).get(f"/mein/windwerk/projekte/{draft.key}/bearbeiten"),
        client_of(olga).get(f"/projektbuero/projekte/{draft.key}"),
        client_of(olga).get("/projektbuero/projekte"),
    ]
    for page in pages:
        assert page.status_code == 200
        for active in (
            "<script>alert",
            "<img src=x",
            "<svg/onload",
            'href="javascript',
            'fremd.example/x.png"',
        ):
            assert active not in page.text
        assert 'href="data:' not in page.text
        assert '"onmouseover' not in page.text


def test_partner_and_team_pages_show_their_projects_and_the_way_to_all(client, windwerk):
    team = add_team(
        slug="energie",
        name="Energie",
        theme=theme("energie"),
        mission="",
        since=None,
        joining=Joining.OPEN,
    )
    db.session.commit()
    for number in range(8):
        published(windwerk, f"Projekt {number}", team_id=team.id)

    for path, query in (
        ("/partner/windwerk", "partner=windwerk"),
        ("/expertenteams/energie", "team=energie"),
    ):
        page = client.get(path).text
        assert page.count('class="card"') == 6
        assert f'href="/projekte?{query}">Alle 8 Projekte ansehen' in page


def test_pages_of_those_without_projects_say_nothing_about_any(client, windwerk):
    assert 'class="card"' not in client.get("/partner/windwerk").text


def test_numbers_and_cards_for_the_start_page(windwerk, app):
    published(windwerk, "Eins", district_ids=(), citywide=True)
    published(windwerk, "Zwei")

    assert count() == 2
    assert district_counts()["eving"] == 2
    assert district_counts()["aplerbeck"] == 1
    assert [card.title for card in newest(3)] == ["Zwei", "Eins"]
    assert newest(1)[0].place == district("eving").name


def test_own_projects_are_those_of_all_ones_organisations(windwerk, petra, stefan):
    draft = a_draft(windwerk, petra)
    published(windwerk, "Online")

    assert {project.latest.title for project in own(petra)} == {"Windpark am Hafen", "Online"}
    assert own(stefan) == []
    affiliated(stefan, windwerk)
    assert draft in own(stefan)


def test_own_list_sends_the_same_statements_for_3_and_for_30(
    client_of, windwerk, petra, olga, statements
):
    def measured(asking, path) -> int:
        asking.get(path)
        with statements() as sent:
            asking.get(path)
        return sent.number

    lists = (
        (client_of(petra), "/mein/windwerk/projekte"),
        (client_of(olga), "/projektbuero/projekte"),
    )
    for _ in range(3):
        a_draft(windwerk, petra)
    few = [measured(*one) for one in lists]
    for _ in range(27):
        a_draft(windwerk, petra)

    assert [measured(*one) for one in lists] == few


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1" + "0" * 30])
def test_nonsense_for_a_page_is_the_first_one(client_of, project, petra, olga, number):
    for asking, path in (
        (client_of(petra), "/mein/windwerk/projekte"),
        (client_of(olga), "/projektbuero/projekte"),
    ):
        assert "Windpark am Hafen" in asking.get(f"{path}?seite={number}").text


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("?zustand=entwurf", True),
        ("?zustand=in-pruefung", False),
        ("?zustand=unsinn", True),
        ("?q=windpark", True),
        ("?q=WINDWERK", True),
        ("?q=windwerk+hafen&zustand=entwurf", True),
        ("?q=solarhof", False),
        ("?q=%00", True),
        ("?q=%25", True),
        ("?q=" + "x" * 3000, False),
    ],
)
def test_office_list_narrows_by_state_title_and_organisation(
    client_of, project, olga, query, there
):
    page = client_of(olga).get(f"/projektbuero/projekte{query}")

    assert page.status_code == 200
    assert (">Windpark am Hafen</a>" in page.text) is there
