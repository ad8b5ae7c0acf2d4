"""What the person sees who was named to sign, by the link in the mail."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.charter.models import Nomination
from portal.charter.policies import may_sign
from portal.charter.queries.declarations import current
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.tokens import LinkExpired, fits

SIGN = "sign"  # the purpose of the link
LINK_LASTS = timedelta(days=14)
GONE = _l(
    "Dieser Link gilt nicht oder nicht mehr. Haben Sie schon geantwortet, dann ist nichts mehr zu"
    " tun. Sonst fragen Sie die Person, die Sie benannt hat."
)
OLD_VERSION = _l(
    "Inzwischen gibt es eine neuere Fassung der Erklärung. Bitten Sie die Person, die Sie benannt"
    " hat, Sie für diese noch einmal zu benennen."
)


def with_link(nomination_id: int, token: str) -> Nomination:
    """Who holds the link may load. Raises Hidden for a wrong or used one, for a version that is not
    the current one, and when who named them may not do so any more; LinkExpired for a right link
    whose time is over."""
    nomination = _find(nomination_id)
    if nomination is None or nomination.person.locked_at or not fits(token, nomination, SIGN):
        raise Hidden("no such link", message=GONE)
    if not may_sign(nomination.named_by, nomination.organisation):
        raise Hidden("who named them lost the right", message=GONE)
    if nomination.declaration != current():
        raise Hidden("there is a newer version", message=OLD_VERSION)
    return nomination


def with_expired_link(nomination_id: int, token: str) -> Nomination:
    """Who asks for a new link holds an old one that fits but for its time. Raises Hidden."""
    nomination = _find(nomination_id)
    try:
        return with_link(nomination_id, token)
    except LinkExpired:
        if nomination is None or not may_sign(nomination.named_by, nomination.organisation):
            raise Hidden("no such link", message=GONE) from None
        return nomination


def _find(nomination_id: int) -> Nomination | None:
    rows = select(Nomination).options(
        joinedload(Nomination.person),
        joinedload(Nomination.organisation),
        joinedload(Nomination.declaration),
    )
    return db.session.scalar(rows.where(Nomination.id == nomination_id))
