"""A date with few places, and people who want them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.events import services as events
from portal.events.content import Content
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from portal.registrations import queries, services
from portal.registrations.models import Allocation, Registration
from portal.registrations.services import Guest, Rules
from tests.cast import a_user

Open = Callable[..., Allocation]


def an_event(by: User, *, days: float = 30, **more: Any) -> Event:
    """Three hours, so many days from now."""
    start = now() + timedelta(days=days)
    more.setdefault("title", "Fünfte Allianztagung")
    more.setdefault("kind", EventKind.ALLIANCE_MEETING)
    more.setdefault("audience", Audience.PUBLIC)
    content = Content(period=Period(start, start + timedelta(hours=3)), **more)
    event = events.plan(content, by=by)
    db.session.commit()
    return event


def rules(event: Event, **more: Any) -> Rules:
    """Open since yesterday, until a day before; offers begin three days before."""
    start = event.starts_at
    given = {
        "capacity": 2,
        "opens_at": now() - timedelta(days=1),
        "closes_at": start - timedelta(days=1),
        "cancel_until": start - timedelta(hours=2),
        "offers_from": start - timedelta(days=3),
        "moves_up_until": start - timedelta(days=1),
    }
    return Rules(**given | more)


def an_allocation(by: User, event: Event | None = None, **more: Any) -> Allocation:
    event = event or an_event(by)
    allocation = services.open_allocation(event, rules(event, **more), by=by)
    db.session.commit()
    return allocation


def people(count: int) -> list[User]:
    return [a_user(f"p{n}@x.example", f"Person {n}", "Muster") for n in range(1, count + 1)]


def all_register(allocation: Allocation, persons: list[User]) -> list[Registration]:
    """One after the other, each in a transaction."""
    made = []
    for person in persons:
        made.append(services.register(allocation, by=person))
        db.session.commit()
    return made


def a_guest(email: str = "gast@x.example", **more: Any) -> Guest:
    given = {"first_name": "Gabi", "last_name": "Gast", "organisation_name": "Gastwerk"}
    return Guest(email=email, **given | more)


def guest_registers(allocation: Allocation, email: str = "gast@x.example") -> Registration:
    made = services.register_guest(allocation, a_guest(email), language="de", subject=email)
    db.session.commit()
    return made


def states(allocation: Allocation) -> list[tuple[int, str]]:
    """Number and state of everybody, as it is in the database."""
    db.session.expire_all()
    rows = db.session.query(Registration.number, Registration.state).filter(
        Registration.allocation_id == allocation.id
    )
    return [(number, state.value) for number, state in rows.order_by(Registration.number)]


def counters(allocation: Allocation) -> tuple[int, int]:
    """Taken, waiting."""
    db.session.expire_all()
    return allocation.taken, allocation.waiting


def lines(allocation: Allocation) -> list[tuple[str, int | None]]:
    """The ledger: move and number."""
    db.session.expire_all()
    return [
        (entry.move.value, entry.number) for entry in db.session.scalars(queries.ledger(allocation))
    ]


def at(moment: datetime, monkeypatch: Any) -> None:
    """The portal's clock shows this moment."""
    for module in ("seats", "ending", "answering", "registering", "settings"):
        monkeypatch.setattr(f"portal.registrations.services.{module}.now", lambda: moment)
