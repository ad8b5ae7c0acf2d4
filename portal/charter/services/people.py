"""People who sign without a log-in: a row without a password, so that letters can reach them."""

from sqlalchemy.exc import IntegrityError

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict


def person_with(email: str, *, first_name: str, last_name: str, language: str) -> User:
    """Found by the address, or added. Who never proved an address is called what was said last."""
    names = {"first_name": first_name, "last_name": last_name}
    found = accounts.find_by_email(email)
    if found is None:
        try:
            with db.session.begin_nested():
                found = account_services.add_user(email=email, language=language, **names)
        except IntegrityError:  # somebody else named the same person first
            found = accounts.find_by_email(email)
    if found is None:
        raise Conflict("the address is taken and cannot be read")
    if found.confirmed_at is None:
        found.first_name, found.last_name = first_name, last_name
    return found
