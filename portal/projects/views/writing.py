"""Writing a presentation: new, edited, and what becomes of the text when somebody was faster."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.core.times import show_day
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.partners.policies import writes_for
from portal.projects import policies, queries, services
from portal.projects.forms import NewProjectForm, ProjectForm
from portal.projects.forms.differences import differences
from portal.projects.forms.presenting import stored_in
from portal.projects.models import Autosave, Project
from portal.projects.services.completeness import missing_in
from portal.projects.views.blueprints import mine


@mine.get("/neu", endpoint="new")
@signed_in
def new_form(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_draft, me(), acting)
    kept = services.kept_new(acting, by=me())
    form = NewProjectForm(formdata=_typed_before(kept))
    if kept:
        form.key.data = kept.key
    return _new_page(acting, form, kept)


@mine.post("/neu")
@signed_in
def make_draft(organisation: str) -> ResponseReturnValue:
    with transaction(writing=False):
        acting = partners.acted_for(organisation, by=me())
        require(policies.may_draft, me(), acting)
        form = NewProjectForm()
        fine = form.validate_on_submit() and _is_complete(form)
    change = form.prepared() if fine else None
    acting = partners.acted_for(organisation, by=me())
    if change is None:
        return _new_page(acting, form)
    key = form.proper_key
    project = queries.find_own(key, acting)  # the second of two clicks finds what the first made
    if not project:
        said = form.content()
        project = services.draft(acting, by=me(), content=said, picture=change, key=key)
        services.drop_kept(key, by=me())
        _go_on(
            project,
            acting,
            _("Der Entwurf ist gespeichert. Er ist nur in Ihrer Organisation zu sehen."),
        )
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.get("/<key>/bearbeiten", endpoint="edit")
@signed_in
def edit_form(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    revision = project.latest
    require(writes_for, me(), acting)
    require(policies.may_edit, me(), revision)
    kept = services.kept(project, by=me())
    has_picture = revision.picture is not None
    if kept:
        form = ProjectForm(formdata=_typed_before(kept), has_picture=has_picture)
        return _edit_page(acting, project, form, version=kept.version, kept=kept)
    form = ProjectForm(formdata=None, data=stored_in(revision), has_picture=has_picture)
    return _edit_page(acting, project, form, version=revision.version)


@mine.post("/<key>/bearbeiten")
@signed_in
def save(organisation: str, key: str) -> ResponseReturnValue:
    with transaction(writing=False):
        acting, project = to_work_on(organisation, key)
        require(policies.is_author, me(), project.latest)
        form = ProjectForm(has_picture=project.latest.picture is not None)
        form.take_stored(project.latest, request.form)
        fine = form.validate_on_submit() and _is_complete(form)
    change = form.prepared() if fine else None
    acting, project = to_work_on(organisation, key, to_change=True)
    seen = shown_version()
    if change is None:
        return _edit_page(acting, project, form, version=seen)
    try:
        services.save(
            project,
            by=me(),
            for_=acting,
            seen_version=seen,
            content=form.content(),
            picture=change,
        )
    except Conflict:
        change.forget()
        return _both_texts(acting, project, form)
    services.drop_kept(key, by=me())
    _go_on(project, acting, _("Der Entwurf ist gespeichert."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def wants_to_submit() -> bool:
    """The other button of the form."""
    return request.form.get("then") == "submit"


def say_when(project: Project) -> None:
    promised = project.latest.promised_by
    flash(
        _(
            "Danke. Das Projektbüro prüft Ihr Projekt und antwortet bis zum %(day)s.",
            day=show_day(promised) if promised else "",
        )
    )


def to_work_on(
    organisation: str, key: str, *, to_change: bool = False
) -> tuple[Organisation, Project]:
    acting = partners.acted_for(organisation, by=me())
    return acting, queries.with_key(key, seen_by=me(), of=acting, to_change=to_change)


def edit_page_with(
    organisation: Organisation, project: Project, messages: dict[str, Any]
) -> ResponseReturnValue:
    """The stored text, and at its fields what is still missing."""
    form = ProjectForm(formdata=None, data=stored_in(project.latest))
    form.complain_of(messages)
    return _edit_page(organisation, project, form, version=project.latest.version)


def _is_complete(form: ProjectForm) -> bool:
    """Asked of who sends the text to the Projektbüro with the same click."""
    if wants_to_submit():
        form.complain_of(missing_in(form.content()))
    return not form.errors


def _go_on(project: Project, acting: Organisation, saved: str) -> None:
    if not wants_to_submit():
        flash(saved)
        return
    try:
        services.submit(project, by=me(), for_=acting, seen_version=project.latest.version)
    except services.Unfinished:
        flash(_("Gespeichert, aber noch nicht eingereicht: Es sind noch Punkte offen."))
    else:
        say_when(project)


def _typed_before(kept: Autosave | None) -> MultiDict[str, str] | None:
    return MultiDict(kept.said) if kept else None


def _new_page(
    organisation: Organisation, form: NewProjectForm, kept: Autosave | None = None
) -> ResponseReturnValue:
    return page("projects/mine/new.html", organisation=organisation, form=form, kept=kept)


def _edit_page(
    organisation: Organisation,
    project: Project,
    form: ProjectForm,
    *,
    version: int,
    kept: Autosave | None = None,
) -> ResponseReturnValue:
    checklist = queries.checklist(project)
    form.show_remarks(checklist)
    return page(
        "projects/mine/edit.html",
        organisation=organisation,
        project=project,
        revision=project.latest,
        form=form,
        shown={"version": version},
        kept=kept,
        checklist=checklist,
    )


def _both_texts(
    organisation: Organisation, project: Project, form: ProjectForm
) -> ResponseReturnValue:
    """409: what was typed stays in the form, what is stored stands beside it, and each difference
    asks which of the two shall count."""
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
