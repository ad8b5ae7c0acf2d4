"""The form of a date: for guests without a session, for people who are logged in with theirs."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import live, open_form
from portal.accounts.queries import subject_of
from portal.accounts.sessions import me
from portal.core.database import reading_first
from portal.core.errors import Conflict
from portal.core.languages import language
from portal.core.limits import limiter
from portal.core.pages import page
from portal.registrations import queries, services, standing
from portal.registrations.forms.registering import GuestForm, PersonForm
from portal.registrations.models import Allocation
from portal.registrations.services import Guest

bp = Blueprint("registering", __name__, url_prefix="/termine/<slug>")
# An office often has one network address for all.
GUESTS = "30/minute;200/hour"


@bp.get("/anmelden", endpoint="form")
@live
def form(slug: str) -> ResponseReturnValue:
    allocation = queries.with_slug(slug, seen_by=me())
    if me().is_authenticated:
        return person_page(allocation, PersonForm(formdata=None))
    return guest_page(allocation, GuestForm(formdata=None))


@bp.post("/anmelden", endpoint="send")
@open_form
@limiter.limit(GUESTS)
def send(slug: str) -> ResponseReturnValue:
    """The answer is the same whether the address is known or not, and registered or not (R10): so
    the time is asked before the address."""
    with reading_first():
        allocation = queries.with_slug(slug, seen_by=me())
        found = standing.of_visitor(allocation)
    if found.phase is not standing.Phase.OPEN:
        return refused(allocation)
    form = GuestForm()
    if not form.validate_on_submit():
        return guest_page(allocation, form)
    typed = form.values()
    more = {name: typed.pop(name) for name in ("answer", "named_in_public")}
    subject = subject_of(typed["email"], current_app.config["SECRET_KEY"])
    try:
        services.register_guest(
            allocation, Guest(**typed), language=language(), subject=subject, **more
        )
    except services.Closed as error:
        return refused(allocation, error)
    return redirect(url_for(".thanks", slug=slug), 303)


@bp.get("/anmelden/danke", endpoint="thanks")
@live
def thanks(slug: str) -> ResponseReturnValue:
    allocation = queries.with_slug(slug, seen_by=me())
    return page("registrations/thanks.html", allocation=allocation, event=allocation.event)


def guest_page(allocation: Allocation, form: GuestForm) -> ResponseReturnValue:
    found = standing.of_visitor(allocation)
    return page("registrations/guest.html", standing=found, event=allocation.event, form=form)


def person_page(allocation: Allocation, form: PersonForm) -> ResponseReturnValue:
    found = standing.of_person(allocation, me())
    return page("registrations/person.html", standing=found, event=allocation.event, form=form)


def refused(allocation: Allocation, error: Conflict | None = None) -> ResponseReturnValue:
    """Closed meanwhile, cancelled meanwhile, no more for this organisation: with a way on."""
    found = standing.of_visitor(allocation)
    message = error.message if isinstance(error, services.LimitReached) else None
    words = render_template(
        "registrations/refused.html", standing=found, event=allocation.event, message=message
    )
    return words, Conflict.status
