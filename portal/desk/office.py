"""The desk of the Projektbüro: the work list, and the way to the next case."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.errors import Hidden
from portal.core.pages import page
from portal.core.paging import Listing, page_number
from portal.desk import labels, queries
from portal.desk.queries import Waiting

bp = Blueprint("desk", __name__, url_prefix="/projektbuero")
PER_PAGE = 25


@bp.app_template_filter("case_age")
def case_age(waiting: Waiting) -> str:
    return labels.age(waiting.case)


@bp.app_template_filter("case_promise")
def case_promise(waiting: Waiting) -> str:
    return labels.promise(waiting.case)


@bp.app_template_filter("case_way")
def case_way(waiting: Waiting) -> str:
    return labels.way(waiting.way)


@bp.app_template_filter("case_url")
def case_url(waiting: Waiting) -> str:
    return url_for(waiting.case.endpoint, **waiting.case.values)


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    found = queries.waiting(me())
    kinds = {kind: label for kind, label in labels.KINDS.items() if _sees(kind)}
    chosen = _kind("art")
    shown = [w for w in found if chosen is None or w.case.kind == chosen]
    return page(
        "desk/index.html",
        listing=_listing(shown),
        figures=queries.figures(found),
        kinds=[(k, label, sum(w.case.kind == k for w in found)) for k, label in kinds.items()],
        chosen=chosen,
    )


@bp.get("/naechster", endpoint="next_case")
@office_only
def next_case() -> ResponseReturnValue:
    case = queries.next_of(_kind("kind"), seen_by=me())
    target = url_for(case.endpoint, **case.values) if case else url_for(".index")
    return redirect(target, 302)


def _kind(parameter: str) -> str | None:
    asked = request.args.get(parameter, "")
    return asked if asked in labels.KINDS else None


def _sees(kind: str) -> bool:
    return kind not in {"seats", "orphans"} or me().is_administrator


def _listing(found: list[Waiting]) -> Listing[Waiting]:
    number = page_number()
    start = (number - 1) * PER_PAGE
    if number > 1 and start >= len(found):
        raise Hidden(f"page {number} of {len(found)} cases")
    items = found[start : start + PER_PAGE]
    return Listing(items=items, page=number, per_page=PER_PAGE, total=len(found))
