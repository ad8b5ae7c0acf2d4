"""The list of projects: what it finds, what it counts, and what it costs."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from portal.core.database import db
from portal.partners.models import Organisation
from portal.projects.models import Basis, Phase, ReviewState
from portal.projects.queries import Choice, counts
from portal.projects.queries.facets import Counts
from portal.teams.models import Joining
from portal.teams.services import add_team
from tests.cast import an_organisation, district, theme
from tests.projects.making import a_draft, in_state, published

DAY = timedelta(days=1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def solarhof(app) -> Organisation:
    return an_organisation("solarhof", "Solarhof GmbH")


@pytest.fixture
def team(app):
    team = add_team(
        slug="energie",
        name="Energie",
        theme=theme("energie"),
        mission="",
        since=None,
        joining=Joining.OPEN,
    )
    db.session.commit()
    return team


@pytest.fixture
def four(windwerk, solarhof, team):
    """Two in Eving, one everywhere, one at a place without a district; newest last."""
    said = [
        {"title": "Wärmenetz Eving", "begins": "2024-05", "team_id": team.id},
        {
            "title": "Straßenbeleuchtung",
            "theme_id": theme("infrastruktur").id,
            "phase": Phase.OPERATION,
            "district_ids": (district("eving").id, district("hoerde").id),
            "begins": "2019",
        },
        {
            "title": "Ämter online",
            "theme_id": theme("it").id,
            "phase": Phase.OPERATION,
            "district_ids": (),
            "citywide": True,
        },
        {
            "title": "Hafenlabor",
            "theme_id": theme("energie").id,
            "district_ids": (),
            "place": "Hafen",
            "begins": "2024-05-02",
        },
    ]
    partners = [(solarhof,), (), (), ()]
    return [
        published(windwerk, at=FIRST + number * DAY, partners=with_, **one)
        for number, (one, with_) in enumerate(zip(said, partners, strict=True))
    ]


def titles(client, query: str = "") -> list[str]:
    page = client.get(f"/projekte{query}")
    assert page.status_code == 200, query
    cards = page.text.split('class="card__title"')[1:]
    return [card.split("</a>")[0].rpartition(">")[2] for card in cards]


def test_visitor_sees_the_newest_first_and_nothing_unpublished(client, four, windwerk, petra):
    for state in (ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.RETURNED):
        in_state(a_draft(windwerk, petra, title="Noch geheim"), state)

    assert titles(client) == [
        "Hafenlabor",
        "Ämter online",
        "Straßenbeleuchtung",
        "Wärmenetz Eving",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?thema=energie", ["Hafenlabor", "Wärmenetz Eving"]),
        ("?thema=energie&thema=it", ["Hafenlabor", "Ämter online", "Wärmenetz Eving"]),
        ("?phase=in-betrieb", ["Ämter online", "Straßenbeleuchtung"]),
        ("?stadtbezirk=eving", ["Ämter online", "Straßenbeleuchtung", "Wärmenetz Eving"]),
        ("?stadtbezirk=hoerde", ["Ämter online", "Straßenbeleuchtung"]),
        ("?stadtbezirk=aplerbeck", ["Ämter online"]),
        (
            "?stadtbezirk=hoerde&stadtbezirk=eving",
            ["Ämter online", "Straßenbeleuchtung", "Wärmenetz Eving"],
        ),
        ("?stadtbezirk=eving&thema=energie", ["Wärmenetz Eving"]),
        ("?partner=solarhof", ["Wärmenetz Eving"]),
        ("?partner=windwerk&thema=it", ["Ämter online"]),
        ("?team=energie", ["Wärmenetz Eving"]),
        ("?q=Strassenbeleuchtung", ["Straßenbeleuchtung"]),
        ("?q=strassenbeleuchtung&phase=pilot", []),
        ("?q=waerme", ["Wärmenetz Eving"]),
        ("?q=Wärme", ["Wärmenetz Eving"]),
        ("?q=Solarhof", ["Wärmenetz Eving"]),
        ("?q=Hörde", ["Straßenbeleuchtung"]),
        ("?q=aemter", ["Ämter online"]),
        ("?q=%25%25", []),
        ("?q=%F0%9F%98%80", []),
        (
            "?q=&thema=&partner=&team=&seite=",
            ["Hafenlabor", "Ämter online", "Straßenbeleuchtung", "Wärmenetz Eving"],
        ),
        ("?sort=titel", ["Ämter online", "Hafenlabor", "Straßenbeleuchtung", "Wärmenetz Eving"]),
        ("?sort=beginn", ["Hafenlabor", "Wärmenetz Eving", "Straßenbeleuchtung", "Ämter online"]),
        ("?sort=titel&thema=energie", ["Hafenlabor", "Wärmenetz Eving"]),
        (
            "?sort=unsinn",
            ["Hafenlabor", "Ämter online", "Straßenbeleuchtung", "Wärmenetz Eving"],
        ),
    ],
)
def test_address_narrows_and_orders_the_list(client, four, query, found):
    assert titles(client, query) == found


def test_search_ranks_the_title_above_the_text_unless_another_order_is_asked(client, windwerk):
    published(windwerk, "Lastenrad", at=FIRST)
    published(windwerk, "Mikrodepot", at=FIRST + DAY, solution="Mit dem Lastenrad.")

    assert titles(client, "?q=Lastenrad") == ["Lastenrad", "Mikrodepot"]
    assert titles(client, "?q=Lastenrad&sort=neueste") == ["Mikrodepot", "Lastenrad"]


@pytest.mark.parametrize(
    "query",
    [
        "thema=gibtesnicht",
        "stadtbezirk=Eving",
        "phase=pilot&phase=nie",
        "partner=niemand",
        "partner=%00",
        "partner=..%2f",
        "team=niemand",
        "thema=%00",
        "seite=2",
        "seite=99999",
        "thema=" + "x" * 5000,
    ],
)
def test_what_nobody_has_answers_404(client, four, query):
    for path in ("/projekte", "/projekte.csv", "/projekte.atom"):
        expected = 404 if path == "/projekte" or "seite" not in query else 200
        assert client.get(f"{path}?{query}").status_code == expected


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1" + "0" * 30, "1e3", "٣", "", "1.5", "%00"])
def test_nonsense_for_a_page_is_the_first_one(client, four, number):
    assert len(titles(client, f"?seite={number}")) == 4


@pytest.mark.parametrize(
    "q", ["x" * 5000, "%00", "a%00b", "'; DROP TABLE project;--", "%", "_", "\\", '"', "(", "*"]
)
def test_no_search_breaks_the_list(client, four, q):
    assert client.get("/projekte", query_string={"q": q}).status_code == 200


def test_pages_hold_twelve_and_keep_the_choice(client, windwerk):
    for number in range(14):
        published(windwerk, f"Projekt {number:02}", at=FIRST + number * DAY)

    first = titles(client, "?thema=energie")
    second = titles(client, "?thema=energie&seite=2")

    assert (len(first), second) == (12, ["Projekt 01", "Projekt 00"])
    assert "/projekte?thema=energie&amp;seite=2" in client.get("/projekte?thema=energie").text


def counted(**chosen) -> Counts:
    db.session.rollback()
    return counts(Choice(**chosen))


def test_facets_count_under_the_choice_of_the_others(four, app):
    everywhere = {"innenstadt-west": 1, "innenstadt-nord": 1, "innenstadt-ost": 1, "eving": 3}
    everywhere |= dict.fromkeys(["scharnhorst", "brackel", "aplerbeck", "hombruch"], 1)
    everywhere |= dict.fromkeys(["luetgendortmund", "huckarde", "mengede"], 1) | {"hoerde": 2}

    assert counted() == Counts(
        total=4,
        themes={"energie": 2, "infrastruktur": 1, "it": 1},
        districts=everywhere,
        phases={"pilot": 2, "in-betrieb": 2},
    )
    assert counted(themes=(theme("energie"),)) == Counts(
        total=2,
        themes={"energie": 2, "infrastruktur": 1, "it": 1},
        districts={"eving": 1},
        phases={"pilot": 2},
    )
    assert counted(districts=(district("hoerde"),), phases=(Phase.OPERATION,)) == Counts(
        total=2,
        themes={"infrastruktur": 1, "it": 1},
        districts=everywhere | {"eving": 2},
        phases={"in-betrieb": 2},
    )
    assert counted(themes=(theme("energie"), theme("it"))) == Counts(
        total=3,
        themes={"energie": 2, "infrastruktur": 1, "it": 1},
        districts=dict.fromkeys(everywhere, 1) | {"eving": 2},
        phases={"pilot": 2, "in-betrieb": 1},
    )
    assert counted(q="Hafenlabor", themes=(theme("it"),)) == Counts(
        total=0, themes={"energie": 1}, districts={}, phases={}
    )


def test_counts_promise_what_the_list_then_shows(client, four):
    for facet, slugs in (
        ("thema", ["energie", "it", "infrastruktur", "mobilitaet"]),
        ("stadtbezirk", ["eving", "hoerde", "mengede"]),
        ("phase", ["pilot", "in-betrieb", "idee"]),
    ):
        numbers = {"thema": "themes", "stadtbezirk": "districts", "phase": "phases"}[facet]
        for slug in slugs:
            promised = getattr(counted(), numbers).get(slug, 0)
            assert len(titles(client, f"?{facet}={slug}")) == promised, slug


def test_chosen_filters_are_chips_that_take_themselves_out(client, four):
    page = client.get(
        "/projekte?q=Netz&thema=energie&stadtbezirk=eving&partner=solarhof&team=energie&sort=titel"
    ).text

    rest = "&amp;".join(["stadtbezirk=eving", "partner=solarhof", "team=energie", "sort=titel"])
    assert f'<a class="chip chip--on" href="/projekte?q=Netz&amp;{rest}">Energie' in page
    assert 'href="/projekte?q=Netz&amp;thema=energie&amp;stadtbezirk=eving&amp;team=energie' in page
    assert "Solarhof GmbH" in page
    assert "Team Energie" in page


def test_links_of_a_facet_add_a_value_and_take_it_out_again(client, four):
    page = client.get("/projekte?thema=energie&stadtbezirk=eving&sort=titel").text

    rest = "stadtbezirk=eving&amp;sort=titel"
    assert f'href="/projekte?thema=energie&amp;thema=infrastruktur&amp;{rest}"' in page
    assert f'<a href="/projekte?{rest}" aria-current="true">' in page
    assert (
        'href="/projekte?thema=energie&amp;stadtbezirk=eving&amp;phase=pilot&amp;sort=titel"'
        in page
    )


def test_map_and_list_of_districts_show_the_same_selection_and_the_list_comes_first(client, four):
    page = client.get("/projekte?stadtbezirk=eving&stadtbezirk=hoerde").text
    listed = page[page.index('id="bezirk"') : page.index('class="tilemap')]
    mapped = page[page.index('class="tilemap') : page.index("</figure>")]

    chosen = [
        [unescape(href) for href in re.findall(r'href="([^"#]+)"[^>]* aria-current', part)]
        for part in (listed, mapped)
    ]
    everywhere = [set(re.findall(r'href="(/[^"]+)"', part)) for part in (listed, mapped)]

    assert (
        chosen[0]
        == chosen[1]
        == [
            "/projekte?stadtbezirk=hoerde",
            "/projekte?stadtbezirk=eving",
        ]
    )
    assert everywhere[0] == everywhere[1]


def test_map_without_hits_shows_no_zeros(client, four):
    page = client.get("/projekte?q=gibtesnicht").text
    mapped = page[page.index('class="tilemap') : page.index("</figure>")]

    assert "In keinem Bezirk passt ein Projekt." in mapped
    assert "tile__n" not in mapped
    assert "<a " not in mapped


def test_shelf_and_statement_choose_the_same(client, four):
    for query in QUERIES:
        address = f"{query or '?'}&sort=titel"
        exported = client.get(f"/projekte.csv{address}").text.splitlines()
        assert len(exported) - 1 == len(titles(client, address)), query


def test_what_was_typed_is_shown_as_typed(client, four):
    page = client.get("/projekte", query_string={"q": "<script>alert(1)</script>&\"'"}).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_links_of_the_selection_carry_its_filters(client, four):
    page = client.get("/projekte?thema=energie&sort=titel&q=Netz").text

    assert 'href="/projekte.csv?q=Netz&amp;thema=energie"' in page
    assert 'href="/projekte.atom?q=Netz&amp;thema=energie"' in page


def test_empty_selection_and_empty_portal_say_what_goes_next(client, app, windwerk):
    assert "Noch ist kein Projekt veröffentlicht." in client.get("/projekte").text

    published(windwerk, "Eins")
    page = client.get("/projekte?phase=idee").text
    assert "Noch kein Projekt passt zu dieser Auswahl." in page
    assert "sehen Sie alle 1 an" in page


def test_name_that_its_owner_has_not_confirmed_stands_nowhere(client, windwerk):
    solarhof = an_organisation("solarhof", "Solarhof GmbH", member=False)
    published(windwerk, "Eins", partners=(solarhof,), basis=Basis.PENDING)

    for path in ("/projekte", "/projekte/eins", "/projekte.csv", "/projekte.atom"):
        assert "Solarhof" not in client.get(path).text, path
    assert titles(client, "?q=Solarhof") == []
    assert client.get("/projekte?partner=solarhof").status_code == 404


def test_member_without_projects_has_an_empty_list_and_stranger_has_none(client, four):
    an_organisation("neu", "Neu eG")
    an_organisation("fremd", "Fremd AG", member=False)

    assert titles(client, "?partner=neu") == []
    assert client.get("/projekte?partner=fremd").status_code == 404


QUERIES = [
    "",
    "?sort=titel",
    "?thema=energie",
    "?stadtbezirk=eving&phase=pilot",
    "?q=projekt",
    "?partner=windwerk&thema=energie",
    "?team=energie",
]


def test_list_sends_the_same_statements_for_3_and_for_300_projects(
    client, windwerk, team, statements
):
    def measured() -> dict[str, int]:
        numbers = {}
        for query in QUERIES:
            client.get(f"/projekte{query}")  # themes, districts and counters are kept from now on
            with statements() as sent:
                page = client.get(f"/projekte{query}")
            assert len(page.data) <= 30_000, query
            numbers[query] = sent.number
        return numbers

    for number in range(3):
        published(windwerk, f"Projekt {number}", team_id=team.id)
    with_three = measured()
    for number in range(3, 300):
        published(windwerk, f"Projekt {number}", team_id=team.id)
    with_many = measured()

    assert with_three == with_many
    assert max(with_many.values()) <= 6
    assert with_many[""] <= 3


def test_first_request_after_a_publication_stays_within_the_promise(
    client, windwerk, team, statements
):
    for query in QUERIES:
        published(windwerk, "Noch eins", team_id=team.id)
        with statements() as sent:
            client.get(f"/projekte{query}")
        assert sent.number <= 7, query
