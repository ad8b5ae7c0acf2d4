"""Not shown any more: archived or offline, and the way back; and "still correct" with one click."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import queries as partners
from portal.projects import policies, queries, services
from portal.projects.forms import HideForm
from portal.projects.forms.hiding import ARCHIVE
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import to_work_on


@mine.get("/<key>/nicht-mehr-zeigen", endpoint="hide")
@signed_in
def hide_form(organisation: str, key: str) -> ResponseReturnValue:
    return _hide_page(organisation, key, HideForm(formdata=None))


@mine.post("/<key>/nicht-mehr-zeigen")
@signed_in
def put_away(organisation: str, key: str) -> ResponseReturnValue:
    _acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.may_hide, me(), project)
    form = HideForm()
    if not form.validate_on_submit():
        return _hide_page(organisation, key, form)
    act = services.archive if form.way.data == ARCHIVE else services.unpublish
    act(project, by=me(), note=form.note.data or "", seen_version=shown_version())
    flash(
        _("Das Projekt ist archiviert. Seine Seite bleibt erreichbar.")
        if form.way.data == ARCHIVE
        else _("Das Projekt ist nicht mehr öffentlich.")
    )
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.post("/<key>/wieder-zeigen", endpoint="bring_back")
@signed_in
def bring_back(organisation: str, key: str) -> ResponseReturnValue:
    _acting, project = to_work_on(organisation, key, to_change=True)
    services.bring_back(project, by=me(), seen_version=shown_version())
    flash(_("Das Projekt steht wieder in den Listen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.get("/<key>/stimmt-noch", endpoint="confirm")
@signed_in
def confirm_form(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(policies.may_confirm, me(), project)
    return page("projects/mine/confirm.html", organisation=acting, project=project)


@mine.post("/<key>/stimmt-noch")
@signed_in
def affirm(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    services.confirm(project, by=me(), for_=acting, seen_version=shown_version())
    flash(_("Danke. „%(title)s“ ist für ein halbes Jahr bestätigt.", title=project.latest.name))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def _hide_page(organisation: str, key: str, form: HideForm) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    project = queries.with_key(key, seen_by=me(), of=acting)
    require(policies.may_hide, me(), project)
    return page("projects/mine/hide.html", organisation=acting, project=project, form=form)
