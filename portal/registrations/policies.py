"""Who may register, and who keeps the lists (safety.md, matrix rows 32 to 38)."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.policies import is_office
from portal.core.database import db
from portal.core.rules import rule
from portal.events.models import Audience, Event
from portal.events.policies import may_see as may_see_event
from portal.events.policies import sits_in_its_team
from portal.partners.models import Membership, Organisation
from portal.partners.policies import acts_for
from portal.registrations.models import Registration


@rule
def is_public(_: object, event: Event) -> bool:
    return event.audience is Audience.PUBLIC


@rule
def is_for_partners(_: object, event: Event) -> bool:
    return event.audience is Audience.PARTNERS


@rule
def is_for_a_team(_: object, event: Event) -> bool:
    return event.audience is Audience.TEAM


@rule
def is_signed_in(user: User, _: object) -> bool:
    return user.is_authenticated


@rule
def is_own(user: User, registration: Registration) -> bool:
    return user.is_authenticated and registration.person_id == user.id


@rule
def is_of_the_alliance(_: object, organisation: Organisation) -> bool:
    """An open membership; a resting organisation's people are refused by `acts_for`."""
    rows = select(Membership.id).where(
        Membership.organisation_id == organisation.id, Membership.until.is_(None)
    )
    return db.session.scalar(rows.limit(1)) is not None


# Asked of an event: without an organisation, for oneself.
may_register = is_signed_in & (is_public | (is_for_a_team & sits_in_its_team))
# Asked of an event: for an organisation, which `may_bring` answers for.
may_register_for = is_signed_in & (is_public | is_for_partners | (is_for_a_team & sits_in_its_team))
may_bring_to_all = acts_for  # asked of an organisation
may_bring = acts_for & is_of_the_alliance  # to a date for partners
may_register_as_guest = is_public
may_see = may_see_event
may_withdraw = is_own
may_see_list = is_office  # asked of an allocation
may_keep = is_office
may_subscribe = is_signed_in
may_plan = is_office  # asked of an event


def brings(user: User, event: Event, organisation: Organisation) -> bool:
    """Whether the person may come for this organisation."""
    may = may_bring if event.audience is Audience.PARTNERS else may_bring_to_all
    return may_register_for(user, event) and may(user, organisation)
