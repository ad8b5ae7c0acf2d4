"""Dates for visitors: lists, pages and calendar feeds."""

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal.accounts.guards import probe, public
from portal.accounts.sessions import me
from portal.core.documents import responses as documents
from portal.core.documents.kinds import NAMES
from portal.core.errors import Hidden
from portal.core.pages import absolute, page
from portal.core.paging import page_number, paginate
from portal.core.pictures import responses as pictures
from portal.events import calendars, lists, policies, queries
from portal.teams import queries as teams

bp = Blueprint("events", __name__)
PER_PAGE = 12
LAST_ONES = 3  # of the archive, below the coming dates


@bp.context_processor
def words() -> dict[str, Any]:
    return {
        "policies": policies,
        "has_entry": calendars.fits_into_a_calendar,
        "document_kinds": NAMES,
    }


@bp.get("/termine", endpoint="index")
@public
def index() -> ResponseReturnValue:
    choice = lists.asked_for(me())
    listing = paginate(choice.rows, page=page_number(), per_page=PER_PAGE, total=choice.total)
    shows_archive = not choice.are_past and choice.kind is None and listing.page == 1
    return page(
        "events/index.html",
        choice=choice,
        listing=listing,
        last_ones=queries.last(me(), LAST_ONES) if shows_archive else [],
        coming_url=lists.address(are_past=False),
        past_url=lists.address(are_past=True),
        subscribe_url=absolute("events.feed"),
    )


@bp.get("/termine/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    return page(
        "events/show.html",
        event=event,
        is_over=queries.is_over(event),
        documents=queries.documents_for(event, me()),
    )


@bp.get("/termine/<slug>/bild/<picture>/<size>", endpoint="picture")
@probe  # and not `public`, which may answer "not modified" before this view has asked
def picture(slug: str, picture: str, size: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    shown = queries.find_shown(event, picture).picture
    return pictures.send(shown, size, public=policies.is_open_to_all(me(), event))


@bp.get("/termine/<slug>/dokument/<document>", endpoint="document")
@probe
def document(slug: str, document: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    attached = queries.find_attached(event, document)
    if attached not in queries.documents_for(event, me()):
        raise Hidden("not for everybody", about=event)
    everybodys = policies.is_open_to_all(me(), event) and attached.is_public
    return documents.send(attached.document, public=everybodys)


@bp.get("/termine.ics", endpoint="feed")
@public
def feed() -> ResponseReturnValue:
    return _calendar(calendars.feed(queries.in_feed(me())))


@bp.get("/expertenteams/<slug>/termine.ics", endpoint="team_feed")
@public
def team_feed(slug: str) -> ResponseReturnValue:
    team = teams.with_slug(slug)
    return _calendar(calendars.team_feed(team, queries.in_feed_of(team)))


@bp.get("/termine/<slug>.ics", endpoint="entry")
@public
def entry(slug: str) -> ResponseReturnValue:
    event = queries.with_slug(slug, seen_by=me())
    if not calendars.fits_into_a_calendar(event):
        raise Hidden("a month is no calendar entry", about=event)
    response = _calendar(calendars.entry(event))
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def _calendar(content: bytes) -> Response:
    return Response(content, content_type=calendars.MIMETYPE)
