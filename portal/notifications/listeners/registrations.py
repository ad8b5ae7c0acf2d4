"""Letters about places at dates: who registered hears of every step, with the entry for the
calendar. A guest who has not proved the address hears only how to do that."""

from typing import Any

from portal.core.database import db
from portal.core.facts import Fact, on
from portal.events.calendars import fits_into_a_calendar, place_of
from portal.notifications.services import recall, write
from portal.registrations import queries
from portal.registrations.facts import (
    MovedUp,
    OfferAccepted,
    OfferLapsed,
    ParticipantReminded,
    ParticipantThanked,
    PlaceOffered,
    RegistrationAskedAgain,
    RegistrationEntered,
    RegistrationMade,
    RegistrationMoved,
    RegistrationProved,
    RegistrationRemoved,
    RegistrationStopped,
    RegistrationWithdrawn,
)
from portal.registrations.models import Registration, RegistrationState

REQUEST, CANCEL = "REQUEST", "CANCEL"
MOVED = "registrations/registration_moved"
REMINDED = "registrations/participant_reminded"
# Who registers holds the lock of the places, but may have read the date before that: it is read
# again. What all are told has the date in its own transaction.
OF_ALL = (RegistrationMoved, RegistrationStopped, ParticipantReminded, ParticipantThanked)
OF_THE_DATE = [
    "title", "slug", "summary", "starts_at", "ends_at", "precision", "venue", "room", "address",
    "sequence", "cancel_reason",
]  # fmt: skip


@on(RegistrationMade)
def say_what_it_gave(fact: RegistrationMade) -> None:
    if fact.about.is_proved:
        _tell("registrations/registration_made", fact, method=_for_a_place(fact.about))
    else:
        _ask_to_prove("registrations/registration_to_prove", fact)


@on(RegistrationAskedAgain)
def send_the_link_again(fact: RegistrationAskedAgain) -> None:
    if fact.about.is_proved:
        _tell("registrations/registration_asked_again", fact)
    else:
        _ask_to_prove("registrations/registration_to_prove", fact)


@on(RegistrationProved)
def say_that_it_counts(fact: RegistrationProved) -> None:
    _tell("registrations/registration_proved", fact, method=_for_a_place(fact.about))


@on(RegistrationEntered)
def say_what_the_office_entered(fact: RegistrationEntered) -> None:
    _tell("registrations/registration_entered", fact, method=_for_a_place(fact.about))


@on(MovedUp)
def say_that_there_is_a_place(fact: MovedUp) -> None:
    _tell("registrations/moved_up", fact, method=REQUEST)


@on(PlaceOffered)
def offer_the_place(fact: PlaceOffered) -> None:
    _tell("registrations/place_offered", fact)


@on(OfferAccepted)
def say_that_the_place_is_theirs(fact: OfferAccepted) -> None:
    _tell("registrations/offer_accepted", fact, method=REQUEST)


@on(OfferLapsed)
def say_that_the_offer_is_over(fact: OfferLapsed) -> None:
    _tell_the_end("registrations/offer_lapsed", fact)


@on(RegistrationWithdrawn)
def say_that_they_are_out(fact: RegistrationWithdrawn) -> None:
    _tell_the_end("registrations/registration_withdrawn", fact)


@on(RegistrationRemoved)
def say_why_they_are_out(fact: RegistrationRemoved) -> None:
    _tell_the_end("registrations/registration_removed", fact)


@on(RegistrationStopped)
def say_that_it_does_not_take_place(fact: RegistrationStopped) -> None:
    reason = fact.about.allocation.event.cancel_reason
    _tell_the_end("registrations/registration_stopped", fact, note=reason)


@on(RegistrationMoved)
def say_when_and_where_now(fact: RegistrationMoved) -> None:
    """What lies ready with an older time is not sent any more: of two changes in a row, people
    hear the newest, and what they knew before the first."""
    unsent = recall(fact.about, REMINDED, MOVED)
    known = next((said["before"] for kind, said in unsent if kind == MOVED), fact.before)
    _tell(MOVED, fact, method=_for_a_place(fact.about, moved=True), before=known)


@on(ParticipantReminded)
def remind(fact: ParticipantReminded) -> None:
    _tell(REMINDED, fact, code=fact.about.shown_code)


@on(ParticipantThanked)
def thank(fact: ParticipantThanked) -> None:
    came = fact.about.checked_in_at is not None
    has_material = bool(fact.about.allocation.event.documentation)
    _tell("registrations/participant_thanked", fact, came=came, has_material=has_material)


def _for_a_place(registration: Registration, *, moved: bool = False) -> str | None:
    """Only a place is an entry. Who waits or has an offer gets none: calendars would keep the hours
    free for something that may never come, and show it like a promise. Where a date that had a day
    is put off to some month, its entry goes."""
    if registration.state is not RegistrationState.CONFIRMED:
        return None
    fits = fits_into_a_calendar(registration.allocation.event)
    return REQUEST if fits else CANCEL if moved else None


def _tell_the_end(kind: str, fact: Fact, **more: Any) -> None:
    """Strikes the entry of who had one; a calendar that knows none would only wonder."""
    recall(fact.about, REMINDED, MOVED)
    had_a_place = fact.about.seated_at is not None
    _tell(kind, fact, method=CANCEL if had_a_place else None, **more)


def _tell(kind: str, fact: Fact, *, method: str | None = None, **more: Any) -> None:
    """Also to who acted: the letter brings the entry for the calendar, whoever moved the date."""
    registration: Registration = fact.about
    if not registration.is_proved:
        return
    about = _about(fact) | more
    if method:
        about["calendar"] = _entry(fact, method)
    person = registration.person
    about["by_link"] = person.confirmed_at is None
    write(kind, fact, [person], receipt=True, to_unconfirmed=True, **about)


def _ask_to_prove(kind: str, fact: Fact) -> None:
    registration: Registration = fact.about
    until = registration.entered_at + queries.PROVE_WITHIN
    write(
        kind,
        fact,
        [registration.person],
        receipt=True,
        to_unconfirmed=True,
        prove_by=until,
        by_link=True,
        **_about(fact),
    )


def _about(fact: Fact) -> dict[str, Any]:
    """As it is at this moment: the worker may send the letter after the next change."""
    registration: Registration = fact.about
    allocation = registration.allocation
    event = allocation.event
    if not isinstance(fact, OF_ALL):
        db.session.refresh(event, OF_THE_DATE)
    waits = registration.state is RegistrationState.WAITING
    return {
        "title": event.title,
        "slug": event.slug,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "precision": event.precision.value,
        "place": place_of(event),
        "summary": event.summary,
        "state": registration.state.value,
        "number": queries.place_in_line(registration) if waits else 0,
        "offered_until": registration.offered_until,
        "cancel_until": allocation.cancel_until,
        "received_at": registration.received_at,
        "organisation": registration.organisation_name,
        "note": fact.note,
    }


def _entry(fact: Fact, method: str) -> dict[str, Any]:
    registration: Registration = fact.about
    return {
        "method": method,
        "uid": queries.uid_of(registration),
        "sequence": queries.sequence_of(registration),
        "stamp": fact.at.isoformat(),
    }
