"""Letters about the people of an organisation: whose role changed or ended hears of it."""

from typing import Any

from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.facts import AffiliationEnded, RoleGiven
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


def _about(fact: Fact) -> dict[str, Any]:
    return {
        "who": fact.by.name,
        "organisation": fact.for_.name,
        "organisation_slug": fact.for_.slug,
        "note": fact.note,
    }
