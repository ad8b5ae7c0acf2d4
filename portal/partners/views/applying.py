"""Partner werden: three pages, kept between the visits, and then it is sent."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from portal.accounts.guards import visitor_form
from portal.accounts.sessions import me
from portal.core.languages import language
from portal.core.limits import limiter
from portal.core.pages import page
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import OrganisationForm, PersonForm, StepForm
from portal.partners.models import OrganisationKind
from portal.partners.queries import STEPS
from portal.topics.queries import district_name, with_ids

bp = Blueprint("applications", __name__, url_prefix="/partner-werden")
KEY = "application_draft"  # in the browser's session: the key of what was typed so far
SENT = "application_sent"  # and the id of what was sent from it
# Questions that were added: who had answered this page before has no answer to them.
ASKED_LATER = {"register_court": "", "register_number": ""}
BACK = "back"  # the name of the button that leads back


@bp.get("", endpoint="organisation")
@visitor_form
def organisation() -> ResponseReturnValue:
    return _step("organisation", OrganisationForm(data=_draft().get("organisation")))


@bp.post("")
@visitor_form
@limiter.limit("120/hour")
def keep_organisation() -> ResponseReturnValue:
    form = OrganisationForm()
    require(policies.may_apply, me(), None)
    if not form.validate_on_submit():
        return _step("organisation", form)
    _keep("organisation", form)
    return redirect(url_for(".person"), 303)


@bp.get("/person", endpoint="person")
@visitor_form
def person() -> ResponseReturnValue:
    if way := _way_to_the_first_open_step("organisation"):
        return redirect(way, 302)
    return _step("person", PersonForm(data=_draft().get("person") or _own_name()))


@bp.post("/person")
@visitor_form
@limiter.limit("120/hour")
def keep_person() -> ResponseReturnValue:
    form = PersonForm()
    require(policies.may_apply, me(), None)
    right = form.validate_on_submit()
    if BACK in request.form:  # whoever goes back finds here later what they typed
        _keep("person", form, complete=right)
        return redirect(url_for(".organisation"), 303)
    if not right:
        return _step("person", form)
    _keep("person", form)
    return redirect(url_for(".check"), 303)


@bp.get("/pruefen", endpoint="check")
@visitor_form
def check() -> ResponseReturnValue:
    if way := _way_to_the_first_open_step(*STEPS):
        return redirect(way, 302)
    organisation, person = (_draft()[step] for step in STEPS)
    return page(
        "applications/check.html",
        organisation=ASKED_LATER | organisation,
        kind=OrganisationKind(organisation["kind"]),
        district=district_name(organisation.get("district_id")),
        themes=with_ids(organisation["themes"]),
        person=person,
    )


@bp.post("/pruefen")
@visitor_form
@limiter.limit("30/hour")
def send() -> ResponseReturnValue:
    application = services.send(cookie.get(KEY, ""), by=me(), language=language())
    if application is None:
        return redirect(_way_to_the_first_open_step(*STEPS) or url_for(".check"), 303)
    cookie[SENT] = application.id
    return redirect(url_for(".sent"), 303)


def _step(step: str, form: StepForm) -> ResponseReturnValue:
    return page(f"applications/{step}.html", form=form)


def _draft() -> dict[str, Any]:
    """What this browser has typed so far, page by page."""
    require(policies.may_apply, me(), None)
    draft = queries.find_draft(cookie.get(KEY, ""))
    return draft.answers if draft else {}


def _keep(step: str, form: StepForm, *, complete: bool = True) -> None:
    answers = form.values() if complete else form.typed()
    known = cookie.get(KEY, "")
    cookie[KEY] = services.keep_answers(known, step, answers, by=me(), complete=complete)
    cookie.permanent = True  # so that leaving and coming back works


def _way_to_the_first_open_step(*steps: str) -> str | None:
    complete = _draft().get("complete", [])
    return next((url_for(f".{step}") for step in steps if step not in complete), None)


def _own_name() -> dict[str, str]:
    """Who is logged in need not type it again."""
    if not me().is_authenticated:
        return {}
    return {"first_name": me().first_name, "last_name": me().last_name, "email": me().email}
