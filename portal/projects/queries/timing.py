"""How long a request to take part stays open, and how often somebody may be asked."""

from datetime import timedelta

from portal.core.times import now
from portal.projects.models import Basis, Participation

OPEN_FOR = timedelta(days=30)
REMINDED_EVERY = timedelta(days=7)
AGAIN_AFTER = timedelta(days=7)  # after the last request
AGAIN_AFTER_A_NO = timedelta(days=30)


def may_be_asked_again(part: Participation) -> bool:
    """Whoever said no, or took the yes back, has a month of peace."""
    if part.basis is Basis.REFUSED:
        return part.answered_at is None or part.answered_at + AGAIN_AFTER_A_NO <= now()
    return part.asked_at is None or part.asked_at + AGAIN_AFTER <= now()


def may_be_reminded(part: Participation) -> bool:
    """Once a week at most, and not in the week of the request itself."""
    heard = part.reminded_at or part.asked_at
    return part.waits and (heard is None or heard + REMINDED_EVERY <= now())
