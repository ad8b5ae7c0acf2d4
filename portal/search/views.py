"""The page /suche: across projects, partners, teams, dates and articles."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from portal.accounts.guards import public
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import LAST_PAGE, page_number
from portal.core.search.analysis import is_blank
from portal.core.search.suggesting import suggestion
from portal.core.text import clean_line
from portal.search import queries
from portal.search.queries import Hit

bp = Blueprint("search", __name__)


@dataclass(frozen=True)
class Kind:
    """`slug` stands in the address (?art=termine)."""

    name: str
    slug: str
    endpoint: str
    one: object
    all: object


# A kind more is a line more: whoever fills the index under a new name adds it here.
KINDS = [
    Kind("project", "projekte", "projects.show", _l("Projekt"), _l("Projekte")),
    Kind("offer", "kooperationen", "exchange.show", _l("Kooperation"), _l("Kooperationen")),
    Kind("partner", "partner", "partners.show", lazy_pgettext("one", "Partner"), _l("Partner")),
    Kind("team", "teams", "teams.show", _l("Expertenteam"), _l("Expertenteams")),
    Kind("event", "termine", "events.show", _l("Termin"), _l("Termine")),
    Kind("article", "aktuelles", "news.show", _l("Meldung"), _l("Aktuelles")),
]
BY_SLUG = {kind.slug: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}


@bp.get("/suche", endpoint="results")
@public
def results() -> ResponseReturnValue:
    query = clean_line(request.args.get("q", ""))
    too_long = len(query) > queries.LONGEST
    if too_long or is_blank(query):
        return page("search/start.html", query=query[: queries.LONGEST], too_long=too_long)
    kind = BY_SLUG.get(request.args.get("art", ""))
    name, asked = kind.name if kind else None, min(page_number(), LAST_PAGE)
    counts, listing = queries.found(query, name, me(), list(BY_NAME), page=asked)
    return page(
        "search/results.html",
        query=query,
        kind=kind,
        kinds=[known for known in KINDS if known.name in counts or known is kind],
        counts=counts,
        listing=listing,
        hits=queries.marked(listing.items, query),
        kind_of=BY_NAME,
        address_of=address_of,
        meant=None if counts else _meant(query),
    )


def _meant(query: str) -> tuple[str, str] | None:
    """A search that finds something, for one that did not because of a typing error."""
    better = suggestion(query, visible=queries.findable(me(), list(BY_NAME)))
    return (better, url_for("search.results", q=better)) if better else None


def address_of(hit: Hit) -> str:
    """Public things by their page; what is not public where the viewer works on it."""
    if hit.private is None:
        return url_for(BY_NAME[hit.entry.kind].endpoint, slug=hit.entry.slug)
    organisation, key = hit.private
    if me().is_office:
        return url_for("projects_office.show", key=key)
    return url_for("my_projects.show", organisation=organisation, key=key)
