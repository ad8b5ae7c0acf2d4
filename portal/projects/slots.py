"""Projects on the pages of a partner and of a team: the newest, and the way to all of them; and as
evidence for what a partner can do."""

from collections.abc import Collection

from flask import url_for
from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.partners.evidence import Evidence, gives_evidence
from portal.partners.models import Organisation
from portal.projects.queries import Choice, Named, listing, selected
from portal.projects.queries.evidence import public_with, titles_with
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
    found = listing(selected(choice), page=1)
    if not found.total:
        return Markup()
    return fragment(
        "projects/_projects_of.html", cards=found.items[:SHOWN], total=found.total, href=href
    )


class _PublicProjects:
    """What partners.evidence asks for."""

    def choices(self, organisation_id: int) -> list[tuple[str, str]]:
        return titles_with(organisation_id)

    def named(self, keys: Collection[str]) -> dict[str, Evidence]:
        return {
            key: Evidence(title, url_for("projects.show", slug=slug))
            for key, title, slug in public_with(keys)
        }


gives_evidence(_PublicProjects())
