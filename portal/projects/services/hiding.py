"""Away from the lists: archived with a reason, while the address keeps answering; or offline."""

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.projects.facts import ProjectArchived, ProjectReopened, ProjectUnpublished
from portal.projects.models import Project, ReviewState, Revision
from portal.projects.policies import may_hide
from portal.projects.services.publishing import go_live, leave_the_lists


def archive(project: Project, *, by: User, note: str, seen_version: int) -> None:
    """Its page says since when and why; lists, search and figures leave it out. Raises Conflict
    for what is not public, or while a text of it lies with the Projektbüro."""
    live = _public(project, by, seen_version)
    _refuse_while_it_waits(project)
    leave_the_lists(project)
    project.archived_at, project.archive_reason = now(), note
    live.changed_at = now()  # the next version: two people cannot both do it
    db.session.flush()
    tell(ProjectArchived(by=by, for_=project.organisation, about=project, note=note))


def bring_back(project: Project, *, by: User, seen_version: int) -> None:
    """It is on the lists again, as it was."""
    require(may_hide, by, project)
    check_version(project.latest, seen_version)
    if project.archived_at is None or project.live is None:
        raise Conflict("reopen: it is not archived", about=project)
    live = project.live
    project.archived_at, project.archive_reason, project.live = None, "", None
    project.confirmed_at = live.changed_at = now()
    db.session.flush()
    go_live(project, live, at=now())
    tell(ProjectReopened(by=by, for_=project.organisation, about=project))


def unpublish(project: Project, *, by: User, note: str, seen_version: int) -> None:
    """Nobody outside sees it any more (safety.md, row 10). A revision that is published later
    brings it back to its address."""
    live = _public(project, by, seen_version)
    _refuse_while_it_waits(project)
    leave_the_lists(project)
    project.live = None
    live.changed_at = now()
    db.session.flush()
    tell(ProjectUnpublished(by=by, for_=project.organisation, about=project, note=note))


def _public(project: Project, by: User, seen_version: int) -> Revision:
    require(may_hide, by, project)
    check_version(project.latest, seen_version)
    if project.live is None or project.archived_at is not None:
        raise Conflict("it is not on the public lists", about=project)
    return project.live


def _refuse_while_it_waits(project: Project) -> None:
    if project.latest.state is ReviewState.SUBMITTED:
        raise Conflict("a text of it lies with the Projektbüro", about=project)
