"""What came by mail or telephone is entered with its true time of arrival: first the page shows
what will happen, then it happens. Made for ten mails in a row: Enter, Enter, and the next."""

from datetime import date
from typing import Any

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.times import today
from portal.events.models import Audience
from portal.registrations import attendance, finding, organisations, services
from portal.registrations.forecast import Forecast, forecast
from portal.registrations.forms.intake import IntakeForm
from portal.registrations.models import ENTERED, Allocation, Registration, Way
from portal.registrations.office.blueprint import allocation_of, bp

ADDRESS = "/anmeldungen/nachtragen"


@bp.get(ADDRESS, endpoint="take_in")
@office_only
def show(slug: str) -> ResponseReturnValue:
    """?weg= and ?tag= are those of the entry before: mails come in heaps."""
    allocation = allocation_of(slug)
    form = IntakeForm(allocation=allocation, **_like_the_last())
    form.first_name.render_kw = {"autofocus": True}  # no mouse between one mail and the next
    return _page(allocation, form)


@bp.post(ADDRESS, endpoint="enter")
@office_only
def enter(slug: str) -> ResponseReturnValue:
    allocation = allocation_of(slug)
    form = IntakeForm(allocation=allocation)
    if not form.validate_on_submit():
        return _page(allocation, form)
    organisation = organisations.called(form.organisation_name.data)
    known = finding.active_with_address(allocation, form.email.data)
    if known is None and allocation.event.audience is Audience.PARTNERS and not organisation:
        form.organisation_name.errors = [_("Dieser Termin ist für Partner. Wählen Sie einen aus.")]
    if known or form.errors:
        return _page(allocation, form, known=known)
    expected = forecast(allocation, form.arrived_at)
    if form.seen.data != expected.key:
        changed = bool(form.seen.data)
        return _page(allocation, form, expected=expected, changed=changed)
    made = services.take_in(
        allocation,
        form.guest(),
        by=me(),
        way=form.way_chosen,
        arrived_at=form.arrived_at,
        organisation=organisation,
        note=form.note.data,
    )
    flash(_what_happened(made))
    day = form.arrived_day.data.isoformat()
    return redirect(url_for(".take_in", slug=slug, weg=form.way_chosen, tag=day), 303)


def _page(
    allocation: Allocation,
    form: IntakeForm,
    *,
    known: Registration | None = None,
    expected: Forecast | None = None,
    changed: bool = False,
) -> ResponseReturnValue:
    """`expected` is what will happen, `changed` that it is not what the form showed before. The
    form comes back with 422 until somebody has said yes to it."""
    if expected:
        form.seen.data = expected.key
    name = f"{form.first_name.data} {form.last_name.data}"
    answer = make_response(
        page(
            "registrations/office/take_in.html",
            allocation=allocation,
            event=allocation.event,
            form=form,
            known=known,
            expected=expected,
            changed=changed,
            namesakes=finding.called(allocation, name) if expected else [],
            partner=organisations.called(form.organisation_name.data or "") if expected else None,
            organisations=organisations.names(),
        )
    )
    if known or expected:
        answer.status_code = 422
    return answer


def _like_the_last() -> dict[str, Any]:
    way, day = request.args.get("weg", ""), request.args.get("tag", "")
    return {
        "way": way if way in set(ENTERED) else Way.MAIL,
        "arrived_day": _day(day) or today(),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _what_happened(made: Registration) -> str:
    if made.seated_at:
        return str(
            _("Nr. %(number)s, %(name)s: hat einen Platz.", number=made.number, name=made.name)
        )
    place = attendance.places_in_line(made.allocation)[made.id]
    return str(
        _(
            "Nr. %(number)s, %(name)s: Platz %(place)s der Warteliste.",
            number=made.number,
            name=made.name,
            place=place,
        )
    )
