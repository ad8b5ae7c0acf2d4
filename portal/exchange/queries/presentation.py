"""An entry as its readers see it: a record with the listed fields, and nothing of the model. The
public page, the author's preview and the office's case are made of the same record."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import select

from portal.core.database import db
from portal.exchange.models import Offer, OfferKind, OfferRevision
from portal.partners.models import Membership


@dataclass(frozen=True)
class Presentation:
    """`html` was made by core.text when it was saved. `partner_slug` is None for an organisation
    that has no public page."""

    kind: OfferKind | None
    title: str
    summary: str
    html: Markup
    theme_slug: str
    theme_name: str
    competence: str
    citywide: bool
    districts: list[tuple[str, str]]
    organisation: str
    organisation_slug: str
    partner_slug: str | None
    published_at: datetime | None
    expires_on: date | None


def presentation(offer: Offer, revision: OfferRevision) -> Presentation:
    theme = revision.theme
    return Presentation(
        kind=revision.kind,
        title=revision.name,
        summary=revision.summary,
        html=Markup(revision.html),  # noqa: S704 - sanitised by core.text on save
        theme_slug=theme.slug if theme else "",
        theme_name=theme.name if theme else "",
        competence=revision.competence.name if revision.competence else "",
        citywide=revision.citywide,
        districts=[(district.slug, district.name) for district in revision.districts],
        organisation=offer.organisation.name,
        organisation_slug=offer.organisation.slug,
        partner_slug=offer.organisation.slug if _has_a_page(offer) else None,
        published_at=offer.published_at,
        expires_on=offer.expires_on,
    )


def _has_a_page(offer: Offer) -> bool:
    """Members of the alliance have one."""
    open_one = select(Membership.id).where(
        Membership.organisation_id == offer.organisation_id, Membership.until.is_(None)
    )
    return db.session.scalar(open_one.limit(1)) is not None
