"""The office takes partners from a file: it is checked, carried out, and taken back if need be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.guards import administrators_only
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.errors import DomainError, Hidden
from portal.core.pages import page, shown_version
from portal.core.paging import Listing, page_number, paginate
from portal.core.sheets import MIMETYPE, csv_bytes
from portal.core.text import clean_line
from portal.partners import queries, services
from portal.partners.forms import CarryOutForm, ImportForm
from portal.partners.models import OrganisationKind, Outcome, PartnerImport, Standing
from portal.partners.problems import problem_of
from portal.partners.reading import example, heads, read_file
from portal.partners.workflow import IMPORTS

bp = Blueprint("partner_imports", __name__, url_prefix="/projektbuero/partner/import")
NUMBER = "/<int(max=2147483647):import_id>"
PER_PAGE = 25
ROWS_PER_PAGE = 100
OUTCOMES = {"neu": Outcome.NEW, "schon-da": Outcome.KNOWN, "fehler": Outcome.WRONG}


@dataclass(frozen=True)
class Line:
    """One row of the file, as the page shows it."""

    number: int
    name: str
    kind: str
    standing: Standing
    since: date | None
    precision: str
    outcome: Outcome
    href: str | None
    notes: list[str]


@dataclass(frozen=True)
class Chip:
    label: str
    href: str
    count: int
    current: bool


@bp.get("", endpoint="index")
@administrators_only
def index() -> ResponseReturnValue:
    return _index(ImportForm(formdata=None))


@bp.post("", endpoint="send")
@administrators_only
def send() -> ResponseReturnValue:
    """The file is read before anything is written: nobody waits for it."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _index(form)
    name, content = form.sent()
    try:
        with transaction(writing=False):
            file = read_file(content)
    except DomainError as refusal:
        form.refuse(refusal.message)
        return _index(form)
    record = services.check(file, file_name=clean_line(name) or _("ohne Namen"), by=me())
    return redirect(url_for(".show", import_id=record.id), 303)


@bp.get("/vorlage.csv", endpoint="template")
@administrators_only
def template() -> ResponseReturnValue:
    """To be filled in: the heads, and one example."""
    headers = {"Content-Disposition": 'attachment; filename="partner-vorlage.csv"'}
    return Response(csv_bytes(heads(), [example()]), mimetype=MIMETYPE, headers=headers)


@bp.get(NUMBER, endpoint="show")
@administrators_only
def show(import_id: int) -> ResponseReturnValue:
    return _show(queries.import_with_id(import_id), CarryOutForm(formdata=None))


@bp.post(NUMBER, endpoint="carry_out")
@administrators_only
def carry_out(import_id: int) -> ResponseReturnValue:
    record = queries.import_with_id(import_id)
    form = CarryOutForm()
    if not form.validate_on_submit():
        return _show(record, form)
    try:
        services.carry_out(
            record,
            by=me(),
            leave_out_wrong=form.leave_out_wrong.data,
            seen_version=shown_version(),
        )
    except services.NotImported as refusal:
        form.refuse(refusal.message)
        return _show(record, form)
    flash(
        ngettext(
            "%(num)s Organisation ist aufgenommen und steht im Verzeichnis.",
            "%(num)s Organisationen sind aufgenommen und stehen im Verzeichnis.",
            record.new,
        )
    )
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.post(f"{NUMBER}/zuruecknehmen", endpoint="take_back")
@administrators_only
def take_back(import_id: int) -> ResponseReturnValue:
    record = queries.import_with_id(import_id)
    services.take_back(record, by=me(), seen_version=shown_version())
    flash(
        ngettext(
            "%(num)s Organisation ist wieder aus dem Portal entfernt.",
            "%(num)s Organisationen sind wieder aus dem Portal entfernt.",
            record.new - record.kept,
        )
    )
    return redirect(url_for(".show", import_id=import_id), 303)


def _index(form: ImportForm) -> ResponseReturnValue:
    listing = paginate(queries.all_imports(), page=page_number(), per_page=PER_PAGE)
    return page("partners/office/imports/index.html", form=form, listing=listing, heads=heads())


def _show(record: PartnerImport, form: CarryOutForm) -> ResponseReturnValue:
    asked = request.args.get("zeilen", "")
    shown = OUTCOMES.get(asked)
    rows = [row for row in record.rows if shown in (None, row["outcome"])]
    listing: Listing[Any] = Listing(rows, page_number(), ROWS_PER_PAGE, len(rows))
    if listing.page > listing.pages:
        raise Hidden("no such page")
    start = (listing.page - 1) * ROWS_PER_PAGE
    listing.items = [_line(row) for row in rows[start : start + ROWS_PER_PAGE]]
    return page(
        "partners/office/imports/show.html",
        record=record,
        form=form,
        listing=listing,
        chips=_chips(record, shown),
        may_carry_out=record.new > 0 and IMPORTS.is_open("carry_out", me(), record),
        may_take_back=IMPORTS.is_open("take_back", me(), record),
    )


def _line(row: dict[str, Any]) -> Line:
    values = row["values"]
    return Line(
        number=row["row"],
        name=values["name"],
        kind=OrganisationKind(values["kind"]).label if values["kind"] else "",
        standing=Standing(values["standing"]),
        since=date.fromisoformat(values["since"]) if values["since"] else None,
        precision=values["precision"],
        outcome=Outcome(row["outcome"]),
        href=_href(row),
        notes=_notes(row),
    )


def _href(row: dict[str, Any]) -> str | None:
    """To the organisation: who is no member has no page, but stands in the office's list."""
    if row["outcome"] == Outcome.KNOWN:
        return url_for("partners_office.index", q=row["values"]["name"])
    is_there = "organisation" in row and not row.get("gone")
    return url_for("partners.show", slug=row["slug"]) if is_there else None


def _notes(row: dict[str, Any]) -> list[str]:
    """Why a row is wrong, is left out, or stayed when the import was taken back."""
    found = [problem_of(kept).text for kept in row["problems"]]
    if row["outcome"] == Outcome.KNOWN:
        by_name = row["by"] == "name"
        found.append(
            _("Eine Organisation dieses Namens steht schon im Portal.")
            if by_name
            else _("Eine Organisation mit dieser Registernummer steht schon im Portal.")
        )
    if row.get("gone"):
        found.append(_("Wieder entfernt."))
    if row.get("stays"):
        found.append(_("Bleibt: %(why)s", why=queries.why_it_stays(row["stays"])))
    return found


def _chips(record: PartnerImport, shown: Outcome | None) -> list[Chip]:
    counts = {Outcome.NEW: record.new, Outcome.KNOWN: record.known, Outcome.WRONG: record.wrong}
    every = Chip(_("Alle Zeilen"), _address(record, None), sum(counts.values()), shown is None)
    return [every] + [
        Chip(outcome.label, _address(record, word), counts[outcome], shown is outcome)
        for word, outcome in OUTCOMES.items()
        if counts[outcome]
    ]


def _address(record: PartnerImport, word: str | None) -> str:
    return url_for(".show", import_id=record.id, zeilen=word)
