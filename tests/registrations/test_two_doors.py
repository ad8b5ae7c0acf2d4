"""Two doors at the same moment, in two processes: exactly one of them is the first. The same race
without its guard shows that the test would see it."""

from collections.abc import Iterator

import pytest

from config import Settings
from portal.core.database import db
from portal.registrations.models import RegistrationState
from tests.letters import history
from tests.projects.test_racing import key_of
from tests.registrations.cast import all_register, an_allocation, counters, people
from tests.registrations.doors import Doors, Post, two_doors
from tests.registrations.office import office
from tests.registrations.test_checking_in import door, reread

ROUNDS = 3


@pytest.fixture(scope="module")
def doors(settings: Settings, portal: object) -> Iterator[Doors]:
    with two_doors(settings) as doors:
        yield doors


@pytest.fixture
def first(ada):
    return all_register(an_allocation(ada), people(3))[0]


def told():
    kinds = ("CheckedIn", "RegistrationRemoved", "MovedUp")
    return [fact for fact, *_ in history() if fact in kinds]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_exactly_one_door_is_the_first(doors, olga, ada, first, round_):
    posts = [Post(door(first), {}, key_of(person)) for person in (olga, ada)]

    assert doors.at_once(*posts) == [303, 303]

    assert told() == ["CheckedIn"]
    assert reread(first).checked_in_by_id in {olga.id, ada.id}


def test_without_the_guard_both_doors_would_be_the_first(doors, olga, ada, first):
    posts = [Post(door(first), {}, key_of(person), guarded=False) for person in (olga, ada)]

    assert doors.at_once(*posts) == [303, 303]

    assert told() == ["CheckedIn", "CheckedIn"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_let_in_while_being_removed_is_one_after_the_other(doors, olga, ada, first, round_):
    allocation = first.allocation
    away = office(allocation, "/anmeldungen/1/abmelden")

    answers = doors.at_once(
        Post(door(first), {}, key_of(olga)), Post(away, {"reason": "Verwechselt."}, key_of(ada))
    )

    assert answers[1] == 303 and answers[0] in {303, 409}
    assert ("CheckedIn" in told()) is (answers[0] == 303)
    assert reread(first).state is RegistrationState.CANCELLED
    assert (first.checked_in_at is not None) is (answers[0] == 303)
    assert counters(allocation) == (2, 0)
    db.session.rollback()
