"""The directory, and a member's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number
from portal.core.text import clean_line
from portal.partners import policies, queries
from portal.partners.models import OrganisationKind
from portal.partners.queries import FacetCounts, Filters
from portal.partners.websites import domain_of
from portal.topics.queries import (
    CompetenceRecord,
    competences,
    district_name,
    districts,
    find_competence,
    themes,
)

bp = Blueprint("partners", __name__)
LONGEST_QUERY = 200
MOST_CHOSEN = 50
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
    counts, listing = queries.listed(filters, page=page_number())
    kinds, topics, places, can_do = (
        _options(
            filters,
            "art",
            [(word, kind.label, counts.kinds.get(kind, 0)) for word, kind in KINDS.items()],
        ),
        _options(
            filters, "thema", [(t.slug, t.name, counts.themes.get(t.slug, 0)) for t in themes()]
        ),
        _options(
            filters,
            "stadtbezirk",
            [(d.slug, d.name, counts.districts.get(d.slug, 0)) for d in districts()],
        ),
        _options(
            filters,
            "kompetenz",
            [(c.slug, c.name, counts.competences.get(c.slug, 0)) for c in _offered(counts)],
        ),
    )
    better = "" if listing.items else queries.suggested(filters)
    return page(
        "partners/index.html",
        filters=filters,
        kept={name: values for name, values in _chosen_words(filters).items() if values},
        listing=listing,
        kinds=kinds,
        themes=topics,
        districts=places,
        competences=can_do,
        chosen=_chosen(filters, kinds, topics, places, can_do),
        meant=(better, _address(filters, q=[better])) if better else None,
    )


@bp.get("/partner/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    organisation, membership = queries.member_with_slug(slug)
    return page(
        "partners/show.html",
        partner=organisation,
        membership=membership,
        claims=queries.public_claims_of(organisation),
        contacts=queries.contacts_of(organisation),
        district=district_name(organisation.district_id),
        is_claimed=policies.has_owner(organisation.id),
        may_join=policies.may_ask_to_join(me(), organisation),
    )


def _filters() -> Filters:
    """What the address asks for; a choice that nobody offered narrows nothing."""
    asked = {name: set(request.args.getlist(name)) for name in ("art", "thema", "stadtbezirk")}
    return Filters(
        q=clean_line(request.args.get("q", "")[:LONGEST_QUERY]),
        kinds=tuple(kind for word, kind in KINDS.items() if word in asked["art"]),
        themes=tuple(theme for theme in themes() if theme.slug in asked["thema"]),
        districts=tuple(one for one in districts() if one.slug in asked["stadtbezirk"]),
        competences=_competences(),
    )


def _offered(counts: FacetCounts) -> tuple[CompetenceRecord, ...]:
    """Nobody claims anything: then the words need not be read."""
    return competences() if counts.competences else ()


def _competences() -> tuple[CompetenceRecord, ...]:
    """One that was merged stands for its successor."""
    asked = {find_competence(slug) for slug in request.args.getlist("kompetenz")[:MOST_CHOSEN]}
    if not asked:
        return ()
    return tuple(one for one in competences() if one in asked)


def _chosen_words(filters: Filters) -> dict[str, list[str]]:
    """Each facet's values as they stand in the address."""
    return {
        "art": [word for word, kind in KINDS.items() if kind in filters.kinds],
        "thema": [theme.slug for theme in filters.themes],
        "stadtbezirk": [district.slug for district in filters.districts],
        "kompetenz": [competence.slug for competence in filters.competences],
    }


def _address(filters: Filters, **changed: list[str]) -> str:
    """The directory with one choice changed, from its first page."""
    chosen: dict[str, Any] = {"q": filters.q, **_chosen_words(filters), **changed}
    return url_for("partners.index", **{name: value for name, value in chosen.items() if value})


def _options(filters: Filters, name: str, values: Iterable[tuple[str, str, int]]) -> list[Option]:
    """A facet's values that would show something: (word, label, number). A link adds its value to
    those chosen; a chosen one takes itself out again."""
    chosen = _chosen_words(filters)[name]
    return [
        Option(
            label=label,
            href=_address(filters, **{name: _toggled(chosen, word)}),
            count=number,
            current=word in chosen,
        )
        for word, label, number in values
        if number or word in chosen
    ]


def _toggled(chosen: list[str], word: str) -> list[str]:
    return [one for one in chosen if one != word] if word in chosen else [*chosen, word]


def _chosen(filters: Filters, *facets: list[Option]) -> list[tuple[str, str]]:
    """What narrows the list now, each with the address without it."""
    found = [(option.label, option.href) for facet in facets for option in facet if option.current]
    if filters.q:
        found.insert(0, (_("„%(words)s“", words=filters.q), _address(filters, q=[])))
    return found
