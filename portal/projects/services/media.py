"""What all changes of pictures, documents and links have in common."""

from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import DomainError
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.projects.facts import ProjectMediaChanged
from portal.projects.models import Project, Revision
from portal.projects.policies import is_author
from portal.projects.services.revising import open_revision


class Full(DomainError):
    """There is no room for one more; `message` says what to do."""


def to_change(project: Project, *, by: User, seen_version: int) -> Revision:
    """The revision that may be changed now; beside a public text a new one. Raises Denied, or
    Conflict when somebody else has saved or submitted since the page was opened."""
    require(is_author, by, project.latest)
    check_version(project.latest, seen_version)
    return open_revision(project, by=by)


def changed(revision: Revision, *, by: User) -> None:
    """The last line of each change: the next page shows the next version."""
    revision.changed_at = now()
    revision.changed_by = by
    flag_modified(revision, "changed_at")  # rows beside it do not raise its version
    db.session.flush()
    project = revision.project
    tell(ProjectMediaChanged(by=by, for_=project.organisation, about=project))
