"""The applicant's own page."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.accounts.subjects import subject
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import AmendForm, AnswerForm
from portal.partners.models import Application
from portal.partners.policies import UNDECIDED
from portal.partners.workflow import WORKFLOW
from portal.topics.queries import district_name, with_ids

bp = Blueprint("my_applications", __name__, url_prefix="/mein/antraege")


@bp.get("/<number>", endpoint="show")
@signed_in
def show(number: str) -> ResponseReturnValue:
    return _show(queries.with_number(number, seen_by=me()), AnswerForm(formdata=None))


@bp.post("/<number>/antwort", endpoint="answer")
@signed_in
def answer(number: str) -> ResponseReturnValue:
    application = queries.with_number(number, seen_by=me())
    require(policies.is_applicant, me(), application)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(application, form)
    text = form.values()["answer"]
    services.answer(application, by=me(), text=text, seen_version=shown_version())
    flash(_("Ihre Antwort liegt beim Projektbüro."))
    return redirect(url_for(".show", number=number), 303)


@bp.get("/<number>/aendern", endpoint="amend")
@signed_in
def amend_form(number: str) -> ResponseReturnValue:
    application = queries.with_number(number, seen_by=me())
    require(policies.is_applicant, me(), application)
    form = AmendForm(formdata=None, data=_answers(application))
    return _amend_page(application, form, version=application.version)


@bp.post("/<number>/aendern", endpoint="keep_amended")
@signed_in
def keep_amended(number: str) -> ResponseReturnValue:
    application = queries.with_number(number, seen_by=me())
    require(policies.is_applicant, me(), application)
    form = AmendForm()
    if not form.validate_on_submit():
        return _amend_page(application, form, version=shown_version())
    services.amend(application, by=me(), answers=form.values(), seen_version=shown_version())
    flash(_("Ihre Angaben sind gespeichert. Das Projektbüro sieht sie sofort."))
    return redirect(url_for(".show", number=number), 303)


def _answers(application: Application) -> dict[str, Any]:
    """What the form shows of an application."""
    names = (
        "name", "website", "street", "postal_code", "city", "register_court", "register_number",
        "why", "function", "phone",
    )  # fmt: skip
    return {name: getattr(application, name) for name in names} | {
        "kind": application.kind.value,
        "district_id": application.district_id or "",
        "themes": application.theme_ids,
    }


def _amend_page(application: Application, form: AmendForm, *, version: int) -> ResponseReturnValue:
    return page(
        "applications/mine/amend.html",
        application=application,
        form=form,
        shown={"version": version},
        is_open=application.state in UNDECIDED,
    )


def _show(application: Application, form: AnswerForm) -> ResponseReturnValue:
    return page(
        "applications/mine/show.html",
        application=application,
        themes=with_ids(application.theme_ids),
        district=district_name(application.district_id),
        form=form,
        is_mine=policies.is_applicant(me(), application),
        may_answer=WORKFLOW.is_open("answer", me(), application),
        may_amend=policies.is_applicant(me(), application) and application.state in UNDECIDED,
        may_withdraw=WORKFLOW.is_open("withdraw", me(), application),
    )


@bp.post("/<number>/link", endpoint="new_link")
@signed_in
@limiter.limit("20/hour")
def new_link(number: str) -> ResponseReturnValue:
    """For who waits for the mail of an application that was sent with their address."""
    application = queries.with_number(number, seen_by=me())
    services.ask_again(application, subject=subject(application.applicant.email))
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for(".show", number=application.number), 303)


@bp.post("/<number>/zurueckziehen", endpoint="withdraw")
@signed_in
def withdraw(number: str) -> ResponseReturnValue:
    application = queries.with_number(number, seen_by=me())
    services.withdraw(application, by=me(), seen_version=shown_version())
    flash(_("Ihr Antrag ist zurückgezogen."))
    return redirect(url_for(".show", number=number), 303)
