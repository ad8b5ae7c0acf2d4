"""Teams for visitors, and joining, answering and leaving for partners."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public, signed_in
from portal.accounts.policies import is_office
from portal.accounts.sessions import me
from portal.core.errors import Hidden
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.partners import queries as partners
from portal.teams import policies, queries, services
from portal.teams.forms import AcceptForm, JoinForm, RefuseForm
from portal.teams.models import Joining, SeatState, Team

bp = Blueprint("teams", __name__, url_prefix="/expertenteams")
mine = Blueprint("my_teams", __name__, url_prefix="/mein/<organisation>/teams")
BLUEPRINTS = [bp, mine]
ANSWER = "/<slug>/anfragen/<int(max=2147483647):seat_id>"


@bp.context_processor
@mine.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}


@bp.get("", endpoint="index")
@public
def index() -> ResponseReturnValue:
    return page("teams/index.html", teams=queries.all_teams())


@bp.get("/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    team = queries.with_slug(slug)
    organisations = partners.organisations_of(me()) if me().is_authenticated else []
    return page(
        "teams/show.html",
        team=team,
        organisations_in=queries.organisations_in(team),
        seat=policies.seat_of(me(), team.id),
        organisations=organisations,
    )


@mine.get("", endpoint="index")
@signed_in
def my_teams(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return page(
        "teams/mine/index.html",
        organisation=acting,
        teams=queries.all_teams(),
        seats={seat.team.slug: seat for seat in queries.seats_of(me())},
    )


@mine.get("/<slug>/mitmachen", endpoint="join")
@signed_in
def join_form(organisation: str, slug: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    team = queries.with_slug(slug)
    if policies.seat_of(me(), team.id):
        return redirect(url_for("teams.show", slug=slug), 302)
    require(policies.may_join, me(), team)
    return page("teams/mine/join.html", organisation=acting, team=team, form=JoinForm())


@mine.post("/<slug>/mitmachen")
@signed_in
def join_now(organisation: str, slug: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    team = queries.with_slug(slug)
    require(policies.is_joinable & ~is_office, me(), team)
    if policies.seat_of(me(), team.id):  # the second of two clicks finds what the first one made
        return redirect(url_for("teams.show", slug=slug), 303)
    if team.joining is Joining.OPEN:
        services.join(team, by=me(), for_=acting)
        flash(_("Sie sind jetzt im Team %(team)s dabei.", team=team.name))
        return redirect(url_for("teams.show", slug=slug), 303)
    form = JoinForm()
    if not form.validate_on_submit():
        return page("teams/mine/join.html", organisation=acting, team=team, form=form)
    services.join(team, by=me(), for_=acting, **form.values())
    flash(_("Ihre Anfrage liegt bei der Leitung des Teams. Sie erhalten eine E-Mail."))
    return redirect(url_for("teams.show", slug=slug), 303)


@mine.post("/<slug>/verlassen", endpoint="leave")
@signed_in
def leave(organisation: str, slug: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    team = queries.with_slug(slug)
    seat = policies.seat_of(me(), team.id)
    if seat is None or seat.organisation_id != acting.id:
        raise Hidden("no seat to leave", about=team)
    waited = seat.state is SeatState.REQUESTED
    services.leave(seat, by=me(), seen_version=shown_version())
    flash(
        _("Ihre Anfrage ist zurückgenommen.")
        if waited
        else _("Sie haben das Team %(team)s verlassen.", team=team.name)
    )
    return redirect(url_for("teams.show", slug=slug), 303)


@mine.get("/<slug>/anfragen", endpoint="requests")
@signed_in
def requests(organisation: str, slug: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return _requests(acting, _led(slug))


@mine.post(f"{ANSWER}/aufnehmen", endpoint="accept")
@signed_in
def accept(organisation: str, slug: str, seat_id: int) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    team = _led(slug)
    seat = queries.request_in(team, seat_id, seen_by=me())
    form = AcceptForm()
    if not form.validate_on_submit():
        return _requests(acting, team, {seat_id: form})
    services.accept(seat, by=me(), seen_version=shown_version(), **form.values())
    flash(_("%(name)s ist jetzt im Team.", name=seat.user.name))
    return redirect(url_for(".requests", organisation=organisation, slug=slug), 303)


@mine.post(f"{ANSWER}/ablehnen", endpoint="refuse")
@signed_in
def refuse(organisation: str, slug: str, seat_id: int) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    team = _led(slug)
    seat = queries.request_in(team, seat_id, seen_by=me())
    form = RefuseForm()
    if not form.validate_on_submit():
        return _requests(acting, team, {seat_id: form})
    services.refuse(seat, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Absage an %(name)s ist unterwegs.", name=seat.user.name))
    return redirect(url_for(".requests", organisation=organisation, slug=slug), 303)


def _led(slug: str) -> Team:
    """Below /mein the lead answers; the office has its own address for it."""
    team = queries.with_slug(slug)
    require(policies.leads, me(), team, otherwise=Hidden)
    return team


def _requests(acting: Any, team: Team, broken: dict[int, Any] | None = None) -> ResponseReturnValue:
    answer = page(
        "teams/mine/requests.html",
        organisation=acting,
        team=team,
        waiting=queries.requests_of(team, seen_by=me()),
        members=paginate(queries.members_of(team), page=page_number(), per_page=50),
        broken=broken or {},
    )
    return (answer[0], 422) if broken and isinstance(answer, tuple) else answer
