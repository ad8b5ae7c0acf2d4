"""Who can do what, and where gaps are: the map, one cell of it, and all of it as open data."""

from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.core.errors import Hidden
from portal.core.pages import absolute, page
from portal.core.paging import page_number, paginate
from portal.core.sheets import MIMETYPE, Cell, csv_bytes
from portal.core.times import local
from portal.partners import queries
from portal.partners.gaps import request_address
from portal.partners.models import CompetenceLevel
from portal.partners.queries import ShownClaim
from portal.topics.queries import find_competence, find_theme, themes

bp = Blueprint("competences", __name__)
PER_PAGE = 24


@bp.context_processor
def words() -> dict[str, Any]:
    return {"request_address": request_address, "levels": list(CompetenceLevel)}


@bp.get("/kompetenzen", endpoint="index")
@public
def index() -> ResponseReturnValue:
    lines = queries.competence_map()
    return page("competences/index.html", lines=lines, themes=themes())


@bp.get("/kompetenzen/<theme_slug>/<slug>", endpoint="show")
@public
def show(theme_slug: str, slug: str) -> ResponseReturnValue:
    theme, competence = find_theme(theme_slug), find_competence(slug)
    if theme is None or competence is None:
        raise Hidden("no such cell")
    if competence.slug != slug:
        found = url_for(".show", theme_slug=theme_slug, slug=competence.slug)
        return redirect(found, 301)
    cell = queries.cell_of(theme, competence)
    listing = paginate(
        queries.partners_in(theme, competence),
        page=page_number(),
        per_page=PER_PAGE,
        total=cell.partners,
    )
    return page(
        "competences/show.html",
        theme=theme,
        competence=competence,
        cell=cell,
        listing=listing,
        claims=queries.with_evidence(listing.items),
    )


@bp.get("/kompetenzen.csv", endpoint="csv")
@public
def csv() -> ResponseReturnValue:
    rows = queries.with_evidence(queries.competence_table())
    content = csv_bytes(_header(), (_line(row) for row in rows))
    headers = {"Content-Disposition": 'attachment; filename="kompetenzen.csv"'}
    return Response(content, mimetype=MIMETYPE, headers=headers)


def _header() -> list[str]:
    return [
        _("Organisation"),
        _("Thema"),
        _("Kompetenz"),
        _("Stufe"),
        _("Art des Nachweises"),
        _("Titel des Nachweises"),
        _("Webadresse des Nachweises"),
        _("Bestätigt am"),
        _("Adresse"),
    ]


def _line(shown: ShownClaim) -> list[Cell]:
    claim, evidence = shown.claim, shown.evidence
    return [
        claim.organisation.name,
        claim.theme.name,
        claim.competence.name,
        claim.level.label,
        claim.evidence_kind.label,
        evidence.title if evidence else "",
        urljoin(absolute("competences.index"), evidence.href) if evidence else "",
        local(claim.confirmed_at).date(),
        absolute("partners.show", slug=claim.organisation.slug),
    ]
