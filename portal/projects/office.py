"""Projects for the Projektbüro: all of them, and the case of each."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.pictures.responses import send
from portal.core.text import clean_line
from portal.projects import policies, queries, services
from portal.projects.forms import ReturnForm
from portal.projects.hints import hints
from portal.projects.models import Phase, Project, ReviewState
from portal.projects.workflow import WORKFLOW
from portal.topics.queries import districts

bp = Blueprint("projects_office", __name__, url_prefix="/projektbuero/projekte")
PER_PAGE = 25


@bp.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    q = clean_line(request.args.get("q", "")[:200])
    asked = request.args.get("zustand", "")
    state = next((state for state in ReviewState if state.slug == asked), None)
    rows = queries.all_projects(state=state, q=q)
    return page(
        "projects/office/index.html",
        q=q,
        state=state,
        states=list(ReviewState),
        counts=queries.count_by_state(),
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE),
    )


@bp.get("/<key>", endpoint="show")
@office_only
def show(key: str) -> ResponseReturnValue:
    return _case(queries.with_key(key, seen_by=me()), ReturnForm(formdata=None))


@bp.get("/<key>/bild/<picture>/<size>", endpoint="picture")
@office_only
def picture(key: str, picture: str, size: str) -> ResponseReturnValue:
    shown = queries.picture_of(queries.with_key(key, seen_by=me()).latest, picture)
    return send(shown, size, public=False)


@bp.post("/<key>/veroeffentlichen", endpoint="publish")
@office_only
def publish(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    services.publish(project, by=me(), seen_version=shown_version())
    flash(_("„%(title)s“ ist veröffentlicht.", title=project.latest.name))
    return redirect(url_for("desk.next_case", kind="projects"), 303)


@bp.post("/<key>/zurueckgeben", endpoint="give_back")
@office_only
def give_back(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    form = ReturnForm()
    if not form.validate_on_submit() and policies.may_decide(me(), project.latest):
        return _case(project, form)
    services.give_back(project, by=me(), seen_version=shown_version(), **form.values())
    flash(_("„%(title)s“ liegt wieder bei der Organisation.", title=project.latest.name))
    return redirect(url_for("desk.next_case", kind="projects"), 303)


def _case(project: Project, form: ReturnForm) -> ResponseReturnValue:
    revision = project.latest
    return page(
        "projects/office/show.html",
        about=project,
        revision=revision,
        project=queries.presentation(project, revision),
        phases=list(Phase),
        districts=districts(),
        hints=hints(revision, queries.district_counts()),
        steps={step.name for step in WORKFLOW.open_to(me(), revision)},
        form=form,
    )
