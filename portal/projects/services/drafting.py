"""Writing a presentation: from the first draft until it lies with the Projektbüro."""

from secrets import token_urlsafe

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, DomainError
from portal.core.facts import tell
from portal.core.pictures.changes import PictureChange
from portal.core.rules import require
from portal.core.times import now, working_days_after
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.projects.completeness import missing_in
from portal.projects.facts import ProjectDrafted, ProjectSaved
from portal.projects.models import (
    Basis,
    Participation,
    ParticipationRole,
    Project,
    Revision,
)
from portal.projects.policies import is_author, is_open, may_draft, may_submit
from portal.projects.services.content import Content, write, write_picture
from portal.projects.workflow import WORKFLOW

ANSWER_WITHIN = 5  # working days


class Incomplete(DomainError):
    """Not yet to be submitted; `missing` names the fields."""

    def __init__(self, missing: dict[str, str], project: Project) -> None:
        super().__init__(f"missing: {', '.join(missing)}", about=project)
        self.missing = missing


def new_key() -> str:
    """For private addresses: nobody guesses the next one."""
    return token_urlsafe(12)


def draft(
    organisation: Organisation,
    *,
    by: User,
    content: Content,
    picture: PictureChange | None = None,
    key: str | None = None,
) -> Project:
    """A new presentation of the organisation, which says yes to its own name by writing it. `key`
    comes with the form, so that its second click finds what the first one made."""
    require(may_draft, by, organisation)
    project = Project(key=key or new_key(), organisation=organisation, author=by, created_at=now())
    revision = Revision(changed_at=now(), changed_by=by, html={})
    project.revisions.append(revision)
    project.participations.append(
        Participation(organisation=organisation, role=ParticipationRole.LEAD, basis=Basis.CONFIRMED)
    )
    db.session.add(project)
    write(revision, content)
    if picture:
        write_picture(revision, picture)
    db.session.flush()
    tell(ProjectDrafted(by=by, for_=organisation, about=project))
    return project


def save(
    project: Project,
    *,
    by: User,
    seen_version: int,
    content: Content,
    picture: PictureChange | None = None,
) -> None:
    """Raises Conflict when somebody else has saved or submitted since the form was opened."""
    revision = project.latest
    require(is_author, by, revision)
    check_version(revision, seen_version)
    if not is_open(by, revision):
        raise Conflict(f"save: not possible in {revision.state}", about=project)
    write(revision, content)
    if picture:
        write_picture(revision, picture)
    revision.changed_at = now()
    revision.changed_by = by
    db.session.flush()
    tell(ProjectSaved(by=by, for_=project.organisation, about=project))


def submit(project: Project, *, by: User, seen_version: int) -> None:
    """Raises Incomplete with what is missing."""
    revision = project.latest
    require(may_submit, by, revision)
    check_version(revision, seen_version)
    if is_open(by, revision) and (missing := missing_in(revision)):
        raise Incomplete(missing, project)

    def promise() -> None:
        revision.submitted_at = now()
        revision.submitted_by_id = by.id
        revision.promised_by = working_days_after(revision.submitted_at, ANSWER_WITHIN)

    WORKFLOW.take(
        "submit",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=promise,
    )


def take_back(project: Project, *, by: User, seen_version: int) -> None:
    """Possible until the Projektbüro has decided."""
    revision = project.latest

    def owe_nothing() -> None:
        revision.promised_by = None

    WORKFLOW.take(
        "take_back",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=owe_nothing,
    )
