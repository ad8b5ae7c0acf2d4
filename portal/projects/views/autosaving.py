"""Keeping what is typed, every twenty seconds and on leaving (static/autosave.js)."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import shown_version
from portal.partners import queries as partners
from portal.projects import policies, queries, services
from portal.projects.forms import NewProjectForm, ProjectForm
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import to_work_on

NOT_TYPED = {"csrf_token", "key", "picture"}
LONGEST = 20_000  # characters of one value; more than any field takes
MOST = 60  # values of one field
KEPT = ("", 204)


@mine.post("/neu/zwischenstand", endpoint="keep_new")
@signed_in
def keep_new(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    form = NewProjectForm()
    services.keep_new(acting, by=me(), key=form.proper_key, said=_typed(form))
    return KEPT


@mine.post("/<key>/zwischenstand", endpoint="keep")
@signed_in
def keep(organisation: str, key: str) -> ResponseReturnValue:
    _acting, project = to_work_on(organisation, key)
    services.keep(project, by=me(), said=_typed(ProjectForm()), seen_version=shown_version())
    return KEPT


@mine.post("/<key>/zwischenstand/verwerfen", endpoint="drop")
@signed_in
def drop(organisation: str, key: str) -> ResponseReturnValue:
    """Also for a project that was never saved: only the person's own row is meant."""
    acting = partners.acted_for(organisation, by=me())
    services.drop_kept(key, by=me())
    flash(_("Die nicht gespeicherten Eingaben sind verworfen."))
    known = queries.find_own(key, acting)
    if known and policies.may_edit(me(), known.latest):
        return redirect(url_for(".edit", organisation=organisation, key=key), 303)
    return redirect(url_for(".index", organisation=organisation), 303)


def _typed(form: ProjectForm) -> dict[str, list[str]]:
    """As it was sent, field by field; what the form does not know is not kept."""
    names = [field.name for field in form if field.name not in NOT_TYPED]
    return {
        name: [value.replace("\0", "")[:LONGEST] for value in values[:MOST]]
        for name in names
        if (values := request.form.getlist(name))
    }
