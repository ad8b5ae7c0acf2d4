"""The portal as it would be without the seat algorithm: it counts first, and inserts then."""

import time
from typing import Any

import sqlalchemy as sa
from flask import Flask, g

import portal
from portal.core.database import db
from portal.core.times import now
from portal.registrations import queries
from portal.registrations.models import Allocation, Registration, RegistrationState
from portal.registrations.services import seats
from portal.registrations.services.seats import Place

find_of = queries.find_of


def look_and_count(event: Any) -> Allocation | None:
    found = find_of(event)
    confirmed = Registration.state == RegistrationState.CONFIRMED
    counted = db.session.scalar(sa.select(sa.func.count(Registration.id)).where(confirmed))
    g.is_free = found is not None and (counted or 0) < found.capacity
    time.sleep(0.005)
    return found


def decide(allocation_id: int, **_: Any) -> Place:
    number = sa.update(Allocation).where(Allocation.id == allocation_id)
    number = number.values(numbers=Allocation.numbers + 1).returning(Allocation.numbers)
    return Place(db.session.scalar(number) or 0, g.is_free, now())


def create_app() -> Flask:
    queries.find_of = look_and_count
    seats.decide = decide
    return portal.create_app()
