"""Writing a presentation: new, edited, and what becomes of the text when somebody was faster."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.pictures import services as pictures
from portal.core.rules import require
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.projects import policies, queries, services
from portal.projects.forms import NewProjectForm, ProjectForm
from portal.projects.forms.presenting import stored_in
from portal.projects.models import Project
from portal.projects.views.blueprints import mine
from portal.projects.views.differences import differences


@mine.get("/neu", endpoint="new")
@signed_in
def new_form(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_draft, me(), acting)
    return page("projects/mine/new.html", organisation=acting, form=NewProjectForm(formdata=None))


@mine.post("/neu")
@signed_in
def make_draft(organisation: str) -> ResponseReturnValue:
    with transaction(writing=False):
        acting = partners.acted_for(organisation, by=me())
        require(policies.may_draft, me(), acting)
        form = NewProjectForm()
        fine = form.validate_on_submit()
    change = form.prepared() if fine else None
    acting = partners.acted_for(organisation, by=me())
    if change is None:
        return page("projects/mine/new.html", organisation=acting, form=form)
    key = form.proper_key
    if not queries.find_own(key, acting):  # the second of two clicks finds what the first made
        services.draft(acting, by=me(), content=form.content(), picture=change, key=key)
        flash(_("Der Entwurf ist gespeichert. Er ist nur in Ihrer Organisation zu sehen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.get("/<key>/bearbeiten", endpoint="edit")
@signed_in
def edit_form(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    revision = project.latest
    require(policies.may_edit, me(), revision)
    form = ProjectForm(
        formdata=None, data=stored_in(revision), has_picture=revision.picture is not None
    )
    return _edit_page(acting, project, form, version=revision.version)


@mine.post("/<key>/bearbeiten")
@signed_in
def save(organisation: str, key: str) -> ResponseReturnValue:
    with transaction(writing=False):
        acting, project = to_work_on(organisation, key)
        require(policies.is_author, me(), project.latest)
        form = ProjectForm(has_picture=project.latest.picture is not None)
        fine = form.validate_on_submit()
    change = form.prepared() if fine else None
    acting, project = to_work_on(organisation, key, to_change=True)
    seen = shown_version()
    if change is None:
        return _edit_page(acting, project, form, version=seen)
    try:
        services.save(project, by=me(), seen_version=seen, content=form.content(), picture=change)
    except Conflict:
        if change.new:
            pictures.discard(change.new)
        return _both_texts(acting, project, form)
    flash(_("Der Entwurf ist gespeichert."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def to_work_on(
    organisation: str, key: str, *, to_change: bool = False
) -> tuple[Organisation, Project]:
    acting = partners.acted_for(organisation, by=me())
    return acting, queries.with_key(key, seen_by=me(), of=acting, to_change=to_change)


def _edit_page(
    organisation: Organisation, project: Project, form: ProjectForm, *, version: int
) -> ResponseReturnValue:
    return page(
        "projects/mine/edit.html",
        organisation=organisation,
        project=project,
        revision=project.latest,
        form=form,
        shown={"version": version},
    )


def edit_page_with(
    organisation: Organisation, project: Project, messages: dict[str, Any]
) -> ResponseReturnValue:
    """The stored text, and at its fields what is still missing."""
    form = ProjectForm(formdata=None, data=stored_in(project.latest))
    form.complain_of(messages)
    return _edit_page(organisation, project, form, version=project.latest.version)


def _both_texts(
    organisation: Organisation, project: Project, form: ProjectForm
) -> ResponseReturnValue:
    """409: what was typed stays in the form, what is stored stands beside it. Saving again is
    possible, now that both were seen."""
    revision = project.latest
    body = render_template(
        "projects/mine/conflict.html",
        organisation=organisation,
        project=project,
        revision=revision,
        form=form,
        shown={"version": revision.version},
        differences=differences(form, revision),
        may_save=policies.may_edit(me(), revision),
        sent_picture=bool(request.files.get("picture")),
    )
    return body, 409
