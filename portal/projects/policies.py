"""Who may see a project, write it and decide on it (safety.md, matrix rows 3 to 9)."""

from portal.accounts.models import User
from portal.accounts.policies import is_office
from portal.core.rules import rule
from portal.partners.policies import acts_for, belongs_to, is_tied, writes_for
from portal.projects.models import Project, ReviewState, Revision

OPEN = frozenset({ReviewState.DRAFT, ReviewState.RETURNED})


@rule
def is_member(user: User, project: Project) -> bool:
    return belongs_to(user, project.organisation)


@rule
def is_author(user: User, revision: Revision) -> bool:
    """Any owner or editor of the owning organisation (decisions.md)."""
    return writes_for(user, revision.project.organisation)


@rule
def is_open(_: object, revision: Revision) -> bool:
    return revision.state in OPEN


@rule
def is_untied(user: User, revision: Revision) -> bool:
    """Four eyes: nobody decides for an organisation of their own, nor on their own text."""
    project = revision.project
    return project.author_id != user.id and not is_tied(user, project.organisation_id)


may_draft = acts_for  # asked of an organisation
may_see = is_member | is_office
may_edit = is_author & is_open
may_submit = is_author
may_take_back = is_author
may_decide = is_office & is_untied
