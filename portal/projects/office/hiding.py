"""The office takes a project off the lists, or brings it back (safety.md, row 10)."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.projects import policies, queries, services
from portal.projects.forms import HideForm
from portal.projects.forms.hiding import ARCHIVE
from portal.projects.models import Project
from portal.projects.office.blueprint import bp


@bp.get("/<key>/nicht-mehr-zeigen", endpoint="hide")
@office_only
def hide_form(key: str) -> ResponseReturnValue:
    return _hide_page(queries.with_key(key, seen_by=me()), HideForm(formdata=None))


@bp.post("/<key>/nicht-mehr-zeigen", endpoint="put_away")
@office_only
def put_away(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_hide, me(), project)
    form = HideForm()
    if not form.validate_on_submit():
        return _hide_page(project, form)
    act = services.archive if form.way.data == ARCHIVE else services.unpublish
    act(project, by=me(), note=form.note.data or "", seen_version=shown_version())
    flash(_("„%(title)s“ steht nicht mehr in den Listen.", title=project.latest.name))
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/wieder-zeigen", endpoint="bring_back")
@office_only
def bring_back(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    services.bring_back(project, by=me(), seen_version=shown_version())
    flash(_("Das Projekt steht wieder in den Listen."))
    return redirect(url_for(".show", key=key), 303)


def _hide_page(project: Project, form: HideForm) -> ResponseReturnValue:
    require(policies.may_hide, me(), project)
    return page("projects/office/hide.html", project=project, form=form)
