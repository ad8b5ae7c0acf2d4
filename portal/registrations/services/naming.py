"""Whether somebody's name stands on the public page of a date: their own yes, at any time."""

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.registrations.facts import NamedInPublic, NoLongerNamed
from portal.registrations.models import Registration
from portal.registrations.policies import is_own


def name_in_public(registration: Registration, *, agreed: bool, by: User | None = None) -> None:
    """`by` is None for who holds the private link. The second click changes nothing. Raises Denied,
    or Conflict when the registration has ended."""
    if by is not None:
        require(is_own, by, registration)
    if not registration.is_active:
        raise Conflict("ended already", about=registration)
    if registration.named_in_public is agreed:
        return
    registration.named_in_public = agreed
    db.session.flush()
    fact = NamedInPublic if agreed else NoLongerNamed
    tell(fact(by=registration.person, for_=registration.organisation, about=registration))
