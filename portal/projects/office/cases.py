"""All projects, the case of each, and what the office decides on it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.documents import responses as documents
from portal.core.errors import Conflict
from portal.core.languages import speaking
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.pictures.responses import send
from portal.core.rules import require
from portal.core.text import clean_line
from portal.core.text_blocks import text_of
from portal.projects import policies, queries, services
from portal.projects.forms import RejectForm, ReviewForm
from portal.projects.models import ReviewState
from portal.projects.office.blueprint import bp
from portal.projects.office.case import REJECT_PREFIX, case_page
from portal.projects.services import TooMany
from portal.projects.text_blocks import returning_blocks

PER_PAGE = 25
LAPSED = "nicht-bestaetigt"  # in the address


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    q = clean_line(request.args.get("q", "")[:200])
    asked = request.args.get("zustand", "")
    state = next((state for state in ReviewState if state.slug == asked), None)
    only_lapsed = asked == LAPSED
    rows = queries.all_projects(state=state, only_lapsed=only_lapsed, q=q)
    return page(
        "projects/office/index.html",
        q=q,
        state=state,
        states=list(ReviewState),
        counts=queries.count_by_state(),
        only_lapsed=only_lapsed,
        lapsed=(LAPSED, queries.count_lapsed()),
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE),
    )


@bp.get("/<key>", endpoint="show")
@office_only
def show(key: str) -> ResponseReturnValue:
    """`baustein` in the address begins the note with a text block, in the author's language."""
    project = queries.with_key(key, seen_by=me())
    with speaking(project.author.language if project.author else "de"):
        begun = text_of(returning_blocks(), request.args.get("baustein", ""))
    return case_page(project, reviewing=ReviewForm(formdata=None, data={"note": begun}))


@bp.get("/<key>/bild/<picture>/<size>", endpoint="picture")
@office_only
def picture(key: str, picture: str, size: str) -> ResponseReturnValue:
    shown = queries.picture_of(queries.with_key(key, seen_by=me()).latest, picture)
    return send(shown, size, public=False)


@bp.get("/<key>/dokument/<document>", endpoint="document")
@office_only
def document(key: str, document: str) -> ResponseReturnValue:
    revision = queries.with_key(key, seen_by=me()).latest
    return documents.send(queries.document_of(revision, document, internal=True), public=False)


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
    """With the note, the comments that are kept and those that were typed right now."""
    project = queries.with_key(key, seen_by=me(), to_change=True)
    form = ReviewForm()
    if policies.may_decide(me(), project.latest):
        fine = form.validate_on_submit()
        if fine and not (form.note.data or form.remarks or queries.asks_for_something(project)):
            form.complain_of_nothing()
        if form.errors:
            return case_page(project, reviewing=form)
    try:
        services.give_back(
            project,
            by=me(),
            note=form.note.data or "",
            remarks=form.remarks,
            seen_version=shown_version(),
        )
    except TooMany:
        form.complain_of_too_many()
        return case_page(project, reviewing=form)
    except Conflict as late:
        return case_page(project, reviewing=form, late=late)
    flash(_("„%(title)s“ liegt wieder bei der Organisation.", title=project.latest.name))
    return redirect(url_for("desk.next_case", kind="projects"), 303)


@bp.post("/<key>/ablehnen", endpoint="reject")
@office_only
def reject(key: str) -> ResponseReturnValue:
    project = queries.with_key(key, seen_by=me(), to_change=True)
    require(policies.may_decide, me(), project.latest)
    form = RejectForm(prefix=REJECT_PREFIX)
    if not form.validate_on_submit():
        return case_page(project, rejecting=form)
    services.reject(project, by=me(), note=form.reason.data or "", seen_version=shown_version())
    flash(_("Der Text zu „%(title)s“ ist abgelehnt.", title=project.latest.name))
    return redirect(url_for("desk.next_case", kind="projects"), 303)
