"""A date with places, for the office's pages of it: one place is given, one is free, one waits."""

from datetime import timedelta

from portal.accounts.models import User
from portal.core.times import local, now
from portal.events.models import Audience, Event, EventKind
from portal.registrations.models import Allocation, Registration, RegistrationState, Way
from tests.cast import saved

RULES = {"capacity": "2", "offer_hours": "24", "opens_day": "2020-01-01", "opens_clock": "08:00"}
for _name in ("closes", "cancel", "offers", "moves"):
    RULES |= {f"{_name}_day": "{soon}", f"{_name}_clock": "12:00"}
INTAKE = {
    "first_name": "Bettina",
    "last_name": "Brief",
    "email": "brief@neuwerk.example",
    "way": "mail",
    "arrived_day": "{arrived_day}",
    "arrived_clock": "{arrived_clock}",
    "seen": "line:1",
}
DATA = {
    "registrations_office.set_rules": RULES,
    "registrations_office.enter": INTAKE,
    "registrations_office.remove": {"reason": "Verwechselt."},
}


def build(seated: User, waiting: User) -> dict[str, str]:
    starts, moment = now() + timedelta(days=30), now()
    event = Event(
        slug="abend",
        uid="abend@portal.test",
        title="Abend",
        kind=EventKind.OTHER,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        audience=Audience.PUBLIC,
        created_at=moment,
        changed_at=moment,
    )
    allocation = Allocation(
        event=saved(event),
        capacity=2,
        taken=1,
        waiting=1,
        numbers=2,
        opens_at=moment - timedelta(days=2),
        closes_at=starts,
        cancel_until=starts,
        offers_from=moment,
        moves_up_until=moment,
        created_at=moment,
        changed_at=moment,
    )
    saved(allocation)
    states = (RegistrationState.CONFIRMED, RegistrationState.WAITING)
    registrations = [
        saved(_registration(allocation, number, state, person))
        for number, (state, person) in enumerate(zip(states, (seated, waiting), strict=True), 1)
    ]
    arrived = local(moment - timedelta(hours=1))
    return {
        "door_code": registrations[0].shown_code,
        "soon": local(moment + timedelta(days=9)).date().isoformat(),
        "arrived_day": arrived.date().isoformat(),
        "arrived_clock": arrived.strftime("%H:%M"),
    }


def _registration(
    allocation: Allocation, number: int, state: RegistrationState, person: User
) -> Registration:
    return Registration(
        allocation=allocation,
        number=number,
        state=state,
        person=person,
        first_name=person.first_name,
        last_name=person.last_name,
        way=Way.PORTAL,
        code=f"{number + 1}234567892345678",
        received_at=now(),
        entered_at=now(),
        proved_at=now(),
    )
