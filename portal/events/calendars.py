"""The one writer of calendar files (RFC 5545, 5546, 7986): feeds, single dates and mails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _
from icalendar import (
    Calendar,
    Component,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vBoolean,
    vCalAddress,
    vDuration,
    vText,
)
from icalendar import Event as Entry

from portal.core.pages import absolute
from portal.core.text import clean_line, clean_text, plain
from portal.core.times import BERLIN, local
from portal.events.models import AgendaItem, Event, Precision
from portal.teams.models import Team

MIMETYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Allianz Smart City Dortmund//Allianzportal//DE"
REFRESH = timedelta(hours=6)
RULES_SINCE = 1997
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Address:
    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class OwnEntry:
    """A date as it stands in the calendar of one person: with a place, or without one yet."""

    uid: str
    sequence: int
    stamp: datetime
    status: Status
    title: str
    starts_at: datetime
    ends_at: datetime
    precision: Precision
    place: str
    summary: str
    url: str
    note: str = ""


def feed(events: Iterable[Event]) -> bytes:
    """A calendar to subscribe to. The same dates make the same bytes."""
    name = _("Termine der Allianz Smart City Dortmund")
    return _with_entries(_subscribed(name, absolute("events.index")), events)


def team_feed(team: Team, events: Iterable[Event]) -> bytes:
    """Likewise, of one team."""
    name = _("Termine: %(team)s", team=clean_line(team.name))
    return _with_entries(_subscribed(name, absolute("teams.show", slug=team.slug)), events)


def own_feed(entries: Iterable[OwnEntry], events: Iterable[Event]) -> bytes:
    """One person's registrations, and the dates of their teams."""
    calendar = _subscribed(_("Meine Termine der Allianz"), absolute("events.index"))
    return _with_entries(calendar, events, entries)


def invitation(entry: OwnEntry, *, method: str, organiser: Address, attendee: Address) -> bytes:
    """For a mail: REQUEST puts the date into the calendar or changes it there, CANCEL strikes it.
    Nobody has to answer: the place is given, and is given back in the portal."""
    calendar = _calendar(method)
    calendar.add_component(_berlin())
    made = _own_entry(entry)
    made.add("organizer", _address(organiser))
    person = _address(attendee)
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText("ACCEPTED")
    person.params["RSVP"] = vBoolean(False)
    made.add("attendee", person)
    calendar.add_component(made)
    content: bytes = calendar.to_ical()
    return content


def _subscribed(name: str, url: str) -> Calendar:
    calendar = _calendar()
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", vText(BERLIN.key))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add("url", url)
    return calendar


def entry(event: Event) -> bytes:
    """One date, to be taken over into a calendar."""
    return _with_entries(_calendar(), [event])


def fits_into_a_calendar(event: Event) -> bool:
    """A month is no entry: calendars would show a day that nobody named."""
    return event.precision is not Precision.MONTH


def _calendar(method: str = "PUBLISH") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _with_entries(
    calendar: Calendar, events: Iterable[Event], own: Iterable[OwnEntry] = ()
) -> bytes:
    calendar.add_component(_berlin())
    for entry in own:
        calendar.add_component(_own_entry(entry))
    for event in events:
        if fits_into_a_calendar(event):
            calendar.add_component(_entry(event))
    content: bytes = calendar.to_ical()
    return content


def _entry(event: Event) -> Entry:
    made = Entry()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed_at)  # not the moment of asking: the bytes stay the same
    made.add("last-modified", event.changed_at)
    made.add("created", event.created_at)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("summary", clean_line(event.title))
    made.add("categories", [event.kind.label])
    made.add("url", absolute("events.show", slug=event.slug))
    made.add("description", _description(event))
    if place := place_of(event):
        made.add("location", clean_line(place))
    _add_times(made, event)
    return made


def _own_entry(entry: OwnEntry) -> Entry:
    made = Entry()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", _whole(entry.stamp))
    made.add("status", entry.status.value)
    made.add("summary", clean_line(entry.title))
    made.add("url", entry.url)
    parts = [entry.note, entry.summary, entry.url]
    made.add("description", clean_text("\n\n".join(part for part in parts if part)))
    if entry.place:
        made.add("location", clean_line(entry.place))
    if entry.status is Status.TENTATIVE:
        made.add("transp", "TRANSPARENT")  # nobody is busy with what may not come
    _add_times(made, entry)
    return made


def _address(of: Address) -> vCalAddress:
    made = vCalAddress(f"mailto:{of.email}")
    made.params["CN"] = vText(clean_line(of.name).replace('"', "'"))
    return made


def _add_times(entry: Component, event: Event | OwnEntry) -> None:
    if event.precision is Precision.MONTH:
        return
    if event.precision is Precision.DAY:
        entry.add("dtstart", local(event.starts_at).date())
        entry.add("dtend", local(event.ends_at).date())  # the day after the last one
        return
    starts, ends = local(event.starts_at), local(event.ends_at)
    # A local time that occurs twice means the first one, and older years had other rules.
    if starts.fold or ends.fold or starts.year < RULES_SINCE:
        starts, ends = event.starts_at, event.ends_at
    entry.add("dtstart", _whole(starts))
    if ends > starts:
        entry.add("dtend", _whole(ends))


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def place_of(event: Event) -> str:
    """Ratssaal, Rathaus Dortmund, Friedensplatz 1, 44135 Dortmund"""
    return ", ".join(part for part in (event.room, event.venue, event.address) if part)


def _description(event: Event) -> str:
    cancelled = _("Dieser Termin ist abgesagt: %(reason)s", reason=event.cancel_reason)
    parts = [
        cancelled if event.is_cancelled else "",
        event.summary,
        "\n".join(_programme_line(item) for item in event.agenda),
        _arrival(event),
        absolute("events.show", slug=event.slug),
    ]
    return clean_text("\n\n".join(part for part in parts if part))


def _programme_line(item: AgendaItem) -> str:
    line = f"{item.clock} {item.title}".strip()
    more = ", ".join(part for part in (item.place, item.note) if part)
    head = f"{line} ({more})" if more else line
    return "\n".join([head, *(f"- {speaker}" for speaker in item.speakers)])


def _arrival(event: Event) -> str:
    return _("Anreise und Zugang:") + "\n" + plain(event.arrival) if event.arrival else ""


def _berlin() -> Timezone:
    """The rules of the European Union, which have no end. (What icalendar derives from the database
    sets the spring change an hour too late, and stops in 2038.)"""
    zone = Timezone()
    zone.add("tzid", BERLIN.key)
    for observance, name, before, after, begins in (
        (TimezoneDaylight(), "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2)),
        (TimezoneStandard(), "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3)),
    ):
        observance.add("tzname", name)
        observance.add("dtstart", begins)
        rule = {"freq": "yearly", "bymonth": begins.month, "byday": "-1su"}
        observance.add("rrule", rule)
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", after)
        zone.add_component(observance)
    return zone
