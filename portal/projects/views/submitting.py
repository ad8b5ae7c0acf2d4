"""The own list, one's own presentation as it will look, and its way to the Projektbüro and back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.partners.policies import writes_for
from portal.projects import policies, queries, services
from portal.projects.forms import AnswerForm
from portal.projects.forms.differences import changes
from portal.projects.models import Comment, Phase, Project
from portal.projects.services import Incomplete, Unfinished
from portal.projects.services.completeness import missing_in
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import edit_page_with, say_when, to_work_on
from portal.projects.workflow import WORKFLOW
from portal.topics.queries import districts


@mine.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return page(
        "projects/mine/index.html",
        organisation=acting,
        listing=paginate(queries.of_organisation(acting), page=page_number()),
        missing_in=missing_in,
    )


@mine.get("/<key>", endpoint="show")
@signed_in
def show(organisation: str, key: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return show_page(acting, queries.with_key(key, seen_by=me(), of=acting))


def show_page(
    acting: Organisation,
    project: Project,
    *,
    asked: bool = False,
    answering: dict[int, AnswerForm] | None = None,
) -> ResponseReturnValue:
    """`asked` opens the question whether to submit although points are open; `answering` are the
    answers to points that could not be kept as they were typed."""
    revision = project.latest
    writes = writes_for(me(), acting)  # for the organisation in the address, whatever else it owns
    body = render_template(
        "projects/mine/show.html",
        organisation=acting,
        about=project,
        revision=revision,
        project=queries.presentation(project, revision, internal=True),
        phases=list(Phase),
        districts=districts(),
        missing=missing_in(revision),
        may_edit=writes and policies.may_edit(me(), revision),
        may_hide=acting.id == project.organisation_id and policies.may_hide(me(), project),
        may_confirm=writes and policies.may_confirm(me(), project),
        changes=changes(project.live, revision) if _stands_beside(project) and project.live else [],
        steps={step.name for step in WORKFLOW.open_to(me(), revision) if writes},
        checklist=queries.checklist(project),
        asked=asked,
        answering=answering or {},
        answer_form=answer_form,
    )
    return body, 422 if asked or answering else 200


def _stands_beside(project: Project) -> bool:
    """Another text is public."""
    return project.is_public and project.latest is not project.live


@mine.post("/<key>/einreichen", endpoint="submit")
@signed_in
def submit(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    try:
        services.submit(
            project,
            by=me(),
            for_=acting,
            seen_version=shown_version(),
            anyway="anyway" in request.form,
        )
    except Unfinished:
        return show_page(acting, project, asked=True)
    except Incomplete as incomplete:
        return edit_page_with(acting, project, incomplete.missing)
    say_when(project)
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.post("/<key>/zurueckziehen", endpoint="withdraw")
@signed_in
def take_back(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    services.take_back(project, by=me(), for_=acting, seen_version=shown_version())
    flash(_("Das Projekt ist wieder ein Entwurf. Sie können es ändern und neu einreichen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def answer_form(comment: Comment) -> AnswerForm:
    """For a point of the checklist."""
    data = {"answer": comment.answer}
    return AnswerForm(formdata=None, data=data, prefix=answer_prefix(comment.id))


def answer_prefix(comment_id: int) -> str:
    return f"p{comment_id}"
