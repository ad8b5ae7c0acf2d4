"""Signing on the day: the office plans it, opens it, and shows the code on the screen."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.charter import queries, services
from portal.charter.forms import NewOccasionForm, OccasionForm
from portal.charter.models import Occasion
from portal.charter.queries import occasions
from portal.charter.workflow import OCCASIONS
from portal.core.pages import absolute, page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.qr import qr
from portal.core.times import today

bp = Blueprint("occasions_office", __name__, url_prefix="/projektbuero/vor-ort")
PER_PAGE = 50


@bp.context_processor
def words() -> dict[str, Any]:
    return {"workflow": OCCASIONS}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    rows = occasions.all_occasions()
    listing = paginate(rows, page=page_number(), per_page=PER_PAGE)
    return page("charter/office/occasions.html", listing=listing)


@bp.get("/neu", endpoint="new")
@office_only
def new() -> ResponseReturnValue:
    versions = queries.published_versions()
    newest = versions[0].id if versions else ""
    form = NewOccasionForm(data={"day": today(), "declaration_id": newest}, versions=versions)
    return page("charter/office/new_occasion.html", form=form)


@bp.post("/neu")
@office_only
def plan() -> ResponseReturnValue:
    form = NewOccasionForm(versions=queries.published_versions())
    if not form.validate_on_submit():
        return page("charter/office/new_occasion.html", form=form)
    typed = form.values()
    declaration = queries.for_office(typed.pop("declaration_id"), seen_by=me())
    occasion = services.plan_occasion(by=me(), declaration=declaration, **typed)
    flash(_("Die Unterzeichnung ist vorbereitet. Öffnen Sie sie, wenn es losgeht."))
    return redirect(url_for(".show", code=occasion.code), 303)


@bp.get("/<code>", endpoint="show")
@office_only
def show(code: str) -> ResponseReturnValue:
    return _show(occasions.for_office(code, seen_by=me()))


@bp.post("/<code>", endpoint="change")
@office_only
def change(code: str) -> ResponseReturnValue:
    occasion = occasions.for_office(code, seen_by=me())
    form = OccasionForm()
    if not form.validate_on_submit():
        return _show(occasion, form)
    services.change_occasion(occasion, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".show", code=code), 303)


@bp.post("/<code>/oeffnen", endpoint="open")
@office_only
def open_it(code: str) -> ResponseReturnValue:
    occasion = occasions.for_office(code, seen_by=me())
    services.open_occasion(occasion, by=me(), seen_version=shown_version())
    flash(_("Ab jetzt kann unterzeichnet werden."))
    return redirect(url_for(".show", code=code), 303)


@bp.post("/<code>/schliessen", endpoint="close")
@office_only
def close_it(code: str) -> ResponseReturnValue:
    occasion = occasions.for_office(code, seen_by=me())
    services.close_occasion(occasion, by=me(), seen_version=shown_version())
    flash(_("Niemand kann mehr unterzeichnen. Was schon da ist, wartet auf Ihre Prüfung."))
    return redirect(url_for(".show", code=code), 303)


@bp.get("/<code>/bildschirm", endpoint="screen")
@office_only
def screen(code: str) -> ResponseReturnValue:
    """For the wall: the code, the short address, and how many have signed."""
    occasion = occasions.for_office(code, seen_by=me())
    address = absolute("on_the_day.sign", code=occasion.code)
    return page(
        "charter/office/screen.html",
        occasion=occasion,
        host=urlsplit(address).netloc,
        path=urlsplit(address).path,
        qr=qr(address),
        count=occasions.count_at(occasion),
    )


def _show(occasion: Occasion, form: OccasionForm | None = None) -> ResponseReturnValue:
    data = {
        "title": occasion.title,
        "day": occasion.day,
        "shows_provisional": occasion.shows_provisional,
    }
    return page(
        "charter/office/occasion.html",
        occasion=occasion,
        address=absolute("on_the_day.sign", code=occasion.code),
        listing=paginate(occasions.given_at(occasion), page=page_number(), per_page=PER_PAGE),
        form=form or OccasionForm(formdata=None, data=data),
    )
