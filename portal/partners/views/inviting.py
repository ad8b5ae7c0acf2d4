"""What owners do with invitations, and how they answer who asks to join."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.accounts.subjects import subject
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import InviteForm, LetInForm, RefuseForm
from portal.partners.models import JoinRequest, Organisation
from portal.partners.views.people import bp, people_page

INVITATION = "/einladungen/<int(max=2147483647):invitation_id>"
NO = "absage"  # two forms on one page: the fields of this one have names of their own
REQUEST = "/anfragen/<int(max=2147483647):request_id>"


@bp.post("/einladen", endpoint="invite")
@signed_in
@limiter.limit("60/hour")
def invite(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.may_invite, me(), acting)
    form = InviteForm()
    if not form.validate_on_submit():
        return people_page(acting, form)
    for line in services.invite(acting, by=me(), subject_of=subject, **form.values()).words():
        flash(line)
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{INVITATION}/erneut", endpoint="send_again")
@signed_in
def send_again(organisation: str, invitation_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    invitation = queries.invitation_of(acting, invitation_id)
    email = invitation.person.email
    services.send_again(invitation, by=me(), subject=subject(email), seen_version=shown_version())
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{INVITATION}/zurueckziehen", endpoint="revoke")
@signed_in
def revoke(organisation: str, invitation_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    invitation = queries.invitation_of(acting, invitation_id)
    services.revoke(invitation, by=me(), seen_version=shown_version())
    flash(_("Die Einladung an %(email)s gilt nicht mehr.", email=invitation.person.email))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.get(REQUEST, endpoint="request")
@signed_in
def show_request(organisation: str, request_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.administers, me(), acting)
    return _request(acting, queries.request_of(acting, request_id))


@bp.post(f"{REQUEST}/aufnehmen", endpoint="let_in")
@signed_in
def let_in(organisation: str, request_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.administers, me(), acting)
    request = queries.request_of(acting, request_id)
    form = LetInForm()
    if not form.validate_on_submit():
        return _request(acting, request, accepting=form)
    services.accept_request(request, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s handelt jetzt für Ihre Organisation.", name=request.person.name))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{REQUEST}/ablehnen", endpoint="refuse")
@signed_in
def refuse(organisation: str, request_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.administers, me(), acting)
    request = queries.request_of(acting, request_id)
    form = RefuseForm(prefix=NO)
    if not form.validate_on_submit():
        return _request(acting, request, refusing=form)
    services.refuse_request(request, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s liest Ihre Absage.", name=request.person.name))
    return redirect(url_for(".index", organisation=organisation), 303)


def _request(
    acting: Organisation,
    request: JoinRequest,
    *,
    accepting: LetInForm | None = None,
    refusing: RefuseForm | None = None,
) -> ResponseReturnValue:
    return page(
        "partners/mine/request.html",
        organisation=acting,
        request_=request,
        accepting_form=accepting or LetInForm(formdata=None, data={"role": "member"}),
        refusing_form=refusing or RefuseForm(formdata=None, prefix=NO),
    )
