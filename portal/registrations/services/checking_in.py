"""At the door: who is let in, once. Two doors may ask at the same moment: one guarded statement
says which of them was the first, and it takes no place away from anybody."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, update

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.registrations.facts import CheckedIn, CheckInUndone
from portal.registrations.models import AllocationState, Registration, RegistrationState
from portal.registrations.policies import may_keep
from portal.registrations.services.answering import accept

R: Any = Registration.__table__
NO_PLACE = _l(
    "Diese Person hat keinen Platz. Steht sie auf der Warteliste und ist ein Platz frei, lassen Sie"
    " sie nachrücken und dann ein."
)
STOPPED = _l("Dieser Termin ist abgesagt. Niemand wird eingelassen.")


def check_in(registration: Registration, *, by: User) -> bool:
    """True for the first time; False when the person is inside already, whoever was faster. An
    offered place is taken by coming. Raises Conflict for who has no place."""
    require(may_keep, by, registration.allocation)
    if registration.allocation.state is AllocationState.STOPPED:
        raise Conflict("the date is cancelled", about=registration, message=STOPPED)
    if registration.state is RegistrationState.OFFERED:
        accept(registration)
    moment = now()
    changed = db.session.execute(
        update(R)
        .where(R.c.id == registration.id, R.c.state == RegistrationState.CONFIRMED, not_inside())
        .values(checked_in_at=moment, checked_in_by_id=by.id)
    )
    db.session.refresh(registration)
    if changed.rowcount == 1:  # type: ignore[attr-defined]
        tell(CheckedIn(by=by, for_=registration.organisation, about=registration, at=moment))
        return True
    if registration.state is not RegistrationState.CONFIRMED:
        raise Conflict("has no place", about=registration, message=NO_PLACE)
    return False


def undo_check_in(registration: Registration, *, by: User) -> None:
    """The wrong one was tapped. The second tap changes nothing."""
    require(may_keep, by, registration.allocation)
    changed = db.session.execute(
        update(R)
        .where(R.c.id == registration.id, R.c.checked_in_at.is_not(None))
        .values(checked_in_at=None, checked_in_by_id=None)
    )
    db.session.refresh(registration)
    if changed.rowcount == 1:  # type: ignore[attr-defined]
        tell(CheckInUndone(by=by, for_=registration.organisation, about=registration))


def not_inside() -> ColumnElement[bool]:
    condition: ColumnElement[bool] = R.c.checked_in_at.is_(None)
    return condition
