"""A partner's profile, written by its owners; its logo; and who agrees to stand there by name."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import probe, signed_in
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.pages import page, shown_version
from portal.core.pictures.responses import send
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.forms import ProfileForm, stored_in
from portal.partners.models import Organisation
from portal.partners.profiles import meter_of

bp = Blueprint("profiles", __name__)
MINE = "/mein/<organisation>/profil"


@bp.get("/partner/<slug>/logo/<key>/<size>", endpoint="logo")
@probe  # the right is asked on each request, before any conditional answer (safety.md, row 52)
def logo(slug: str, key: str, size: str) -> ResponseReturnValue:
    return send(queries.logo_of(slug, key), size, public=True)


@bp.get(MINE, endpoint="edit")
@signed_in
def edit(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    require(policies.may_edit_profile, me(), acting)
    form = ProfileForm(formdata=None, organisation=acting, data=stored_in(acting))
    return _edit(acting, form)


@bp.post(MINE)
@signed_in
def save(organisation: str) -> ResponseReturnValue:
    with transaction(writing=False):
        acting = queries.acted_for(organisation, by=me())
        require(policies.may_edit_profile, me(), acting)
        form = ProfileForm(organisation=acting)
        fine = form.validate_on_submit()
    change = form.prepared() if fine else None
    acting = queries.acted_for(organisation, by=me())
    if change is None:
        return _edit(acting, form)
    seen = shown_version()
    services.change_profile(acting, form.profile(), by=me(), logo=change, seen_version=seen)
    flash(_("Ihr Profil ist gespeichert und sofort zu sehen."))
    return redirect(url_for(".edit", organisation=organisation), 303)


@bp.post("/mein/<organisation>/profil/zeigen", endpoint="show_me")
@signed_in
def show_me(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    services.show_contact(acting, me(), by=me())
    flash(_("Ihr Name steht jetzt als Kontakt auf der öffentlichen Seite."))
    return redirect(url_for("my_people.index", organisation=organisation), 303)


@bp.post("/mein/<organisation>/profil/verbergen", endpoint="hide_me")
@signed_in
def hide_me(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    services.hide_contact(acting, me(), by=me())
    flash(_("Ihr Name steht nicht mehr auf der öffentlichen Seite."))
    return redirect(url_for("my_people.index", organisation=organisation), 303)


def _edit(acting: Organisation, form: ProfileForm) -> ResponseReturnValue:
    contacts, claims = queries.contacts_of(acting), queries.claim_count(acting)
    return page(
        "partners/mine/profile.html",
        organisation=acting,
        form=form,
        contacts=contacts,
        claims=claims,
        meter=meter_of(
            acting,
            has_contact=bool(acting.contact_email or contacts),
            has_claims=bool(claims),
        ),
    )
