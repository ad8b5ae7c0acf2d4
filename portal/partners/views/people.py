"""The people who speak for an organisation, for themselves."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import RoleForm

bp = Blueprint("my_people", __name__, url_prefix="/mein/<organisation>/personen")
PERSON = "/<int(max=2147483647):person_id>"


@bp.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    speakers = queries.speakers_of(acting)
    return page(
        "partners/mine/people.html",
        organisation=acting,
        speakers=speakers,
        may_change=policies.may_change_role(me(), acting),
        owners=sum(one.role == "owner" for one in speakers),
        role_choices=RoleForm.choices(),
    )


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
