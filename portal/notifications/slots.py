"""What the office sees of the mails on other pages."""

from typing import Any

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.notifications import queries
from portal.notifications.models import LetterState


@fills("office.letters")
def sent_for(thing: Any, *, seen_by: User) -> Markup:
    """The mails of a case with their state. For the office only."""
    if not seen_by.is_office or thing is None:
        return Markup()
    return fragment("notifications/_letters.html", letters=queries.about(thing))


@fills("readiness.problems")
def letters_that_lie_too_long(_thing: object, *, seen_by: object) -> Markup:
    """A line when the worker does not seem to work; nothing while all is well."""
    number = queries.overdue()
    return fragment("notifications/_overdue.txt", number=number) if number else Markup()


@fills("desk.notices")
def that_some_failed(_desk: object, *, seen_by: User) -> Markup:
    """For those who can send them again."""
    if not seen_by.is_administrator:
        return Markup()
    number = queries.counts()[LetterState.FAILED]
    return fragment("notifications/_failed.html", number=number) if number else Markup()
