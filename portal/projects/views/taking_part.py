"""The named organisation's own pages: what it is asked, where its name stands, and its answers."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.projects import policies, queries, services
from portal.projects.forms import EndForm, NoForm
from portal.projects.models import Participation
from portal.projects.workflow import PARTS

bp = Blueprint("my_parts", __name__, url_prefix="/mein/<organisation>/beteiligungen")
ONE = "/<int(max=2147483647):part_id>"


@bp.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}


@bp.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return page(
        "projects/asked/index.html",
        organisation=acting,
        listing=paginate(queries.asked_of(acting), page=page_number()),
    )


@bp.get(ONE, endpoint="show")
@signed_in
def show(organisation: str, part_id: int) -> ResponseReturnValue:
    """For who comes from the mail, too: it only shows."""
    acting = partners.acted_for(organisation, by=me())
    return _page(acting, queries.part_of(acting, part_id))


@bp.post(f"{ONE}/zusagen", endpoint="say_yes")
@signed_in
def say_yes(organisation: str, part_id: int) -> ResponseReturnValue:
    _acting, part = _to_change(organisation, part_id)
    services.say_yes(part, by=me(), seen_version=shown_version())
    if part.project.live:
        flash(_("Danke. Ihre Organisation steht jetzt auf der Projektseite."))
    else:
        flash(_("Danke. Ihre Organisation wird genannt, sobald das Projekt veröffentlicht ist."))
    return redirect(url_for(".show", organisation=organisation, part_id=part_id), 303)


@bp.post(f"{ONE}/absagen", endpoint="say_no")
@signed_in
def say_no(organisation: str, part_id: int) -> ResponseReturnValue:
    acting, part = _to_change(organisation, part_id)
    form = NoForm()
    if not form.validate_on_submit():
        return _page(acting, part, refusing=form)
    services.say_no(part, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Ihre Absage ist unterwegs. Wer gefragt hat, liest Ihre Begründung."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{ONE}/beenden", endpoint="end")
@signed_in
def end(organisation: str, part_id: int) -> ResponseReturnValue:
    acting, part = _to_change(organisation, part_id)
    form = EndForm()
    if not form.validate_on_submit():
        return _page(acting, part, ending=form)
    services.end_part(part, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Ihre Organisation steht nicht mehr bei diesem Projekt."))
    return redirect(url_for(".index", organisation=organisation), 303)


def _to_change(organisation: str, part_id: int) -> tuple[Organisation, Participation]:
    acting = partners.acted_for(organisation, by=me())
    part = queries.part_of(acting, part_id, to_change=True)
    require(policies.may_answer, me(), part)
    return acting, part


def _page(
    acting: Organisation,
    part: Participation,
    *,
    refusing: NoForm | None = None,
    ending: EndForm | None = None,
) -> ResponseReturnValue:
    return page(
        "projects/asked/show.html",
        organisation=acting,
        part=part,
        project=part.project,
        revision=part.project.live or part.project.latest,
        steps={step.name for step in PARTS.open_to(me(), part)},
        may_answer=policies.may_answer(me(), part),
        refusing_form=refusing or NoForm(formdata=None),
        ending_form=ending or EndForm(formdata=None),
    )
