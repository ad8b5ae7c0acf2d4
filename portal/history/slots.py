"""Where the history of a thing appears on its page: for insiders only, and nothing for others."""

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.exchange.models import Offer
from portal.history import policies, queries
from portal.history.models import Entry
from portal.partners.models import Application, Organisation
from portal.projects.models import Project


@fills("project.history")
def of_project(project: Project, *, seen_by: User) -> Markup:
    if not policies.may_read_of_project(seen_by, project):
        return Markup()
    return _entries(queries.of_thing(project), seen_by)


@fills("offer.history")
def of_offer(offer: Offer, *, seen_by: User) -> Markup:
    if not policies.may_read_of_offer(seen_by, offer):
        return Markup()
    return _entries(queries.of_thing(offer), seen_by)


@fills("application.history")
def of_application(application: Application, *, seen_by: User) -> Markup:
    if not policies.may_read_of_application(seen_by, application):
        return Markup()
    return _entries(queries.of_thing(application), seen_by)


@fills("partner.history")
def of_partner(organisation: Organisation, *, seen_by: User) -> Markup:
    if policies.may_read_of_partner(seen_by, organisation):
        return _entries(queries.of_organisation(organisation), seen_by)
    if policies.may_read_own_of_partner(seen_by, organisation):
        return _entries(queries.of_organisation(organisation, by=seen_by), seen_by)
    return Markup()


def _entries(entries: list[Entry], seen_by: User) -> Markup:
    return fragment("history/_entries.html", lines=queries.in_words(entries, seen_by=seen_by))
