"""The checklist of a presentation that was given back: what is mended, and what is not."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import shown_version
from portal.core.rules import require
from portal.projects import policies, queries, services
from portal.projects.forms import AnswerForm
from portal.projects.views.blueprints import mine
from portal.projects.views.submitting import answer_prefix, show_page
from portal.projects.views.writing import to_work_on

POINT = "/<key>/anmerkungen/<int(max=2147483647):comment_id>"


@mine.post(f"{POINT}/erledigt", endpoint="finish_point")
@signed_in
def finish(organisation: str, key: str, comment_id: int) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    comment = queries.comment_in(project, comment_id, seen_by=me())
    form = AnswerForm(prefix=answer_prefix(comment_id))
    if not form.validate_on_submit():
        return show_page(acting, project, answering={comment_id: form})
    services.finish(comment, by=me(), seen_version=shown_version(), answer=form.answer.data or "")
    return redirect(_checklist(organisation, key), 303)


@mine.post(f"{POINT}/offen", endpoint="reopen_point")
@signed_in
def reopen(organisation: str, key: str, comment_id: int) -> ResponseReturnValue:
    _acting, project = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), project.latest)
    comment = queries.comment_in(project, comment_id, seen_by=me())
    services.reopen(comment, by=me(), seen_version=shown_version())
    return redirect(_checklist(organisation, key), 303)


def _checklist(organisation: str, key: str) -> str:
    return url_for(".show", organisation=organisation, key=key, _anchor="punkte")
