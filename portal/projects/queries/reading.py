"""Loading one project, which is a right already, and the lists of those who write them."""

import re

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.core.cases import Case
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.partners.models import Organisation
from portal.partners.queries import organisations_of
from portal.projects.models import Participation, Project, ReviewState, Revision
from portal.projects.policies import may_see, owning
from portal.projects.queries.taking_part import owned_by

KEY = re.compile(r"[A-Za-z0-9_-]{1,16}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,89}")

_WHOLE = (
    joinedload(Project.organisation),
    selectinload(Project.participations)
    .joinedload(Participation.organisation)
    .joinedload(Organisation.memberships),  # whose page is linked
)
_CONTENT = (
    joinedload(Revision.theme),
    joinedload(Revision.action_field),
    joinedload(Revision.team),
    joinedload(Revision.picture),
    selectinload(Revision.districts),
    selectinload(Revision.pictures),
    selectinload(Revision.documents),
    selectinload(Revision.links),
)
_ALL = (
    *_WHOLE,
    joinedload(Project.author),
    selectinload(Project.revisions).options(*_CONTENT, joinedload(Revision.changed_by)),
)


def with_slug(slug: str) -> Project:
    """A public project with all that its page shows. Raises Hidden for everything else."""
    if not SLUG.fullmatch(slug):
        raise Hidden("no project has such an address")
    rows = (
        select(Project)
        .join(Project.live)
        .options(contains_eager(Project.live).options(*_CONTENT), *_WHOLE)
        .where(Project.slug == slug)
    )
    project = db.session.scalar(rows)
    if project is None:
        raise Hidden("no public project here")
    return project


def with_key(
    key: str, *, seen_by: User, of: Organisation | None = None, to_change: bool = False
) -> Project:
    """A project by its private key. Raises Hidden for who may not see it, and for an address that
    names another organisation. `to_change` makes a second person wait for the first."""
    if not KEY.fullmatch(key):
        raise Hidden("no project has such a key")
    if to_change:
        db.session.execute(
            select(Revision.id)
            .join(Revision.project)
            .where(Project.key == key)
            .with_for_update(of=Revision)
        )
    project = db.session.scalar(select(Project).options(*_ALL).where(Project.key == key))
    if project is None or (of and of not in owning(project)):
        raise Hidden("no such project here")
    require(may_see, seen_by, project, otherwise=Hidden)
    return project


def find_own(key: str, organisation: Organisation) -> Project | None:
    """What the first click on "save" has made."""
    return db.session.scalar(
        select(Project).where(Project.key == key, Project.organisation_id == organisation.id)
    )


def is_latest() -> ColumnElement[bool]:
    """Of a revision: it is being worked on, or was the last one there was; as Project.latest."""
    newest = (
        select(func.max(Revision.number))
        .where(Revision.project_id == Project.id, Revision.state != ReviewState.DISCARDED)
        .correlate(Project)
        .scalar_subquery()
    )
    return Revision.number == newest


def latest() -> Select[Revision]:
    """The latest revision of each project, with its project."""
    return (
        select(Revision)
        .join(Revision.project)
        .where(is_latest())
        .options(contains_eager(Revision.project))
    )


def versions(project: Project) -> Select[Revision]:
    """All of its texts, the last one first."""
    return (
        select(Revision)
        .where(Revision.project_id == project.id)
        .options(joinedload(Revision.changed_by))
        .order_by(Revision.number.desc())
    )


def of_organisation(organisation: Organisation) -> Select[Revision]:
    """All that it leads or owns with others, those first that were touched last."""
    return (
        latest()
        .where(owned_by([organisation.id]))
        .options(joinedload(Revision.team), selectinload(Revision.districts))
        .order_by(Revision.changed_at.desc(), Revision.id.desc())
    )


def own(user: User) -> list[Project]:
    """The projects of all organisations of a person, with their revisions; those first whose text
    was touched last."""
    ids = [organisation.id for organisation in organisations_of(user)]
    rows = (
        select(Project)
        .join(Project.revisions)
        .options(
            contains_eager(Project.revisions).joinedload(Revision.team),
            joinedload(Project.live),
            *_WHOLE,
        )
        .where(owned_by(ids))
        .order_by(Project.id, Revision.number)
    )
    found = list(db.session.scalars(rows).unique()) if ids else []
    return sorted(found, key=lambda project: project.latest.changed_at, reverse=True)


def waiting_cases() -> list[Case]:
    """What lies with the Projektbüro, oldest first."""
    rows = latest().where(Revision.state == ReviewState.SUBMITTED).order_by(Revision.submitted_at)
    return [
        Case(
            kind="projects",
            label=_("Projekt"),
            title=revision.name,
            since=revision.submitted_at or revision.changed_at,
            promised_by=revision.promised_by,
            endpoint="projects_office.show",
            values={"key": revision.project.key},
            about="project",
            about_id=revision.project_id,
            version=revision.version,
        )
        for revision in db.session.scalars(rows)
    ]
