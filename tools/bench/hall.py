"""A date with few places, and many people with an account who want them."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from portal.accounts.models import OfficeRole, User, UserSession
from portal.accounts.queries import hash_of
from portal.accounts.sessions import KEY
from portal.core.database import db
from portal.core.times import now
from portal.events.models import Audience, Event, EventKind, EventState, Precision
from portal.notifications.models import Letter
from portal.partners.models import Affiliation, AffiliationRole, Organisation
from portal.registrations.models import Allocation, Move, Registration, RegistrationState
from portal.registrations.services import seats
from tools.bench.crowd import Click


def people(app: Flask, number: int) -> list[Click]:
    """So many people with an account, each logged in and each with an organisation of the alliance;
    their clicks still lack the date."""
    moment = now()
    first = (db.session.scalar(sa.select(sa.func.max(User.id))) or 0) + 1
    keys = [secrets.token_urlsafe(32) for _ in range(number)]
    users = [
        {
            "id": first + place,
            "email": f"rush-{first + place}@bench.example",
            "first_name": "Kim",
            "last_name": f"Muster{place}",
            "language": "de",
            "office_role": OfficeRole.NONE,
            "confirmed_at": moment,
            "created_at": moment,
            "version": 1,
            "nonce": secrets.token_urlsafe(16),
        }
        for place in range(number)
    ]
    db.session.execute(sa.insert(User), users)
    sessions = [
        {
            "user_id": first + place,
            "key_hash": hash_of(key),
            "browser": "bench",
            "opened_at": moment,
            "last_seen": moment,
        }
        for place, key in enumerate(keys)
    ]
    db.session.execute(sa.insert(UserSession), sessions)
    organisation = db.session.scalars(
        sa.select(Organisation).join(Organisation.memberships).limit(1)
    ).one()
    belonging = [
        {
            "user_id": first + place,
            "organisation_id": organisation.id,
            "role": AffiliationRole.MEMBER,
            "since": moment,
        }
        for place in range(number)
    ]
    db.session.execute(sa.insert(Affiliation), belonging)
    _advance_sequences()
    path = f"/mein/{organisation.slug}/termine/{{date}}/anmelden"
    return [
        Click(path, *identity(app, key), person=first + place) for place, key in enumerate(keys)
    ]


def to_the_date(click: Click, slug: str) -> Click:
    return replace(click, path=click.path.format(date=slug))


def _advance_sequences() -> None:
    if db.engine.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence('"user"', "id")
        db.session.execute(sa.select(sa.func.setval(sequence, sa.func.max(User.id))))


def identity(app: Flask, key: str) -> tuple[str, dict[str, str]]:
    """The cookie of who is logged in with this key, and a form with its token: both as Flask-WTF
    and Flask make them, but without a request for each of thousands."""
    known = secrets.token_hex(20)
    token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(known)
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    kept = signer.dumps({KEY: key, "csrf_token": known, "_permanent": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={kept}", {"csrf_token": str(token)}


def a_date(slug: str, places: int) -> int:
    """In a month, open now. Gives the id of its places."""
    moment = now()
    start = moment + timedelta(days=30)
    event = Event(
        uid=slug,
        slug=slug,
        title=f"Rush {slug}",
        kind=EventKind.WORKSHOP,
        audience=Audience.PUBLIC,
        state=EventState.PLANNED,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        precision=Precision.TIME,
        sequence=0,
        created_at=moment,
        changed_at=moment,
    )
    allocation = Allocation(
        event=event,
        capacity=places,
        taken=0,
        waiting=0,
        numbers=0,
        lines=0,
        opens_at=moment - timedelta(hours=1),
        closes_at=start,
        cancel_until=start,
        offers_from=start - timedelta(days=3),
        moves_up_until=start - timedelta(days=1),
        created_at=moment,
        changed_at=moment,
    )
    db.session.add_all([event, allocation])
    db.session.flush()
    seats.note(allocation.id, Move.OPENED, capacity=places)
    return allocation.id


def seated_and_waiting(slug: str) -> tuple[int, int]:
    rows = (
        sa.select(Registration.state, sa.func.count())
        .join(Registration.allocation)
        .join(Allocation.event)
        .where(Event.slug == slug)
        .group_by(Registration.state)
    )
    there = {state: number for state, number in db.session.execute(rows)}
    confirmed, waiting = RegistrationState.CONFIRMED, RegistrationState.WAITING
    return there.get(confirmed, 0), there.get(waiting, 0)


def people_without_one_letter(slug: str) -> int:
    """Of those who are registered."""
    letters = sa.select(sa.func.count(Letter.id)).where(
        Letter.about == "registration", Letter.about_id == Registration.id
    )
    rows = (
        sa.select(sa.func.count(Registration.id))
        .join(Registration.allocation)
        .join(Allocation.event)
        .where(Event.slug == slug, letters.scalar_subquery() != 1)
    )
    return db.session.scalar(rows) or 0
