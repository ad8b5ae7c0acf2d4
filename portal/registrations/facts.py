"""What can have happened to the places of a date. None of it changes a page for visitors, but the
rules, and who is named there: `about` is a registration, or the allocation."""

from dataclasses import dataclass

from portal.core.facts import Fact


class AllocationOpened(Fact):
    """People can register for the date, at the times that its rules name."""


class AllocationChanged(Fact):
    """Its rules or its number of places."""


class RegistrationMade(Fact):
    """By the person or a guest: with a place, or in line."""

    quiet = True


class RegistrationEntered(Fact):
    """By the office, for somebody who wrote or called; `note` names the time of arrival."""

    quiet = True


class RegistrationAskedAgain(Fact):
    """A guest wants the link once more."""

    quiet = True


class RegistrationProved(Fact):
    """The guest has confirmed the address."""

    quiet = True


class RegistrationLapsed(Fact):
    """The guest did not."""

    quiet = True


class MovedUp(Fact):
    quiet = True


class PlaceOffered(Fact):
    quiet = True


class OfferAccepted(Fact):
    quiet = True


class OfferLapsed(Fact):
    quiet = True


class RegistrationWithdrawn(Fact):
    """By the person."""

    quiet = True


class RegistrationRemoved(Fact):
    """By the office; `note` is the reason."""

    quiet = True


class RegistrationStopped(Fact):
    """With the date."""

    quiet = True


@dataclass(frozen=True, kw_only=True)
class RegistrationMoved(Fact):
    """The date takes place at another time or place than it says `before`."""

    quiet = True

    before: dict[str, str]


class NamedInPublic(Fact):
    """The person allows the page of the date to name them."""


class NoLongerNamed(Fact):
    """The person takes that back."""


class ParticipantReminded(Fact):
    quiet = True


class ParticipantThanked(Fact):
    quiet = True


class CheckedIn(Fact):
    quiet = True


class CheckInUndone(Fact):
    quiet = True


class CalendarOpened(Fact):
    """The person's own calendar has an address: `about` is its key."""

    quiet = True


class CalendarRenewed(Fact):
    quiet = True


class CalendarClosed(Fact):
    quiet = True


class ParticipantsExported(Fact):
    """Names leave the portal, on paper or in a file; `about` is the allocation, `note` says which
    list and how many names."""

    quiet = True
