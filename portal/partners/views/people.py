"""The people who speak for an organisation, for themselves: roles, and who leaves."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import absolute, page
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import InviteForm, RoleForm
from portal.partners.models import Invitation, Organisation

bp = Blueprint("my_people", __name__, url_prefix="/mein/<organisation>/personen")
PERSON = "/<int(max=2147483647):person_id>"


@bp.context_processor
def words() -> dict[str, Any]:
    return {"role_choices": RoleForm.choices(), "shown_link": _shown_link}


@bp.app_context_processor
def others() -> dict[str, Any]:
    """For the switch between organisations; asked only by pages that act for one."""
    return {"my_organisations": lambda: queries.organisations_of(me())}


def _shown_link(invitation: Invitation) -> str:
    token = queries.invitation_token(invitation, shown=True)
    return absolute("invitations.show", invitation_id=invitation.id, token=token)


def people_page(
    acting: Organisation, inviting_form: InviteForm | None = None
) -> ResponseReturnValue:
    """With the invitation form as it was typed, where it has to be mended."""
    speakers = queries.speakers_of(acting)
    administers = bool(policies.administers(me(), acting))
    return page(
        "partners/mine/people.html",
        organisation=acting,
        speakers=speakers,
        may_change=administers,
        owners=sum(one.role == "owner" for one in speakers),
        invitations=queries.open_invitations_of(acting) if administers else [],
        requests=queries.requests_of(acting) if administers else [],
        inviting_form=inviting_form or InviteForm(formdata=None, data={"role": "member"}),
    )


@bp.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    return people_page(queries.acted_for(organisation, by=me()))


@bp.post(f"{PERSON}/rolle", endpoint="give_role")
@signed_in
def give_role(organisation: str, person_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.may_change_role, me(), acting)
    person = queries.person_in(acting, person_id)
    form = RoleForm()
    if form.validate_on_submit():
        services.give_role(acting, person, by=me(), role=form.chosen, seen=form.seen_role)
        flash(_("%(name)s: %(role)s.", name=person.name, role=form.chosen.label))
    else:
        flash(_("Wählen Sie eine der angebotenen Rollen."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{PERSON}/zeichnung-geben", endpoint="let_sign")
@signed_in
def let_sign(organisation: str, person_id: int) -> ResponseReturnValue:
    return _set_signing_right(organisation, person_id, may_sign=True)


@bp.post(f"{PERSON}/zeichnung-nehmen", endpoint="let_sign_no_more")
@signed_in
def let_sign_no_more(organisation: str, person_id: int) -> ResponseReturnValue:
    return _set_signing_right(organisation, person_id, may_sign=False)


def _set_signing_right(organisation: str, person_id: int, *, may_sign: bool) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.may_change_role, me(), acting)
    person = queries.person_in(acting, person_id)
    services.set_signing_right(acting, person, may_sign=may_sign, by=me())
    if may_sign:
        flash(_("%(name)s darf jetzt für Ihre Organisation zeichnen.", name=person.name))
    else:
        flash(_("%(name)s zeichnet nicht mehr für Ihre Organisation.", name=person.name))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{PERSON}/uebergeben", endpoint="hand_over")
@signed_in
def hand_over(organisation: str, person_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.administers, me(), acting)
    person = queries.person_in(acting, person_id)
    services.offer_ownership(acting, person, by=me())
    flash(
        _(
            "%(name)s hat eine E-Mail erhalten. Bis zur Annahme verwalten Sie die Organisation.",
            name=person.name,
        )
    )
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{PERSON}/entfernen", endpoint="remove")
@signed_in
def remove(organisation: str, person_id: int) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    person = queries.person_in(acting, person_id)
    services.end_affiliation(acting, person, by=me())
    if person.id == me().id:
        flash(_("Sie handeln nicht mehr für %(name)s.", name=acting.name))
        return redirect(url_for("home.mine"), 303)
    flash(_("%(name)s handelt nicht mehr für Ihre Organisation.", name=person.name))
    return redirect(url_for(".index", organisation=organisation), 303)
