"""Who may read what happened (safety.md, matrix row 47)."""

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.core.rules import rule
from portal.partners.policies import belongs_to, is_applicant, owns
from portal.projects.models import Project


@rule
def belongs_to_its_organisation(user: User, project: Project) -> bool:
    return belongs_to(user, project.organisation)


may_read_all = is_administrator
may_read_of_project = is_office | belongs_to_its_organisation
may_read_of_application = is_office | is_applicant
may_read_of_partner = is_office | owns
may_read_own_of_partner = belongs_to
