"""Who is who: the questions that need nothing but the user."""

from portal.accounts.models import User
from portal.core.rules import rule


@rule
def is_office(user: User, _: object) -> bool:
    return user.is_office


@rule
def is_administrator(user: User, _: object) -> bool:
    return user.is_administrator


@rule
def is_self(user: User, other: User) -> bool:
    return user.is_authenticated and user.id == other.id
