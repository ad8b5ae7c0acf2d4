"""Two at the same moment, in two processes: nothing is oversold, doubled or stranded. Each race is
run again without the lock, to see that it would go wrong."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from portal.checking.places import PLACES
from portal.core.database import db
from portal.registrations import services
from tests.indexes import without_index
from tests.letters import history
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    counters,
    lines,
    people,
    states,
)
from tests.registrations.racers import Act, two_racers

ROUNDS = 3


@pytest.fixture(scope="module")
def racers(settings, portal):
    with two_racers(settings) as racers:
        yield racers


def faults():
    """What `flask check` would name."""
    db.session.rollback()
    found = [fault for check in PLACES for fault in check().faults]
    db.session.rollback()
    return found


def told(what):
    return any(what in fault for fault in faults())


def ids(*registrations):
    numbers = [one.id for one in registrations]
    db.session.rollback()
    return numbers


@contextmanager
def without_the_check():
    """The last net taken away, too. SQLite drops no constraint of a table that is there, so there
    the race can only show that it holds."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    if on_postgresql:
        plant("ALTER TABLE allocation DROP CONSTRAINT ck_allocation_not_oversold")
    yield on_postgresql
    if on_postgresql:
        nobody_and_no_date()
        plant(
            "ALTER TABLE allocation ADD CONSTRAINT ck_allocation_not_oversold"
            " CHECK (taken >= 0 AND taken <= capacity)"
        )


def plant(*statements):
    db.session.rollback()
    for statement in statements:
        db.session.execute(sa.text(statement))
    db.session.commit()


def nobody_and_no_date():
    """As if nothing had been yet."""
    plant(
        "DELETE FROM letter",
        "DELETE FROM ledger_entry",
        "DELETE FROM registration",
        "DELETE FROM allocation",
        "DELETE FROM \"user\" WHERE email LIKE 'p%@x.example'",
    )


def two_want_the_last(ada, racers, what, **more):
    allocation = an_allocation(ada, capacity=1)
    one, other = people(2)
    first = Act(what, {"allocation": allocation.id, "person": one.id}, **more)
    second = Act(what, {"allocation": allocation.id, "person": other.id}, **more)
    db.session.rollback()
    return allocation, racers.race(first, second)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_last_place_is_given_once(ada, racers, _):
    allocation, answers = two_want_the_last(ada, racers, "register")

    assert answers == ["done", "done"]
    assert [state for _, state in states(allocation)] == ["confirmed", "waiting"]
    assert faults() == []


def test_counting_first_would_give_it_twice(ada, racers):
    """The CHECK is the last net; without it both would come."""
    allocation, answers = two_want_the_last(ada, racers, "count_and_register")
    assert sorted(answers) == ["Conflict", "done"]
    assert counters(allocation) == (1, 0)
    nobody_and_no_date()

    with without_the_check() as gone:
        if gone:
            _, answers = two_want_the_last(ada, racers, "count_and_register")
            assert answers == ["done", "done"]
            assert told("2 places of 1 are taken")


@pytest.fixture
def full(ada):
    """One place, taken; the one who has it and the one who comes."""
    allocation = an_allocation(ada, capacity=1)
    holder, comer = people(2)
    (registration,) = all_register(allocation, [holder])
    found = (
        Act("withdraw", {"registration": registration.id}),
        {"allocation": allocation.id, "person": comer.id},
    )
    db.session.rollback()
    return found


@pytest.mark.parametrize("_", range(ROUNDS))
def test_who_comes_while_somebody_leaves_gets_the_place(full, racers, _):
    leaves, comer = full

    assert racers.race(leaves, Act("register", comer)) == ["done", "done"]

    assert faults() == []
    active = db.session.scalars(
        sa.text("SELECT state FROM registration WHERE state <> 'cancelled'")
    ).all()
    assert active == ["confirmed"]


def test_counting_first_would_leave_the_place_free_and_somebody_waiting(full, racers):
    leaves, comer = full

    racers.race(leaves, Act("count_and_register", comer, late=True))

    assert told("got no place while one was free")


@pytest.fixture
def line(ada):
    """Two places, both taken, and two who wait."""
    allocation = an_allocation(ada, capacity=2)
    made = all_register(allocation, people(4))
    first, _, third, _ = (Act("withdraw", {"registration": one}) for one in ids(*made))
    return allocation, first, third


@pytest.mark.parametrize("_", range(ROUNDS))
def test_who_leaves_the_line_is_not_moved_up(line, racers, _):
    allocation, first, third = line

    assert racers.race(first, third) == ["done", "done"]

    assert faults() == []
    gone = [number for number, state in states(allocation) if state == "cancelled"]
    assert gone == [1, 3]
    assert counters(allocation) == (2, 0)


def test_without_the_lock_a_place_of_nobody_would_stay_taken(line, racers):
    _, first, third = line

    racers.without_lock(first, third)

    assert told("taken: 2, counted again 1")


def shrinks_while_somebody_comes(ada):
    """Two places, one taken: the office takes the free one away while somebody comes."""
    allocation = an_allocation(ada, capacity=2)
    holder, comer = people(2)
    all_register(allocation, [holder])
    places = {"allocation": allocation.id}
    shrinks = Act("resize", places | {"person": ada.id, "capacity": 1})
    comes = Act("register", places | {"person": comer.id})
    db.session.rollback()
    return allocation, shrinks, comes


@pytest.mark.parametrize("_", range(ROUNDS))
def test_fewer_places_never_take_one_from_who_comes(ada, racers, _):
    allocation, shrinks, comes = shrinks_while_somebody_comes(ada)

    answers = racers.race(shrinks, comes)

    assert answers in (["done", "done"], ["Conflict", "done"])
    assert faults() == []
    assert counters(allocation) == ((1, 1) if answers[0] == "done" else (2, 0))


def test_without_the_lock_fewer_places_are_refused_by_the_check_alone(ada, racers):
    _, shrinks, comes = shrinks_while_somebody_comes(ada)
    assert racers.without_lock(comes, shrinks) == ["done", "Conflict"]
    nobody_and_no_date()

    with without_the_check() as gone:
        if gone:
            _, shrinks, comes = shrinks_while_somebody_comes(ada)
            racers.without_lock(comes, shrinks)
            assert told("2 places of 1 are taken")


@pytest.fixture
def offered(ada):
    """One place, offered to who stood in line."""
    allocation = an_allocation(ada, an_event(ada, days=2.5), capacity=1)
    first, second = all_register(allocation, people(2))
    services.withdraw(first)
    db.session.commit()
    (one,) = ids(second)
    return allocation, Act("accept", {"registration": one})


@pytest.mark.parametrize("_", range(ROUNDS))
def test_offer_is_accepted_once(offered, racers, _):
    allocation, accepts = offered

    assert racers.race(accepts, accepts) == ["done", "done"]

    assert faults() == []
    assert lines(allocation)[-1] == ("accepted", 2)
    assert [move for move, _ in lines(allocation)].count("accepted") == 1


def test_without_the_lock_it_would_be_accepted_twice(offered, racers):
    _, accepts = offered

    racers.without_lock(accepts, accepts)

    assert told("number 2 is confirmed: not possible")


@pytest.mark.parametrize("_", range(ROUNDS))
def test_what_the_office_enters_and_who_comes_share_the_last_place(ada, racers, _):
    allocation = an_allocation(ada, capacity=1)
    (comer,) = people(1)
    places = {"allocation": allocation.id}
    enters = Act("take_in", places | {"person": ada.id})
    comes = Act("register", places | {"person": comer.id})
    db.session.rollback()

    assert racers.race(enters, comes) == ["done", "done"]

    assert faults() == []
    assert counters(allocation) == (1, 1)


def test_counting_first_would_give_it_to_both(ada, racers):
    allocation = an_allocation(ada, capacity=1)
    (comer,) = people(1)
    places = {"allocation": allocation.id}
    enters = Act("take_in", places | {"person": ada.id})
    comes = Act("count_and_register", places | {"person": comer.id}, late=True)
    db.session.rollback()

    assert racers.race(enters, comes) == ["done", "Conflict"]  # by the CHECK
    assert counters(allocation) == (1, 0)


def double_click(ada, racers, what):
    allocation = an_allocation(ada, capacity=2)
    (person,) = people(1)
    clicks = Act(what, {"allocation": allocation.id, "person": person.id})
    db.session.rollback()
    return allocation, racers.race(clicks, clicks)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_double_click_is_one_registration(ada, racers, _):
    allocation, answers = double_click(ada, racers, "register")

    assert answers == ["done", "done"]
    assert faults() == []
    assert states(allocation) == [(1, "confirmed")]
    assert [fact for fact, *_ in history()].count("RegistrationMade") == 1


def test_without_the_index_it_would_be_two(ada, racers):
    with without_index("uq_registration_active"):
        double_click(ada, racers, "register")
        assert told("is registered 2 times")
        plant("DELETE FROM registration")


def cancelled_in_the_rush(ada, racers, what, **more):
    allocation = an_allocation(ada, capacity=2)
    (comer,) = people(1)
    places = {"allocation": allocation.id}
    ends = Act("cancel", places | {"person": ada.id})
    comes = Act(what, places | {"person": comer.id}, **more)
    db.session.rollback()
    return allocation, racers.race(ends, comes)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_who_comes_while_the_date_is_cancelled_hears_of_it_or_is_refused(ada, racers, _):
    allocation, answers = cancelled_in_the_rush(ada, racers, "register")

    assert answers in (["done", "done"], ["done", "Closed"])
    assert faults() == []
    told_facts = [fact for fact, *_ in history()]
    came = answers[1] == "done"
    assert told_facts.count("RegistrationStopped") == came
    assert lines(allocation)[-1] == ("stopped", None)


def test_counting_first_would_let_somebody_in_who_never_hears_of_it(ada, racers):
    cancelled_in_the_rush(ada, racers, "count_and_register", late=True)

    assert told("number 1 came after the end")
    assert "RegistrationStopped" not in [fact for fact, *_ in history()]


@pytest.fixture
def leaving_twice(ada):
    """The account is deleted while its person cancels."""
    allocation = an_allocation(ada, capacity=2)
    first, _ = all_register(allocation, people(2))
    deletes = Act("release", {"person": first.person_id})
    (one,) = ids(first)
    return allocation, deletes, Act("withdraw", {"registration": one})


@pytest.mark.parametrize("_", range(ROUNDS))
def test_place_is_given_back_once(leaving_twice, racers, _):
    allocation, deletes, leaves = leaving_twice

    assert racers.race(deletes, leaves) == ["done", "done"]

    assert faults() == []
    assert counters(allocation) == (1, 0)
    assert len(lines(allocation)) == 4


def test_without_the_lock_it_would_be_given_back_twice(leaving_twice, racers):
    allocation, deletes, leaves = leaving_twice

    racers.without_lock(deletes, leaves)

    assert told("taken: 0, counted again 1")
