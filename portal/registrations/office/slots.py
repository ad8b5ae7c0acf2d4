"""The places of a date on the office's pages of dates."""

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.events.models import Event
from portal.events.remarks import remarks_on_dates
from portal.registrations import attendance, policies, queries


@fills("event.office")
def ways(event: Event, *, seen_by: User) -> Markup:
    """To the list and the rules, or to setting them up."""
    if not policies.may_plan(seen_by, event):
        return Markup()
    allocation = queries.find_of(event)
    return fragment("registrations/office/_ways.html", event=event, allocation=allocation)


@remarks_on_dates
def how_full(event_ids: list[int]) -> dict[int, Markup]:
    return {
        id_: fragment("registrations/office/_remark.html", allocation=allocation)
        for id_, allocation in attendance.counters_of(event_ids).items()
    }
