"""Letters about projects: the office hears what it has to check, the organisation what became of
it. What an import tells nobody did, so nobody hears of it."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.policies import AUTHORS
from portal.projects.facts import ProjectPublished, ProjectReturned, ProjectSubmitted
from portal.projects.models import Project
from portal.projects.policies import is_untied


@on(ProjectSubmitted)
def ask_the_office(fact: ProjectSubmitted) -> None:
    if fact.by is None:
        return
    project: Project = fact.about
    office = [user for user in accounts.office() if is_untied(user, project.latest)]
    promised = project.latest.promised_by
    write("projects/project_submitted", fact, office, **_about(fact), promised_by=promised)


@on(ProjectReturned)
def ask_for_changes(fact: ProjectReturned) -> None:
    if fact.by is not None:
        write("projects/project_returned", fact, _writers(fact.about), **_about(fact))


@on(ProjectPublished)
def tell_that_it_is_online(fact: ProjectPublished) -> None:
    if fact.by is not None:
        slug = fact.about.slug
        write("projects/project_published", fact, _writers(fact.about), **_about(fact), slug=slug)


def _writers(project: Project) -> list[User]:
    """Owners and editors of the organisation, and the author who still belongs to it."""
    writers = partners.people_of(project.organisation_id, *AUTHORS)
    authors = [u for u in partners.people_of(project.organisation_id) if u.id == project.author_id]
    return writers + authors


def _about(fact: Fact) -> dict[str, Any]:
    project: Project = fact.about
    return {
        "title": project.latest.name,
        "key": project.key,
        "organisation": project.organisation.name,
        "organisation_slug": project.organisation.slug,
        "note": fact.note,
    }
