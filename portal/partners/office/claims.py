"""The office checks who claims the profile of a partner that nobody administers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.languages import speaking
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import policies, queries, services, websites
from portal.partners.forms import GrantForm, RefuseForm
from portal.partners.models import JoinRequest
from portal.partners.text_blocks import claim_welcome
from portal.partners.workflow import REQUESTS

bp = Blueprint("claims_office", __name__, url_prefix="/projektbuero/uebernahmen")
NO = "absage"  # two forms on one page: the fields of this one have names of their own
CLAIM = "/<int(max=2147483647):request_id>"


@bp.get(CLAIM, endpoint="show")
@office_only
def show(request_id: int) -> ResponseReturnValue:
    return _case(queries.claim_with_id(request_id))


@bp.post(f"{CLAIM}/zustimmen", endpoint="grant")
@office_only
def grant(request_id: int) -> ResponseReturnValue:
    claim = queries.claim_with_id(request_id)
    require(policies.checks_claims, me(), claim)
    form = GrantForm()
    if not form.validate_on_submit():
        return _case(claim, granting=form)
    services.grant_claim(claim, by=me(), seen_version=shown_version(), **form.values())
    told = _(
        "%(person)s verwaltet jetzt %(name)s.",
        person=claim.person.name,
        name=claim.organisation.name,
    )
    flash(told)
    return redirect(url_for("desk.next_case", kind="claims"), 303)


@bp.post(f"{CLAIM}/ablehnen", endpoint="refuse")
@office_only
def refuse(request_id: int) -> ResponseReturnValue:
    claim = queries.claim_with_id(request_id)
    require(policies.checks_claims, me(), claim)
    form = RefuseForm(prefix=NO)
    if not form.validate_on_submit():
        return _case(claim, refusing=form)
    services.refuse_request(claim, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s liest Ihre Absage.", name=claim.person.name))
    return redirect(url_for("desk.next_case", kind="claims"), 303)


def _case(
    claim: JoinRequest,
    *,
    granting: GrantForm | None = None,
    refusing: RefuseForm | None = None,
) -> ResponseReturnValue:
    mail_domain = claim.person.email.rpartition("@")[2]
    with speaking(claim.person.language):
        welcome = {"reason": claim_welcome(claim.organisation.name)}
    return page(
        "claims/office/show.html",
        claim=claim,
        mail_domain=mail_domain,
        fits=websites.belong_together(mail_domain, claim.organisation.domain),
        is_open=REQUESTS.is_open("grant_claim", me(), claim),
        is_tied=not policies.checks_claims(me(), claim),
        granting_form=granting or GrantForm(formdata=None, data=welcome),
        refusing_form=refusing or RefuseForm(formdata=None, prefix=NO),
    )
