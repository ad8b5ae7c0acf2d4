"""Finding somebody on the list of a date: at the door, in the office's search, before a mail is
entered. It asks no rights itself."""

from typing import Any

from sqlalchemy import ColumnElement, false, literal, select
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.codes import normalised
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.search.analysis import fold, spread
from portal.registrations import queries
from portal.registrations.models import Allocation, Registration, RegistrationState

MOST_WORDS = 6
ANYWHERE = 4  # letters


def found(allocation: Allocation, q: str, *, most: int) -> list[Registration]:
    """For the door: by name, organisation, number or code, sorted by name; who has left stands
    last."""
    ids = [row.id for row in _matching(allocation, q, with_address=False)][:most]
    rows = (
        select(Registration)
        .options(joinedload(Registration.checked_in_by))
        .where(Registration.id.in_(ids))
    )
    return sorted(db.session.scalars(rows), key=lambda one: ids.index(one.id))


def ids_matching(allocation: Allocation, q: str) -> list[int]:
    """Whose name, organisation, e-mail address, number or code has all the words."""
    return [row.id for row in _matching(allocation, q, with_address=True)]


def with_number(allocation: Allocation, number: int) -> Registration:
    """Raises Hidden."""
    return _only(allocation, Registration.number == number)


def with_code(allocation: Allocation, code: str) -> Registration:
    """However it was typed. Raises Hidden for what is no code, and for one of another date."""
    known = normalised(code)
    return _only(allocation, Registration.code == known if known else false())


def active_with_address(allocation: Allocation, email: str) -> Registration | None:
    """Who is registered already under this address."""
    person = accounts.find_by_email(email)
    return queries.active_of(allocation, person) if person else None


def called(allocation: Allocation, name: str) -> list[Registration]:
    """Namesakes that have not ended: perhaps the same person under another address."""
    wanted = fold(name)
    return [one for one in queries.active(allocation) if wanted and fold(one.name) == wanted]


def as_sorted(row: Any) -> tuple[bool, str, str, int]:
    ended = row.state is RegistrationState.CANCELLED
    return ended, plain(row.last_name), plain(row.first_name), row.number


def plain(name: str) -> str:
    """As a German list sorts it: ä as a."""
    return spread(name, umlauts=False)


def _only(allocation: Allocation, condition: ColumnElement[bool]) -> Registration:
    rows = (
        select(Registration)
        .options(joinedload(Registration.checked_in_by), joinedload(Registration.person))
        .where(Registration.allocation_id == allocation.id, condition)
    )
    one = db.session.scalar(rows)
    if one is None:
        raise Hidden("no such registration at this date")
    return one


def _matching(allocation: Allocation, q: str, *, with_address: bool) -> list[Any]:
    """However umlauts are written, and large or small. Compared in Python: both engines answer
    alike, and the list of one date is short."""
    rows = select(
        Registration.id,
        Registration.number,
        Registration.code,
        Registration.state,
        Registration.first_name,
        Registration.last_name,
        Registration.organisation_name,
        (User.email if with_address else literal("")).label("email"),
    )
    rows = rows.join(Registration.person).where(Registration.allocation_id == allocation.id)
    code, wanted = normalised(q.strip()), _spellings(q)
    fitting = [
        row
        for row in db.session.execute(rows)
        if row.code == code or (wanted and all(_has(row, *word) for word in wanted))
    ]
    return sorted(fitting, key=as_sorted)


def _spellings(q: str) -> list[tuple[str, str]]:
    """Each word with its umlauts as two letters and as one."""
    return list(zip(fold(q).split(), fold(plain(q)).split(), strict=False))[:MOST_WORDS]


def _has(row: Any, long: str, short: str) -> bool:
    """A few letters begin a word; more of them are found anywhere."""
    text = f"{row.first_name} {row.last_name} {row.organisation_name} {row.email}"
    start = " " if len(short) < ANYWHERE else ""
    return (
        f"{start}{long}" in f" {fold(text)}"
        or f"{start}{short}" in f" {fold(plain(text))}"
        or long == str(row.number)
    )
