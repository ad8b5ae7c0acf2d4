"""For which organisation somebody works on a project that several own."""

from portal.accounts.models import User
from portal.core.errors import Denied
from portal.core.rules import require
from portal.partners.models import Organisation
from portal.partners.policies import writes_for
from portal.projects.models import Project
from portal.projects.policies import owning


def acting(project: Project, for_: Organisation | None, *, by: User) -> Organisation:
    """Without one it is the lead. Raises Denied for who may not write for it: a role in one owner
    gives nothing in another (safety.md, case 3)."""
    organisation = for_ or project.organisation
    if organisation not in owning(project):
        raise Denied("this organisation does not own the project", about=project)
    require(writes_for, by, organisation)
    return organisation
