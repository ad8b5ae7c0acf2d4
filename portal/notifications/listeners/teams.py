"""Letters about seats: those who answer hear of requests, who asked hears the answer."""

from typing import Any

from portal.accounts import queries as accounts
from portal.core.facts import Fact, on
from portal.notifications import queries
from portal.notifications.services import write
from portal.teams.facts import SeatGiven, SeatLeft, SeatRefused, SeatRequested, SeatTaken
from portal.teams.models import Seat


@on(SeatRequested)
def ask_who_answers(fact: SeatRequested) -> None:
    """The team's leads and deputies; where there is none, the administrators."""
    leading = _leading(fact.about)
    for lead in leading:
        slug = lead.organisation.slug
        about = _about(fact) | {"lead_organisation_slug": slug}
        write("teams/seat_requested", fact, [lead.user], **about)
    if not leading:
        write("teams/seat_requested_office", fact, accounts.administrators(), **_about(fact))


@on(SeatTaken)
def tell_the_leads_who_came(fact: SeatTaken) -> None:
    leads = [seat.user for seat in _leading(fact.about)]
    write("teams/seat_taken", fact, leads, **_about(fact))


@on(SeatLeft)
def tell_the_leads_who_left(fact: SeatLeft) -> None:
    leads = [seat.user for seat in _leading(fact.about)]
    write("teams/seat_left", fact, leads, **_about(fact))


@on(SeatGiven)
def welcome(fact: SeatGiven) -> None:
    write("teams/seat_given", fact, [fact.about.user], **_about(fact))


@on(SeatRefused)
def say_why_not(fact: SeatRefused) -> None:
    write("teams/seat_refused", fact, [fact.about.user], **_about(fact))


def _leading(seat: Seat) -> list[Seat]:
    return [s for s in queries.answering_seats(seat.team_id) if s.user_id != seat.user_id]


def _about(fact: Fact) -> dict[str, Any]:
    seat: Seat = fact.about
    return {
        "team": seat.team.name,
        "team_slug": seat.team.slug,
        "person": seat.user.name,
        "organisation": seat.organisation.name,
        "note": fact.note,
    }
