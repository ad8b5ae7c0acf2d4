"""Reviewing: comments at the parts of a presentation, the criteria, and notes that stay inside."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.errors import Conflict
from portal.core.pages import shown_version
from portal.core.rules import require
from portal.projects import policies, queries, services
from portal.projects.forms import CaseNoteForm, CommentForm, JudgingForm, ReviewForm
from portal.projects.models import Comment, Project
from portal.projects.office.blueprint import bp
from portal.projects.office.case import NOTE_PREFIX, case_page, prefix_of
from portal.projects.services import TooMany, TooManyNotes

COMMENT = "/<key>/anmerkungen/<int(max=2147483647):comment_id>"


@bp.post("/<key>/anmerkungen", endpoint="remark")
@office_only
def remark(key: str) -> ResponseReturnValue:
    """Keeps all comments that were typed on the page. The button of a text block does so, too,
    before the page comes again with its text."""
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_decide, me(), project.latest)
    form = ReviewForm()
    if not form.validate_on_submit():
        return case_page(project, reviewing=form)
    try:
        services.remark(project, by=me(), remarks=form.remarks, seen_version=shown_version())
    except TooMany:
        form.complain_of_too_many()
        return case_page(project, reviewing=form)
    except Conflict as late:
        return case_page(project, reviewing=form, late=late)
    block = request.form.get("baustein", "")[:40] or None
    anchor = "entscheidung" if block else _first_of(form)
    return redirect(url_for(".show", key=key, baustein=block, _anchor=anchor), 303)


def _first_of(form: ReviewForm) -> str:
    return f"teil-{next(iter(form.remarks), 'whole')}"


@bp.post(f"{COMMENT}/aendern", endpoint="change_comment")
@office_only
def change_comment(key: str, comment_id: int) -> ResponseReturnValue:
    project, comment = _reviewed(key, comment_id)
    form = CommentForm(prefix=prefix_of(comment_id))
    if not form.validate_on_submit():
        return case_page(project, changing={comment_id: form})
    services.change_comment(comment, by=me(), seen_version=shown_version(), **form.values())
    return _back_to(comment)


@bp.post(f"{COMMENT}/entfernen", endpoint="remove_comment")
@office_only
def remove_comment(key: str, comment_id: int) -> ResponseReturnValue:
    _project, comment = _reviewed(key, comment_id)
    answer = _back_to(comment)
    services.remove_comment(comment, by=me(), seen_version=shown_version())
    flash(_("Die Anmerkung ist entfernt."))
    return answer


@bp.post(f"{COMMENT}/klaeren", endpoint="resolve_comment")
@office_only
def resolve_comment(key: str, comment_id: int) -> ResponseReturnValue:
    _project, comment = _reviewed(key, comment_id)
    services.resolve(comment, by=me(), seen_version=shown_version())
    return _back_to(comment)


@bp.post(f"{COMMENT}/wiederholen", endpoint="repeat_comment")
@office_only
def repeat_comment(key: str, comment_id: int) -> ResponseReturnValue:
    _project, comment = _reviewed(key, comment_id)
    services.repeat(comment, by=me(), seen_version=shown_version())
    return _back_to(comment)


@bp.post("/<key>/kriterien", endpoint="judge")
@office_only
def judge(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_decide, me(), project.latest)
    form = JudgingForm()
    if not form.validate_on_submit():
        return case_page(project, judging=form)
    try:
        services.judge(project, by=me(), verdicts=form.verdicts, seen_version=shown_version())
    except Conflict as late:
        return case_page(project, judging=form, late=late)
    flash(_("Ihre Beurteilung ist gespeichert."))
    return redirect(url_for(".show", key=key, _anchor="kriterien"), 303)


@bp.post("/<key>/notizen", endpoint="write_note")
@office_only
def write_note(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_decide, me(), project.latest)
    form = CaseNoteForm(prefix=NOTE_PREFIX)
    if not form.validate_on_submit():
        return case_page(project, noting=form)
    try:
        services.write_note(project, by=me(), **form.values())
    except TooManyNotes:
        form.complain_of_too_many()
        return case_page(project, noting=form)
    return redirect(url_for(".show", key=key, _anchor="notizen"), 303)


def _reviewed(key: str, comment_id: int) -> tuple[Project, Comment]:
    """A comment of the project, and nobody changes either of them meanwhile."""
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_decide, me(), project.latest)
    return project, queries.comment_in(project, comment_id, seen_by=me())


def _back_to(comment: Comment) -> ResponseReturnValue:
    key, anchor = comment.project.key, f"teil-{comment.part}"
    return redirect(url_for(".show", key=key, _anchor=anchor), 303)
