"""Who is who: the questions that need nothing but the user."""

from portal.accounts.models import OfficeRole, User
from portal.core.rules import rule

# Of a User: somebody of the Projektbüro who can log in.
IN_OFFICE = (
    (User.office_role != OfficeRole.NONE)
    & User.locked_at.is_(None)
    & User.confirmed_at.is_not(None)
)


@rule
def is_office(user: User, _: object) -> bool:
    return user.is_office


@rule
def is_administrator(user: User, _: object) -> bool:
    return user.is_administrator


@rule
def is_self(user: User, other: User) -> bool:
    return user.is_authenticated and user.id == other.id
