"""Texts that follow each other: what lay with the Projektbüro is kept as it was, and what is public
stays public; writing goes on in a revision beside it."""

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, Hidden
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.projects.facts import ProjectRestored
from portal.projects.models import Project, ReviewState, Revision
from portal.projects.policies import CLOSED, is_author, is_writable, may_discard
from portal.projects.services.acting import acting
from portal.projects.services.commenting import close_review
from portal.projects.services.content import said_in, write
from portal.projects.services.copying import copy_media
from portal.projects.workflow import WORKFLOW


def open_revision(project: Project, *, by: User) -> Revision:
    """The one to write into: the draft as it is, else a new one that begins with the last text.
    Raises Conflict while the text lies with the Projektbüro or the project is archived."""
    revision = project.latest
    if not is_writable(by, revision):
        raise Conflict(f"save: not possible in {revision.state}", about=project)
    return follow(project, revision, by=by) if _was_decided(revision) else revision


def _was_decided(revision: Revision) -> bool:
    """A text that came back is kept as the Projektbüro saw it, and mended in the next one."""
    came_back = revision.state is ReviewState.RETURNED and revision.submitted_at is not None
    return revision.state in CLOSED or came_back


def follow(project: Project, source: Revision, *, by: User) -> Revision:
    """A new revision that says what the source says. What is to be mended stays to be mended."""
    returned = source.state is ReviewState.RETURNED
    revision = Revision(
        number=project.revisions[-1].number + 1,
        state=ReviewState.RETURNED if returned else ReviewState.DRAFT,
        based_on=source.number,
        note=source.note if returned else "",
        decided_at=source.decided_at if returned else None,
        source_url=source.source_url,
        changed_at=now(),
        changed_by=by,
    )
    project.revisions.append(revision)
    write(revision, said_in(source))
    copy_media(source, revision)
    db.session.flush()
    return revision


def discard(
    project: Project, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """Nobody goes on with the draft beside a text that is or was public."""
    revision = project.latest
    require(may_discard, by, revision)
    WORKFLOW.take(
        "discard",
        revision,
        by=by,
        for_=acting(project, for_, by=by),
        about=project,
        seen_version=seen_version,
        meanwhile=lambda: close_review(project),
    )


def restore(
    project: Project,
    number: int,
    *,
    by: User,
    for_: Organisation | None = None,
    seen_version: int,
) -> Revision:
    """A draft that says what an earlier text said. Raises Hidden for a number that there is not,
    Conflict while a draft is being written: it would be lost."""
    latest = project.latest
    require(is_author, by, latest)
    organisation = acting(project, for_, by=by)
    source = next((one for one in project.revisions if one.number == number), None)
    if source is None:
        raise Hidden(f"no text number {number}")
    check_version(latest, seen_version)
    if not (is_writable(by, latest) and _was_decided(latest)):
        raise Conflict(f"restore: a text in {latest.state} would be lost", about=project)
    revision = follow(project, source, by=by)
    revision.state = ReviewState.DRAFT
    db.session.flush()
    tell(ProjectRestored(by=by, for_=organisation, about=project, note=str(number)))
    return revision
