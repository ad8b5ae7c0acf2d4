"""How often a link may be asked for by mail, known address or not."""

from datetime import timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import Attempt, AttemptKind
from portal.core.database import db
from portal.core.errors import TooOften
from portal.core.times import now

LINKS = 3
LINKS_WITHIN = timedelta(hours=1)


def count_a_link(subject: str) -> None:
    """`subject` stands for the address among the attempts. Raises TooOften for the fourth link
    within an hour."""
    tried = accounts.attempts(AttemptKind.LINK, subject, since=now() - LINKS_WITHIN)
    if len(tried) >= LINKS:
        wait = tried[-LINKS] + LINKS_WITHIN - now()
        raise TooOften("links", seconds=max(1, int(wait.total_seconds())))
    db.session.add(Attempt(kind=AttemptKind.LINK, subject=subject, at=now()))
