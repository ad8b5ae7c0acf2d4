"""Dates for the Projektbüro: entering, changing and cancelling them."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.events import lists, queries, services
from portal.events.forms import CancelForm, EventForm
from portal.events.models import Event
from portal.events.workflow import WORKFLOW

bp = Blueprint("events_office", __name__, url_prefix="/projektbuero/termine")
PER_PAGE = 25


@bp.context_processor
def words() -> dict[str, Any]:
    return {"workflow": WORKFLOW}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    choice = lists.asked_for(me())
    return page(
        "events/office/index.html",
        choice=choice,
        listing=paginate(choice.rows, page=page_number(), per_page=PER_PAGE, total=choice.total),
        coming_url=lists.address(are_past=False),
        past_url=lists.address(are_past=True),
    )


@bp.get("/neu", endpoint="new")
@office_only
def new() -> ResponseReturnValue:
    """?vorlage=<slug> begins with the words of another date."""
    slug = request.args.get("vorlage")
    like = queries.with_slug(slug, seen_by=me()) if slug else None
    form = EventForm(teams=queries.teams(), like=like)
    return page("events/office/new.html", form=form, like=like)


@bp.post("/neu")
@office_only
def plan() -> ResponseReturnValue:
    form = EventForm(teams=queries.teams())
    if not form.validate_on_submit():
        return page("events/office/new.html", form=form, like=None)
    event = services.plan(form.content(), by=me())
    flash(_("Der Termin ist gespeichert. Auf der Seite und in den Kalendern steht er jetzt schon."))
    return redirect(url_for("events.show", slug=event.slug), 303)


@bp.get("/<slug>/bearbeiten", endpoint="edit")
@office_only
def edit(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    return _edit(event, EventForm(teams=queries.teams(), event=event))


@bp.post("/<slug>/bearbeiten")
@office_only
def change(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    form = EventForm(teams=queries.teams(), event=event)
    if not form.validate_on_submit():
        return _edit(event, form)
    services.change(event, form.content(), by=me(), seen_version=shown_version())
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for("events.show", slug=event.slug), 303)


@bp.get("/<slug>/absagen")
@office_only
def cancel_form(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    if not WORKFLOW.is_open("cancel", me(), event):
        return redirect(url_for("events.show", slug=event.slug), 302)
    return page("events/office/cancel.html", event=event, form=CancelForm())


@bp.post("/<slug>/absagen", endpoint="cancel")
@office_only
def cancel(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    form = CancelForm()
    if not form.validate_on_submit():
        return page("events/office/cancel.html", event=event, form=form)
    services.cancel(event, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Der Termin ist abgesagt. Die Seite und die Kalender sagen es mit dem Grund."))
    return redirect(url_for("events.show", slug=event.slug), 303)


def _edit(event: Event, form: EventForm) -> ResponseReturnValue:
    return page("events/office/edit.html", event=event, form=form)
