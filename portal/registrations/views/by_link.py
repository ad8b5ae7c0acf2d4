"""The private link of every mail about a registration: GET shows where it stands, POST acts. It
opens again and again, until a month after the date."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import by_link
from portal.accounts.queries import subject_of
from portal.core.limits import limiter
from portal.core.pages import page
from portal.core.qr import qr
from portal.core.times import now
from portal.core.tokens import LinkExpired
from portal.registrations import queries, services, standing
from portal.registrations.entrance import check_in_address
from portal.registrations.models import Registration, RegistrationState
from portal.registrations.views.words import (
    left_in_words,
    naming_in_words,
    standing_in_words,
)

bp = Blueprint(
    "registration_links",
    __name__,
    url_prefix="/anmeldung/<int(max=2147483647):registration_id>/<token>",
)
ACTS = "30/minute"
View = Callable[[Registration, str], ResponseReturnValue]


def opened(view: View) -> Callable[[int, str], ResponseReturnValue]:
    """Hands the view what the link opens; one whose time is over has a page of its own."""

    @wraps(view)
    def load(registration_id: int, token: str) -> ResponseReturnValue:
        try:
            return view(queries.with_link(registration_id, token), token)
        except LinkExpired:
            return _expired(queries.with_expired_link(registration_id, token), token)

    return load


@bp.get("", endpoint="show")
@by_link
@opened
def show(registration: Registration, token: str) -> ResponseReturnValue:
    having = standing.having(registration, seen_at=now())
    return page(
        "registrations/by_link.html",
        having=having,
        registration=registration,
        event=registration.allocation.event,
        last_move=None if registration.is_active else queries.last_move(registration),
        token=token,
        entrance=qr(check_in_address(registration)) if _has_a_place(registration) else None,
    )


@bp.post("/bestaetigen", endpoint="prove")
@by_link
@limiter.limit(ACTS)
@opened
def prove(registration: Registration, token: str) -> ResponseReturnValue:
    if not registration.is_active:
        return _back(registration, token)  # the page says why, and offers to register anew
    services.prove(registration)
    flash(standing_in_words(registration))
    return _back(registration, token)


@bp.post("/annehmen", endpoint="accept")
@by_link
@limiter.limit(ACTS)
@opened
def accept(registration: Registration, token: str) -> ResponseReturnValue:
    services.accept(registration)
    flash(standing_in_words(registration))
    return _back(registration, token)


@bp.post("/abmelden", endpoint="withdraw")
@by_link
@limiter.limit(ACTS)
@opened
def withdraw(registration: Registration, token: str) -> ResponseReturnValue:
    services.withdraw(registration)
    flash(left_in_words())
    return _back(registration, token)


@bp.post("/nennen", endpoint="name")
@by_link
@limiter.limit(ACTS)
@opened
def name(registration: Registration, token: str) -> ResponseReturnValue:
    services.name_in_public(registration, agreed="agreed" in request.form)
    flash(naming_in_words(registration))
    return _back(registration, token)


@bp.post("/neuer-link", endpoint="new_link")
@by_link
@limiter.limit("20/hour")
def new_link(registration_id: int, token: str) -> ResponseReturnValue:
    """Whoever holds an old one received it once. After the date has moved the new one lasts
    longer."""
    registration = queries.with_expired_link(registration_id, token)
    subject = subject_of(registration.person.email, current_app.config["SECRET_KEY"])
    services.ask_again(registration, subject=subject)
    flash(_("Ein neuer Link ist unterwegs."))
    return redirect(url_for("events.show", slug=registration.allocation.event.slug), 303)


def _has_a_place(registration: Registration) -> bool:
    return registration.state is RegistrationState.CONFIRMED and registration.is_proved


def _back(registration: Registration, token: str) -> ResponseReturnValue:
    return redirect(url_for(".show", registration_id=registration.id, token=token), 303)


def _expired(registration: Registration, token: str) -> ResponseReturnValue:
    event = registration.allocation.event
    lasts = event.ends_at + queries.LINK_LASTS > now() and registration.is_active
    words = render_template(
        "registrations/expired.html", registration=registration, token=token, can_renew=lasts
    )
    return words, LinkExpired.status
