"""A person's own registrations: one click to come, one to leave."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.database import reading_first
from portal.core.pages import page
from portal.core.paging import page_number, paginate
from portal.partners import queries as partners
from portal.registrations import own, policies, queries, services, standing
from portal.registrations.forms.registering import PersonForm
from portal.registrations.models import Registration
from portal.registrations.views.registering import person_page, refused
from portal.registrations.views.words import (
    left_in_words,
    naming_in_words,
    standing_in_words,
)

bp = Blueprint("my_registrations", __name__, url_prefix="/mein")
PER_PAGE = 12
PAST = "vergangen"


@bp.get("/termine", endpoint="index")
@signed_in
def index() -> ResponseReturnValue:
    are_past = request.args.get("zeit") == PAST
    rows = (own.past if are_past else own.coming)(me())
    listing = paginate(rows, page=page_number(), per_page=PER_PAGE)
    return page(
        "registrations/index.html",
        listing=listing,
        havings=standing.all_of(listing.items),
        are_past=are_past,
        past=PAST,
    )


@bp.post("/<organisation>/termine/<slug>/anmelden", endpoint="register_for")
@signed_in
def register_for(organisation: str, slug: str) -> ResponseReturnValue:
    return _register(slug, organisation)


@bp.post("/termine/<slug>/anmelden", endpoint="register")
@signed_in
def register(slug: str) -> ResponseReturnValue:
    return _register(slug)


@bp.post("/termine/<slug>/annehmen", endpoint="accept")
@signed_in
def accept(slug: str) -> ResponseReturnValue:
    registration = own.with_slug(slug, seen_by=me())
    services.accept(registration, by=me())
    flash(standing_in_words(registration))
    return _back(registration)


@bp.post("/termine/<slug>/abmelden", endpoint="withdraw")
@signed_in
def withdraw(slug: str) -> ResponseReturnValue:
    registration = own.with_slug(slug, seen_by=me())
    services.withdraw(registration, by=me())
    flash(left_in_words())
    return _back(registration)


@bp.post("/termine/<slug>/nennen", endpoint="name")
@signed_in
def name(slug: str) -> ResponseReturnValue:
    registration = own.with_slug(slug, seen_by=me())
    services.name_in_public(registration, agreed="agreed" in request.form, by=me())
    flash(naming_in_words(registration))
    return _back(registration)


def _register(slug: str, acting: str | None = None) -> ResponseReturnValue:
    """Who registered as a guest with this account's address proves it by being logged in."""
    with reading_first():
        organisation = partners.acted_for(acting, by=me()) if acting else None
        allocation = queries.with_slug(slug, seen_by=me())
    form = PersonForm()
    if not form.validate_on_submit():
        return person_page(allocation, form)
    try:
        registration = services.register(
            allocation, by=me(), organisation=organisation, **form.values()
        )
    except (services.Closed, services.LimitReached) as error:
        return refused(allocation, error)
    if not registration.is_proved:
        services.prove(registration)
    flash(standing_in_words(registration))
    return _back(registration)


def _back(registration: Registration) -> ResponseReturnValue:
    """To the date; who may no longer see it, to the own list."""
    event = registration.allocation.event
    if policies.may_see(me(), event):
        return redirect(url_for("events.show", slug=event.slug), 303)
    return redirect(url_for(".index"), 303)
