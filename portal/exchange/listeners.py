"""Entries follow an organisation that rests, and wake with it."""

from portal.core.facts import on
from portal.exchange import services
from portal.partners.facts import OrganisationReactivated, OrganisationSuspended


@on(OrganisationSuspended)
def rest_with_it(fact: OrganisationSuspended) -> None:
    services.hide_offers(fact.about, by=fact.by)


@on(OrganisationReactivated)
def wake_with_it(fact: OrganisationReactivated) -> None:
    services.show_offers(fact.about, by=fact.by)
