"""What a publication changes for everybody: address, live revision, counters, search."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.core.counters import count
from portal.core.database import db
from portal.core.search import index
from portal.core.text import plain, unique_slug
from portal.core.times import now
from portal.projects.models import PUBLIC_BASIS, Project, Revision
from portal.projects.services.content import MARKDOWN

FRESH_FOR = timedelta(days=183)  # half a year (features.md, E14)


def go_live(project: Project, revision: Revision, *, at: datetime) -> None:
    """The revision is what the public sees from now on. The counters come first: their rows make
    publications wait for each other, so that an address that is free stays free. What is archived
    keeps its page and stays off the lists."""
    if project.archived_at:
        project.live = revision
        db.session.flush()
        return
    if project.live:
        count(facets_of(project.live), -1)
    project.confirmed_at = project.confirmed_at or at
    project.lapsed = project.confirmed_at <= now() - FRESH_FOR
    count(facets_of(revision), 1)
    if project.slug is None:
        project.slug = unique_slug(revision.title, _is_taken)
    project.live = revision
    project.published_at = project.published_at or at
    db.session.flush()
    make_findable(project, revision, at=at)


def leave_the_lists(project: Project) -> None:
    """Lists, figures, search and feeds know it no more."""
    if project.live:
        count(facets_of(project.live), -1)
    index.remove("project", project.id)
    db.session.flush()


def facets_of(revision: Revision) -> list[tuple[str, str]]:
    """The counters that a live revision is part of. A citywide one counts in every district, also
    in those that come later."""
    facets = [("projects.all", "all")]
    if revision.theme:
        facets.append(("projects.theme", revision.theme.slug))
    if revision.phase:
        facets.append(("projects.phase", revision.phase.value))
    if revision.citywide:
        return [*facets, ("projects.citywide", "citywide")]
    return facets + [("projects.district", district.slug) for district in revision.districts]


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Project.id).where(Project.slug == slug)) is not None


def names_changed(project: Project) -> None:
    """The search of a public project finds it by the names that stand there now, and by no other.
    What is new about it is not its text, so it keeps its place among the newest."""
    db.session.flush()
    if project.live and not project.archived_at:
        at = project.live.decided_at or project.published_at or now()
        make_findable(project, project.live, at=at)


def make_findable(project: Project, revision: Revision, *, at: datetime) -> None:
    index.put(
        "project",
        project.id,
        slug=project.slug or "",
        title=revision.title,
        summary=revision.summary,
        body=_words_of(project, revision),
        is_public=True,
        organisation_id=project.organisation_id,
        at=at,
    )


def _words_of(project: Project, revision: Revision) -> str:
    texts = [plain(getattr(revision, name)) for name in MARKDOWN]
    names = [
        participation.organisation.name
        for participation in project.participations
        if participation.basis in PUBLIC_BASIS
    ]
    places = [revision.place, *(district.name for district in revision.districts)]
    rest = [revision.short_title, revision.funding, revision.relation]
    theme = [revision.theme.name] if revision.theme else []
    team = [revision.team.name] if revision.team else []
    return "\n".join([*texts, *names, *places, *rest, *theme, *team])
