"""The directory: members of the alliance, as records with the fields that lists show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import joinedload

from portal.core.counters import counters
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.generation import once_per_generation
from portal.core.paging import Listing
from portal.core.pictures.models import Picture
from portal.core.search.models import SearchEntry
from portal.core.search.suggesting import suggestion
from portal.core.shelves import Shelf
from portal.partners.models import (
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationTheme,
    Standing,
)
from portal.partners.queries.competence_map import claimed_competences
from portal.topics.queries import (
    CompetenceRecord,
    DistrictRecord,
    ThemeRecord,
    competences,
    districts,
    themes,
)

PER_PAGE = 24
COUNTED = "partners"  # the prefix of the counters
PARTNERS = (Standing.FOUNDER, Standing.PARTNER)  # supporters help without being partners


@dataclass(frozen=True)
class Filters:
    """What narrows the directory, several values of each facet; empty ones narrow nothing."""

    q: str = ""
    kinds: tuple[OrganisationKind, ...] = ()
    themes: tuple[ThemeRecord, ...] = ()
    districts: tuple[DistrictRecord, ...] = ()
    competences: tuple[CompetenceRecord, ...] = ()

    def __bool__(self) -> bool:
        facets = (self.kinds, self.themes, self.districts, self.competences)
        return bool(self.q.strip() or any(facets))


@dataclass(frozen=True)
class FacetCounts:
    """How many members each choice would show; choices without members are missing."""

    total: int
    kinds: dict[str, int]
    themes: dict[str, int]
    districts: dict[str, int] = field(default_factory=dict)
    competences: dict[str, int] = field(default_factory=dict)


class Members(Shelf):
    """By name."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__([row.id for row in rows], [row.entry_id for row in rows])
        self.put("kind", [(row.id, str(row.kind)) for row in rows])
        self.put("district", [(row.id, row.district_id) for row in rows])
        for facet, column in (("theme", "themes"), ("competence", "competences")):
            self.put(facet, _numbers(rows, column))


def _numbers(rows: list[Any], column: str) -> Iterator[tuple[int, int]]:
    """(organisation, number) of a column that lists several."""
    for row in rows:
        for one in (getattr(row, column) or "").split(","):
            if one:
                yield row.id, int(one)


@once_per_generation
def members() -> Members:
    """Whoever is not a member now is never among them."""
    of_each = (
        select(
            OrganisationTheme.organisation_id,
            func.aggregate_strings(cast(OrganisationTheme.theme_id, String), ",").label("themes"),
        )
        .group_by(OrganisationTheme.organisation_id)
        .subquery()
    )
    claimed = claimed_competences()
    entry = and_(SearchEntry.kind == "partner", SearchEntry.object_id == Organisation.id)
    rows = (
        select(
            Organisation.id,
            Organisation.kind,
            Organisation.district_id,
            of_each.c.themes,
            claimed.c.competences,
            SearchEntry.id.label("entry_id"),
        )
        .join(Organisation.memberships)
        .outerjoin(of_each, of_each.c.organisation_id == Organisation.id)
        .outerjoin(claimed, claimed.c.organisation_id == Organisation.id)
        .outerjoin(SearchEntry, entry)
        .where(Membership.until.is_(None))
        .order_by(Organisation.folded_name, Organisation.id)
    )
    return Members(list(db.session.execute(rows)))


def listed_facets() -> FacetCounts:
    """Of the whole directory, from its counters; districts from the shelf."""
    found, shelf = counters(COUNTED), members()
    total = sum(found.get("standing", {}).values())
    by_district, by_competence = (
        shelf.counts(facet, shelf.all) for facet in ("district", "competence")
    )
    return FacetCounts(
        total,
        found.get("kind", {}),
        found.get("theme", {}),
        _by_slug(by_district, districts()),
        _by_slug(by_competence, competences() if by_competence else ()),
    )


def listed(filters: Filters, *, page: int) -> tuple[FacetCounts, Listing[Any]]:
    """One page of the directory, and its facets: the choices of one facet are counted under those
    made in the others. Raises Hidden for a page behind the last one."""
    shelf = members()
    better, mask = shelf.searched(filters.q)
    counts = _counts(shelf, mask, filters) if filters else listed_facets()
    mask = _but(shelf, mask, filters, "")
    start = (page - 1) * PER_PAGE
    if page > 1 and start >= counts.total:
        raise Hidden(f"page {page} of {counts.total} members")
    first = better if filters.q.strip() else 0
    ids = shelf.page_of_two(first, mask, start=start, number=PER_PAGE)
    return counts, Listing(_rows(ids), page=page, per_page=PER_PAGE, total=counts.total)


def suggested(filters: Filters) -> str:
    """Other words for a search that found nothing, or none."""
    return suggestion(filters.q, "partner") if filters.q.strip() else ""


def _but(shelf: Members, mask: int, filters: Filters, left_out: str) -> int:
    """What all facets but one leave of the mask."""
    chosen: dict[str, list[Any]] = {
        "kind": [str(kind) for kind in filters.kinds],
        "theme": [theme.id for theme in filters.themes],
        "district": [district.id for district in filters.districts],
        "competence": [competence.id for competence in filters.competences],
    }
    for facet, values in chosen.items():
        if values and facet != left_out:
            mask &= shelf.having(facet, values)
    return mask


def _counts(shelf: Members, mask: int, filters: Filters) -> FacetCounts:
    kinds, by_theme, by_district, by_competence = (
        shelf.counts(facet, _but(shelf, mask, filters, facet))
        for facet in ("kind", "theme", "district", "competence")
    )
    return FacetCounts(
        total=_but(shelf, mask, filters, "").bit_count(),
        kinds={str(kind): number for kind, number in kinds.items()},
        themes=_by_slug(by_theme, themes()),
        districts=_by_slug(by_district, districts()),
        competences=_by_slug(by_competence, competences() if by_competence else ()),
    )


def _by_slug(numbers: dict[Any, int], records: Sequence[Any]) -> dict[str, int]:
    return {record.slug: numbers[record.id] for record in records if record.id in numbers}


def _rows(ids: list[int]) -> list[Any]:
    """In this order, with the fields that the list shows."""
    organisation, membership = Organisation, Membership
    rows = (
        select(
            organisation.id,
            organisation.slug,
            organisation.name,
            organisation.kind,
            organisation.city,
            organisation.fictitious,
            membership.standing,
            membership.since,
            membership.precision,
        )
        .join(organisation.memberships)
        .where(organisation.id.in_(ids), membership.until.is_(None))
    )
    found = {row.id: row for row in db.session.execute(rows)} if ids else {}
    return [found[id_] for id_ in ids if id_ in found]


def member_with_slug(slug: str) -> tuple[Organisation, Membership]:
    """A member and the membership that is open now. Raises Hidden: others have no page."""
    rows = (
        select(Organisation, Membership)
        .options(joinedload(Organisation.logo), joinedload(Organisation.themes))
        .join(Organisation.memberships)
        .where(Organisation.slug == slug, Membership.until.is_(None))
    )
    found = None if "\0" in slug else db.session.execute(rows).unique().first()  # R22
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
