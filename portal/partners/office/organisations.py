"""The office looks at one organisation: its people, who may speak for it, and whether it rests."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import administrators_only, office_only
from portal.accounts.sessions import me
from portal.accounts.subjects import subject
from portal.core.pages import page, shown_version
from portal.partners import policies, queries, services
from portal.partners.forms import InviteForm, ReactivateForm, RenameForm, RoleForm, SuspendForm
from portal.partners.models import Organisation
from portal.partners.office.lists import bp

PERSON = "/<slug>/personen/<int(max=2147483647):person_id>"


@bp.get("/<slug>", endpoint="show")
@office_only
def show(slug: str) -> ResponseReturnValue:
    return _page(queries.known_organisation(slug))


@bp.post("/<slug>/einladen", endpoint="invite")
@administrators_only
def invite(slug: str) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    form = InviteForm()
    if not form.validate_on_submit():
        return _page(organisation, inviting=form)
    for line in services.invite(organisation, by=me(), subject_of=subject, **form.values()).words():
        flash(line)
    return redirect(url_for(".show", slug=slug), 303)


@bp.post(f"{PERSON}/rolle", endpoint="give_role")
@administrators_only
def give_role(slug: str, person_id: int) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    person = queries.person_in(organisation, person_id)
    form = RoleForm()
    if form.validate_on_submit():
        services.give_role(organisation, person, by=me(), role=form.chosen, seen=form.seen_role)
        flash(_("%(name)s: %(role)s.", name=person.name, role=form.chosen.label))
    else:
        flash(_("Wählen Sie eine der angebotenen Rollen."))
    return redirect(url_for(".show", slug=slug), 303)


@bp.post(f"{PERSON}/entfernen", endpoint="remove")
@administrators_only
def remove(slug: str, person_id: int) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    person = queries.person_in(organisation, person_id)
    services.end_affiliation(organisation, person, by=me())
    told = _("%(name)s handelt nicht mehr für %(org)s.", name=person.name, org=organisation.name)
    flash(told)
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<slug>/ruhen", endpoint="suspend")
@administrators_only
def suspend(slug: str) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    form = SuspendForm()
    if not form.validate_on_submit():
        return _page(organisation, suspending=form)
    services.suspend(organisation, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s ruht. Alle dort haben eine E-Mail erhalten.", name=organisation.name))
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<slug>/aufwecken", endpoint="reactivate")
@administrators_only
def reactivate(slug: str) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    form = ReactivateForm()
    if not form.validate_on_submit():
        return _page(organisation, suspending=form)
    services.reactivate(organisation, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s handelt wieder.", name=organisation.name))
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<slug>/umbenennen", endpoint="rename")
@administrators_only
def rename(slug: str) -> ResponseReturnValue:
    organisation = queries.known_organisation(slug)
    form = RenameForm()
    if not form.validate_on_submit():
        return _page(organisation, renaming=form)
    services.rename(organisation, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Der Name ist jetzt %(name)s.", name=organisation.name))
    return redirect(url_for(".show", slug=slug), 303)


def _page(
    organisation: Organisation,
    *,
    inviting: InviteForm | None = None,
    suspending: ReactivateForm | None = None,
    renaming: RenameForm | None = None,
) -> ResponseReturnValue:
    return page(
        "partners/office/show.html",
        organisation=organisation,
        membership=queries.standing_of(organisation),
        speakers=queries.speakers_of(organisation),
        invitations=queries.open_invitations_of(organisation),
        is_orphaned=queries.is_orphaned(organisation),
        may_change=policies.may_change_role(me(), organisation),
        role_choices=RoleForm.choices(),
        inviting_form=inviting or InviteForm(formdata=None, data={"role": "owner"}),
        renaming_form=renaming or RenameForm(formdata=None, data={"name": organisation.name}),
        suspending_form=suspending or _resting_form(organisation),
    )


def _resting_form(organisation: Organisation) -> ReactivateForm:
    kind = ReactivateForm if organisation.suspended_at else SuspendForm
    return kind(formdata=None)
