"""Teams for the office: who sits where; administrators answer requests where no lead does."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.teams import policies, queries, services
from portal.teams.forms import AcceptForm, RefuseForm
from portal.teams.models import Team

bp = Blueprint("teams_office", __name__, url_prefix="/projektbuero/teams")


@bp.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}


ANSWER = "/<slug>/anfragen/<int(max=2147483647):seat_id>"


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    return page("teams/office/index.html", teams=queries.all_teams())


@bp.get("/<slug>", endpoint="show")
@office_only
def show(slug: str) -> ResponseReturnValue:
    return _show(queries.with_slug(slug))


@bp.post(f"{ANSWER}/aufnehmen", endpoint="accept")
@office_only
def accept(slug: str, seat_id: int) -> ResponseReturnValue:
    team = queries.with_slug(slug)
    seat = queries.request_in(team, seat_id, seen_by=me())
    form = AcceptForm()
    if not form.validate_on_submit():
        return _show(team, {seat_id: form})
    services.accept(seat, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s ist jetzt im Team.", name=seat.user.name))
    return redirect(url_for("desk.next_case", kind="seats"), 303)


@bp.post(f"{ANSWER}/ablehnen", endpoint="refuse")
@office_only
def refuse(slug: str, seat_id: int) -> ResponseReturnValue:
    team = queries.with_slug(slug)
    seat = queries.request_in(team, seat_id, seen_by=me())
    form = RefuseForm()
    if not form.validate_on_submit():
        return _show(team, {seat_id: form})
    services.refuse(seat, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Absage an %(name)s ist unterwegs.", name=seat.user.name))
    return redirect(url_for("desk.next_case", kind="seats"), 303)


def _show(team: Team, broken: dict[int, Any] | None = None) -> ResponseReturnValue:
    may_answer = policies.may_see_requests(me(), team)
    answer = page(
        "teams/office/show.html",
        team=team,
        waiting=queries.requests_of(team, seen_by=me()) if may_answer else [],
        members=paginate(queries.members_of(team), page=page_number(), per_page=50),
        broken=broken or {},
    )
    return (answer[0], 422) if broken and isinstance(answer, tuple) else answer
