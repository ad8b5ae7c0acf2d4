"""Letters about the people of an organisation: whose role changed or ended hears of it, and all of
them when it rests."""

from typing import Any

from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.facts import (
    AffiliationEnded,
    OrganisationReactivated,
    OrganisationRenamed,
    OrganisationSuspended,
    RoleGiven,
    SigningRightGiven,
    SigningRightTaken,
)
from portal.partners.models import AffiliationRole


@on(RoleGiven)
def tell_whose_role_it_is(fact: RoleGiven) -> None:
    write("partners/role_given", fact, [fact.about.user], **_about(fact))


@on(AffiliationEnded)
def tell_who_was_removed(fact: AffiliationEnded) -> None:
    """Who left hears nothing; then the owners do."""
    person = fact.about.user
    if fact.by.id != person.id:
        write("partners/affiliation_ended", fact, [person], **_about(fact))
        return
    owners = partners.people_of(fact.for_.id, AffiliationRole.OWNER)
    write("partners/affiliation_left", fact, owners, **_about(fact))


@on(SigningRightGiven)
def tell_who_may_sign(fact: SigningRightGiven) -> None:
    write("partners/signing_right_given", fact, [fact.about.user], **_about(fact))


@on(SigningRightTaken)
def tell_who_signs_no_more(fact: SigningRightTaken) -> None:
    write("partners/signing_right_taken", fact, [fact.about.user], **_about(fact))


@on(OrganisationRenamed)
def tell_the_owners_of_the_name(fact: OrganisationRenamed) -> None:
    owners = partners.people_of(fact.for_.id, AffiliationRole.OWNER)
    write("partners/organisation_renamed", fact, owners, **_about(fact))


@on(OrganisationSuspended)
def tell_everybody_that_it_rests(fact: OrganisationSuspended) -> None:
    everybody = partners.people_of(fact.for_.id)
    write("partners/organisation_suspended", fact, everybody, **_about(fact))


@on(OrganisationReactivated)
def tell_everybody_that_it_acts(fact: OrganisationReactivated) -> None:
    everybody = partners.people_of(fact.for_.id)
    write("partners/organisation_reactivated", fact, everybody, **_about(fact))


def _about(fact: Fact) -> dict[str, Any]:
    return {
        "who": fact.by.name,
        "organisation": fact.for_.name,
        "organisation_slug": fact.for_.slug,
        "note": fact.note,
    }
