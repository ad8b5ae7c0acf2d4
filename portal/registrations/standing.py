"""How somebody stands to the places of a date at this moment: what they have, and what they may
do. Pages show it, services decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.accounts.models import User
from portal.core.times import now
from portal.events.models import Event
from portal.partners.models import Organisation
from portal.registrations import own, policies, queries
from portal.registrations.models import (
    Allocation,
    AllocationState,
    Registration,
    RegistrationState,
)


class Phase(StrEnum):
    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


def phase_of(allocation: Allocation, at: datetime) -> Phase:
    event = allocation.event
    if event.is_cancelled or allocation.state is AllocationState.STOPPED:
        return Phase.CANCELLED
    if event.ends_at <= at:
        return Phase.OVER
    if at < allocation.opens_at:
        return Phase.BEFORE
    return Phase.OPEN if at < allocation.closes_at else Phase.CLOSED


@dataclass(frozen=True)
class Having:
    """A registration at one moment. `place` is the one in line, of who waits."""

    registration: Registration
    place: int | None
    at: datetime

    @property
    def phase(self) -> Phase:
        return phase_of(self.registration.allocation, self.at)

    @property
    def can_accept(self) -> bool:
        until = self.registration.offered_until
        is_offered = self.registration.state is RegistrationState.OFFERED
        return is_offered and until is not None and self.at < until and not self.is_past

    @property
    def can_leave(self) -> bool:
        """A given place until a set time; an offer is declined and the line left at any time."""
        if not self.registration.is_active or self.phase is Phase.OVER:
            return False
        confirmed = self.registration.state is RegistrationState.CONFIRMED
        return not confirmed or self.at < self.registration.allocation.cancel_until

    @property
    def is_past(self) -> bool:
        return self.phase in {Phase.OVER, Phase.CANCELLED}

    @property
    def prove_until(self) -> datetime:
        return self.registration.entered_at + queries.PROVE_WITHIN


@dataclass(frozen=True)
class Standing:
    """`organisations` are those for which the person may come, with whether one has as many places
    already as it may have; `alone` says that they may come for themselves."""

    event: Event
    allocation: Allocation
    at: datetime
    having: Having | None = None
    organisations: tuple[tuple[Organisation, bool], ...] = ()
    resting: tuple[Organisation, ...] = ()
    alone: bool = False

    @property
    def phase(self) -> Phase:
        return phase_of(self.allocation, self.at)

    @property
    def may_register(self) -> bool:
        return bool(self.organisations) or self.alone

    @property
    def free(self) -> int:
        """Places for who comes now: what is free while somebody waits belongs to the line."""
        return 0 if self.allocation.is_full else self.allocation.capacity - self.allocation.taken

    @property
    def next_place(self) -> int:
        """In line, for who comes now."""
        return self.allocation.waiting + 1


def of_visitor(allocation: Allocation) -> Standing:
    return Standing(event=allocation.event, allocation=allocation, at=now())


def of_person(allocation: Allocation, person: User) -> Standing:
    """Asks the same number of statements however many organisations somebody has."""
    event, found = allocation.event, queries.active_of(allocation, person)
    if found is not None:
        return Standing(
            event=event, allocation=allocation, at=now(), having=having(found, seen_at=now())
        )
    organisations, resting = own.organisations_for(event, person)
    full = own.full_ones(allocation, organisations)
    return Standing(
        event=event,
        allocation=allocation,
        at=now(),
        organisations=tuple((one, one.id in full) for one in organisations),
        resting=tuple(resting),
        alone=not organisations and policies.may_register(person, event),
    )


def having(registration: Registration, *, seen_at: datetime) -> Having:
    waits = registration.state is RegistrationState.WAITING
    place = queries.place_in_line(registration) if waits else None
    return Having(registration=registration, place=place, at=seen_at)


def all_of(registrations: list[Registration]) -> list[Having]:
    """For lists: all places in line in one statement."""
    places, moment = own.places_in_line(registrations), now()
    return [Having(one, places.get(one.id), moment) for one in registrations]
