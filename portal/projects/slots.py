"""Projects on the pages of a partner and of a team: the newest, and the way to all of them."""

from flask import url_for
from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.partners.models import Organisation
from portal.projects.queries import Choice, Named, counts, listing
from portal.teams.models import Team

SHOWN = 6


@fills("partner.page")
def of_partner(organisation: Organisation, *, seen_by: User) -> Markup:
    named = Named(organisation.id, organisation.slug, organisation.name)
    return _projects(Choice(partner=named), url_for("projects.index", partner=organisation.slug))


@fills("team.page")
def of_team(team: Team, *, seen_by: User) -> Markup:
    named = Named(team.id, team.slug, team.name)
    return _projects(Choice(team=named), url_for("projects.index", team=team.slug))


def _projects(choice: Choice, href: str) -> Markup:
    """Everybody sees the same: what is public."""
    found = listing(choice, counts(choice), page=1)
    if not found.total:
        return Markup()
    return fragment(
        "projects/_projects_of.html", cards=found.items[:SHOWN], total=found.total, href=href
    )
