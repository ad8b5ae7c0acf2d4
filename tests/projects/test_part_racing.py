"""Authors and named organisations at the same moment, in two processes: nobody is named against the
last word. Each race is run again without its guard."""

from collections.abc import Iterator

import pytest

from config import Settings
from portal.core.database import db
from portal.core.search.index import ids_matching
from portal.partners.models import AffiliationRole
from portal.projects.models import Basis
from tests.cast import a_user, affiliated, an_organisation
from tests.letters import history, letters
from tests.projects.making import MINE, published
from tests.projects.parts import ASKED, a_part, fresh, parts_of, seen
from tests.projects.racers import Post, Racers, two_racers
from tests.projects.test_racing import key_of

ROUNDS = 3


@pytest.fixture(scope="module")
def racers(settings: Settings, portal: object) -> Iterator[Racers]:
    with two_racers(settings) as racers:
        yield racers


@pytest.fixture
def project(windwerk, petra):
    return published(windwerk, "Windpark", author=petra)


def facts():
    return [fact for fact, *_ in history() if not fact.startswith("Project")]


def found_by(name):
    """Does the search find the project by this name?"""
    db.session.rollback()
    return bool(db.session.scalars(ids_matching(name, "project")).all())


def yes_and_back(project, part, petra, stefan):
    back = f"{MINE}/{project.key}/beteiligte/{part.id}/entfernen"
    return (
        Post(f"{ASKED}/{part.id}/zusagen", seen(part), key_of(stefan)),
        Post(back, seen(part), key_of(petra)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_yes_against_taking_the_request_back_has_one_winner(
    racers, petra, stefan, project, solarhof, round_
):
    part = a_part(project, solarhof, petra)

    answers = [one.status for one in racers.race(*yes_and_back(project, part, petra, stefan))]

    said_yes = answers[0] == 303
    assert sorted(answers) == [303, 409]
    assert facts() == ["ParticipationConfirmed" if said_yes else "ParticipationTakenBack"]
    assert fresh(part).basis is (Basis.CONFIRMED if said_yes else Basis.WITHDRAWN)
    assert found_by("solarhof") is said_yes


def test_without_version_and_state_the_second_word_overrides_the_first(
    racers, petra, stefan, edda, project, solarhof
):
    part = a_part(project, solarhof, petra)

    answers = racers.without_guards(*double_yes(part, stefan, edda))

    assert [one.status for one in answers] == [303, 303]
    assert facts() == ["ParticipationConfirmed"] * 2


def double_yes(part, stefan, edda):
    address, data = f"{ASKED}/{part.id}/zusagen", seen(part)
    return Post(address, data, key_of(stefan)), Post(address, data, key_of(edda))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_double_yes_is_one_yes(racers, petra, stefan, edda, project, solarhof, round_):
    part = a_part(project, solarhof, petra)

    answers = racers.race(*double_yes(part, stefan, edda))

    assert sorted(one.status for one in answers) == [303, 409]
    assert facts() == ["ParticipationConfirmed"]
    assert letters() == [("petra@windwerk.example", "projects/participation_confirmed")]


def double_request(project, petra, erik):
    address = f"{MINE}/{project.key}/beteiligte/fragen/solarhof"
    data = {"role": "partner", "note": "Messtechnik"}
    return Post(address, data, key_of(petra)), Post(address, data, key_of(erik))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_asking_twice_at_once_asks_once(racers, petra, erik, stefan, project, solarhof, round_):
    answers = racers.race(*double_request(project, petra, erik))

    assert [one.status for one in answers] == [303, 303]
    assert facts() == ["ParticipationAsked"]
    assert letters() == [("stefan@solarhof.example", "projects/participation_asked")]
    assert parts_of(project)[0] == ("Solarhof GmbH", "partner", "pending")


def test_without_looking_first_the_second_request_meets_a_wall(
    racers, petra, erik, stefan, project, solarhof
):
    answers = racers.without_guards(*double_request(project, petra, erik))

    assert sorted(one.status for one in answers) == [303, 409]


def two_say_yes(project, petra, stefan, solarhof):
    """Two organisations, each its own part of one project."""
    other = an_organisation("netzwerk", "Netzwerk AG")
    nele = a_user("nele@netzwerk.example", "Nele", "Netz")
    affiliated(nele, other, AffiliationRole.OWNER)
    mine, theirs = a_part(project, solarhof, petra), a_part(project, other, petra)
    return (
        Post(f"{ASKED}/{mine.id}/zusagen", seen(mine), key_of(stefan)),
        Post(f"/mein/netzwerk/beteiligungen/{theirs.id}/zusagen", seen(theirs), key_of(nele)),
    )


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_search_knows_both_who_say_yes_at_once(racers, petra, stefan, project, solarhof, round_):
    answers = racers.race(*two_say_yes(project, petra, stefan, solarhof))

    assert [one.status for one in answers] == [303, 303]
    assert (found_by("solarhof"), found_by("netzwerk")) == (True, True)


def test_without_the_lock_one_of_them_is_lost_or_turned_away(
    racers, petra, stefan, project, solarhof
):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time, whatever the portal does")

    answers = racers.without_locks(*two_say_yes(project, petra, stefan, solarhof))

    found = (found_by("solarhof"), found_by("netzwerk"))
    assert ([one.status for one in answers], found) != ([303, 303], (True, True))
