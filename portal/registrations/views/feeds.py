"""One's own calendar: the page that shows its address, and the feed for who holds it."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import by_link, signed_in
from portal.accounts.sessions import me
from portal.core.languages import speaking
from portal.core.limits import limiter
from portal.core.pages import page
from portal.events import calendars
from portal.registrations import feeds, services

bp = Blueprint("calendar_feeds", __name__)
MINE = "/mein/kalender"


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """The address is the secret: no page that a link leads to may read it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get(MINE, endpoint="mine")
@signed_in
def mine() -> ResponseReturnValue:
    key = feeds.key_of(me())
    address = feeds.address_of(key) if key else None
    return page("registrations/calendar.html", key=key, address=address)


@bp.post(MINE, endpoint="open")
@signed_in
@limiter.limit("20/hour")
def open_() -> ResponseReturnValue:
    services.open_calendar(by=me())
    flash(_("Ihr Kalender hat jetzt eine Adresse."))
    return redirect(url_for(".mine"), 303)


@bp.post(f"{MINE}/neu", endpoint="renew")
@signed_in
@limiter.limit("20/hour")
def renew() -> ResponseReturnValue:
    services.renew_calendar(by=me())
    flash(_("Ihr Kalender hat eine neue Adresse. Die alte gilt nicht mehr."))
    return redirect(url_for(".mine"), 303)


@bp.post(f"{MINE}/aus", endpoint="close")
@signed_in
def close() -> ResponseReturnValue:
    services.close_calendar(by=me())
    flash(_("Die Adresse Ihres Kalenders gilt nicht mehr."))
    return redirect(url_for(".mine"), 303)


@bp.get("/kalender/<key>.ics", endpoint="own")
@by_link
def own(key: str) -> ResponseReturnValue:
    person = feeds.person_with(key)
    with speaking(person.language):
        content = calendars.own_feed(*feeds.of(person))
    return Response(content, content_type=calendars.MIMETYPE)
