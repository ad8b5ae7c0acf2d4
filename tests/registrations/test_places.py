"""Order of arrival decides; a freed place goes to the next, and nobody is overtaken."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.core.times import now
from portal.events import services as events
from portal.events.models import Audience
from portal.registrations import queries, services
from portal.registrations.models import Registration, Way
from portal.registrations.services import Closed, LimitReached
from tests.cast import a_user, affiliated, an_organisation
from tests.registrations.cast import (
    a_guest,
    all_register,
    an_allocation,
    an_event,
    at,
    counters,
    guest_registers,
    lines,
    people,
    rules,
    states,
)


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def test_places_go_in_the_order_of_arrival_then_the_line_begins(allocation):
    all_register(allocation, people(4))

    assert states(allocation) == [
        (1, "confirmed"),
        (2, "confirmed"),
        (3, "waiting"),
        (4, "waiting"),
    ]
    assert counters(allocation) == (2, 2)
    assert lines(allocation) == [
        ("opened", None),
        ("confirmed", 1),
        ("confirmed", 2),
        ("queued", 3),
        ("queued", 4),
    ]


def test_second_click_changes_nothing(allocation):
    (person,) = people(1)

    first, second = all_register(allocation, [person, person])

    assert first.id == second.id
    assert counters(allocation) == (1, 0)
    assert lines(allocation) == [("opened", None), ("confirmed", 1)]


def test_freed_place_goes_to_the_next_in_the_same_transaction(allocation):
    first, _, third, fourth = all_register(allocation, people(4))

    services.withdraw(first, by=first.person)
    db.session.commit()

    assert states(allocation) == [
        (1, "cancelled"),
        (2, "confirmed"),
        (3, "confirmed"),
        (4, "waiting"),
    ]
    assert queries.place_in_line(fourth) == 1
    assert lines(allocation)[-2:] == [("withdrawn", 1), ("moved_up", third.number)]


def test_who_waits_and_leaves_frees_no_place(allocation):
    *_, third, fourth = all_register(allocation, people(4))

    services.withdraw(third, by=third.person)
    db.session.commit()

    assert counters(allocation) == (2, 1)
    assert queries.place_in_line(fourth) == 1


def test_leaving_twice_frees_one_place(allocation):
    first, *_ = all_register(allocation, people(4))

    for _ in range(2):
        services.withdraw(first, by=first.person)
        db.session.commit()

    assert counters(allocation) == (2, 1)


def test_who_left_comes_back_at_the_end(allocation):
    first, *_ = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()

    (again,) = all_register(allocation, [first.person])

    assert (again.number, again.state.value) == (4, "waiting")


def test_nobody_leaves_for_somebody_else(allocation, stefan):
    (registration,) = all_register(allocation, people(1))

    with pytest.raises(Denied):
        services.withdraw(registration, by=stefan)


@pytest.mark.parametrize(
    ("before", "is_open"), [(timedelta(microseconds=1), True), (timedelta(0), False)]
)
def test_deadline_is_exact_to_the_microsecond(allocation, monkeypatch, before, is_open):
    (person,) = people(1)
    at(allocation.closes_at - before, monkeypatch)

    if is_open:
        assert services.register(allocation, by=person).number == 1
    else:
        with pytest.raises(Closed):
            services.register(allocation, by=person)


@pytest.mark.parametrize(
    ("before", "is_open"), [(timedelta(microseconds=1), False), (timedelta(0), True)]
)
def test_opening_is_exact_to_the_microsecond(allocation, monkeypatch, before, is_open):
    (person,) = people(1)
    at(allocation.opens_at - before, monkeypatch)

    if is_open:
        assert services.register(allocation, by=person).number == 1
    else:
        with pytest.raises(Closed):
            services.register(allocation, by=person)


def test_more_places_go_to_who_waits(allocation, ada):
    all_register(allocation, people(5))

    moved = services.change_allocation(
        allocation, rules(allocation.event, capacity=4), by=ada, seen_version=allocation.version
    )
    db.session.commit()

    assert moved == [3, 4]
    assert counters(allocation) == (4, 1)


def test_fewer_places_than_are_taken_are_refused(allocation, ada):
    all_register(allocation, people(3))
    fewer = rules(allocation.event, capacity=1)

    with pytest.raises(Conflict):
        services.change_allocation(allocation, fewer, by=ada, seen_version=allocation.version)
    db.session.rollback()

    assert counters(allocation) == (2, 1)
    assert allocation.capacity == 2


def test_near_the_date_a_freed_place_is_offered_and_lapses_to_the_next(ada, monkeypatch):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third, fourth = all_register(allocation, people(4))

    services.withdraw(first, by=first.person)
    db.session.commit()
    assert third.state.value == "offered"
    assert third.offered_until <= now() + timedelta(hours=24)

    at(third.offered_until, monkeypatch)
    monkeypatch.setattr("portal.registrations.services.seats.now", now)
    services.let_lapse()
    db.session.commit()

    assert [r.state.value for r in (third, fourth)] == ["cancelled", "offered"]
    assert lines(allocation)[-2:] == [("offer_lapsed", 3), ("offered", 4)]


def test_offered_place_is_kept_by_accepting(ada):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)

    services.accept(third, by=third.person)
    services.accept(third, by=third.person)
    db.session.commit()

    assert third.state.value == "confirmed"
    assert counters(allocation) == (2, 0)
    assert lines(allocation)[-1] == ("accepted", 3)


def test_after_the_cut_off_nobody_moves_up_and_nobody_is_overtaken(ada):
    event = an_event(ada, days=30)
    late = now() - timedelta(minutes=1)
    allocation = an_allocation(ada, event, moves_up_until=late)
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()

    newcomer = services.register(allocation, by=a_user("neu@x.example", "Neu", "Muster"))
    db.session.commit()
    assert (third.state.value, newcomer.state.value) == ("waiting", "waiting")

    moved = services.move_up_by_hand(allocation, by=ada)
    db.session.commit()
    assert moved.id == third.id


def test_mail_that_came_earlier_stands_before_who_waits_and_takes_nobodys_place(ada):
    allocation = an_allocation(ada)
    all_register(allocation, people(4))
    early = allocation.latest - timedelta(hours=1)

    entered = services.take_in(
        allocation, a_guest("brief@x.example"), by=ada, way=Way.MAIL, arrived_at=early
    )
    db.session.commit()

    assert (entered.number, entered.state.value) == (5, "waiting")
    assert queries.place_in_line(entered) == 1
    assert states(allocation)[:2] == [(1, "confirmed"), (2, "confirmed")]
    assert lines(allocation)[-1] == ("entered_queued", 5)


def test_mail_that_came_outside_the_time_is_refused(ada):
    allocation = an_allocation(ada)

    with pytest.raises(Closed):
        services.take_in(
            allocation,
            a_guest(),
            by=ada,
            way=Way.MAIL,
            arrived_at=allocation.opens_at - timedelta(minutes=1),
        )


def test_unconfirmed_guest_loses_the_entry_after_a_day_and_nobodys_order_changes(ada, monkeypatch):
    allocation = an_allocation(ada)
    guest = guest_registers(allocation)
    _, third, fourth = all_register(allocation, people(3))
    assert guest.state.value == "confirmed"

    at(guest.entered_at + timedelta(hours=24), monkeypatch)
    services.let_lapse()
    db.session.commit()

    assert states(allocation) == [
        (1, "cancelled"),
        (2, "confirmed"),
        (3, "confirmed"),
        (4, "waiting"),
    ]
    assert queries.place_in_line(fourth) == 1
    assert lines(allocation)[-2:] == [("unproved", 1), ("moved_up", third.number)]


def test_guest_who_confirmed_keeps_the_entry(ada, monkeypatch):
    allocation = an_allocation(ada)
    guest = guest_registers(allocation)
    services.prove(guest)
    db.session.commit()

    at(guest.entered_at + timedelta(days=2), monkeypatch)
    assert services.let_lapse() == 0
    assert guest.state.value == "confirmed"


def test_guest_who_asks_twice_has_one_entry(ada):
    allocation = an_allocation(ada)

    assert guest_registers(allocation).id == guest_registers(allocation).id
    assert counters(allocation) == (1, 0)


def test_organisation_holds_no_more_than_its_limit(ada, windwerk, petra, paul):
    allocation = an_allocation(ada, per_organisation=1)
    services.register(allocation, by=petra, organisation=windwerk)
    db.session.commit()

    with pytest.raises(LimitReached):
        services.register(allocation, by=paul, organisation=windwerk)
    db.session.rollback()

    assert counters(allocation) == (1, 0)
    assert lines(allocation) == [("opened", None), ("confirmed", 1)]


def test_second_click_at_the_organisations_limit_finds_the_first(ada, windwerk, petra):
    allocation = an_allocation(ada, per_organisation=1)
    first = services.register(allocation, by=petra, organisation=windwerk)
    db.session.commit()

    assert services.register(allocation, by=petra, organisation=windwerk).id == first.id


def test_second_click_after_the_deadline_finds_the_first(allocation, monkeypatch):
    (first,) = all_register(allocation, people(1))
    at(allocation.closes_at, monkeypatch)

    assert services.register(allocation, by=first.person).id == first.id


def test_who_has_a_place_keeps_it_after_the_time_to_cancel_and_who_waits_may_leave(
    allocation, monkeypatch
):
    first, _, third = all_register(allocation, people(3))
    at(allocation.cancel_until, monkeypatch)

    services.withdraw(third, by=third.person)
    with pytest.raises(Conflict):
        services.withdraw(first, by=first.person)


def test_date_for_partners_is_for_active_members_of_the_alliance(ada, windwerk, petra, stefan):
    event = an_event(ada, audience=Audience.PARTNERS)
    allocation = an_allocation(ada, event)
    outside = an_organisation("aussen", "Außen GmbH", member=False)
    outsider = a_user("o@aussen.example", "Otto", "Außen")
    affiliated(outsider, outside)

    for person, organisation in ((outsider, outside), (stefan, windwerk), (petra, None)):
        with pytest.raises(Denied):
            services.register(allocation, by=person, organisation=organisation)
    windwerk.suspended_at = now()
    with pytest.raises(Denied):
        services.register(allocation, by=petra, organisation=windwerk)
    windwerk.suspended_at = None

    assert services.register(allocation, by=petra, organisation=windwerk).number == 1


def test_account_that_is_deleted_gives_its_place_to_the_next(allocation):
    first, _, third = all_register(allocation, people(3))

    services.release_all_of(first.person)
    db.session.commit()

    assert third.state.value == "confirmed"
    assert lines(allocation)[-2:] == [("account_deleted", 1), ("moved_up", 3)]


def test_cancelled_date_ends_registering_and_moving_up(allocation, ada):
    first, _, third = all_register(allocation, people(3))
    event = allocation.event

    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()
    services.withdraw(first, by=first.person)
    db.session.commit()

    assert third.state.value == "waiting"
    assert lines(allocation)[-2:] == [("stopped", None), ("withdrawn", 1)]
    with pytest.raises(Closed):
        services.register(allocation, by=people_later())


def people_later():
    return a_user("spaet@x.example", "Später", "Muster")


def test_refused_registration_leaves_nothing(allocation, ada, monkeypatch):
    at(allocation.closes_at, monkeypatch)

    with pytest.raises(Closed):
        services.register(allocation, by=people_later())
    db.session.rollback()

    assert db.session.query(Registration).count() == 0
    assert counters(allocation) == (0, 0)
