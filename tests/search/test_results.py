"""The page /suche: finds what people type, shows what they may see, and never breaks."""

import re
from typing import Any

import pytest

from portal.accounts.models import User
from portal.core.database import db
from portal.core.generation import raise_generation
from portal.core.search import index
from portal.core.times import now
from portal.events import services as events
from portal.events.content import Content
from portal.events.models import Audience, EventKind
from portal.events.periods import Period
from portal.partners.models import Organisation
from portal.projects.models import Project, Revision
from tests.cast import saved
from tests.events.conftest import content, energie, in_days, plan, tara

__all__ = ["energie", "plan", "tara"]  # fixtures
TITLES = re.compile(r'<h3[^>]*><a href="([^"]+)">(.*?)</a>')
CHIPS = re.compile(r'<a class="chip" href="[^"]*"[^>]*>([^<]+) <span class="num">(\d+)</span>')


def hits(client, address):
    """[(address, title as it is marked), …]"""
    return TITLES.findall(client.get(address).text)


def titles(client, query, **more):
    answer = client.get("/suche", query_string={"q": query, **more})
    assert answer.status_code == 200
    found = TITLES.findall(answer.text)
    return [title.replace("<mark>", "").replace("</mark>", "") for _, title in found]


def put(kind: str, number: int, title: str, **more: Any) -> None:
    """As a feature does that publishes."""
    known = {"summary": "", "body": "", "is_public": True, "slug": f"{kind}-{number}", **more}
    index.put(kind, number, title=title, **known)
    raise_generation()
    db.session.commit()


@pytest.fixture
def city(app):
    put("project", 1, "Intelligente Straßenbeleuchtung", summary="Leuchten sparen Strom")
    put("project", 2, "Wärmenetz Hörde", body="Abwärme aus der Industrie")
    put("project", 3, "KI im Rathaus", body="Künstliche Intelligenz")
    put("partner", 1, "Bürger*innen-Energie eG", body="Solardächer")
    put("partner", 2, "Stadtwerke Muster", body="Strom, Gas, Wärme")
    put("team", 1, "Energie", body="Netze und Effizienz")
    put("article", 1, "Allianz wächst", summary="Neue Partner für die Energiewende")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Strassenbeleuchtung", ["Intelligente Straßenbeleuchtung"]),
        ("straßenbeleuchtung", ["Intelligente Straßenbeleuchtung"]),
        ("STRASSENBELEUCHTUNG", ["Intelligente Straßenbeleuchtung"]),
        ("beleuchtung", ["Intelligente Straßenbeleuchtung"]),
        ("waerme", ["Stadtwerke Muster", "Wärmenetz Hörde"]),
        ("Wärme", ["Stadtwerke Muster", "Wärmenetz Hörde"]),
        ("wärmenetze", ["Wärmenetz Hörde"]),
        ("hoerde", ["Wärmenetz Hörde"]),
        ("KI", ["KI im Rathaus"]),
        ("bürgerinnen", ["Bürger*innen-Energie eG"]),
        ("Bürger:innen", ["Bürger*innen-Energie eG"]),
        ("energiewende", ["Allianz wächst"]),
        ("strom leuchten", ["Intelligente Straßenbeleuchtung"]),
        ("strom industrie", []),
        ("gibt es nicht", []),
    ],
)
def test_people_find_what_they_mean(client, city, query, found):
    assert sorted(titles(client, query)) == found


def test_titles_rank_before_texts(client, app):
    put("project", 1, "Etwas anderes", body="Energie")
    put("team", 1, "Energie")
    put("article", 1, "Auch anderes", summary="Energie")

    assert titles(client, "energie")[0] == "Energie"


def test_hits_are_marked_and_text_is_escaped(client, app):
    put("project", 1, "Straßen <b>&", summary="Die <script>alert(1)</script> Strasse")

    page = client.get("/suche?q=strassen").text

    assert "<mark>Straßen</mark> &lt;b&gt;&amp;" in page
    assert "<mark>Strasse</mark>" in page
    assert "<script>alert" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}", "%s%d"]
)
def test_query_is_shown_as_text(client, app, query):
    page = client.get("/suche", query_string={"q": query}).text

    assert "<script>alert" not in page and "<img src=x" not in page and "49" not in page
    assert not {"\x00", "\x07"} & set(page)


def test_kinds_stand_with_their_counts(client, city):
    page = client.get("/suche?q=energie").text

    assert CHIPS.findall(page) == [
        ("Alle", "3"),
        ("Partner", "1"),
        ("Expertenteams", "1"),
        ("Aktuelles", "1"),
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("partner", ["Bürger*innen-Energie eG"]),
        ("teams", ["Energie"]),
        ("aktuelles", ["Allianz wächst"]),
        ("projekte", []),
        ("termine", []),
    ],
)
def test_kind_narrows_the_hits(client, city, kind, found):
    assert titles(client, "energie", art=kind) == found


def test_kind_without_hits_leads_to_the_others(client, city):
    page = client.get("/suche?q=energie&art=termine").text

    assert "Hier passt nichts zu „energie“." in page
    assert 'href="/suche?q=energie"' in page


@pytest.mark.parametrize(
    ("kind", "number", "address"),
    [
        ("project", 1, "/projekte/project-1"),
        ("partner", 1, "/partner/partner-1"),
        ("team", 1, "/expertenteams/team-1"),
        ("event", 1, "/termine/event-1"),
        ("article", 1, "/aktuelles/article-1"),
    ],
)
def test_each_kind_leads_to_its_page(client, app, kind, number, address):
    put(kind, number, "Fundstück")

    assert hits(client, "/suche?q=fundstück") == [(address, "<mark>Fundstück</mark>")]


@pytest.mark.parametrize("query", ["", "q=", "q=%20%20", "q=%0a", "q=%09", "art=termine"])
def test_without_a_query_the_page_asks_for_one(client, city, query):
    answer = client.get(f"/suche?{query}")

    assert answer.status_code == 200
    assert "Ein oder zwei Wörter genügen." in answer.text
    assert not TITLES.findall(answer.text)


@pytest.mark.parametrize(
    "query", ["gibtesnicht", "%%%", "🌳", "***", '"', "'", "\\", "a OR b)", "-"]
)
def test_nothing_found_says_what_goes_next(client, city, query):
    answer = client.get("/suche", query_string={"q": query})

    assert answer.status_code == 200
    assert "Nichts gefunden zu" in answer.text
    assert 'href="/projekte"' in answer.text


@pytest.mark.parametrize(("length", "too_long"), [(200, False), (201, True), (100_000, True)])
def test_too_long_a_query_is_not_asked(client, city, statements, length, too_long):
    with statements() as sent:
        answer = client.get("/suche", query_string={"q": "x" * length})

    assert answer.status_code == 200
    assert ("Kürzen Sie die Suche" in answer.text) == too_long
    assert too_long != any("search_entry" in line for line in sent.sent)
    assert "x" * 201 not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/suche?q=%00", "/suche?q=a%00b", "/suche?q=%ff", "/suche?q=%ed%a0%80",
        "/suche?q=' OR 1=1--", "/suche?q=energie&art=nichts", "/suche?q=energie&art=%00",
        "/suche?q=a&q=b", "/suche?q[]=a",
        "/suche?q=" + "a+" * 90, "/suche?q=" + "ä" * 99, "/suche?q=%E2%80%AE", "/suche?q=a*",
        "/suche?q=NEAR(a b)", "/suche?q=title:a", "/suche?q=%22energie",
    ],
)  # fmt: skip
def test_no_query_breaks_the_page(client, city, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("1", 200), ("3", 200), ("4", 404), ("0", 200), ("-1", 200), ("abc", 200), ("%00", 200),
        ("1" + "0" * 30, 200), ("999999", 404),
    ],
)  # fmt: skip
def test_nonsense_for_a_page_is_the_first_page_or_none(client, app, page, status):
    for number in range(30):
        put("project", number, f"Fund {number}")

    answer = client.get(f"/suche?q=fund&seite={page}")

    assert answer.status_code == status
    assert status == 404 or len(TITLES.findall(answer.text)) == (6 if page == "3" else 12)


def test_pages_keep_query_and_kind(client, app):
    for number in range(13):
        put("project", number, f"Fund {number}")

    page = client.get("/suche?q=fund&art=projekte").text

    assert "/suche?q=fund&amp;art=projekte&amp;seite=2" in page


def a_draft(organisation: Organisation) -> None:
    """Not public, in the index for its organisation, as a later issue may hand it in."""
    revision = Revision(title="Geheimer Entwurf", changed_at=now(), html={})
    project = saved(
        Project(key="abcdefgh", organisation=organisation, created_at=now(), revisions=[revision])
    )
    put("project", project.id, "Geheimer Entwurf", is_public=False, slug="",
        organisation_id=organisation.id)  # fmt: skip


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (None, []),
        ("stefan", []),
        ("petra", [("/mein/windwerk/projekte/abcdefgh", "Geheimer <mark>Entwurf</mark>")]),
        ("paul", [("/mein/windwerk/projekte/abcdefgh", "Geheimer <mark>Entwurf</mark>")]),
        ("olga", [("/projektbuero/projekte/abcdefgh", "Geheimer <mark>Entwurf</mark>")]),
        ("ada", [("/projektbuero/projekte/abcdefgh", "Geheimer <mark>Entwurf</mark>")]),
    ],
)
def test_drafts_are_found_by_their_organisation_and_by_the_office(
    client, client_of, request, windwerk, person, found
):
    a_draft(windwerk)
    client = client_of(request.getfixturevalue(person)) if person else client

    assert hits(client, "/suche?q=entwurf") == found
    assert CHIPS.findall(client.get("/suche?q=entwurf").text) == (
        [("Alle", "1"), ("Projekte", "1")] if found else []
    )


@pytest.mark.parametrize(
    ("person", "sees"),
    [(None, False), ("petra", False), ("tara", True), ("olga", True), ("ada", True)],
)
def test_dates_of_a_team_are_found_by_its_seats_and_by_the_office(
    client, client_of, request, plan, energie, person, sees
):
    plan(audience=Audience.TEAM, team=energie)
    client = client_of(request.getfixturevalue(person)) if person else client

    assert titles(client, "allianztagung") == (["Dritte Allianztagung"] if sees else [])


def test_invitation_opens_nothing_else_that_bears_the_same_number(
    client_of, tara, plan, energie, windwerk
):
    event = plan(audience=Audience.TEAM, team=energie)
    for kind in ("project", "partner", "team", "article"):
        put(kind, event.id, "Fremde Allianztagung", is_public=False)

    assert titles(client_of(tara), "allianztagung") == ["Dritte Allianztagung"]


def test_what_was_withdrawn_is_found_no_more(client, app):
    put("article", 1, "Meldung")
    assert titles(client, "meldung") == ["Meldung"]

    index.remove("article", 1)
    raise_generation()
    db.session.commit()

    assert titles(client, "meldung") == []


def test_what_became_private_is_shown_to_nobody_even_before_the_page_hears_of_it(client, app):
    put("article", 1, "Meldung")
    assert titles(client, "meldung") == ["Meldung"]

    said = {"slug": "x", "title": "Meldung", "summary": "", "body": "", "is_public": False}
    index.put("article", 1, **said)
    db.session.commit()  # nobody told it: the shelf still has it

    assert titles(client, "meldung") == []


def test_dates_say_when_they_are_and_whether_they_take_place(client, ada, plan):
    event = plan(period=Period.of_month(2018, 4), title="Zweite Tagung")
    events.cancel(event, by=ada, reason="Sturm", seen_version=1)
    db.session.commit()

    page = client.get("/suche?q=tagung").text

    assert "April 2018" in page and "1. April" not in page
    assert "abgesagt" in page


def many(by: User, kind: str) -> None:
    for number in range(60):
        if kind == "event":
            events.plan(Content(title=f"Fund {number}", kind=EventKind.OTHER,
                                period=in_days(number)), by=by)  # fmt: skip
        else:
            index.put(kind, number, slug=f"x-{number}", title=f"Fund {number}", summary="",
                      body="", is_public=True)  # fmt: skip
    raise_generation()
    db.session.commit()


@pytest.mark.parametrize(("kind", "most"), [("project", 4), ("event", 5)])
def test_statements_do_not_grow_with_the_hits(client, ada, statements, kind, most):
    for number in (1001, 1002, 1003):
        if kind == "event":
            period = in_days(number)
            events.plan(content(title=f"Fund {number}", period=period), by=ada)
            db.session.commit()
        else:
            put(kind, number, f"Fund {number}")
    with statements() as few:
        client.get("/suche?q=fund")
    many(ada, kind)

    with statements() as sent:
        assert client.get("/suche?q=fund").status_code == 200

    assert sent.number == few.number <= most  # one more than usual: it is the first after a change


def test_visitor_who_has_the_answer_is_told_so_until_something_changes(client, ada, plan):
    plan(title="Fund")
    first = client.get("/suche?q=fund")
    asked = {"If-None-Match": first.headers["ETag"]}

    again = client.get("/suche?q=fund", headers=asked)
    plan(title="Zweiter Fund")
    changed = client.get("/suche?q=fund", headers=asked)

    assert (again.status_code, changed.status_code) == (304, 200)
    assert "Zweiter" in changed.text and "Set-Cookie" not in first.headers
