"""Lists for the day: who has a place, as a list to sign, as badges, as a table. Each is an act,
because names leave the portal and the history says so. Prints are set outside of the transaction:
a thousand names take their time."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.languages import language
from portal.core.sheets import XLSX_MIMETYPE, Cell, xlsx_bytes
from portal.core.times import now, show_clock, show_day, show_moment, show_month, show_weekday
from portal.core.typesetting import typeset
from portal.events.models import Event, Precision
from portal.registrations import services
from portal.registrations.forms.papers import PaperForm
from portal.registrations.models import Registration, RegistrationState
from portal.registrations.office.blueprint import allocation_of, bp
from portal.registrations.services import Paper


@bp.post("/teilnahmeliste.pdf", endpoint="attendance")
@office_only
def attendance(slug: str) -> ResponseReturnValue:
    waiting_too = PaperForm().waiting_too
    with transaction(writing=True):
        allocation = allocation_of(slug)
        names = services.hand_out(allocation, Paper.ATTENDANCE, by=me(), waiting_too=waiting_too)
        data = _attendance(allocation.event, names)
    return _pdf(typeset("attendance", data), f"teilnahmeliste-{slug}.pdf")


@bp.post("/namensschilder.pdf", endpoint="badges")
@office_only
def badges(slug: str) -> ResponseReturnValue:
    with transaction(writing=True):
        allocation = allocation_of(slug)
        names = services.hand_out(allocation, Paper.BADGES, by=me())
        data = _badges(allocation.event, names)
    return _pdf(typeset("badges", data), f"namensschilder-{slug}.pdf")


@bp.post("/anmeldungen.xlsx", endpoint="sheet")
@office_only
def sheet(slug: str) -> ResponseReturnValue:
    waiting_too = PaperForm().waiting_too
    with transaction(writing=True):
        allocation = allocation_of(slug)
        names = services.hand_out(allocation, Paper.SHEET, by=me(), waiting_too=waiting_too)
        rows = [_cells(one) for one in names]
        question = allocation.question
    header = [
        _("Nummer"), _("Nachname"), _("Vorname"), _("Organisation"), _("Kommune"),
        _("E-Mail-Adresse"), _("Stand"), _("Weg"), _("Eingang"), _("Eingelassen"),
        question or _("Antwort"), _("Notiz"),
    ]  # fmt: skip
    return _file(
        xlsx_bytes(_("Teilnahme"), header, rows), XLSX_MIMETYPE, f"anmeldungen-{slug}.xlsx"
    )


def _attendance(event: Event, names: list[Registration]) -> dict[str, Any]:
    seated = [one for one in names if one.state is RegistrationState.CONFIRMED]
    waiting = [one for one in names if one.state is RegistrationState.WAITING]
    return {
        "lang": language(),
        "title": _("Teilnahmeliste"),
        "event": event.title,
        "when": _when(event),
        "stand": _("Stand: %(moment)s Uhr", moment=show_moment(now())),
        "heads": [_("Nr."), _("Name"), _("Organisation"), _("Unterschrift")],
        "rows": [_row(one) for one in seated],
        "count": _("Personen mit Platz: %(count)s", count=len(seated)),
        "waiting": [_row(one) for one in waiting],
        "line": _("Warteliste, in ihrer Reihenfolge"),
        "nobody": _("Niemand hat einen Platz."),
        "page": _("Seite %(page)s von %(pages)s", page="#", pages="##"),
        "note": _("Nur für diesen Termin. Nach dem Termin vernichten."),
    }


def _row(one: Registration) -> list[str]:
    where = " · ".join(part for part in (one.organisation_name, one.municipality) if part)
    return [str(one.number), f"{one.last_name}, {one.first_name}", where]


def _badges(event: Event, names: list[Registration]) -> dict[str, Any]:
    return {
        "lang": language(),
        "title": _("Namensschilder"),
        "event": event.title,
        "when": _day(event),
        "nobody": _("Niemand hat einen Platz."),
        "names": [
            [one.first_name, one.last_name, one.organisation_name or one.municipality]
            for one in names
        ],
    }


def _day(event: Event) -> str:
    is_month = event.precision is Precision.MONTH
    return show_month(event.starts_at) if is_month else show_day(event.starts_at)


def _cells(one: Registration) -> list[Cell]:
    return [
        one.number, one.last_name, one.first_name, one.organisation_name, one.municipality,
        one.person.email, one.state.label, one.way.label, one.received_at, one.checked_in_at,
        one.answer, one.note,
    ]  # fmt: skip


def _when(event: Event) -> str:
    is_month = event.precision is Precision.MONTH
    parts = [_day(event) if is_month else show_weekday(event.starts_at)]
    if event.precision is Precision.TIME:
        parts.append(_("%(begins)s Uhr", begins=show_clock(event.starts_at)))
    return ", ".join([*parts, *([event.venue] if event.venue else [])])


def _pdf(data: bytes, name: str) -> Response:
    return _file(data, "application/pdf", name)


def _file(data: bytes, mimetype: str, name: str) -> Response:
    answer = Response(data, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
