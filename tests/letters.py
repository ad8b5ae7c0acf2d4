"""What the tests ask of letters and of the history."""

from sqlalchemy import select

from portal.core.database import db
from portal.history.models import Entry
from portal.notifications.models import Letter


def letters() -> list[tuple[str, str]]:
    """(recipient, kind) of every letter, in the order they were written."""
    db.session.rollback()
    return [
        (x.recipient.email, x.kind) for x in db.session.scalars(select(Letter).order_by(Letter.id))
    ]


def history() -> list[tuple[str, int | None, int | None]]:
    """(fact, by, for) of every line, but for the log-ins of the tests' own clients."""
    db.session.rollback()
    entries = db.session.scalars(select(Entry).order_by(Entry.id))
    return [(e.fact, e.by_id, e.for_id) for e in entries if e.fact != "LoggedIn"]
