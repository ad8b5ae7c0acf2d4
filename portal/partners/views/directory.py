"""The directory, and a member's page."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.core.text import clean_line
from portal.partners import policies, queries
from portal.partners.models import OrganisationKind
from portal.partners.queries import FacetCounts, Filters
from portal.partners.websites import domain_of
from portal.topics.queries import district_name, themes

bp = Blueprint("partners", __name__)
PER_PAGE = 24
LONGEST_QUERY = 200
KINDS = {  # what stands in the address
    "unternehmen": OrganisationKind.COMPANY,
    "wissenschaft": OrganisationKind.SCIENCE,
    "verband": OrganisationKind.ASSOCIATION,
    "verwaltung": OrganisationKind.ADMINISTRATION,
    "zivilgesellschaft": OrganisationKind.CIVIL_SOCIETY,
}


@dataclass(frozen=True)
class Option:
    """One choice of a facet: chosen again, it is taken back."""

    label: str
    href: str
    count: int
    current: bool


@bp.context_processor
def words() -> dict[str, Any]:
    return {"host": domain_of}


@bp.get("/partner", endpoint="index")
@public
def index() -> ResponseReturnValue:
    filters = _filters()
    counts = queries.facets(filters) if filters else queries.listed_facets()
    rows = queries.matching(filters)
    listing = paginate(rows, page=page_number(), per_page=PER_PAGE, total=counts.total)
    kinds, topics = _kind_options(filters, counts), _theme_options(filters, counts)
    return page(
        "partners/index.html",
        filters=filters,
        kept={name: value for name, value in request.args.items() if name in {"art", "thema"}},
        listing=listing,
        kinds=kinds,
        themes=topics,
        chosen=_chosen(filters, kinds, topics),
    )


@bp.get("/partner/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    organisation, membership = queries.member_with_slug(slug)
    return page(
        "partners/show.html",
        partner=organisation,
        membership=membership,
        contacts=queries.contacts_of(organisation),
        district=district_name(organisation.district_id),
        is_claimed=policies.has_owner(organisation.id),
        may_join=policies.may_ask_to_join(me(), organisation),
    )


def _filters() -> Filters:
    """What the address asks for; a choice that nobody offered narrows nothing."""
    theme = request.args.get("thema", "")
    return Filters(
        q=clean_line(request.args.get("q", "")[:LONGEST_QUERY]),
        kind=KINDS.get(request.args.get("art", "")),
        theme=theme if theme in {known.slug for known in themes()} else None,
    )


def _address(filters: Filters, **changed: str | None) -> str:
    """The directory with one choice changed, from its first page."""
    kind = next((word for word, kind in KINDS.items() if kind is filters.kind), None)
    chosen: dict[str, Any] = {"q": filters.q, "art": kind, "thema": filters.theme} | changed
    return url_for("partners.index", **{name: value for name, value in chosen.items() if value})


def _kind_options(filters: Filters, counts: FacetCounts) -> list[Option]:
    return [
        Option(
            label=kind.label,
            href=_address(filters, art=None if filters.kind is kind else word),
            count=counts.kinds.get(kind, 0),
            current=filters.kind is kind,
        )
        for word, kind in KINDS.items()
        if counts.kinds.get(kind) or filters.kind is kind
    ]


def _theme_options(filters: Filters, counts: FacetCounts) -> list[Option]:
    return [
        Option(
            label=theme.name,
            href=_address(filters, thema=None if filters.theme == theme.slug else theme.slug),
            count=counts.themes.get(theme.slug, 0),
            current=filters.theme == theme.slug,
        )
        for theme in themes()
        if counts.themes.get(theme.slug) or filters.theme == theme.slug
    ]


def _chosen(filters: Filters, *facets: list[Option]) -> list[tuple[str, str]]:
    """What narrows the list now, each with the address without it."""
    found = [(option.label, option.href) for facet in facets for option in facet if option.current]
    if filters.q:
        found.insert(0, (_("„%(words)s“", words=filters.q), _address(filters, q=None)))
    return found
