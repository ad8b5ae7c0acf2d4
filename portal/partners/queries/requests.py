"""Requests to speak for an organisation, and claims: for the owners, the office and the person."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.tokens import LinkExpired, fits, token_for
from portal.partners.models import (
    JoinRequest,
    Membership,
    Organisation,
    RequestState,
)
from portal.partners.queries.orphans import is_administered

JOIN = "join"  # the purpose of the link
JOIN_WITHIN = timedelta(days=7)
PENDING = (RequestState.UNCONFIRMED, RequestState.ASKED)
LINK_GONE = _l(
    "Dieser Link gilt nicht oder nicht mehr. Haben Sie Ihre Adresse schon bestätigt, dann melden"
    " Sie sich an: Den Stand Ihrer Anfrage sehen Sie in Ihrem Bereich."
)
LISTED = 100


def pending_request(organisation: Organisation, person: User) -> JoinRequest | None:
    rows = select(JoinRequest).where(
        JoinRequest.organisation_id == organisation.id,
        JoinRequest.person_id == person.id,
        JoinRequest.state.in_(PENDING),
    )
    return db.session.scalar(rows)


def requests_of(organisation: Organisation) -> list[JoinRequest]:
    """What waits for the owners' answer, oldest first."""
    rows = (
        select(JoinRequest)
        .options(joinedload(JoinRequest.person))
        .where(
            JoinRequest.organisation_id == organisation.id,
            JoinRequest.state == RequestState.ASKED,
        )
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(LISTED)
    )
    return list(db.session.scalars(rows))


def asking_to_join(organisation_ids: list[int]) -> dict[int, int]:
    """How many wait for an answer, by organisation; nothing for those where nobody does."""
    if not organisation_ids:
        return {}
    rows = (
        select(JoinRequest.organisation_id, func.count())
        .where(
            JoinRequest.organisation_id.in_(organisation_ids),
            JoinRequest.state == RequestState.ASKED,
        )
        .group_by(JoinRequest.organisation_id)
    )
    return {id_: number for id_, number in db.session.execute(rows)}


def request_of(organisation: Organisation, request_id: int) -> JoinRequest:
    """For the owners, from the moment the address is proven. Raises Hidden."""
    found = db.session.get(JoinRequest, request_id)
    if found is None or found.organisation_id != organisation.id or found.asked_at is None:
        raise Hidden("no request to this organisation")
    return found


def requests_by(person: User) -> list[JoinRequest]:
    """The person's own that wait, or were refused without a later one."""
    rows = (
        select(JoinRequest)
        .options(joinedload(JoinRequest.organisation))
        .where(JoinRequest.person_id == person.id, JoinRequest.state.in_(PENDING))
        .order_by(JoinRequest.id)
    )
    return list(db.session.scalars(rows))


def own_request(request_id: int, *, seen_by: User) -> JoinRequest:
    found = db.session.get(JoinRequest, request_id)
    if found is None or found.person_id != seen_by.id:
        raise Hidden("no request of this person")
    return found


def claim_with_id(request_id: int) -> JoinRequest:
    """For the office: what came in where nobody administered the organisation, or administers it
    now. Raises Hidden."""
    ours = or_(JoinRequest.is_claim, ~is_administered(JoinRequest.organisation_id))
    found = db.session.scalar(handed_in().where(JoinRequest.id == request_id, ours))
    if found is None:
        raise Hidden("no claim")
    return found


def handed_in() -> Select[JoinRequest]:
    return (
        select(JoinRequest)
        .options(joinedload(JoinRequest.person), joinedload(JoinRequest.organisation))
        .where(JoinRequest.asked_at.is_not(None))
    )


def join_token(request: JoinRequest) -> str:
    """For the link in the letter; it works until the seventh day after the sending."""
    return token_for(request, JOIN, until=request.sent_at + JOIN_WITHIN)


def request_with_link(request_id: int, token: str) -> JoinRequest:
    """Who holds the link may load. Raises Hidden for a wrong or used one, LinkExpired."""
    found = db.session.get(JoinRequest, request_id)
    if found is None or found.person.locked_at or not fits(token, found, JOIN):
        raise Hidden("no such link", message=LINK_GONE)
    return found


def request_with_expired_link(request_id: int, token: str) -> JoinRequest:
    try:
        return request_with_link(request_id, token)
    except LinkExpired as late:
        found: JoinRequest = late.about
        return found


def members_with_domain(domain: str) -> list[Organisation]:
    """Members of the alliance whose website carries this name, or one above it: colleagues write
    from office.windwerk.example, too."""
    labels = domain.lower().split(".")
    names = [".".join(labels[start:]) for start in range(len(labels) - 1)][:8]
    rows = (
        select(Organisation)
        .join(Organisation.memberships)
        .where(
            Membership.until.is_(None),
            Organisation.domain.in_(names),
            Organisation.domain != "",
            Organisation.suspended_at.is_(None),
        )
        .order_by(Organisation.folded_name)
        .limit(10)
    )
    return list(db.session.scalars(rows)) if names else []
