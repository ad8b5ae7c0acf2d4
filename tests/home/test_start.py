"""The start page: what the alliance is, from real rows, fast, and the same for all visitors."""

import re
from datetime import date, timedelta

import pytest

from portal.core.counters import count
from portal.core.database import db
from portal.core.generation import raise_generation
from portal.core.times import now
from portal.events.models import Audience, Event, EventKind, EventState
from portal.home import figures
from portal.news.models import Article, ArticleState
from portal.projects.models import Phase, Project, ReviewState, Revision
from portal.teams.models import Joining, Team
from tests.cast import district, saved, theme


def a_date(slug: str, *, days: int, **more) -> Event:
    starts = now() + timedelta(days=days)
    return saved(
        Event(
            slug=slug,
            uid=f"{slug}@portal.test",
            title=slug.title(),
            kind=EventKind.ALLIANCE_MEETING,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            venue="Rathaus Dortmund",
            created_at=now(),
            changed_at=now(),
            **more,
        )
    )


def an_article(slug: str, dated: date, state=ArticleState.PUBLISHED) -> Article:
    return saved(
        Article(
            slug=slug,
            state=state,
            title=slug.title(),
            teaser="Kurz gesagt",
            dated=dated,
            created_at=now(),
            changed_at=now(),
            published_at=now(),
        )
    )


def a_live_project(slug: str, organisation, *, days: int = 0) -> Project:
    revision = Revision(
        title=slug.title(),
        state=ReviewState.PUBLISHED,
        theme=theme(),
        phase=Phase.PILOT,
        districts=[district()],
        changed_at=now(),
        html={},
    )
    published = now() - timedelta(days=days)
    project = Project(
        key=slug,
        slug=slug,
        organisation=organisation,
        created_at=published,
        published_at=published,
        revisions=[revision],
    )
    saved(project)
    project.live = revision
    count(
        [("projects.all", "all"), ("projects.district", "eving")],
        1,
    )
    raise_generation()
    db.session.commit()
    return project


def test_start_of_an_empty_portal_is_whole(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "Zurzeit ist kein Termin angekündigt." in answer.text
    assert "Neu im Portal" not in answer.text
    assert answer.text.count("<h1") == 1


def test_start_shows_figures_with_their_year(client, windwerk):
    a_live_project("windpark", windwerk)

    text = client.get("/").text

    for figure in figures.REPORTED:
        assert f'<dt>{figure.label}</dt><dd class="num">{figure.value}</dd>' in text
    assert '<dt>Projekte im Portal</dt><dd class="num">1</dd>' in text
    assert all(figure.source.startswith("https://") for figure in figures.REPORTED)


def test_start_shows_the_next_date_that_takes_place(client):
    a_date("vorbei", days=-3)
    a_date("abgesagt", days=1, state=EventState.CANCELLED)
    a_date("teamtreff", days=2, audience=Audience.TEAM)
    a_date("tagung", days=5)
    a_date("spaeter", days=9)

    text = client.get("/").text

    assert "/termine/tagung" in text
    for slug in ("vorbei", "abgesagt", "teamtreff", "spaeter"):
        assert f"/termine/{slug}" not in text


def test_start_shows_the_three_newest_projects_and_articles(client, windwerk):
    for number in range(4):
        a_live_project(f"projekt-{number}", windwerk, days=number)
        an_article(f"meldung-{number}", date(2026, 1, 20 - number))
    an_article("entwurf", date(2026, 12, 1), ArticleState.DRAFT)

    text = client.get("/").text

    projects = [n for n in range(4) if f"/projekte/projekt-{n}" in text]
    articles = [n for n in range(4) if f"/aktuelles/meldung-{n}" in text]
    assert (projects, articles) == ([0, 1, 2], [0, 1, 2])
    assert "Alle 4 Projekte" in text
    assert "entwurf" not in text


def test_start_maps_the_districts_with_their_counts(client, windwerk):
    a_live_project("windpark", windwerk)

    text = client.get("/").text

    assert "/projekte?stadtbezirk=eving" in text
    assert re.search(r"Eving:? 1 Projekt", text)


def test_start_shows_the_teams(client):
    saved(Team(slug="energie", name="Energie", theme=theme(), joining=Joining.OPEN))

    text = client.get("/").text

    assert "/expertenteams/energie" in text
    assert "Ihr Thema fehlt?" in text


def test_start_takes_at_most_eight_statements_however_much_there_is(client, statements, windwerk):
    for number in range(5):
        a_live_project(f"projekt-{number}", windwerk)
        an_article(f"meldung-{number}", date(2026, 1, 1))
        a_date(f"termin-{number}", days=number)

    with statements() as counted:
        assert client.get("/").status_code == 200

    assert counted.number <= 8


def test_start_is_the_same_for_all_visitors_and_kept_by_them(client):
    answer = client.get("/")

    assert "Set-Cookie" not in answer.headers
    again = client.get("/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_new_article_shows_at_once(client):
    etag = client.get("/").headers["ETag"]
    an_article("meldung", date(2026, 1, 1))
    raise_generation()
    db.session.commit()

    answer = client.get("/", headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert "/aktuelles/meldung" in answer.text


@pytest.mark.parametrize(
    ("address", "heading", "words"),
    [
        ("/impressum", "Impressum", ["smartcity@dortmund.de", "EUPL 1.2"]),
        ("/datenschutz", "Datenschutz", ["Argon2id", "Artikel 15 DSGVO", "portal"]),
        ("/barrierefreiheit", "Erklärung zur Barrierefreiheit", ["BITVNRW", "mailto:smartcity@"]),
    ],
)
def test_legal_pages_say_what_they_must_and_mark_what_is_open(client, address, heading, words):
    text = client.get(address).text

    assert f"<h1>{heading}</h1>" in text
    assert "[vom Betreiber zu ergänzen:" in text
    for word in words:
        assert word in text
