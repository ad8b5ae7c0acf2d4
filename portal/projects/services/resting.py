"""The projects of an organisation that rests leave the public pages, and come back with it."""

from sqlalchemy import ColumnElement, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.facts import ProjectHidden, ProjectShownAgain
from portal.projects.models import Project, ReviewState, Revision
from portal.projects.services.publishing import go_live, leave_the_lists


def hide_projects(organisation: Organisation, *, by: User) -> None:
    """Each live project of the organisation: page, list, figures, search and feed. Whoever calls
    has asked for the right to let the organisation rest."""
    for project in _of(organisation, Project.live_revision_id.is_not(None)):
        if not project.archived_at:
            leave_the_lists(project)
        project.live, project.rests = None, True
        db.session.flush()
        tell(ProjectHidden(by=by, for_=organisation, about=project))


def show_projects(organisation: Organisation, *, by: User) -> None:
    """Those that rest are public again as they were."""
    for project in _of(organisation, Project.rests.is_(True)):
        project.rests = False
        go_live(project, _published(project), at=now())
        tell(ProjectShownAgain(by=by, for_=organisation, about=project))


def _of(organisation: Organisation, condition: ColumnElement[bool]) -> list[Project]:
    rows = select(Project).where(Project.organisation_id == organisation.id, condition)
    return list(db.session.scalars(rows.order_by(Project.id).with_for_update()))


def _published(project: Project) -> Revision:
    """The last one that the office published; there is one, since the project was public."""
    return [one for one in project.revisions if one.state is ReviewState.PUBLISHED][-1]
