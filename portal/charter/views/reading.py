"""The declaration with those who stand to it, and the page that checks a proof."""

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import public
from portal.charter import queries
from portal.charter.models import Declaration
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.partners.models import OrganisationKind

bp = Blueprint("charter", __name__)
PER_PAGE = 24
NUMBER = "/erklaerung/<int(max=2147483647):number>"
KINDS = {  # what stands in the address, as in the directory
    "unternehmen": OrganisationKind.COMPANY,
    "wissenschaft": OrganisationKind.SCIENCE,
    "verband": OrganisationKind.ASSOCIATION,
    "verwaltung": OrganisationKind.ADMINISTRATION,
    "zivilgesellschaft": OrganisationKind.CIVIL_SOCIETY,
}


@dataclass(frozen=True)
class Chip:
    label: str
    href: str
    count: int
    current: bool


@bp.get("/erklaerung", endpoint="current")
@public
def current() -> ResponseReturnValue:
    declaration = queries.current()
    return _show(declaration) if declaration else page("charter/none.html")


@bp.get(NUMBER, endpoint="version")
@public
def version(number: int) -> ResponseReturnValue:
    return _show(queries.with_number(number))


@bp.get(f"{NUMBER}.md", endpoint="source")
@public
def source(number: int) -> ResponseReturnValue:
    """The exact bytes whose hash was signed: anybody can compute it again."""
    return Response(queries.with_number(number).text.encode(), mimetype="text/markdown")


@bp.get("/pruefen/<code>", endpoint="check")
@public
def check(code: str) -> ResponseReturnValue:
    return page("charter/check.html", signature=queries.with_code(code))


def _show(declaration: Declaration) -> ResponseReturnValue:
    counts = queries.kinds_of_signatories(declaration)
    total = sum(counts.values())
    kind = KINDS.get(request.args.get("art", ""))
    rows = queries.signatories(declaration, kind)
    shown = counts.get(kind, 0) if kind else total
    return page(
        "charter/show.html",
        declaration=declaration,
        versions=queries.published_versions(),
        total=total,
        chips=_chips(declaration, counts, kind, total),
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE, total=shown),
        provisional=queries.provisional_in_public(declaration),
    )


def _chips(
    declaration: Declaration,
    counts: dict[OrganisationKind, int],
    chosen: OrganisationKind | None,
    total: int,
) -> list[Chip]:
    """Of each kind that has signed, after the one for all."""
    return [
        Chip(
            label=kind.label if kind else "",
            href=url_for("charter.version", number=declaration.number, art=word),
            count=counts[kind] if kind else total,
            current=kind is chosen,
        )
        for word, kind in [(None, None), *KINDS.items()]
        if kind is None or kind in counts
    ]
