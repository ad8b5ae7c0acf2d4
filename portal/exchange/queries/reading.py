"""Loading one entry, which is a right already, and the lists of those who write them."""

import re
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.core.cases import Case
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.core.times import today
from portal.exchange.models import Offer, OfferReview, OfferRevision, OfferState
from portal.exchange.policies import may_see
from portal.exchange.queries.choice import SLUG
from portal.partners.models import Organisation

KEY = re.compile(r"[A-Za-z0-9_-]{1,16}")
SOON = timedelta(days=14)  # before the last day

_CONTENT = (
    joinedload(OfferRevision.theme),
    joinedload(OfferRevision.competence),
    selectinload(OfferRevision.districts),
)


def with_slug(slug: str) -> Offer:
    """An entry that is public, or was: its page says then that it is over. Raises Hidden for
    everything else."""
    if not SLUG.fullmatch(slug):
        raise Hidden("no entry has such an address")
    rows = (
        select(Offer)
        .join(Offer.organisation)
        .options(contains_eager(Offer.organisation), joinedload(Offer.live).options(*_CONTENT))
        .where(
            Offer.slug == slug,
            Offer.state != OfferState.REMOVED,
            Organisation.suspended_at.is_(None),
        )
    )
    offer = db.session.scalar(rows)
    if offer is None or offer.live is None:
        raise Hidden("no public entry here")
    return offer


def is_public(offer: Offer) -> bool:
    """It has not run out, also where the worker has not noticed yet."""
    last = offer.expires_on
    return offer.state is OfferState.ONLINE and last is not None and last >= today()


def with_key(
    key: str, *, seen_by: User, of: Organisation | None = None, to_change: bool = False
) -> Offer:
    """An entry by its private key. Raises Hidden for who may not see it, and for an address that
    names another organisation. `to_change` makes a second person wait for the first."""
    if not KEY.fullmatch(key):
        raise Hidden("no entry has such a key")
    if to_change:
        db.session.execute(select(Offer.id).where(Offer.key == key).with_for_update())
    rows = (
        select(Offer)
        .options(
            joinedload(Offer.organisation),
            joinedload(Offer.author),
            selectinload(Offer.revisions).options(*_CONTENT),
        )
        .where(Offer.key == key)
    )
    offer = db.session.scalar(rows)
    if offer is None or (of and offer.organisation_id != of.id):
        raise Hidden("no such entry here")
    require(may_see, seen_by, offer, otherwise=Hidden)
    return offer


def find_own(key: str, organisation: Organisation) -> Offer | None:
    """What the first click on "save" has made."""
    return db.session.scalar(
        select(Offer).where(Offer.key == key, Offer.organisation_id == organisation.id)
    )


def is_latest() -> ColumnElement[bool]:
    """Of a revision: it is being worked on, or was the last one there was."""
    newest = (
        select(func.max(OfferRevision.number))
        .where(OfferRevision.offer_id == Offer.id)
        .correlate(Offer)
        .scalar_subquery()
    )
    return OfferRevision.number == newest


def latest() -> Select[OfferRevision]:
    """The latest text of each entry, with its entry."""
    return (
        select(OfferRevision)
        .join(OfferRevision.offer)
        .where(is_latest())
        .options(contains_eager(OfferRevision.offer))
    )


def of_organisation(organisation: Organisation) -> Select[OfferRevision]:
    """All of its entries, those first that were touched last."""
    return (
        latest()
        .where(Offer.organisation_id == organisation.id)
        .order_by(Offer.changed_at.desc(), Offer.id.desc())
    )


def wanting(organisation_ids: list[int]) -> list[OfferRevision]:
    """What waits for its people: texts to be mended, terms that end soon or are over."""
    ends = (
        Offer.state.in_([OfferState.ONLINE, OfferState.EXPIRED]),
        Offer.expires_on <= today() + SOON,
    )
    rows = (
        latest()
        .join(Offer.organisation)
        .options(contains_eager(OfferRevision.offer).contains_eager(Offer.organisation))
        .where(
            Offer.organisation_id.in_(organisation_ids),
            or_(OfferRevision.state == OfferReview.RETURNED, ends[0] & ends[1]),
        )
        .order_by(Offer.expires_on, Offer.id)
    )
    return list(db.session.scalars(rows)) if organisation_ids else []


def waiting_cases() -> list[Case]:
    """What lies with the Projektbüro, oldest first."""
    rows = (
        latest()
        .where(OfferRevision.state == OfferReview.SUBMITTED)
        .order_by(OfferRevision.submitted_at)
    )
    return [
        Case(
            kind="offers",
            label=revision.kind.label if revision.kind else _("Kooperation"),
            title=revision.name,
            since=revision.submitted_at or revision.changed_at,
            promised_by=revision.promised_by,
            endpoint="exchange_office.show",
            values={"key": revision.offer.key},
            about="offer",
            about_id=revision.offer_id,
            version=revision.version,
        )
        for revision in db.session.scalars(rows)
    ]
