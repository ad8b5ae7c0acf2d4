"""Who may read what happened (safety.md, matrix row 47)."""

from portal.accounts.policies import is_administrator, is_office
from portal.exchange.policies import is_member as is_member_of_offer
from portal.partners.policies import belongs_to, is_applicant, owns
from portal.projects.policies import is_member

may_read_all = is_administrator
may_read_of_project = is_office | is_member
may_read_of_offer = is_office | is_member_of_offer
may_read_of_allocation = is_office
may_read_of_application = is_office | is_applicant
may_read_of_partner = is_office | owns
may_read_own_of_partner = belongs_to
