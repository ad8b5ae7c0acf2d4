"""Writing a presentation: from the first draft until it lies with the Projektbüro."""

from secrets import token_urlsafe

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import DomainError
from portal.core.facts import tell
from portal.core.pictures.changes import PictureChange
from portal.core.rules import require
from portal.core.times import now, working_days_after
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.projects.facts import ProjectDrafted, ProjectSaved
from portal.projects.models import (
    Basis,
    Participation,
    ParticipationRole,
    Project,
    Revision,
)
from portal.projects.policies import is_author, is_open, may_draft, may_submit, may_take_back
from portal.projects.services.acting import acting
from portal.projects.services.commenting import refuse_unfinished
from portal.projects.services.completeness import missing_in
from portal.projects.services.content import Content, write
from portal.projects.services.gallery import write_picture
from portal.projects.services.revising import open_revision
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
    for_: Organisation | None = None,
    seen_version: int,
    content: Content,
    picture: PictureChange | None = None,
) -> None:
    """Into the draft, or into a new one beside the text that is public. Raises Conflict when
    somebody else has saved or submitted since the form was opened."""
    require(is_author, by, project.latest)
    organisation = acting(project, for_, by=by)
    check_version(project.latest, seen_version)
    revision = open_revision(project, by=by)
    write(revision, content)
    if picture:
        write_picture(revision, picture)
    revision.changed_at = now()
    revision.changed_by = by
    db.session.flush()
    tell(ProjectSaved(by=by, for_=organisation, about=project))


def submit(
    project: Project,
    *,
    by: User,
    for_: Organisation | None = None,
    seen_version: int,
    anyway: bool = False,
) -> None:
    """Raises Incomplete with what is missing, and Unfinished while the office's points are open,
    unless it is meant `anyway`."""
    revision = project.latest
    require(may_submit, by, revision)
    organisation = acting(project, for_, by=by)
    check_version(revision, seen_version)
    if is_open(by, revision) and (missing := missing_in(revision)):
        raise Incomplete(missing, project)
    if not anyway:
        refuse_unfinished(project)

    def promise() -> None:
        revision.submitted_at = now()
        revision.submitted_by_id = by.id
        revision.promised_by = working_days_after(revision.submitted_at, ANSWER_WITHIN)

    WORKFLOW.take(
        "submit",
        revision,
        by=by,
        for_=organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=promise,
    )


def take_back(
    project: Project, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """Possible until the Projektbüro has decided."""
    revision = project.latest
    require(may_take_back, by, revision)
    organisation = acting(project, for_, by=by)

    def owe_nothing() -> None:
        revision.promised_by = revision.submitted_at = None

    WORKFLOW.take(
        "take_back",
        revision,
        by=by,
        for_=organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=owe_nothing,
    )
