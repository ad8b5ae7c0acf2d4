"""Places on the pages of dates, and a person's own dates and calendar."""

from flask import g
from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.core.times import now
from portal.events.models import Event
from portal.registrations import own, queries, standing, told
from portal.registrations.models import Allocation

NAMES = 200  # of people on one page
OWN = 5
OPEN = 3


@fills("event.registration")
def registration(event: Event, *, seen_by: User) -> Markup:
    """Visitors' pages are kept while somebody registers: they name times and no numbers."""
    allocation = _allocation_of(event)
    if allocation is None:
        return Markup()
    if not seen_by.is_authenticated:
        found = standing.of_visitor(allocation)
        return fragment("registrations/_for_visitors.html", standing=found, event=event)
    found = standing.of_person(allocation, seen_by)
    return fragment("registrations/_for_people.html", standing=found, event=event)


@fills("event.afterwards")
def who_comes(event: Event, *, seen_by: User) -> Markup:
    """Everybody sees the same: who agreed to be named, until the date is over."""
    if event.is_cancelled or event.ends_at <= now() or _allocation_of(event) is None:
        return Markup()
    people = own.named_in_public(event, NAMES)
    return fragment("registrations/_who_comes.html", people=people) if people else Markup()


@fills("mine.dates")
def my_dates(person: User, *, seen_by: User) -> Markup:
    return fragment(
        "registrations/_my_dates.html",
        havings=standing.all_of(own.next_ones(person, OWN)),
        allocations=own.open_to(person, now(), OPEN),
    )


@fills("event.tells")
def tells(event: Event, *, seen_by: User) -> Markup:
    """How many people hear of a new time or place. For the office only."""
    number = told.number_of_active(event) if seen_by.is_office else 0
    return fragment("registrations/_tells.html", number=number) if number else Markup()


@fills("events.feeds")
def own_calendar(_: object, *, seen_by: User) -> Markup:
    """For people who are signed in: the way to a calendar of their own."""
    return fragment("registrations/_own_calendar.html") if seen_by.is_authenticated else Markup()


def _allocation_of(event: Event) -> Allocation | None:
    """Read once for both slots of a page."""
    read: dict[int, Allocation | None] = g.setdefault("allocations", {})
    if event.id not in read:
        read[event.id] = queries.find_of(event)
    return read[event.id]
