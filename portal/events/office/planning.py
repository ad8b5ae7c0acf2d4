"""Dates for the Projektbüro: entering, changing and cancelling them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version, slot
from portal.core.paging import page_number, paginate
from portal.events import lists, queries, remarks, services
from portal.events.content import Content, would_move
from portal.events.forms import CancelForm, EventForm, TellForm
from portal.events.models import Event
from portal.events.office.blueprint import bp
from portal.events.workflow import WORKFLOW

PER_PAGE = 25


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    choice = lists.asked_for(me())
    listing = paginate(choice.rows, page=page_number(), per_page=PER_PAGE, total=choice.total)
    return page(
        "events/office/index.html",
        choice=choice,
        listing=listing,
        remarks=remarks.on(listing.items),
        coming_url=lists.address(are_past=False),
        past_url=lists.address(are_past=True),
    )


@bp.get("/neu", endpoint="new")
@office_only
def new() -> ResponseReturnValue:
    """?vorlage=<slug> begins with the words of another date, ?art=allianztagung with those of the
    last one of its kind."""
    kind = lists.KINDS.get(request.args.get("art", ""))
    like = _template() or (queries.last_of_kind(kind) if kind else None)
    return _new(EventForm(teams=queries.teams(), like=like, kind=kind), like)


@bp.post("/neu")
@office_only
def plan() -> ResponseReturnValue:
    like = _template()
    form = EventForm(teams=queries.teams())
    if not form.validate_on_submit():
        return _new(form, like)
    event = services.plan(form.content(), by=me(), like=like)
    flash(_("Der Termin ist gespeichert. Auf der Seite und in den Kalendern steht er jetzt schon."))
    return redirect(url_for("events.show", slug=event.slug), 303)


def _template() -> Event | None:
    slug = request.args.get("vorlage")
    return queries.with_slug(slug, seen_by=me()) if slug else None


def _new(form: EventForm, like: Event | None) -> ResponseReturnValue:
    return page("events/office/new.html", form=form, like=like)


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
    content, answer = form.content(), TellForm()
    if would_move(event, content) and not answer.is_answered:
        told = slot("event.tells", event, seen_by=me())
        if told.strip():
            return _ask(event, form, content, told)
    services.change(event, content, by=me(), seen_version=shown_version(), tells=answer.tells)
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


def _ask(event: Event, form: EventForm, content: Content, told: Markup) -> ResponseReturnValue:
    """One answer is missing, and nothing is saved yet."""
    values = {
        "event": event,
        "typed": [(name, value) for field in form for name, value in _sent(field)],
        "period": content.period,
        "place": content,
        "told": told,
        "shown": {"version": shown_version()},
    }
    return render_template("events/office/tell.html", **values), 422


def _sent(field: Any) -> list[tuple[str, str]]:
    if field.name == "csrf_token":
        return []
    return [(field.name, value) for value in field.raw_data or []]


def _edit(event: Event, form: EventForm) -> ResponseReturnValue:
    return page("events/office/edit.html", event=event, form=form)
