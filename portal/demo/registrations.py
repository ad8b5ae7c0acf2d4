"""Who registered for the dates of the demo, written as the portal would have written it then: in
the order of arrival, with a line of the ledger for every step."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.codes import new_proof_code
from portal.core.database import db
from portal.core.facts import Fact
from portal.core.times import in_berlin, local
from portal.demo.dataset import Row, rows
from portal.demo.days import DAY
from portal.demo.world import World
from portal.events.models import Event
from portal.registrations.facts import (
    AllocationOpened,
    MovedUp,
    RegistrationMade,
    RegistrationWithdrawn,
)
from portal.registrations.models import (
    Allocation,
    LedgerEntry,
    Move,
    Registration,
    RegistrationState,
    Way,
)

SET_UP_BEFORE = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def load(world: World) -> str:
    found = rows("registrations")
    return f"{sum(_fill(world, row) for row in found)} registrations for {len(found)} dates"


@dataclass
class Book:
    """An allocation and what is written into it."""

    world: World
    allocation: Allocation
    made: dict[str, Registration]

    def comes(self, person: User, at: datetime, *, guest: str = "", slug: str = "") -> None:
        place, organisation = self.allocation, self.world.organisations.get(slug)
        place.numbers += 1
        free = place.taken < place.capacity and place.waiting == 0
        registration = Registration(
            allocation=place,
            number=place.numbers,
            state=RegistrationState.CONFIRMED if free else RegistrationState.WAITING,
            person=person,
            organisation=organisation,
            first_name=person.first_name,
            last_name=person.last_name,
            organisation_name=organisation.name if organisation else guest,
            way=Way.GUEST if guest else Way.PORTAL,
            code=new_proof_code(),
            received_at=at,
            entered_at=at,
            proved_at=None if guest else at,
            seated_at=at if free else None,
        )
        place.taken, place.waiting = place.taken + free, place.waiting + (not free)
        place.latest = at
        self.made[person.email] = registration
        db.session.add(registration)
        self.note(Move.CONFIRMED if free else Move.QUEUED, at, registration, received_at=at)
        self.tell(RegistrationMade, registration, at)

    def leaves(self, person: User, at: datetime) -> None:
        """A place that this frees goes to the next, in the same moment."""
        registration, place = self.made.pop(person.email), self.allocation
        held = registration.state is RegistrationState.CONFIRMED
        registration.state, registration.ended_at = RegistrationState.CANCELLED, at
        self.note(Move.WITHDRAWN, at, registration)
        self.tell(RegistrationWithdrawn, registration, at)
        following = min(self.waiting(), key=lambda one: one.number, default=None)
        if not held:
            place.waiting -= 1
        elif following is None:
            place.taken -= 1
        else:
            place.waiting -= 1
            following.state, following.seated_at = RegistrationState.CONFIRMED, at
            self.note(Move.MOVED_UP, at, following)
            self.tell(MovedUp, following, at)

    def waiting(self) -> list[Registration]:
        return [one for one in self.made.values() if one.state is RegistrationState.WAITING]

    def note(
        self,
        move: Move,
        at: datetime,
        registration: Registration | None = None,
        *,
        received_at: datetime | None = None,
    ) -> None:
        place = self.allocation
        place.lines += 1
        entry = LedgerEntry(
            allocation_id=place.id,
            line=place.lines,
            at=at,
            move=move,
            number=registration.number if registration else None,
            received_at=received_at,
            capacity=place.capacity if move is Move.OPENED else None,
        )
        db.session.add(entry)

    def tell(self, kind: type[Fact], registration: Registration, at: datetime) -> None:
        db.session.flush()
        by = None if kind is MovedUp else registration.person
        self.world.note(kind, at, by=by, for_=registration.organisation, about=registration)


def _fill(world: World, row: Row) -> int:
    event = db.session.scalars(select(Event).where(Event.slug == row["event"])).one()
    book = Book(world, _allocation(world, event, row), {})
    book.note(Move.OPENED, book.allocation.created_at)
    for days, clock, step, email, name in row["steps"]:
        at = min(_moment(world, days, clock), world.days.now - MINUTE)
        if step == "comes":
            book.comes(world.people[email], at, slug=name)
        elif step == "guest":
            book.comes(_guest(email, at), at, guest=name)
        else:
            book.leaves(world.people[email], at)
    return book.allocation.numbers


def _allocation(world: World, event: Event, row: Row) -> Allocation:
    opens, closes = (_moment(world, *row[name]) for name in ("opens", "closes"))
    set_up = max(event.created_at, opens - SET_UP_BEFORE)
    allocation = Allocation(
        event=event,
        capacity=row["capacity"],
        opens_at=opens,
        closes_at=closes,
        cancel_until=event.starts_at - timedelta(hours=2),
        offers_from=event.starts_at - 3 * DAY,
        moves_up_until=event.starts_at - DAY,
        per_organisation=row["per_organisation"] or None,
        question=row["question"],
        taken=0,
        waiting=0,
        numbers=0,
        lines=0,
        created_at=set_up,
        changed_at=set_up,
    )
    db.session.add(allocation)
    db.session.flush()
    world.note(AllocationOpened, set_up, by=world.moderator, about=allocation)
    return allocation


def _guest(email: str, at: datetime) -> User:
    """Has written an address and not opened the link yet."""
    first, last = email.partition("@")[0].title().split(".")
    person = User(email=email, first_name=first, last_name=last, created_at=at)
    db.session.add(person)
    return person


def _moment(world: World, days: int, clock: str) -> datetime:
    """So many days ago, or ahead where the number is negative."""
    return in_berlin(local(world.days.now).date() - days * DAY, time.fromisoformat(clock))
