"""Who keeps the declaration, who signs it, and who checks what was signed on the day (safety.md,
rows 39 to 42)."""

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.charter.models import Declaration, Nomination, ProvisionalSignature, Signature
from portal.core.rules import rule
from portal.partners.models import AffiliationRole, Organisation
from portal.partners.policies import belongs_to, roles_in
from portal.partners.queries import standing_of
from portal.partners.ties import is_tied

SIGNS = {AffiliationRole.OWNER, AffiliationRole.SIGNATORY}


@rule
def is_published(_: object, declaration: Declaration) -> bool:
    return declaration.is_published


@rule
def signs_for(user: User, organisation: Organisation) -> bool:
    return bool(roles_in(user, organisation) & SIGNS)


@rule
def is_member(_: object, organisation: Organisation) -> bool:
    """Who is no member of the alliance signs nothing, nor does who rests."""
    return organisation.suspended_at is None and standing_of(organisation) is not None


@rule
def signs_for_its_organisation(user: User, signature: Signature) -> bool:
    return signs_for(user, signature.organisation)


@rule
def belongs_to_its_organisation(user: User, signature: Signature) -> bool:
    return belongs_to(user, signature.organisation)


@rule
def is_named(user: User, nomination: Nomination) -> bool:
    return user.id == nomination.person_id


@rule
def names_for(user: User, nomination: Nomination) -> bool:
    return may_sign(user, nomination.organisation)


@rule
def is_untied(user: User, provisional: ProvisionalSignature) -> bool:
    """For who signed there, or belongs to the organisation that is named there, somebody else
    decides (safety.md, case 8)."""
    if provisional.email == user.email:
        return False
    return not is_tied(user, provisional.organisation_id, named=provisional.folded_name or None)


may_write = is_administrator
may_see = is_published | is_office
may_sign = signs_for & is_member
may_withdraw = signs_for_its_organisation
may_revoke = is_administrator
may_see_proof = belongs_to_its_organisation | is_office
may_plan = is_office
may_check = is_office & is_untied
