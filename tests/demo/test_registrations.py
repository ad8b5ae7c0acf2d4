"""The demo's places look as if the portal had given them."""

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.registrations.models import Allocation, LedgerEntry, Registration, RegistrationState

pytestmark = pytest.mark.usefixtures("alliance")


def allocations() -> list[Allocation]:
    return list(db.session.scalars(select(Allocation).order_by(Allocation.id)))


def made_for(allocation: Allocation) -> list[Registration]:
    rows = select(Registration).where(Registration.allocation_id == allocation.id)
    return list(db.session.scalars(rows.order_by(Registration.number)))


def test_counters_are_what_the_rows_say() -> None:
    for allocation in allocations():
        states = [one.state for one in made_for(allocation)]
        lines = select(func.count()).where(LedgerEntry.allocation_id == allocation.id)

        assert allocation.taken == states.count(RegistrationState.CONFIRMED)
        assert allocation.waiting == states.count(RegistrationState.WAITING)
        assert allocation.numbers == len(states)
        assert allocation.lines == db.session.scalar(lines)


def test_numbers_and_lines_follow_the_time() -> None:
    for allocation in allocations():
        made = made_for(allocation)
        lines = list(
            db.session.scalars(
                select(LedgerEntry.at)
                .where(LedgerEntry.allocation_id == allocation.id)
                .order_by(LedgerEntry.line)
            )
        )

        assert [one.number for one in made] == list(range(1, len(made) + 1))
        assert [one.received_at for one in made] == sorted(one.received_at for one in made)
        assert lines == sorted(lines)
        assert all(allocation.opens_at <= one.received_at < allocation.closes_at for one in made)


def test_there_is_somebody_in_every_state_that_a_visitor_may_want_to_see() -> None:
    made = [one for allocation in allocations() for one in made_for(allocation)]

    assert {one.state for one in made} >= {
        RegistrationState.CONFIRMED,
        RegistrationState.WAITING,
        RegistrationState.CANCELLED,
    }
    assert [one.is_proved for one in made].count(False) == 1
