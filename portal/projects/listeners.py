"""Projects follow an organisation that rests, where the office chose so, and wake with it."""

from portal.core.facts import on
from portal.partners.facts import OrganisationReactivated, OrganisationSuspended
from portal.projects import services


@on(OrganisationSuspended)
def rest_with_it(fact: OrganisationSuspended) -> None:
    if fact.about.projects_rest:
        services.hide_projects(fact.about, by=fact.by)


@on(OrganisationReactivated)
def wake_with_it(fact: OrganisationReactivated) -> None:
    services.show_projects(fact.about, by=fact.by)
