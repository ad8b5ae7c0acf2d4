"""What the office writes about a date: handed to the services in one piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.events.agenda import Line
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from portal.teams.models import Team


@dataclass(frozen=True, kw_only=True)
class Content:
    """`text`, `arrival` and `documentation` are Markdown. `team` is required where only a team is
    invited."""

    title: str
    kind: EventKind
    period: Period
    venue: str = ""
    room: str = ""
    address: str = ""
    arrival: str = ""
    organiser: str = ""
    audience: Audience = Audience.PUBLIC
    audience_note: str = ""
    team: Team | None = None
    summary: str = ""
    text: str = ""
    agenda: Sequence[Line] = ()
    documentation: str = ""
    attendance_note: str = ""
    source_url: str = ""


WORDS = (
    "title", "kind", "venue", "room", "address", "arrival", "organiser", "audience",
    "audience_note", "summary", "text", "documentation", "attendance_note", "source_url",
)  # fmt: skip
IN_CALENDARS = (
    "title", "kind", "starts_at", "ends_at", "precision", "venue", "room", "address", "arrival",
    "summary",
)  # fmt: skip


PLACE = ("venue", "room", "address")


def whereabouts(period: Period, place: Content | Event) -> dict[str, str]:
    """When and where, in plain words that can be kept."""
    return {
        "starts_at": period.starts_at.isoformat(),
        "ends_at": period.ends_at.isoformat(),
        "precision": period.precision.value,
        **{name: getattr(place, name) for name in PLACE},
    }


def whereabouts_of(event: Event) -> dict[str, str]:
    return whereabouts(Period(event.starts_at, event.ends_at, event.precision), event)


def would_move(event: Event, content: Content) -> bool:
    """Another time or another place, for those who want to come."""
    return whereabouts(content.period, content) != whereabouts_of(event)


def lines_of(event: Event) -> list[Line]:
    return [
        Line(item.clock, item.title, item.note, item.place, tuple(item.speakers))
        for item in event.agenda
    ]


def shown_in_calendars(event: Event) -> list[Any]:
    """What a subscriber sees of it; `calendars` writes nothing else that can change."""
    return [*(getattr(event, name) for name in IN_CALENDARS), lines_of(event)]


def written_down(event: Event) -> list[Any]:
    """Everything that the office can change."""
    period = (event.starts_at, event.ends_at, event.precision)
    return [*(getattr(event, name) for name in WORDS), period, event.team_id, lines_of(event)]
