"""Letters about projects: the office hears what it has to check, the organisation what became of
it. What an import tells nobody did, so nobody hears of it."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.partners.policies import AUTHORS
from portal.projects import queries as projects
from portal.projects.facts import (
    ProjectArchived,
    ProjectGrowsOld,
    ProjectLapsed,
    ProjectPublished,
    ProjectRejected,
    ProjectReopened,
    ProjectReturned,
    ProjectSubmitted,
    ProjectUnpublished,
    ProjectUpdated,
)
from portal.projects.models import Project
from portal.projects.policies import is_untied, owning
from portal.projects.services.publishing import FRESH_FOR


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
        points = [comment.part for comment in projects.checklist(fact.about).open_points]
        _to_the_writers("projects/project_returned", fact, points=points)


@on(ProjectPublished)
def tell_that_it_is_online(fact: ProjectPublished) -> None:
    if fact.by is not None:
        _to_the_writers("projects/project_published", fact, slug=fact.about.slug)


@on(ProjectUpdated)
def tell_that_the_revision_is_online(fact: ProjectUpdated) -> None:
    slug = fact.about.slug
    _to_the_writers("projects/project_updated", fact, slug=slug)


@on(ProjectRejected)
def tell_why_it_will_not_be_shown(fact: ProjectRejected) -> None:
    _to_the_writers("projects/project_rejected", fact)


@on(ProjectGrowsOld)
def ask_whether_it_is_still_true(fact: ProjectGrowsOld) -> None:
    until = (fact.about.confirmed_at or fact.at) + FRESH_FOR
    _to_the_writers("projects/project_grows_old", fact, until=until)


@on(ProjectLapsed)
def tell_that_it_counts_no_more(fact: ProjectLapsed) -> None:
    _to_the_writers("projects/project_lapsed", fact)


@on(ProjectArchived)
def tell_that_it_is_archived(fact: ProjectArchived) -> None:
    slug = fact.about.slug
    _to_the_writers("projects/project_archived", fact, slug=slug)


@on(ProjectUnpublished)
def tell_that_it_is_offline(fact: ProjectUnpublished) -> None:
    _to_the_writers("projects/project_unpublished", fact)


@on(ProjectReopened)
def tell_that_it_is_back(fact: ProjectReopened) -> None:
    slug = fact.about.slug
    _to_the_writers("projects/project_reopened", fact, slug=slug)


def _to_the_writers(kind: str, fact: Fact, **more: Any) -> None:
    """Of each owning organisation, with an address of their own; nobody hears of it twice."""
    project: Project = fact.about
    heard: set[int] = set()
    for organisation in owning(project):
        writers = [u for u in _writers(project, organisation) if u.id not in heard]
        heard.update(user.id for user in writers)
        own = {"organisation_slug": organisation.slug}
        write(kind, fact, writers, **_about(fact) | own | more)


def _writers(project: Project, organisation: Organisation) -> list[User]:
    """Its owners and editors, and the author who still belongs to it."""
    writers = partners.people_of(organisation.id, *AUTHORS)
    authors = [u for u in partners.people_of(organisation.id) if u.id == project.author_id]
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
