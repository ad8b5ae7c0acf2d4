"""Registering: a person for an organisation or for themselves, a guest, and what the office enters
for who wrote or called."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.codes import new_proof_code
from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.tokens import new_nonce
from portal.partners.models import Organisation
from portal.partners.services.links import count_a_link
from portal.partners.services.persons import person_behind
from portal.registrations import queries
from portal.registrations.facts import (
    RegistrationAskedAgain,
    RegistrationEntered,
    RegistrationMade,
)
from portal.registrations.models import ENTERED, Allocation, Registration, Way
from portal.registrations.policies import brings, may_keep, may_register, may_register_as_guest
from portal.registrations.services import seats
from portal.registrations.services.seats import Place

NEW = insert(Registration).returning(Registration)
CLOSED = _l("Die Anmeldung ist nicht offen.")
LIMIT_REACHED = _l(
    "Ihre Organisation hat schon so viele Anmeldungen, wie je Organisation möglich sind. Wird eine"
    " davon frei, können Sie sich anmelden."
)
OUTSIDE = _l("Zu dieser Zeit war die Anmeldung nicht offen.")


class Closed(Conflict):
    """Nobody can register now."""


class LimitReached(Conflict):
    """The organisation has as many as one may have."""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """What somebody without an account types about themselves."""

    email: str
    first_name: str
    last_name: str
    organisation_name: str = ""
    municipality: str = ""


def register(
    allocation: Allocation,
    *,
    by: User,
    organisation: Organisation | None = None,
    answer: str = "",
    named_in_public: bool = False,
) -> Registration:
    """With a place, or in line. Who is registered already gets that registration back: the second
    of two clicks changes nothing. Raises Denied, Closed, LimitReached."""
    if organisation is None:
        require(may_register, by, allocation.event)
    elif not brings(by, allocation.event, organisation):
        raise Denied("may not come for this organisation", about=allocation)
    return _enter(
        allocation,
        person=by,
        organisation=organisation,
        way=Way.PORTAL,
        words={
            "first_name": by.first_name,
            "last_name": by.last_name,
            "organisation_name": organisation.name if organisation else "",
            "answer": answer,
            "named_in_public": named_in_public,
        },
    )


def register_guest(
    allocation: Allocation,
    guest: Guest,
    *,
    language: str,
    subject: str,
    answer: str = "",
    named_in_public: bool = False,
) -> Registration:
    """The order counts from now; the address has to be proved by the link in the mail. Who is
    registered already gets that link again. `subject` stands for the address among the attempts.
    Raises Denied, Closed, TooOften."""
    require(may_register_as_guest, None, allocation.event)
    count_a_link(subject)
    person = person_behind(
        guest.email,
        first_name=guest.first_name,
        last_name=guest.last_name,
        language=language,
    )
    known = queries.active_of(allocation, person)
    if known is not None:
        tell(RegistrationAskedAgain(by=None, about=known))
        return known
    return _enter(
        allocation,
        person=person,
        organisation=None,
        way=Way.GUEST,
        words={
            "first_name": guest.first_name,
            "last_name": guest.last_name,
            "organisation_name": guest.organisation_name,
            "municipality": guest.municipality,
            "answer": answer,
            "named_in_public": named_in_public,
        },
    )


def take_in(
    allocation: Allocation,
    guest: Guest,
    *,
    by: User,
    way: Way,
    arrived_at: datetime,
    organisation: Organisation | None = None,
    note: str = "",
) -> Registration:
    """The office enters what came by mail or telephone, with its true time of arrival. The line is
    ordered anew by it; who has a place keeps it. Raises Denied, Closed when registration was not
    open at that time, Conflict when it lies in the future or the person is registered already."""
    require(may_keep, by, allocation)
    if way not in ENTERED or arrived_at > now():
        raise Conflict("not a way or a time to enter", about=allocation, message=OUTSIDE)
    person = person_behind(
        guest.email, first_name=guest.first_name, last_name=guest.last_name, language="de"
    )
    if queries.active_of(allocation, person):
        raise Conflict("registered already", about=allocation)
    return _enter(
        allocation,
        person=person,
        organisation=organisation,
        way=way,
        arrived_at=arrived_at,
        by=by,
        words={
            "first_name": guest.first_name,
            "last_name": guest.last_name,
            "organisation_name": organisation.name if organisation else guest.organisation_name,
            "municipality": guest.municipality,
            "note": note,
        },
    )


def _enter(
    allocation: Allocation,
    *,
    person: User,
    organisation: Organisation | None,
    way: Way,
    words: dict[str, object],
    arrived_at: datetime | None = None,
    by: User | None = None,
) -> Registration:
    """The decision first: it is the lock. What cannot be kept takes the decision back with it."""
    limit = allocation.per_organisation
    try:
        with db.session.begin_nested():
            place = seats.decide(allocation.id, arrived_at=arrived_at)
            if place is None:
                message = OUTSIDE if arrived_at else CLOSED
                raise Closed("registration is not open", about=allocation, message=message)
            if organisation and limit and seats.held_by(allocation.id, organisation.id) >= limit:
                raise LimitReached("per organisation", about=allocation, message=LIMIT_REACHED)
            registration = _keep(allocation, place, person, organisation, way, words, by)
    except (IntegrityError, Closed, LimitReached):
        known = None if by else queries.active_of(allocation, person)  # the second of two clicks
        if known is None:
            raise
        return known
    fact = RegistrationEntered if by else RegistrationMade
    tell(fact(by=by or person, for_=organisation, about=registration))
    return registration


def _keep(
    allocation: Allocation,
    place: Place,
    person: User,
    organisation: Organisation | None,
    way: Way,
    words: dict[str, object],
    by: User | None,
) -> Registration:
    moment = now()
    row: dict[str, object] = dict(
        allocation_id=allocation.id,
        number=place.number,
        state=place.state,
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        way=way,
        entered_by_id=by.id if by else None,
        code=new_proof_code(),
        nonce=new_nonce(),
        received_at=place.received_at,
        entered_at=moment,
        proved_at=None if way is Way.GUEST else moment,
        seated_at=moment if place.granted else None,
        **words,
    )
    return db.session.scalars(NEW, [row]).one()
