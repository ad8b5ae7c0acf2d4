"""The directory: members of the alliance, as records with the fields that lists show."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from portal.core.counters import counters
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.pictures.models import Picture
from portal.core.search.index import ids_matching
from portal.partners.models import (
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationTheme,
    Standing,
)
from portal.topics.models import Theme

COUNTED = "partners"  # the prefix of the counters
PARTNERS = (Standing.FOUNDER, Standing.PARTNER)  # supporters help without being partners


@dataclass(frozen=True)
class Filters:
    """What narrows the directory; empty ones narrow nothing."""

    q: str = ""
    kind: OrganisationKind | None = None
    theme: str | None = None

    def __bool__(self) -> bool:
        return bool(self.q.strip() or self.kind or self.theme)


@dataclass(frozen=True)
class FacetCounts:
    """How many members each choice would show; choices without members are missing."""

    total: int
    kinds: dict[str, int]
    themes: dict[str, int]


def matching(filters: Filters) -> Select[*tuple[Any, ...]]:
    """One row per member, by name. Whoever is not a member now is never among them."""
    organisation, membership = Organisation, Membership
    return (
        select(
            organisation.slug,
            organisation.name,
            organisation.kind,
            organisation.city,
            organisation.summary,
            organisation.fictitious,
            membership.standing,
            membership.since,
            membership.precision,
        )
        .join(organisation.memberships)
        .where(*_conditions(filters))
        .order_by(organisation.folded_name, organisation.id)
    )


def listed_facets() -> FacetCounts:
    """Of the whole directory: one statement, however long it is."""
    found = counters(COUNTED)
    total = sum(found.get("standing", {}).values())
    return FacetCounts(total, found.get("kind", {}), found.get("theme", {}))


def facets(filters: Filters) -> FacetCounts:
    """Of a narrowed directory, counted live. The choices of one facet are counted under the
    choices made in the others."""
    kinds = _counted(
        select(Organisation.kind, func.count())
        .join(Organisation.memberships)
        .where(*_conditions(filters, but="kind"))
        .group_by(Organisation.kind)
    )
    themes = _counted(
        select(Theme.slug, func.count())
        .join(OrganisationTheme, OrganisationTheme.theme_id == Theme.id)
        .join(Organisation, Organisation.id == OrganisationTheme.organisation_id)
        .join(Organisation.memberships)
        .where(*_conditions(filters, but="theme"))
        .group_by(Theme.slug)
    )
    total = kinds.get(filters.kind, 0) if filters.kind else sum(kinds.values())
    return FacetCounts(total, kinds, themes)


def member_with_slug(slug: str) -> tuple[Organisation, Membership]:
    """A member and the membership that is open now. Raises Hidden: others have no page."""
    rows = (
        select(Organisation, Membership)
        .options(joinedload(Organisation.logo))
        .join(Organisation.memberships)
        .where(Organisation.slug == slug, Membership.until.is_(None))
    )
    found = db.session.execute(rows).first() if "\0" not in slug else None  # PostgreSQL takes none
    if found is None:
        raise Hidden("no member of the alliance")
    return found[0], found[1]


def logo_of(slug: str, key: str) -> Picture:
    """Of a member, while it is the logo shown. Raises Hidden."""
    organisation, _membership = member_with_slug(slug)
    if organisation.logo is None or organisation.logo.key != key:
        raise Hidden("no such logo")
    return organisation.logo


def known_organisation(slug: str) -> Organisation:
    """For the office: member or not. Raises Hidden."""
    rows = select(Organisation).where(Organisation.slug == slug)
    found = db.session.scalar(rows) if "\0" not in slug else None
    if found is None:
        raise Hidden("no organisation")
    return found


def standing_of(organisation: Organisation) -> Membership | None:
    """The open membership, or None for who is no member now."""
    rows = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.until.is_(None)
    )
    return db.session.scalar(rows)


def partner_count() -> int:
    """Founders and partners now."""
    rows = select(func.count(Membership.id)).where(
        Membership.until.is_(None), Membership.standing.in_(PARTNERS)
    )
    return db.session.scalar(rows) or 0


def _conditions(filters: Filters, *, but: str = "") -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Membership.until.is_(None)]
    if filters.q.strip():
        found.append(Organisation.id.in_(ids_matching(filters.q, "partner")))
    if filters.kind and but != "kind":
        found.append(Organisation.kind == filters.kind)
    if filters.theme and but != "theme":
        named = (
            select(OrganisationTheme.organisation_id)
            .join(Theme, Theme.id == OrganisationTheme.theme_id)
            .where(Theme.slug == filters.theme)
        )
        found.append(Organisation.id.in_(named))
    return found


def _counted(rows: Select[*tuple[Any, ...]]) -> dict[str, int]:
    return {str(value): count for value, count in db.session.execute(rows)}
