"""The door: find somebody by name or code, let them in with one tap. Works on a phone, without
scripts, and at several doors at once."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.codes import normalised
from portal.core.pages import page
from portal.core.times import local, show_clock, show_day, today
from portal.registrations import attendance, finding, services
from portal.registrations.forms.papers import PaperForm
from portal.registrations.models import Registration
from portal.registrations.office.blueprint import allocation_of, bp
from portal.registrations.office.participants import LONGEST_SEARCH

FOUND, LAST = 20, 5
ONE = "/einlass/<code>"


@bp.get("/einlass", endpoint="check_in")
@office_only
def door(slug: str) -> ResponseReturnValue:
    """?q= finds people; a whole code leads to its person."""
    allocation = allocation_of(slug)
    q = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    found = finding.found(allocation, q, most=FOUND + 1) if q else []
    if len(found) == 1 and found[0].code == normalised(q):
        return redirect(url_for(".check_in_one", slug=slug, code=found[0].shown_code), 302)
    return page(
        "registrations/office/check_in.html",
        allocation=allocation,
        event=allocation.event,
        counts=attendance.counts(allocation),
        q=q,
        found=found[:FOUND],
        are_more=len(found) > FOUND,
        last=[] if q else attendance.last_inside(allocation, most=LAST),
        places=attendance.places_in_line(allocation) if found else {},
        may_move_up=attendance.may_move_up(allocation),
        papers=PaperForm(formdata=None),
    )


@bp.get(ONE, endpoint="check_in_one")
@office_only
def one(slug: str, code: str) -> ResponseReturnValue:
    """Where the code on a confirmation leads. It lets nobody in before somebody taps."""
    allocation = allocation_of(slug)
    registration = finding.with_code(allocation, code)
    return page(
        "registrations/office/check_in_one.html",
        allocation=allocation,
        event=allocation.event,
        registration=registration,
        counts=attendance.counts(allocation),
        places=attendance.places_in_line(allocation),
        may_move_up=attendance.may_move_up(allocation),
    )


@bp.post(ONE, endpoint="let_in")
@office_only
def let_in(slug: str, code: str) -> ResponseReturnValue:
    registration = finding.with_code(allocation_of(slug), code)
    if services.check_in(registration, by=me()):
        flash(_("%(name)s ist da.", name=registration.name))
    else:
        flash(_already(registration), "warning")
    return redirect(url_for(".check_in", slug=slug), 303)


@bp.post(f"{ONE}/zuruecknehmen", endpoint="undo_check_in")
@office_only
def undo(slug: str, code: str) -> ResponseReturnValue:
    registration = finding.with_code(allocation_of(slug), code)
    services.undo_check_in(registration, by=me())
    flash(_("%(name)s gilt wieder als nicht da.", name=registration.name))
    return redirect(url_for(".check_in", slug=slug), 303)


def _already(registration: Registration) -> str:
    moment = registration.checked_in_at
    if moment is None:  # somebody has undone it meanwhile
        return str(_("%(name)s ist noch nicht da. Tippen Sie noch einmal.", name=registration.name))
    when = show_clock(moment)
    if local(moment).date() != today():
        when = f"{show_day(moment)}, {when}"
    by = registration.checked_in_by
    return str(
        _(
            "%(name)s ist schon seit %(when)s Uhr da, eingelassen von %(by)s.",
            name=registration.name,
            when=when,
            by=by.name if by else _("jemandem, dessen Konto gelöscht ist"),
        )
    )
