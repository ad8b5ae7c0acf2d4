"""What becomes of registrations when their date moves or is cancelled, and when a public page shows
who comes."""

from portal.core.facts import Fact, on
from portal.core.generation import raise_generation
from portal.events.facts import EventCancelled, EventChanged
from portal.registrations import services
from portal.registrations.facts import (
    MovedUp,
    OfferAccepted,
    RegistrationMade,
    RegistrationProved,
    RegistrationRemoved,
    RegistrationWithdrawn,
)


@on(EventChanged)
def tell_everybody(fact: EventChanged) -> None:
    if fact.moved and fact.tells:
        services.tell_of_the_move(fact.about, before=fact.before, by=fact.by)


@on(EventCancelled)
def nobody_comes(fact: EventCancelled) -> None:
    services.stop(fact.about, by=fact.by)


@on(MovedUp)
@on(OfferAccepted)
@on(RegistrationMade)
@on(RegistrationProved)
@on(RegistrationRemoved)
@on(RegistrationWithdrawn)
def public_page_names_others(fact: Fact) -> None:
    """Registrations are quiet, but for who agreed to stand on the page of the date."""
    if fact.about.named_in_public and fact.about.is_proved:
        raise_generation()
