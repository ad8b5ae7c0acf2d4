"""The office decides on applications: admits, declines, asks back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.languages import speaking
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.core.text_blocks import Blocks, text_of
from portal.partners import policies, queries, services
from portal.partners.forms import AdmitForm, AskForm, DeclineForm
from portal.partners.hints import hints_for
from portal.partners.models import Application
from portal.partners.text_blocks import asking_blocks, declining_blocks, welcome
from portal.partners.websites import domain_of
from portal.partners.workflow import WORKFLOW
from portal.topics.queries import district_name, with_ids

bp = Blueprint("applications_office", __name__, url_prefix="/projektbuero/antraege")


@bp.context_processor
def words() -> dict[str, Any]:
    return {"host": domain_of}


@bp.get("/<number>", endpoint="show")
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


@bp.post("/<number>/aufnehmen", endpoint="admit")
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


@bp.post("/<number>/ablehnen", endpoint="decline")
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


@bp.post("/<number>/fragen", endpoint="ask")
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
        return text_of(blocks(), request.args.get(way, ""))
