"""Signing on a phone, at the occasion: a short page without a session."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import open_form
from portal.charter import queries, services
from portal.charter.forms import OnTheDayForm
from portal.core.languages import language
from portal.core.limits import limiter
from portal.core.pages import page
from portal.partners.models import OrganisationKind

bp = Blueprint("on_the_day", __name__, url_prefix="/vor-ort")
# A hall often has one network address for all phones.
RUSH = "200/minute;1000/hour"


@bp.get("/<code>", endpoint="sign")
@open_form
def sign_form(code: str) -> ResponseReturnValue:
    occasion = queries.with_short_code(code)
    return page("charter/on_the_day/sign.html", occasion=occasion, form=OnTheDayForm(formdata=None))


@bp.post("/<code>")
@open_form
@limiter.limit(RUSH)
def signed(code: str) -> ResponseReturnValue:
    occasion = queries.with_short_code(code)
    form = OnTheDayForm()
    if not form.validate_on_submit():
        return page("charter/on_the_day/sign.html", occasion=occasion, form=form)
    typed = form.values()
    typed.pop("entitled")
    typed["kind"] = OrganisationKind(typed["kind"])
    is_new = services.give(occasion, language=language(), **typed)
    way = url_for(".thanks", code=occasion.code, schon=None if is_new else "da")
    return redirect(way, 303)


@bp.get("/<code>/danke", endpoint="thanks")
@open_form
def thanks(code: str) -> ResponseReturnValue:
    occasion = queries.with_short_code(code)
    is_new = "schon" not in request.args
    return page("charter/on_the_day/thanks.html", occasion=occasion, is_new=is_new)
