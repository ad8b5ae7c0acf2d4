"""An import is taken back: who was touched since stays, and the page says why."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from portal.core.counters import counters
from portal.core.database import Base, db
from portal.core.generation import generation
from portal.core.search.models import SearchEntry
from portal.core.times import now, today
from portal.partners import queries
from portal.partners.models import (
    Application,
    ImportState,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationTheme,
    Standing,
)
from portal.projects.models import Basis, Participation, ParticipationRole, Project
from portal.teams.models import Joining, Seat, SeatState, Team
from tests.cast import affiliated, an_organisation, saved, theme
from tests.partners.test_importing import (
    IMPORT,
    carry_out,
    checked,
    names,
    the_import,
    told,
)

THREE = (
    "Name;Art;Themen\nMusterwerk;Unternehmen;Energie\nProbebank;Kammer;Energie\nBeispielhof;Kammer;"
)


@pytest.fixture
def office(client_of, ada):
    return client_of(ada)


@pytest.fixture
def imported(office):
    record = checked(office, THREE)
    assert carry_out(office, record).status_code == 303
    return the_import(record.id)


def take_back(client, record):
    record = the_import(record.id)
    address = f"{IMPORT}/{record.id}/zuruecknehmen"
    return client.post(address, data={"version": record.version})


def organisation(name):
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def test_untouched_import_leaves_no_trace_in_the_directory(client, office, windwerk, imported):
    before = counters("partners") | {"kind": {}, "standing": {}, "theme": {}}
    assert client.get("/partner/musterwerk").status_code == 200
    raised = generation()

    assert take_back(office, imported).status_code == 303

    assert names() == ["Windwerk eG"]
    assert client.get("/partner/musterwerk").status_code == 404
    assert "Musterwerk" not in client.get("/allianzposter").text
    assert counters("partners") | {"kind": {}, "standing": {}, "theme": {}} == before
    for left in (SearchEntry, OrganisationTheme):
        assert db.session.scalars(select(left)).all() == []
    assert [m.organisation_id for m in db.session.scalars(select(Membership))] == [windwerk.id]
    assert the_import(imported.id).state is ImportState.UNDONE
    assert generation() == raised + 1


def test_taking_back_is_one_line_of_history(office, imported):
    take_back(office, imported)

    assert [(fact, note) for fact, _by, _for, note in told()] == [
        ("PartnersImported", "3 neu, 0 schon da, 0 ausgelassen"),
        ("ImportUndone", "3 entfernt, 0 geblieben"),
    ]


def edited(one, petra):
    one.summary = "Neu geschrieben"


def taken_over(one, petra):
    affiliated(petra, one).until = now()  # has left again, and still counts


def ended(one, petra):
    one.memberships[0].until = today()


def joined_again(one, petra):
    one.memberships[0].until = today()
    db.session.flush()
    db.session.add(Membership(organisation=one, standing=Standing.PARTNER, since=date(2020, 1, 1)))


def applied(one, petra):
    db.session.add(
        Application(
            name=one.name,
            folded_name=one.folded_name,
            kind=OrganisationKind.COMPANY,
            website="",
            city="",
            function="",
            applicant=petra,
            sent_at=now(),
            organisation=one,
        )
    )


def presents_a_project(one, petra):
    db.session.add(
        Project(key="k" * 12, organisation=one, author=petra, created_at=now(), revisions=[])
    )


def takes_part(one, petra):
    project = Project(key="k" * 12, organisation=petra_s(petra), author=petra, created_at=now())
    db.session.add(project)
    db.session.flush()
    db.session.add(
        Participation(
            project=project,
            organisation=one,
            role=ParticipationRole.PARTNER,
            basis=Basis.PENDING,
        )
    )


def petra_s(petra):
    return db.session.scalars(select(Organisation).where(Organisation.slug == "windwerk")).one()


def sits_in_a_team(one, petra):
    team = saved(Team(slug="netze", name="Netze", theme=theme(), joining=Joining.OPEN))
    seat = Seat(team=team, user=petra, organisation=one, state=SeatState.LEFT, requested_at=now())
    db.session.add(seat)


@pytest.mark.parametrize(
    ("touch", "why"),
    [
        (edited, "Sie wurde seitdem bearbeitet."),
        (taken_over, "Jemand hat sie übernommen."),
        (ended, "Sie wurde seitdem bearbeitet."),
        (joined_again, "Sie wurde seitdem bearbeitet."),
        (applied, "Sie gehört zu einem Partnerantrag."),
        (presents_a_project, "Sie stellt ein Projekt vor."),
        (takes_part, "Sie wirkt an einem Projekt mit."),
        (sits_in_a_team, "Sie hat einen Platz in einem Expertenteam."),
    ],
)
def test_organisation_that_somebody_touched_stays_and_the_page_says_why(
    office, petra, imported, touch, why
):
    touch(organisation("Probebank"), petra)
    db.session.commit()

    assert take_back(office, imported).status_code == 303

    assert names() == ["Probebank", "Windwerk eG"]
    assert the_import(imported.id).kept == 1
    page = office.get(f"{IMPORT}/{imported.id}").text
    assert f"Bleibt: {why}" in page
    assert page.count("Wieder entfernt.") == 2
    assert "1 Organisation ist geblieben" in page


def test_every_table_that_names_an_organisation_is_asked(app):
    """A feature that is built later is thought of, too: whoever it names stays."""
    naming = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "organisation"
    }

    asked = {table.name for table, _ in queries.imports._references()}

    assert asked == naming - {"membership", "organisation_theme"}
    assert {"affiliation", "application", "project", "participation", "seat"} <= asked


def test_import_stays_where_everybody_was_touched(office, petra, imported):
    for one in db.session.scalars(select(Organisation).where(Organisation.import_id.is_not(None))):
        one.city = "Lünen"
    db.session.commit()

    answer = take_back(office, imported)

    assert answer.status_code == 409
    assert "Deshalb bleiben alle." in answer.text
    assert the_import(imported.id).state is ImportState.IMPORTED
    assert len(names()) == 4


def test_import_is_taken_back_once_and_only_after_it_was_carried_out(office, imported):
    waiting = checked(office, "Name;Art\nSpäter;Kammer\n")
    assert take_back(office, waiting).status_code == 409

    shown = {"version": imported.version}
    address = f"{IMPORT}/{imported.id}/zuruecknehmen"
    assert office.post(address, data={"version": 1}).status_code == 409
    assert office.post(address, data=shown).status_code == 303
    assert office.post(address, data=shown).status_code == 409


def test_moderators_take_nothing_back(client_of, olga, imported):
    assert take_back(client_of(olga), imported).status_code == 403


def test_what_another_import_entered_stays(office, imported):
    other = checked(office, "Name;Art\nAnderswerk;Kammer\n")
    carry_out(office, other)

    take_back(office, imported)

    assert names() == ["Anderswerk"]


def test_undone_import_can_be_carried_out_again_from_the_same_file(office, imported):
    take_back(office, imported)

    again = checked(office, THREE)

    assert (again.id != imported.id, again.new) == (True, 3)
    assert carry_out(office, again).status_code == 303
    assert len(names()) == 3


def test_organisations_from_elsewhere_keep_their_tables(app):
    an_organisation("windwerk", "Windwerk eG")

    assert db.session.scalar(select(sa.func.count(Organisation.import_id))) == 0
