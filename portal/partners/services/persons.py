"""The person behind an e-mail address, who may have no account yet."""

from sqlalchemy.exc import IntegrityError

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict


def person_behind(email: str, *, language: str, first_name: str = "", last_name: str = "") -> User:
    """Found by the address, or added without a password. Who never proved the address is called
    what was typed last, if anything was."""
    names = {"first_name": first_name, "last_name": last_name}
    found = accounts.find_by_email(email)
    if found is None:
        try:
            with db.session.begin_nested():
                found = account_services.add_user(email=email, language=language, **names)
        except IntegrityError:  # somebody else wrote to this address at the same time
            found = accounts.find_by_email(email)
    if found is None:
        raise Conflict("the address is taken and cannot be read")
    if found.confirmed_at is None and last_name:
        found.first_name, found.last_name = first_name, last_name
    return found
