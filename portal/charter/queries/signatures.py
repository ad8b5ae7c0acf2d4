"""Signatures: the public list of a version, one organisation's own, and the one behind a code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.charter.models import (
    Declaration,
    DeclarationState,
    Occasion,
    ProvisionalSignature,
    ProvisionalState,
    Signature,
    SignatureState,
)
from portal.charter.policies import may_see_proof
from portal.core.codes import normalised
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import require
from portal.partners.models import Affiliation, Membership, Organisation, OrganisationKind

STANDS = Signature.state == SignatureState.STANDS
MOST_PROVISIONAL = 100  # on the public page


@dataclass(frozen=True)
class Provisional:
    """What the public sees of a provisional signature."""

    organisation_name: str
    kind: OrganisationKind
    given_at: datetime


def signatories(
    declaration: Declaration, kind: OrganisationKind | None = None
) -> Select[*tuple[Any, ...]]:
    """One row for each organisation that stands to this version, by name. `slug` leads to the page
    of who is a member now; others have none."""
    is_member = and_(
        Membership.organisation_id == Signature.organisation_id, Membership.until.is_(None)
    )
    rows = (
        select(
            Signature.organisation_name,
            Signature.signed_at,
            Organisation.kind,
            Organisation.fictitious,
            Organisation.slug,
            Membership.id.is_not(None).label("is_member"),
        )
        .join(Signature.organisation)
        .outerjoin(Membership, is_member)
        .where(Signature.declaration_id == declaration.id, STANDS)
        .order_by(Organisation.folded_name, Signature.id)
    )
    return rows.where(Organisation.kind == kind) if kind else rows


def kinds_of_signatories(declaration: Declaration) -> dict[OrganisationKind, int]:
    """How many of each kind stand to this version."""
    rows = (
        select(Organisation.kind, func.count())
        .join(Signature, Signature.organisation_id == Organisation.id)
        .where(Signature.declaration_id == declaration.id, STANDS)
        .group_by(Organisation.kind)
    )
    return {kind: count for kind, count in db.session.execute(rows)}


def provisional_in_public(declaration: Declaration) -> list[Provisional]:
    """Only of occasions for which the office said so; the newest first."""
    rows = (
        select(
            ProvisionalSignature.organisation_name,
            ProvisionalSignature.kind,
            ProvisionalSignature.given_at,
        )
        .join(ProvisionalSignature.occasion)
        .where(
            Occasion.declaration_id == declaration.id,
            Occasion.shows_provisional.is_(True),
            ProvisionalSignature.state == ProvisionalState.WAITING,
        )
        .order_by(ProvisionalSignature.id.desc())
        .limit(MOST_PROVISIONAL)
    )
    return [Provisional(*row) for row in db.session.execute(rows)]


def standing_signature(organisation: Organisation, declaration: Declaration) -> Signature | None:
    rows = select(Signature).where(
        Signature.organisation_id == organisation.id,
        Signature.declaration_id == declaration.id,
        STANDS,
    )
    return db.session.scalar(rows)


def newest_standing(organisation: Organisation) -> Signature | None:
    """Of the newest version that it stands to, whether this is the current one or not."""
    rows = select(Signature).where(Signature.organisation_id == organisation.id, STANDS)
    return db.session.scalar(rows.order_by(Signature.number.desc()).limit(1))


def signatures_of(organisation: Organisation) -> list[Signature]:
    """All that were ever given, the newest first."""
    rows = select(Signature).where(Signature.organisation_id == organisation.id)
    return list(db.session.scalars(rows.order_by(Signature.id.desc())))


def all_of_version(declaration: Declaration) -> Select[Signature]:
    """For the office: also what does not stand any more."""
    rows = select(Signature).where(Signature.declaration_id == declaration.id)
    return rows.order_by(Signature.signed_at.desc(), Signature.id.desc())


def with_id(signature_id: int, *, seen_by: User) -> Signature:
    """For own people and the office. Raises Hidden."""
    found = db.session.get(Signature, signature_id)
    if found is None:
        raise Hidden("no such signature")
    require(may_see_proof, seen_by, found, otherwise=Hidden)
    return found


def proof_for(slug: str, *, seen_by: User) -> Signature:
    """The newest signature of an organisation, whether it stands or not. Raises Hidden for who
    neither belongs to it nor to the office."""
    rows = (
        select(Signature)
        .join(Signature.organisation)
        .options(joinedload(Signature.declaration))
        .where(Organisation.slug == slug)
        .order_by(Signature.id.desc())
        .limit(1)
    )
    found = db.session.scalar(rows)
    if found is None:
        raise Hidden("nothing was signed")
    require(may_see_proof, seen_by, found, otherwise=Hidden)
    return found


def with_code(code: str) -> Signature:
    """What everybody may check who holds the proof. Raises Hidden."""
    rows = select(Signature).options(joinedload(Signature.declaration))
    kept = normalised(code)
    found = db.session.scalar(rows.where(Signature.code == kept)) if kept else None
    if found is None:
        raise Hidden("no such proof")
    return found


def wanting_a_signature(organisations: list[Organisation]) -> list[Organisation]:
    """Of these, the members that have not signed the current version."""
    newest = (
        select(Declaration.id)
        .where(Declaration.state == DeclarationState.PUBLISHED)
        .order_by(Declaration.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    signed = select(Signature.organisation_id).where(Signature.declaration_id == newest, STANDS)
    rows = (
        select(Organisation.id)
        .join(Organisation.memberships)
        .where(
            Organisation.id.in_([one.id for one in organisations]),
            Membership.until.is_(None),
            Organisation.suspended_at.is_(None),
            newest.is_not(None),
            Organisation.id.not_in(signed),
        )
    )
    wanting = set(db.session.scalars(rows)) if organisations else set()
    return [one for one in organisations if one.id in wanting]


def function_in(organisation: Organisation, person: User) -> str:
    """What is known of the person there, so that they need not type it."""
    rows = select(Affiliation.function).where(
        Affiliation.organisation_id == organisation.id,
        Affiliation.user_id == person.id,
        Affiliation.until.is_(None),
        Affiliation.function != "",
    )
    return db.session.scalar(rows.order_by(Affiliation.id).limit(1)) or ""
