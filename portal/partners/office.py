"""The office: deciding on applications, and the list of all organisations and applications."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.languages import speaking
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.core.text import clean_line
from portal.partners import policies, queries, services
from portal.partners.forms import AdmitForm, AskForm, DeclineForm
from portal.partners.hints import hints_for
from portal.partners.models import Application, ApplicationState, Standing
from portal.partners.queries import OfficeFilters
from portal.partners.text_blocks import Blocks, asking_blocks, declining_blocks, welcome
from portal.partners.websites import domain_of
from portal.partners.workflow import WORKFLOW
from portal.topics.queries import district_name, with_ids

cases = Blueprint("applications_office", __name__, url_prefix="/projektbuero/antraege")
bp = Blueprint("partners_office", __name__, url_prefix="/projektbuero/partner")
BLUEPRINTS = [cases, bp]
PER_PAGE = 50
LONGEST_QUERY = 200
STANDINGS = {
    "gruendungspartner": Standing.FOUNDER,
    "partner": Standing.PARTNER,
    "unterstuetzer": Standing.SUPPORTER,
}
NO_MEMBER = "ohne-mitgliedschaft"
STATES = {
    "eingegangen": ApplicationState.RECEIVED,
    "rueckfrage": ApplicationState.QUESTION,
    "aufgenommen": ApplicationState.ADMITTED,
    "abgelehnt": ApplicationState.DECLINED,
    "zurueckgezogen": ApplicationState.WITHDRAWN,
}


@dataclass(frozen=True)
class Chip:
    label: str
    href: str
    count: int
    current: bool


@cases.context_processor
def words() -> dict[str, Any]:
    return {"host": domain_of}


@cases.get("/<number>", endpoint="show")
@office_only
def show(number: str) -> ResponseReturnValue:
    """`ablehnen` or `fragen` in the address opens that form, with a text block if it names one."""
    application = queries.case_with_number(number, seen_by=me())
    return _case(
        application,
        declining=DeclineForm(data={"reason": _block(declining_blocks, "ablehnen", application)}),
        asking=AskForm(data={"question": _block(asking_blocks, "fragen", application)}),
        way=next((way for way in ("ablehnen", "fragen") if way in request.args), ""),
    )


@cases.post("/<number>/aufnehmen", endpoint="admit")
@office_only
def admit(number: str) -> ResponseReturnValue:
    application = queries.case_with_number(number, seen_by=me())
    require(policies.may_decide_application, me(), application)
    form = AdmitForm()
    if not form.validate_on_submit():
        return _case(application, admitting=form)
    organisation = services.admit(
        application, by=me(), seen_version=shown_version(), **form.values()
    )
    flash(_("%(name)s ist aufgenommen und steht im Verzeichnis.", name=organisation.name))
    return redirect(url_for("desk.next_case", kind="applications"), 303)


@cases.post("/<number>/ablehnen", endpoint="decline")
@office_only
def decline(number: str) -> ResponseReturnValue:
    application = queries.case_with_number(number, seen_by=me())
    require(policies.may_decide_application, me(), application)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _case(application, declining=form, way="ablehnen")
    services.decline(application, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Der Antrag von %(name)s ist abgelehnt.", name=application.name))
    return redirect(url_for("desk.next_case", kind="applications"), 303)


@cases.post("/<number>/fragen", endpoint="ask")
@office_only
def ask(number: str) -> ResponseReturnValue:
    application = queries.case_with_number(number, seen_by=me())
    require(policies.may_decide_application, me(), application)
    form = AskForm()
    if not form.validate_on_submit():
        return _case(application, asking=form, way="fragen")
    services.ask(application, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Rückfrage an %(name)s ist unterwegs.", name=application.name))
    return redirect(url_for("desk.next_case", kind="applications"), 303)


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    """Organisations, or applications in the state that the address names."""
    asked = request.args.get("zustand", "")
    q = clean_line(request.args.get("q", "")[:LONGEST_QUERY])
    of_applications = asked == "antraege" or asked in STATES
    standing = "none" if asked == NO_MEMBER else str(STANDINGS.get(asked, ""))
    filters = OfficeFilters(q=q, standing=standing, state=STATES.get(asked))
    rows = queries.applications_for_office if of_applications else queries.organisations_for_office
    return page(
        "partners/office/index.html",
        q=q,
        asked=asked,
        of_applications=of_applications,
        listing=paginate(rows(filters), page=page_number(), per_page=PER_PAGE),
        organisation_chips=_organisation_chips(asked, q, is_shown=not of_applications),
        application_chips=_application_chips(asked, q),
    )


def _case(
    application: Application,
    *,
    admitting: AdmitForm | None = None,
    declining: DeclineForm | None = None,
    asking: AskForm | None = None,
    way: str = "",
) -> ResponseReturnValue:
    """`way` is the form that is open: "ablehnen", "fragen", or the one for admitting."""
    with speaking(application.applicant.language):
        fresh = {"message": welcome(application.name)}
    return page(
        "applications/office/show.html",
        application=application,
        themes=with_ids(application.theme_ids),
        district=district_name(application.district_id),
        hints=hints_for(application),
        may_decide=WORKFLOW.is_open("admit", me(), application),
        is_tied=not policies.is_untied(me(), application),
        admitting_form=admitting or AdmitForm(formdata=None, data=fresh),
        declining_form=declining or DeclineForm(formdata=None),
        asking_form=asking or AskForm(formdata=None),
        may_ask=WORKFLOW.is_open("ask", me(), application),
        way=way,
        blocks=asking_blocks() if way == "fragen" else declining_blocks(),
    )


def _block(blocks: Callable[[], Blocks], way: str, application: Application) -> str:
    """The text block that the address names, in the language of who gets it, or nothing."""
    with speaking(application.applicant.language):
        return blocks().get(request.args.get(way, ""), ("", ""))[1]


def _organisation_chips(asked: str, q: str, *, is_shown: bool) -> list[Chip]:
    counts = queries.organisation_counts(q)
    named = [(word, standing.label, str(standing)) for word, standing in STANDINGS.items()]
    named.append((NO_MEMBER, _("ohne Mitgliedschaft"), "none"))
    every = Chip(
        _("Alle"), _address(q, None), sum(counts.values()), is_shown and not _is_standing(asked)
    )
    return [every] + [
        Chip(label, _address(q, word), counts.get(key, 0), asked == word)
        for word, label, key in named
    ]


def _application_chips(asked: str, q: str) -> list[Chip]:
    counts = queries.application_counts(q)
    every = Chip(_("Alle"), _address(q, "antraege"), sum(counts.values()), asked == "antraege")
    return [every] + [
        Chip(state.label, _address(q, word), counts.get(state, 0), asked == word)
        for word, state in STATES.items()
    ]


def _is_standing(asked: str) -> bool:
    return asked in STANDINGS or asked == NO_MEMBER


def _address(q: str, asked: str | None) -> str:
    return url_for("partners_office.index", q=q or None, zustand=asked)
