"""Who was named to sign: for the organisation, and for that person by the link in the mail."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.charter.models import Declaration, Nomination, NominationState, Signature
from portal.charter.policies import may_sign
from portal.charter.queries.declarations import current
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.tokens import LinkExpired, fits
from portal.partners.models import Organisation
from portal.partners.policies import belongs_to

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


def open_nomination(organisation: Organisation) -> Nomination | None:
    rows = select(Nomination).where(
        Nomination.organisation_id == organisation.id, Nomination.state == NominationState.OPEN
    )
    return db.session.scalar(rows.options(joinedload(Nomination.person)))


def nomination_of(organisation: Organisation, *, seen_by: User) -> Nomination:
    """The open one, for who belongs to the organisation. Raises Hidden where there is none."""
    found = open_nomination(organisation) if belongs_to(seen_by, organisation) else None
    if found is None:
        raise Hidden("nobody is named")
    return found


def who_asked_for(signature: Signature) -> User | None:
    """Who named the person that signed by link; None for signatures given in another way."""
    rows = (
        select(User)
        .join(Nomination, Nomination.named_by_id == User.id)
        .where(Nomination.signature_id == signature.id)
    )
    return db.session.scalar(rows)


def last_refused(organisation: Organisation, declaration: Declaration) -> Nomination | None:
    """The newest nomination for this version, if it was refused."""
    rows = select(Nomination).where(
        Nomination.organisation_id == organisation.id,
        Nomination.declaration_id == declaration.id,
    )
    newest = db.session.scalar(rows.order_by(Nomination.id.desc()).limit(1))
    return newest if newest and newest.state is NominationState.REFUSED else None


def _find(nomination_id: int) -> Nomination | None:
    rows = select(Nomination).options(
        joinedload(Nomination.person),
        joinedload(Nomination.organisation),
        joinedload(Nomination.declaration),
    )
    return db.session.scalar(rows.where(Nomination.id == nomination_id))
