"""The address of one's own calendar: made, made anew, given up. Old addresses end at once."""

from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.registrations import feeds
from portal.registrations.facts import CalendarClosed, CalendarOpened, CalendarRenewed
from portal.registrations.models import CalendarKey
from portal.registrations.policies import may_subscribe


def open_calendar(*, by: User) -> None:
    """The second of two clicks changes nothing."""
    require(may_subscribe, by, None)
    key = CalendarKey(person_id=by.id, made_at=now())
    try:
        with db.session.begin_nested():
            db.session.add(key)
    except IntegrityError:
        return
    tell(CalendarOpened(by=by, about=key))


def renew_calendar(*, by: User) -> None:
    """For who let the address out of their hands."""
    require(may_subscribe, by, None)
    key = feeds.key_of(by)
    if key is None:
        open_calendar(by=by)
        return
    key.burn_links()
    key.made_at = now()
    db.session.flush()
    tell(CalendarRenewed(by=by, about=key))


def close_calendar(*, by: User) -> None:
    """Nothing happens where there is none."""
    require(may_subscribe, by, None)
    key = feeds.key_of(by)
    if key is not None:
        tell(CalendarClosed(by=by, about=key))
        db.session.delete(key)
        db.session.flush()
