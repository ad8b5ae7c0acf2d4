"""The office: the list of all organisations and applications."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.core.text import clean_line
from portal.partners import queries
from portal.partners.models import ApplicationState, Standing
from portal.partners.queries import OfficeFilters

bp = Blueprint("partners_office", __name__, url_prefix="/projektbuero/partner")
PER_PAGE = 50
LONGEST_QUERY = 200
STANDINGS = {
    "gruendungspartner": Standing.FOUNDER,
    "partner": Standing.PARTNER,
    "unterstuetzer": Standing.SUPPORTER,
}
NO_MEMBER = "ohne-mitgliedschaft"
STATES = {
    "eingegangen": ApplicationState.RECEIVED,
    "rueckfrage": ApplicationState.QUESTION,
    "aufgenommen": ApplicationState.ADMITTED,
    "abgelehnt": ApplicationState.DECLINED,
    "zurueckgezogen": ApplicationState.WITHDRAWN,
}


@dataclass(frozen=True)
class Chip:
    label: str
    href: str
    count: int
    current: bool


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    """Organisations, or applications in the state that the address names."""
    asked = request.args.get("zustand", "")
    q = clean_line(request.args.get("q", "")[:LONGEST_QUERY])
    of_applications = asked == "antraege" or asked in STATES
    standing = "none" if asked == NO_MEMBER else str(STANDINGS.get(asked, ""))
    filters = OfficeFilters(q=q, standing=standing, state=STATES.get(asked))
    rows = queries.applications_for_office if of_applications else queries.organisations_for_office
    return page(
        "partners/office/index.html",
        q=q,
        asked=asked,
        of_applications=of_applications,
        listing=paginate(rows(filters), page=page_number(), per_page=PER_PAGE),
        organisation_chips=_organisation_chips(asked, q, is_shown=not of_applications),
        application_chips=_application_chips(asked, q),
    )


def _organisation_chips(asked: str, q: str, *, is_shown: bool) -> list[Chip]:
    counts = queries.organisation_counts(q)
    named = [(word, standing.label, str(standing)) for word, standing in STANDINGS.items()]
    named.append((NO_MEMBER, _("ohne Mitgliedschaft"), "none"))
    every = Chip(
        _("Alle"), _address(q, None), sum(counts.values()), is_shown and not _is_standing(asked)
    )
    return [every] + [
        Chip(label, _address(q, word), counts.get(key, 0), asked == word)
        for word, label, key in named
    ]


def _application_chips(asked: str, q: str) -> list[Chip]:
    counts = queries.application_counts(q)
    every = Chip(_("Alle"), _address(q, "antraege"), sum(counts.values()), asked == "antraege")
    return [every] + [
        Chip(state.label, _address(q, word), counts.get(state, 0), asked == word)
        for word, state in STATES.items()
    ]


def _is_standing(asked: str) -> bool:
    return asked in STANDINGS or asked == NO_MEMBER


def _address(q: str, asked: str | None) -> str:
    return url_for("partners_office.index", q=q or None, zustand=asked)
