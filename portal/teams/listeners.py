"""Who speaks for an organisation no more gives back the seats held for it."""

from portal.core.facts import on
from portal.partners.facts import AffiliationEnded
from portal.teams import services


@on(AffiliationEnded)
def give_back_the_seats(fact: AffiliationEnded) -> None:
    services.end_seats(fact.about.user, fact.for_, by=fact.by)
