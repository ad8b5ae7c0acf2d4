"""Published: the address, the counters, the search, the letters; returned: the note."""

import pytest
from sqlalchemy import func, select

from portal.core.counters import counters
from portal.core.database import db
from portal.core.generation import generation
from portal.core.search.models import SearchEntry
from portal.projects.models import Project, ReviewState, Revision, RevisionDistrict
from portal.projects.queries import all_counts
from portal.projects.services import go_live, publishing, write
from portal.topics.models import District, Theme
from tests.cast import district, theme
from tests.letters import history, letters
from tests.projects.making import (
    MINE,
    OFFICE,
    a_draft,
    content,
    in_state,
    published,
    shown,
    state_of,
    typed,
)

NOTE = {"note": "Bitte nennen Sie das Ziel."}


def live_count() -> dict[str, dict[str, int]]:
    """The same numbers as the counters keep, counted row by row."""
    live = select(Revision.id).where(Revision.id.in_(select(Project.live_revision_id)))
    revisions = [db.session.get(Revision, id_) for id_ in db.session.scalars(live)]
    found: dict[str, dict[str, int]] = {}

    def add(facet: str, value: str) -> None:
        found.setdefault(facet, {}).setdefault(value, 0)
        found[facet][value] += 1

    for revision in revisions:
        add("all", "all")
        if revision.theme:
            add("theme", revision.theme.slug)
        if revision.phase:
            add("phase", revision.phase.value)
        if revision.citywide:
            add("citywide", "citywide")
        else:
            for place in revision.districts:
                add("district", place.slug)
    return found


def kept() -> dict[str, dict[str, int]]:
    db.session.rollback()
    db.session.expire_all()
    return counters("projects")


def decide(client_of, clerk, project, step, **more):
    data = shown(project) | more
    return client_of(clerk).post(f"{OFFICE}/{project.key}/{step}", data=data)


def test_published_project_is_online_and_its_organisation_hears_of_it(
    client_of, client, windwerk, petra, erik, olga, project
):
    in_state(project, ReviewState.SUBMITTED)
    before = generation()

    answer = decide(client_of, olga, project, "veroeffentlichen")

    assert (answer.status_code, answer.location) == (
        303,
        "/projektbuero/naechster?kind=projects",
    )
    assert state_of(project) is ReviewState.PUBLISHED
    assert project.slug == "windpark-am-hafen"
    assert project.live is project.latest
    assert (project.latest.decided_by_id, project.published_at is not None) == (olga.id, True)
    assert generation() > before
    assert client.get("/projekte/windpark-am-hafen").status_code == 200
    assert sorted(letters()) == [
        ("erik@windwerk.example", "projects/project_published"),
        ("petra@windwerk.example", "projects/project_published"),
    ]
    assert history()[-1] == ("ProjectPublished", olga.id, windwerk.id)


def test_returned_project_carries_the_note_and_stays_private(
    client_of, client, petra, olga, project
):
    in_state(project, ReviewState.SUBMITTED)

    answer = decide(client_of, olga, project, "zurueckgeben", **NOTE)

    assert answer.status_code == 303
    assert state_of(project) is ReviewState.RETURNED
    assert (project.latest.note, project.slug, project.live) == (NOTE["note"], None, None)
    assert letters() == [("petra@windwerk.example", "projects/project_returned")]
    assert kept() == {}
    assert client.get("/projekte").text.count('class="card"') == 0


@pytest.mark.parametrize("note", ["", "   ", "\u200b", "x" * 2001, "a\x00b"])
def test_returning_without_a_proper_note_is_refused_and_keeps_the_text(
    client_of, olga, project, note
):
    in_state(project, ReviewState.SUBMITTED)

    answer = decide(client_of, olga, project, "zurueckgeben", note=note)

    assert answer.status_code == 422
    assert '<a href="#note">' in answer.text
    assert state_of(project) is ReviewState.SUBMITTED


@pytest.mark.parametrize("version", ["1", "", "keine"])
def test_decision_on_an_older_version_is_refused(client_of, olga, project, version):
    in_state(project, ReviewState.SUBMITTED)

    answer = client_of(olga).post(
        f"{OFFICE}/{project.key}/veroeffentlichen", data={"version": version}
    )

    assert answer.status_code == 409
    assert state_of(project) is ReviewState.SUBMITTED
    assert letters() == []


def test_two_projects_of_one_title_get_two_addresses(windwerk, app):
    slugs = [published(windwerk, "Wärme für alle").slug for _ in range(3)]

    assert slugs == ["waerme-fuer-alle", "waerme-fuer-alle-2", "waerme-fuer-alle-3"]


def test_address_stays_when_it_is_published_again_under_another_title(windwerk, app):
    """The next issue revises what is online; publishing must be ready for it."""
    project = published(windwerk, "Wärme für alle")
    first = project.live
    second = Revision(number=2, state=ReviewState.PUBLISHED, changed_at=first.changed_at)
    project.revisions.append(second)
    write(second, content(title="Ganz anders", district_ids=(), citywide=True))
    db.session.flush()
    go_live(project, second, at=first.changed_at)
    db.session.commit()

    assert (project.slug, project.live) == ("waerme-fuer-alle", second)
    assert kept() == live_count()
    assert entries() == [("waerme-fuer-alle", "Ganz anders", True)]


def entries() -> list[tuple[str, str, bool]]:
    rows = select(SearchEntry.slug, SearchEntry.title, SearchEntry.is_public)
    return [tuple(row) for row in db.session.execute(rows.order_by(SearchEntry.id))]


def test_counters_equal_a_live_count_after_every_step(client_of, windwerk, petra, olga):
    steps = []

    def look(what):
        steps.append(what)
        assert kept() == live_count(), steps

    for title, place in (
        ("Eins", {"district_ids": (district("eving").id, district("hoerde").id)}),
        ("Zwei", {"district_ids": (), "citywide": True}),
        ("Drei", {"district_ids": (district("eving").id,), "citywide": True}),
        ("Vier", {"theme_id": theme("mobilitaet").id, "district_ids": (), "place": "Kai"}),
    ):
        project = a_draft(windwerk, petra, title=title, **place)
        look(f"{title} drafted")
        client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=shown(project))
        look(f"{title} submitted")
        decide(client_of, olga, project, "zurueckgeben", **NOTE)
        look(f"{title} returned")
        data = shown(project) | {"anyway": "1"}
        client_of(petra).post(f"{MINE}/{project.key}/einreichen", data=data)
        decide(client_of, olga, project, "veroeffentlichen")
        look(f"{title} published")

    assert all_counts().total == 4
    assert all_counts().districts["eving"] == 3
    assert all_counts().districts["aplerbeck"] == 2
    assert all_counts().themes == {"energie": 3, "mobilitaet": 1}


def test_failed_publication_leaves_nothing_behind(client_of, olga, project, monkeypatch):
    in_state(project, ReviewState.SUBMITTED)

    def fail(*args, **kwargs):
        raise RuntimeError("the index is broken")

    monkeypatch.setattr(publishing.index, "put", fail)
    with pytest.raises(RuntimeError):
        decide(client_of, olga, project, "veroeffentlichen")

    assert state_of(project) is ReviewState.SUBMITTED
    assert (project.slug, project.live_revision_id, kept(), letters()) == (None, None, {}, [])


def test_reference_tables_are_what_the_counters_speak_of(app):
    assert db.session.scalar(select(func.count(Theme.id))) == 7
    assert db.session.scalar(select(func.count(District.id))) == 12
    assert db.session.scalar(select(func.count(RevisionDistrict.id))) == 0


def test_a_project_goes_online(client_of, client, windwerk, petra, olga):
    """Draft, submitted, returned, mended, submitted again, published: and then to be found."""
    author, office = client_of(petra), client_of(olga)
    where = author.post(
        f"{MINE}/neu",
        data=typed(title="Intelligente Straßenbeleuchtung", solution="Ein Wärmenetz aus Licht."),
    ).location
    key = where.rpartition("/")[2]
    version = lambda: {"version": shown(found(key))["version"]}  # noqa: E731

    assert author.post(f"{where}/einreichen", data=version()).status_code == 303
    assert office.post(f"{OFFICE}/{key}/zurueckgeben", data=version() | NOTE).status_code == 303
    assert NOTE["note"] in author.get(where).text
    mended = typed(
        title="Intelligente Straßenbeleuchtung",
        solution="Ein Wärmenetz aus Licht.",
        goal="Strom sparen.",
    )
    assert author.post(f"{where}/bearbeiten", data=mended | version()).status_code == 303
    assert author.post(f"{where}/einreichen", data=version()).status_code == 303
    assert office.post(f"{OFFICE}/{key}/veroeffentlichen", data=version()).status_code == 303

    address = "/projekte/intelligente-strassenbeleuchtung"
    assert "Strom sparen." in client.get(address).text
    for query in ("", "?q=Strassenbeleuchtung", "?q=waerme", "?q=Windwerk", "?thema=energie"):
        assert address in client.get(f"/projekte{query}").text, query
    assert address in client.get("/projekte.atom").text
    assert "Intelligente Straßenbeleuchtung" in client.get("/projekte.csv").text
    assert address in client.get("/partner/windwerk").text
    assert address in client.get("/suche?q=Beleuchtung").text


def found(key: str) -> Project:
    db.session.rollback()
    return db.session.scalars(select(Project).where(Project.key == key)).one()
