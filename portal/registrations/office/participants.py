"""Who has registered for a date: the list, with what the office does to single entries."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.registrations import attendance, finding, services
from portal.registrations.attendance import Stand
from portal.registrations.forms.intake import RemoveForm
from portal.registrations.forms.papers import PaperForm
from portal.registrations.models import Registration
from portal.registrations.office.blueprint import allocation_of, bp

PER_PAGE = 50
LAST_MOVES = 12
LONGEST_SEARCH = 200
ONE = "/anmeldungen/<int(max=2147483647):number>/abmelden"


@bp.get("/anmeldungen", endpoint="index")
@office_only
def index(slug: str) -> ResponseReturnValue:
    allocation = allocation_of(slug)
    asked, q = request.args.get("stand", ""), request.args.get("q", "")[:LONGEST_SEARCH]
    stand = Stand(asked) if asked in set(Stand) else None
    rows = attendance.listed(allocation, stand=stand, q=q)
    return page(
        "registrations/office/index.html",
        allocation=allocation,
        event=allocation.event,
        counts=attendance.counts(allocation),
        stands=list(Stand),
        stand=stand,
        q=q,
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE),
        places=attendance.places_in_line(allocation),
        moves=attendance.last_moves(allocation, most=LAST_MOVES),
        papers=PaperForm(formdata=None),
        may_move_up=attendance.may_move_up(allocation),
    )


@bp.get(ONE, endpoint="remove_form")
@office_only
def remove_form(slug: str, number: int) -> ResponseReturnValue:
    registration = finding.with_number(allocation_of(slug), number)
    if not registration.is_active:
        return redirect(url_for(".index", slug=slug), 302)
    return _remove_page(registration, RemoveForm())


@bp.post(ONE, endpoint="remove")
@office_only
def remove(slug: str, number: int) -> ResponseReturnValue:
    registration = finding.with_number(allocation_of(slug), number)
    form = RemoveForm()
    if not form.validate_on_submit():
        return _remove_page(registration, form)
    services.remove(registration, by=me(), reason=form.reason.data)
    flash(_("%(name)s ist abgemeldet und liest den Grund.", name=registration.name))
    return redirect(url_for(".index", slug=slug), 303)


@bp.post("/anmeldungen/nachruecken", endpoint="move_up")
@office_only
def move_up(slug: str) -> ResponseReturnValue:
    """From the door one comes back to the door."""
    moved = services.move_up_by_hand(allocation_of(slug), by=me())
    flash(
        _("Nr. %(number)s, %(name)s, hat jetzt einen Platz.", number=moved.number, name=moved.name)
    )
    back = ".check_in" if request.form.get("weiter") == "einlass" else ".index"
    return redirect(url_for(back, slug=slug), 303)


def _remove_page(registration: Registration, form: RemoveForm) -> ResponseReturnValue:
    waits = attendance.places_in_line(registration.allocation).get(registration.id)
    return page(
        "registrations/office/remove.html",
        registration=registration,
        event=registration.allocation.event,
        place=waits,
        form=form,
    )
