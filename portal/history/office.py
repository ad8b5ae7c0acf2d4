"""The log of the Projektbüro: administrators read all of it, moderators their own acts."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.history import policies, queries
from portal.history.forms import LogForm

bp = Blueprint("history", __name__, url_prefix="/projektbuero/protokoll")
PER_PAGE = 50


@bp.get("", endpoint="log")
@office_only
def log() -> ResponseReturnValue:
    form = LogForm(formdata=request.args)
    if form.validate():
        rows = queries.log(
            seen_by=me(),
            person=form.person.data,
            fact=form.vorgang.data or "",
            period=form.period,
        )
        listing = paginate(rows, page=page_number(), per_page=PER_PAGE)
    else:
        listing = None
    return page(
        "history/log.html",
        form=form,
        listing=listing,
        lines=queries.in_words(listing.items, seen_by=me()) if listing else [],
        reads_all=policies.may_read_all(me(), None),
    )
